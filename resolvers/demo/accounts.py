"""Who can sign in to the demonstration, and with what. Passwords are public: nobody behind them is real."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from authz import Right
from resolvers.demo.cast import cast
from resolvers.demo.organisms import SEED, Invented, organisms
from resolvers.demo.platforms import PARTNERS, PLATFORMS

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Role:
    """What a person does: word in the login, profile, password, label on screen."""

    word: str
    profile: str
    password: str
    label: str
    delegated: bool = False


ADMIN = Role("admin", "organism_admin", "Demo-Admin-2024!", "Administrateur de l’organisme", delegated=True)
ENTRY = Role("saisie", "entry", "Demo-Saisie-2024!", "Responsable de saisie")
ACCOUNTING = Role("comptable", "accounting", "Demo-Compta-2024!", "Responsable comptable")
HIERARCHY = Role("direction", "hierarchical", "Demo-Direction-2024!", "Responsable hiérarchique")
ORGANISM_ROLES = (ADMIN, ENTRY, ACCOUNTING, HIERARCHY)
OPERATOR = Role(
    "admin", "operator_admin", "Demo-Plateforme-2024!", "Administrateur de la plateforme", delegated=True
)
OFFICER = Role("mission", "officer", "Demo-Mission-2024!", "Chargé de mission")
MANAGER = Role("affaire", "account_manager", "Demo-Affaire-2024!", "Responsable d’affaire")
PARTNER_ADMIN = Role(
    "admin", "partner_admin", "Demo-Partenaire-2024!", "Administrateur partenaire", delegated=True
)
PARTNER_USER = Role("lecture", "partner_user", "Demo-Lecture-2024!", "Utilisateur partenaire")
ROLES = (*ORGANISM_ROLES, OPERATOR, OFFICER, MANAGER, PARTNER_ADMIN, PARTNER_USER)
# Who works at a platform, where it is not one alone; visas take two people to answer for each other.
STAFF = {"MIN": (OPERATOR, OFFICER, MANAGER), "COOP": (MANAGER, OFFICER)}
# Those who receive the mails of their organization (« contact privilégié »).
CONTACTS = frozenset({ADMIN, HIERARCHY, OFFICER, MANAGER, PARTNER_USER})


@dataclass(frozen=True, slots=True)
class Account:
    """One account: label of the role, name of the organization, login, password.

    `key` is the organization's name in the policies, `profile` the profile that the account holds.
    """

    role: str
    organization: str
    login: str
    password: str
    key: str
    profile: str


@dataclass(frozen=True, slots=True)
class Client:
    """One machine client of a partner: OAuth 2 identifier, secret and scopes."""

    organization: str
    id: str
    secret: str
    scopes: tuple[str, ...]
    key: str


@cache
def shown_accounts() -> tuple[Account, ...]:
    """Operators, partners, then the four roles of each listed body."""
    return tuple(_accounts())


@cache
def administrators() -> tuple[Account, ...]:
    """The one account of each other body."""
    listed = {body.siren for body in cast().listed}
    return tuple(_of_body(body, ADMIN) for body in organisms() if body.siren not in listed)


@cache
def clients() -> tuple[Client, ...]:
    """One a partner."""
    return tuple(_clients())


def _accounts() -> Iterator[Account]:
    for code, platform in PLATFORMS.items():
        roles = STAFF.get(code, (MANAGER,))
        for role in roles:
            yield _account(role, platform.name, f"{platform.login}.{role.word}", f"operator:{code}")
    for code, name in PARTNERS.items():
        for role in (PARTNER_ADMIN, PARTNER_USER):
            yield _account(role, name, f"{code.lower()}.{role.word}", f"partner:{code}")
    for body in cast().listed:
        for role in ORGANISM_ROLES:
            yield _of_body(body, role)


def _of_body(body: Invented, role: Role) -> Account:
    return _account(role, body.name, login_of(body, role), body.key)


def login_of(body: Invented, role: Role) -> str:
    """`saisie.270536386`: the role, then the body's SIREN."""
    return f"{role.word}.{body.siren}"


def _account(role: Role, organization: str, login: str, key: str) -> Account:
    return Account(role.label, organization, login, role.password, key, role.profile)


def _clients() -> Iterator[Client]:
    for code, name in PARTNERS.items():
        identifier = f"{code.lower()}-machine"
        secret = hashlib.sha256(f"{SEED} {identifier}".encode()).hexdigest()
        scopes = [Right.READ, Right.EXPORT, *([Right.EXCHANGE_READ] if code == "CGLLS" else [])]
        words = tuple(sorted(right.value for right in scopes))
        yield Client(name, identifier, secret, words, f"partner:{code}")
