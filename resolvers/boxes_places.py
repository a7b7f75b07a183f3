"""Where an organization's people may have boxes: forms of platforms, derived from what it takes part in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from authz.boxes import FormPlace
from forms import load_pack
from models import OrganizationKind, fetch
from resolvers import packs

if TYPE_CHECKING:
    from uuid import UUID

_OPERATOR = """
SELECT DISTINCT c.platform_id AS platform, c.form FROM campaign c
JOIN organization g ON g.platform_id = c.platform_id WHERE g.id = %s
"""
_PARTNER = """
SELECT DISTINCT c.platform_id AS platform, c.form FROM campaign c
JOIN policy_row p ON p.until_version IS NULL AND p.ptype = 'p' AND p."values" ->> 1 = c.platform_id
    AND p."values" ->> 2 IN ('*', c.form)
JOIN organization g ON g.key = p."values" ->> 0 WHERE g.id = %s
"""
_ORGANISM = """
SELECT DISTINCT ON (c.platform_id, c.form) c.platform_id AS platform, c.form, c.pack, o.category,
       EXISTS (SELECT 1 FROM dossier d WHERE d.organism_id = o.id AND d.platform = c.platform_id
               AND d.form = c.form) AS filled
FROM organism o JOIN organism_code k ON k.organism_id = o.id JOIN campaign c ON c.platform_id = k.platform_id
WHERE o.organization_id = %s ORDER BY c.platform_id, c.form, c.year DESC
"""
# Where somebody already has boxes, there remains a place: what was given must be seen to be taken back.
_HELD = """
SELECT DISTINCT split_part(p."values" ->> 2, '/', 1) AS platform, split_part(p."values" ->> 2, '/', 2) AS form
FROM policy_row p JOIN user_account u ON p."values" ->> 0 = 'user:' || u.login
WHERE p.until_version IS NULL AND p.ptype = 'g' AND p."values" ->> 2 NOT LIKE '%%/*'
AND u.organization_id = %s
UNION
SELECT p."values" ->> 1, p."values" ->> 2
FROM policy_row p JOIN user_account u ON p."values" ->> 0 = 'user:' || u.login
WHERE p.until_version IS NULL AND p.ptype = 'p2' AND p."values" ->> 2 <> '*' AND u.organization_id = %s
"""


async def places_of(organization_id: UUID, kind: OrganizationKind) -> tuple[FormPlace, ...]:
    """The forms that the organization acts on, by platform and form."""
    match kind:
        case OrganizationKind.OPERATOR:
            records = await fetch(_OPERATOR, [organization_id])
        case OrganizationKind.PARTNER:
            records = await fetch(_PARTNER, [organization_id])
        case _:
            records = await _organism(organization_id)
    held = await fetch(_HELD, [organization_id, organization_id])
    return tuple(sorted({FormPlace(one["platform"], one["form"]) for one in (*records, *held)}))


async def _organism(organization_id: UUID) -> list[dict[str, str]]:
    """The campaigns of the platforms that know it, whose form is for its kind or that it fills already."""
    records = await fetch(_ORGANISM, [organization_id])
    await packs.ensure({record["pack"] for record in records})
    return [
        record
        for record in records
        if record["filled"] or load_pack(record["pack"]).is_for(record["category"])
    ]
