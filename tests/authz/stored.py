"""The small world of `sample`, in the database: what is read, watched and edited there."""

from __future__ import annotations

from uuid import UUID

from authz import Line, add_rows, standing_lines
from models import (
    Category,
    MachineClient,
    Organism,
    Organization,
    OrganizationKind,
    Platform,
    PlatformKind,
    PolicyRow,
    PolicyVersion,
    User,
)

SIRENS = {"OPH": "111111111", "SEM": "222222222"}
USERS = {
    "oph": "organism:111111111",
    "min": "operator:MIN",
    "cdc": "partner:CDC",
    # Nothing that a person is called may break a line of the policy.
    'o\'brien, "x"': "partner:CDC",
}


async def settle(*lines: Line) -> None:
    """The world with the standing lines of the Ministry and these, as version 1."""
    await Platform.create(code="MIN", name="Ministère", kind=PlatformKind.MINISTRY)
    keys = {
        "operator:MIN": OrganizationKind.OPERATOR,
        "partner:CDC": OrganizationKind.PARTNER,
        **{f"organism:{siren}": OrganizationKind.ORGANISM for siren in SIRENS.values()},
    }
    bodies = {
        key: await Organization.create(key=key, kind=kind, name=key, short_name=key)
        for key, kind in keys.items()
    }
    for category, siren in SIRENS.items():
        await Organism.create(
            organization=bodies[f"organism:{siren}"],
            siren=siren,
            category=Category(category),
            department="75",
            city="Paris",
        )
    for login, key in USERS.items():
        await open_account(login, bodies[key].id)
    await MachineClient.create(
        id="cdc",
        organization=bodies["partner:CDC"],
        name="Système de la CDC",
        secret_hash="x",
        scopes=["dossier:read", "dossier:export"],
    )
    await add_rows([*standing_lines(["MIN"]), *lines], base=0, author_id=None, comment="Au début")


async def open_account(login: str, organization_id: UUID) -> User:
    """An account of an organization, its password of no use."""
    return await User.create(
        organization_id=organization_id,
        login=login,
        password_hash="x",
        first_name="Camille",
        last_name="Durand",
        email="camille@example.org",
    )


async def stored() -> tuple[list[tuple[int, int, int | None]], list[int]]:
    """Every line (id, since, until) and every version: what an edit that failed must leave as it was."""
    rows = await PolicyRow.all().order_by("id")
    versions = await PolicyVersion.all().order_by("version")
    return (
        [(row.id, row.since_version, row.until_version) for row in rows],
        [version.version for version in versions],
    )
