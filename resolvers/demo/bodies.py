"""Writing who takes part: platforms, operators, partners, organisms and their people."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from models import MachineClient, Organism, OrganismCode, Organization, OrganizationKind, Platform, User
from resolvers.clients import secret_hash
from resolvers.demo.accounts import ROLES, administrators, clients, shown_accounts
from resolvers.demo.identifiers import stable_id
from resolvers.demo.identity import invented_phone, phone
from resolvers.demo.organisms import Invented, organisms
from resolvers.demo.people import former, former_user, user_of
from resolvers.demo.platforms import PARTNERS, PLATFORMS
from resolvers.passwords import hashed

if TYPE_CHECKING:
    from uuid import UUID

BATCH = 500


async def write_platforms() -> None:
    """The platforms, each with its operator, and the partners."""
    await Platform.bulk_create(
        Platform(code=code, name=platform.name, kind=platform.kind) for code, platform in PLATFORMS.items()
    )
    operators = [
        _organization(f"operator:{code}", OrganizationKind.OPERATOR, platform.name, code, code)
        for code, platform in PLATFORMS.items()
    ]
    partners = [
        _organization(f"partner:{code}", OrganizationKind.PARTNER, name, code, None)
        for code, name in PARTNERS.items()
    ]
    await Organization.bulk_create([*operators, *partners])


def _organization(
    key: str, kind: OrganizationKind, name: str, short_name: str, platform: str | None
) -> Organization:
    domain = f"{short_name.lower()}.example"
    return Organization(
        id=stable_id("organization", key),
        key=key,
        kind=kind,
        name=name,
        short_name=short_name,
        platform_id=platform,
        phone=invented_phone(key),
        email=f"contact@{domain}",
    )


async def write_organisms() -> None:
    """Every organism, with its code on each platform that knows it."""
    found = organisms()
    await Organization.bulk_create([_organism_organization(body) for body in found], batch_size=BATCH)
    await Organism.bulk_create([_organism(body) for body in found], batch_size=BATCH)
    await OrganismCode.bulk_create(
        [
            OrganismCode(organism_id=organism_id(body), platform_id=platform, code=code)
            for body in found
            for platform, code in body.codes.items()
        ],
        batch_size=BATCH,
    )


def organism_id(body: Invented) -> UUID:
    """The identifier of an organism's row."""
    return stable_id("organism", body.siren)


def _organism_organization(body: Invented) -> Organization:
    return Organization(
        id=stable_id("organization", body.key),
        key=body.key,
        kind=OrganizationKind.ORGANISM,
        name=body.name,
        short_name=body.name[:60],
        address=f"{body.street}, {body.town.postcode} {body.town.name}",
        phone=phone(body),
        email=f"contact@{body.domain}",
    )


def _organism(body: Invented) -> Organism:
    return Organism(
        id=organism_id(body),
        organization_id=stable_id("organization", body.key),
        siren=body.siren,
        category=body.category,
        department=body.department.code,
        city=body.town.name,
        federation_id=body.federation,
    )


async def write_people() -> None:
    """Every account; those of one role share a password, so it is hashed once."""
    hashes = dict(
        zip(
            (role.password for role in ROLES),
            await asyncio.gather(*(hashed(role.password) for role in ROLES)),
            strict=True,
        )
    )
    everyone = (*shown_accounts(), *administrators())
    await User.bulk_create(
        [
            *(user_of(account, hashes[account.password]) for account in everyone),
            *(former_user(account, hashes[account.password]) for account in former()),
        ],
        batch_size=BATCH,
    )
    await MachineClient.bulk_create(
        MachineClient(
            id=client.id,
            organization_id=stable_id("organization", client.key),
            name=f"Système d’information – {client.organization}",
            secret_hash=secret_hash(client.secret),
            scopes=list(client.scopes),
        )
        for client in clients()
    )
