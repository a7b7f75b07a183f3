"""What a newer version of the program brings to the standing lines of an installation in service."""

from __future__ import annotations

from authz.defaults import CEILING_REF, standing_lines
from authz.lines import FIELDS, Line
from authz.store import read_version
from authz.touched import Touched
from authz.writing import edit_rows
from models import fetch, transaction

Key = tuple[str, str, str, str]

# Every line that ever lived: one that was closed on purpose must not come back with the next version.
_EVER = """SELECT DISTINCT ptype, "values"->>0 AS who, "values"->>1 AS platform, "values"->>%s AS act
FROM policy_row WHERE ptype = %s"""
_SETTLED = """SELECT DISTINCT "values"->>1 AS platform FROM policy_row
WHERE ptype = 'p3' AND "values"->>%s = %s ORDER BY 1"""


async def ensure_standing_lines() -> int:
    """Give the platforms in service the standing lines that they never had, in one version; their number.

    A function, of one body or profile, that a platform's policy has ever spoken of is left as its
    administrators made it. Nothing is done to a database without a policy. Raises Conflict (POLICY_STALE).
    """
    async with transaction():
        base = await read_version()
        settled = [row["platform"] for row in await fetch(_SETTLED, [_place("p3", "ref"), CEILING_REF])]
        known = await _known()
        missing = [line for line in standing_lines(settled) if _key(line) not in known]
        if missing:
            comment = "Règles communes apportées par la nouvelle version"
            await edit_rows(missing, (), base=base, author_id=None, comment=comment, touched=Touched())
    return len(missing)


async def _known() -> set[Key]:
    rows = [row for ptype in ("p", "p2", "p3") for row in await fetch(_EVER, [_place(ptype, "act"), ptype])]
    return {(row["ptype"], row["who"], row["platform"], row["act"]) for row in rows}


def _key(line: Line) -> Key:
    return line.ptype, line.values[0], line.values[1], line.field("act")


def _place(ptype: str, field: str) -> int:
    return FIELDS[ptype].index(field)
