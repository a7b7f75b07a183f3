"""An edit based on an older version: accepted unless what it touches has changed since."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from authz.faults import PolicyFault
from authz.lines import ANY_FORM, FIELDS, Line
from authz.rule_text import Naming, rule_text
from models import Conflict, Invalid, fetch

# The rows named in one refusal; the others are counted.
MOST_NAMED = 20

# A line added and closed again since is no change.
_SINCE = """
SELECT r.id, r.ptype, r."values", r.since_version, r.until_version, v.version, v.at,
       u.first_name || ' ' || u.last_name AS author
FROM policy_row r
JOIN policy_version v ON v.version = coalesce(r.until_version, r.since_version)
LEFT JOIN user_account u ON u.id = v.author_id
WHERE (r.since_version > %(base)s AND r.until_version IS NULL)
   OR (r.until_version > %(base)s AND r.since_version <= %(base)s)
ORDER BY r.id"""
_NAMED = """
SELECT r.id, r.ptype, r."values", r.convention_id, r.since_version, r.until_version, v.version, v.at,
       u.first_name || ' ' || u.last_name AS author
FROM policy_row r
JOIN policy_version v ON v.version = coalesce(r.until_version, r.since_version)
LEFT JOIN user_account u ON u.id = v.author_id
WHERE r.id = ANY(%s) ORDER BY r.id"""

# ptype, whom it names, platform, right ("" for a profile given), then the form.
Place = tuple[str, str, str, str]


async def lines_to_close(ids: Collection[int], version: int, name: Naming) -> tuple[Line, ...]:
    """The living lines that are to be closed.

    Raises Invalid POLICY_LINE_UNKNOWN, Conflict POLICY_CONFLICT for those that live no longer.
    """
    rows = await fetch(_NAMED, [sorted(ids)]) if ids else []
    unknown = set(ids) - {row["id"] for row in rows}
    if unknown:
        raise Invalid(
            "POLICY_LINE_UNKNOWN",
            f"La ligne #{min(unknown)} n’existe pas : rechargez les droits, puis recommencez.",
            path=("close", str(min(unknown))),
        )
    closed = [row for row in rows if row["until_version"] is not None]
    if closed:
        raise _conflict(closed, version, name)
    return tuple(_line(row) for row in rows)


async def refuse_overlaps(edited: Iterable[Line], base: int, version: int, name: Naming) -> None:
    """Nothing when no line was added or closed since `base` where one of `edited` bears.

    Raises Conflict POLICY_CONFLICT, Invalid POLICY_BASE_UNKNOWN.
    """
    if not 0 <= base <= version:
        raise Invalid(
            "POLICY_BASE_UNKNOWN",
            f"La version {base} des droits n’existe pas : rechargez les droits, puis recommencez.",
            path=("baseVersion",),
        )
    if base == version:
        return
    rows = await fetch(_SINCE.replace("%(base)s", str(int(base))))
    places = _places(edited)
    overlapping = [row for row in rows if _meets(places, _line(row))]
    if overlapping:
        raise _conflict(overlapping, version, name)


def _conflict(rows: Sequence[dict[str, Any]], version: int, name: Naming) -> Conflict:
    """The refusal that names the lines that others have changed: which, how, by whom, when."""
    named = [_told(row, name) for row in rows[:MOST_NAMED]]
    who = ", ".join(sorted({row["by"] for row in named}))
    ids = ", ".join(f"#{row['id']}" for row in named)
    more = f" et {len(rows) - len(named)} autres" if len(rows) > len(named) else ""
    return Conflict(
        "POLICY_CONFLICT",
        f"Des lignes que votre changement touche ont été modifiées entre-temps par {who} : {ids}{more}. "
        "Rechargez les droits, puis refaites la modification.",
        details={"version": version, "rows": named},
    )


def _told(row: dict[str, Any], name: Naming) -> dict[str, Any]:
    line = _line(row)
    return {
        "id": row["id"],
        "ptype": line.ptype,
        "values": list(line.values),
        "text": rule_text(line, name),
        "change": "added" if row["until_version"] is None else "closed",
        "version": row["version"],
        "at": row["at"].isoformat(),
        "by": row["author"] or "le système",
    }


def place(line: Line) -> tuple[Place, str]:
    """Where a line bears, and the form that it bears on. ValueError for a line that is not one."""
    who = line.values[0]
    if line.ptype == "g":
        platform, _, form = line.field("domain").partition("/")
        return ("g", who, platform, ""), form
    return (line.ptype, who, line.field("dom"), line.field("act")), line.field("form")


def _places(lines: Iterable[Line]) -> dict[Place, set[str]]:
    found: dict[Place, set[str]] = {}
    for line in lines:
        if line.ptype in FIELDS and len(line.values) == len(FIELDS[line.ptype]):
            where, form = place(line)
            found.setdefault(where, set()).add(form)
    return found


def _meets(places: dict[Place, set[str]], line: Line) -> bool:
    where, form = place(line)
    forms = places.get(where, set())
    return bool(forms) and (form in forms or ANY_FORM in forms or form == ANY_FORM)


def _line(row: dict[str, Any]) -> Line:
    values = row["values"]
    if not isinstance(values, list):
        raise PolicyFault(
            "POLICY_LINE_INVALID", "Cette ligne n’est pas une liste de champs.", f"#{row['id']}"
        )
    return Line(row["ptype"], tuple(values), row.get("convention_id"), row["id"])
