"""The invented people behind the accounts, as the settings show them; and those whose boxes differ."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random
from typing import TYPE_CHECKING

from authz import Effect, Line, Right, box_line, profile_line
from models import User
from resolvers.demo.accounts import PARTNER_USER, Account, shown_accounts
from resolvers.demo.identifiers import stable_id
from resolvers.demo.identity import invented_phone
from resolvers.demo.platforms import PARTNERS
from resolvers.demo.words import person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resolvers.demo.words import Person

CIVILITIES = {"Madame": "Mme", "Monsieur": "M."}
SERVICES = {
    "organism_admin": "Direction générale",
    "entry": "Service financier",
    "accounting": "Comptabilité",
    "hierarchical": "Direction générale",
    "officer": "Bureau des études financières",
    "account_manager": "Bureau des études financières",
    "operator_admin": "Bureau des études financières",
    "partner_admin": "Direction des systèmes d’information",
    "partner_user": "Service des études",
}
LEFT = datetime(2025, 6, 30, 16, tzinfo=UTC)


def somebody(login: str) -> Person:
    """Who is behind a login, always the same."""
    return person(Random(login))  # noqa: S311 - an invented world, no secret


def user_of(account: Account, password_hash: str) -> User:
    """The row of an account."""
    one = somebody(account.login)
    return User(
        id=stable_id("user", account.login),
        organization_id=stable_id("organization", account.key),
        login=account.login,
        password_hash=password_hash,
        civility=CIVILITIES[one.title],
        title=account.role,
        first_name=one.first_name,
        last_name=one.last_name,
        email=f"{account.login}@demonstration.example",
        phone=invented_phone(account.login),
        service=SERVICES[account.profile],
        default_profile=f"profile:{account.profile}",
        delegated_administrator=account.login.startswith("admin.") or ".admin" in account.login,
    )


def former() -> tuple[Account, ...]:
    """One person a partner who has left: the account is closed, and shown with those of its kind."""
    return tuple(
        Account(
            PARTNER_USER.label,
            name,
            f"{code.lower()}.ancien",
            PARTNER_USER.password,
            f"partner:{code}",
            PARTNER_USER.profile,
        )
        for code, name in PARTNERS.items()
    )


def former_user(account: Account, password_hash: str) -> User:
    """The row of a closed account."""
    user = user_of(account, password_hash)
    user.closed_at = LEFT
    return user


def own_lines() -> Iterator[Line]:
    """Boxes that differ from the profile: each partner's reader asks for returns, and attaches nothing.

    The CGLLS's takes sealed copies directly, as its convention has it.
    """
    for account in former():
        yield profile_line(
            subject=f"user:{account.login}",
            profile=f"profile:{account.profile}",
            platform="MIN",
            form="ER",
        )
    for account in shown_accounts():
        if account.profile == PARTNER_USER.profile:
            yield _box(account, Right.ASK_REOPENING, "5", Effect.ALLOW)
            yield _box(account, Right.ATTACHMENT_WRITE, "4", Effect.DENY)
            if account.key == "partner:CGLLS":
                yield _box(account, Right.DIRECT_READ, "456", Effect.ALLOW)


def _box(account: Account, right: Right, steps: str, effect: Effect) -> Line:
    return box_line(
        subject=f"user:{account.login}",
        platform="MIN",
        form="ER",
        right=right,
        steps=steps,
        ref=f"Droits de {somebody(account.login)}",
        effect=effect,
    )
