"""Reading what changed between the version in force here and the database's."""

from __future__ import annotations

from typing import Any

from authz.facts import AccountFact, ConsentFact, Delta, OrganismFact, OrganizationFact
from authz.faults import PolicyFault
from authz.store import PROBES, line_of, read_version
from authz.touched import Touched, gathered
from models import OrganizationKind, fetch

_VERSIONS = "SELECT touched FROM policy_version WHERE version > %s AND version <= %s ORDER BY version"
# A line that came and went between the two versions is in neither list.
_ADDED = """SELECT id, ptype, "values", convention_id FROM policy_row
WHERE since_version > %s AND since_version <= %s AND (until_version IS NULL OR until_version > %s)
ORDER BY id"""
_CLOSED = """SELECT id, ptype, "values", convention_id FROM policy_row
WHERE until_version > %s AND until_version <= %s AND since_version <= %s ORDER BY id"""
_ORGANIZATIONS = "SELECT key, kind, name FROM organization WHERE key = ANY(%s)"
_ORGANISMS = """
SELECT organization.key, organism.id, category, department, federation_id
FROM organism JOIN organization ON organization.id = organism.organization_id
WHERE organization.key = ANY(%s)"""
_ACCOUNTS = """
SELECT 'user:' || login AS subject, organization.key, closed_at IS NULL AS open, user_account.id AS user_id
FROM user_account JOIN organization ON organization.id = user_account.organization_id
WHERE login = ANY(%s)
UNION ALL
SELECT 'client:' || machine_client.id, organization.key, closed_at IS NULL, NULL
FROM machine_client JOIN organization ON organization.id = machine_client.organization_id
WHERE machine_client.id = ANY(%s)"""
_CONSENT = """
SELECT 1 AS given FROM consent
JOIN organism ON organism.id = consent.organism_id
JOIN organization AS organism_side ON organism_side.id = organism.organization_id
JOIN organization AS partner_side ON partner_side.id = consent.partner_id
WHERE given AND organism_side.key = %s AND partner_side.key = %s
AND consent.platform_id = %s AND form = %s AND year = %s"""


async def read_delta(base: int) -> Delta | None:
    """What changed since version `base`; None when it cannot be told: everything must then be read again.

    PolicyFault (POLICY_UNSETTLED) if the version moves at every try.
    """
    version = await read_version()
    for _probe in range(PROBES):
        found = await _read(base, version) if version > base else None
        after = await read_version()
        if after == version:
            return found
        version = after
    raise PolicyFault("POLICY_UNSETTLED", "Les droits changent trop vite pour être lus.")


async def _read(base: int, version: int) -> Delta | None:
    records = [row["touched"] for row in await fetch(_VERSIONS, [base, version])]
    touched = gathered(records) if len(records) == version - base else None
    if touched is None:
        return None
    facts = await _facts(touched)
    if facts is None:
        return None
    added = tuple(line_of(row) for row in await fetch(_ADDED, [base, version, version]))
    closed = tuple(line_of(row) for row in await fetch(_CLOSED, [base, version, base]))
    return Delta(base, version, added, closed, **facts)


async def _facts(touched: Touched) -> dict[str, Any] | None:
    """What was touched as it now is; None when one of them is gone, for lines may still speak of it."""
    consents = [await _consent(name) for name in touched.consents]
    found: dict[str, Any] = {
        "organizations": await _organizations(touched.organizations),
        "organisms": await _organisms(touched.organisms),
        "accounts": await _accounts(touched.accounts),
        "consents": tuple(consents),
    }
    asked = (touched.organizations, touched.organisms, touched.accounts)
    complete = all(len(set(names)) == len(facts) for names, facts in zip(asked, found.values(), strict=False))
    return found if complete else None


async def _organizations(keys: tuple[str, ...]) -> tuple[OrganizationFact, ...]:
    rows = await fetch(_ORGANIZATIONS, [list(keys)]) if keys else []
    return tuple(OrganizationFact(row["key"], OrganizationKind(row["kind"]), row["name"]) for row in rows)


async def _organisms(keys: tuple[str, ...]) -> tuple[OrganismFact, ...]:
    return tuple(
        OrganismFact(*row.values()) for row in (await fetch(_ORGANISMS, [list(keys)]) if keys else [])
    )


async def _accounts(subjects: tuple[str, ...]) -> tuple[AccountFact, ...]:
    if not subjects:
        return ()
    names = [
        [name.removeprefix(kind) for name in subjects if name.startswith(kind)]
        for kind in ("user:", "client:")
    ]
    return tuple(AccountFact(*row.values()) for row in await fetch(_ACCOUNTS, names))


async def _consent(name: str) -> tuple[ConsentFact, bool]:
    organism, partner, platform, form, year = name.split("|")
    rows = await fetch(_CONSENT, [organism, partner, platform, form, int(year)])
    return ConsentFact(organism, partner, platform, form, int(year)), bool(rows)
