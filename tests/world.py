"""The smallest world in which a dossier goes from entry to print; tests name who acts in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from uuid import UUID

from argon2 import PasswordHasher

from authz import (
    Authority,
    Right,
    Viewer,
    add_rows,
    convention_line,
    profile_line,
    viewer_of_client,
    viewer_of_user,
)
from authz.defaults import standing_lines
from models import (
    Campaign,
    Category,
    Consent,
    ContactRole,
    Dossier,
    MachineClient,
    Organism,
    OrganismCode,
    Organization,
    OrganizationKind,
    Platform,
    PlatformKind,
    User,
    transaction,
)
from resolvers.clients import secret_hash
from resolvers.folding import fold
from resolvers.life_rows import ContactRow

# Whom a form asks to be confirmed.
CONTACTS = (ContactRow(ContactRole.DECLARANT, "Ana Roux", "", "ana@example.org", ""),)
PASSWORD = "Essai-2024!"
SECRET = "a-secret-of-256-bits-would-stand-here"
SIREN, OTHER_SIREN = "732829320", "552100554"
PACK = "ER/2024/1"
# login → organization's key, profile
PEOPLE = {
    "saisie": (f"organism:{SIREN}", "profile:entry"),
    "comptable": (f"organism:{SIREN}", "profile:accounting"),
    "hierarchie": (f"organism:{SIREN}", "profile:hierarchical"),
    "voisin": (f"organism:{OTHER_SIREN}", "profile:hierarchical"),
    "ministere": ("operator:MIN", "profile:account_manager"),
    "cdc": ("partner:CDC", "profile:partner_user"),
    "ancols": ("partner:ANCOLS", "profile:partner_user"),
}


@dataclass(frozen=True, slots=True)
class World:
    """What a test holds: the authority, everyone's viewer by login, the organism's dossier of 2024."""

    authority: Authority
    viewers: dict[str, Viewer]
    dossier: UUID

    def __getitem__(self, login: str) -> Viewer:
        return self.viewers[login]


@cache
def password_hash() -> str:
    """One cheap argon2id hash for every account: what is tested is the check, not its price."""
    return PasswordHasher(memory_cost=1024, time_cost=1, parallelism=1).hash(PASSWORD)


async def build_world(*, step: int = 1) -> World:
    """An OPH with its people, a neighbour, the Ministry, the CDC (with a convention), ANCOLS (without)."""
    async with transaction():
        await Platform.create(code="MIN", name="Ministère chargé du logement", kind=PlatformKind.MINISTRY)
        organizations = await _organizations()
        organism = await _organism(organizations[f"organism:{SIREN}"], SIREN, "001")
        await _organism(organizations[f"organism:{OTHER_SIREN}"], OTHER_SIREN, "002")
        await _people(organizations)
        await Consent.create(
            organism=organism,
            partner=organizations["partner:CDC"],
            platform_id="MIN",
            form="ER",
            year=2024,
            given=True,
        )
        dossier = await _dossier(organism, step)
    await _policy()
    authority = await Authority.load()
    return World(authority, await _viewers(authority), dossier.id)


async def _organizations() -> dict[str, Organization]:
    names = {
        f"organism:{SIREN}": (OrganizationKind.ORGANISM, "Office public de l'habitat d'essai"),
        f"organism:{OTHER_SIREN}": (OrganizationKind.ORGANISM, "Habitat voisin"),
        "operator:MIN": (OrganizationKind.OPERATOR, "Ministère chargé du logement"),
        "partner:CDC": (OrganizationKind.PARTNER, "Caisse des dépôts"),
        "partner:ANCOLS": (OrganizationKind.PARTNER, "ANCOLS"),
    }
    return {
        key: await Organization.create(
            key=key,
            kind=kind,
            name=name,
            short_name=key.partition(":")[2],
            platform_id="MIN" if kind is OrganizationKind.OPERATOR else None,
        )
        for key, (kind, name) in names.items()
    }


async def _organism(organization: Organization, siren: str, code: str) -> Organism:
    organism = await Organism.create(
        organization=organization, siren=siren, category=Category.OPH, department="34", city="Montpellier"
    )
    await OrganismCode.create(organism=organism, platform_id="MIN", code=code)
    return organism


async def _people(organizations: dict[str, Organization]) -> None:
    for login, (key, _) in PEOPLE.items():
        await User.create(
            organization=organizations[key],
            login=login,
            password_hash=password_hash(),
            first_name=login.capitalize(),
            last_name="Essai",
            email=f"{login}@example.org",
        )
    await MachineClient.create(
        id="cdc-machine",
        organization=organizations["partner:CDC"],
        name="Système de la CDC",
        secret_hash=secret_hash(SECRET),
        scopes=[Right.READ.value, Right.EXPORT.value],
    )


async def _dossier(organism: Organism, step: int) -> Dossier:
    campaign = await Campaign.create(
        platform_id="MIN", form="ER", year=2024, pack=PACK, opens_on=date(2025, 3, 1)
    )
    return await Dossier.create(
        campaign=campaign,
        organism=organism,
        platform="MIN",
        form="ER",
        year=2024,
        pack=PACK,
        code="001",
        category="OPH",
        search=fold(f"Office public de l'habitat d'essai {SIREN} 001 34 Montpellier"),
        step=step,
        step_since=datetime.now(UTC),
        passes=step,
    )


async def _policy() -> None:
    """The standing rows, the CDC's convention from step 4 with the organism's consent, and who is what."""
    conventions = [
        convention_line(
            actor="partner:CDC",
            platform="MIN",
            form="ER",
            organisms="category:OPH",
            right=right,
            steps="456",
            consent=True,
            ref="convention CDC 2024, art. 3",
        )
        for right in (Right.READ, Right.EXPORT, Right.NOTIFY)
    ]
    profiles = [
        profile_line(subject=f"user:{login}", profile=profile, platform="MIN", form="ER")
        for login, (_, profile) in PEOPLE.items()
    ]
    contacts = [
        profile_line(subject=f"user:{login}", profile="profile:contact", platform="MIN", form="ER")
        for login in ("ministere", "cdc", "ancols")
    ]
    machine = profile_line(
        subject="client:cdc-machine", profile="profile:partner_user", platform="MIN", form="ER"
    )
    lines = [*standing_lines(["MIN"]), *conventions, *profiles, *contacts, machine]
    await add_rows(lines, base=0, author_id=None, comment="Monde d'essai")


async def _viewers(authority: Authority) -> dict[str, Viewer]:
    people = {user.login: await viewer_of_user(authority, user.id) for user in await User.all()}
    machine = await viewer_of_client(authority, "cdc-machine", [Right.READ.value, Right.EXPORT.value])
    return {**people, "machine": machine}
