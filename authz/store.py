"""Reading everything a decision depends on, from one version of the database."""

from __future__ import annotations

from typing import Any

from authz.facts import AccountFact, ConsentFact, Facts, OrganismFact, OrganizationFact
from authz.faults import PolicyFault
from authz.lines import Line
from models import OrganizationKind, fetch

PROBES = 5

_VERSION = """
SELECT coalesce(max(version), 0) AS version, pg_current_xact_id_if_assigned() IS NOT NULL AS writing
FROM policy_version"""
_LINES = """
SELECT id, ptype, "values", convention_id FROM policy_row WHERE until_version IS NULL ORDER BY id"""
_ORGANISMS = """
SELECT organization.key, organism.id, category, department, federation_id
FROM organism JOIN organization ON organization.id = organism.organization_id ORDER BY organization.key"""
_ACCOUNTS = """
SELECT 'user:' || login AS subject, organization.key, closed_at IS NULL AS open, user_account.id AS user_id
FROM user_account JOIN organization ON organization.id = user_account.organization_id
UNION ALL
SELECT 'client:' || machine_client.id, organization.key, closed_at IS NULL, NULL
FROM machine_client JOIN organization ON organization.id = machine_client.organization_id"""
_CONSENTS = """
SELECT organism_side.key AS organism, partner_side.key AS partner, consent.platform_id AS platform, form, year
FROM consent
JOIN organism ON organism.id = consent.organism_id
JOIN organization AS organism_side ON organism_side.id = organism.organization_id
JOIN organization AS partner_side ON partner_side.id = consent.partner_id
WHERE given"""


async def read_version() -> int:
    """The version in force; 0 before the first."""
    version, _ = await probe()
    return version


async def probe() -> tuple[int, bool]:
    """The version in force, and whether the current transaction has written anything."""
    row = (await fetch(_VERSION))[0]
    return int(row["version"]), bool(row["writing"])


async def read_facts() -> Facts:
    """All facts of one version. PolicyFault (POLICY_UNSETTLED) if it moves at every try.

    Whatever changes a fact bumps the version in the same transaction; so what was read between two
    equal readings of the version belongs together.
    """
    version = await read_version()
    for _probe in range(PROBES):
        facts = await _read(version)
        after = await read_version()
        if after == version:
            return facts
        version = after
    raise PolicyFault("POLICY_UNSETTLED", "Les droits changent trop vite pour être lus.")


async def _read(version: int) -> Facts:
    return Facts(
        version=version,
        lines=tuple(line_of(row) for row in await fetch(_LINES)),
        platforms={row["code"]: row["name"] for row in await fetch("SELECT code, name FROM platform")},
        organizations=tuple(
            OrganizationFact(row["key"], OrganizationKind(row["kind"]), row["name"])
            for row in await fetch("SELECT key, kind, name FROM organization")
        ),
        organisms=tuple(OrganismFact(*row.values()) for row in await fetch(_ORGANISMS)),
        accounts=tuple(AccountFact(*row.values()) for row in await fetch(_ACCOUNTS)),
        consents=tuple(ConsentFact(**row) for row in await fetch(_CONSENTS)),
    )


def line_of(row: dict[str, Any]) -> Line:
    """One row of `policy_row`. PolicyFault (POLICY_LINE_INVALID) when it is not a list of texts."""
    values = row["values"]
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise PolicyFault(
            "POLICY_LINE_INVALID", "Cette ligne n’est pas une liste de champs.", f"#{row['id']}"
        )
    return Line(row["ptype"], tuple(values), row["convention_id"], row["id"])
