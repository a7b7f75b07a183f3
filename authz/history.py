"""The lines of a version, and what changed from one version to another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from authz.lines import Line
from models import Invalid, fetch

# The platform that a line is about: a `g` line names it in its domain.
OF_PLATFORM = """CASE WHEN r.ptype = 'g' THEN split_part(r."values"->>2, '/', 1) ELSE r."values"->>1 END"""
_ALIVE = """
SELECT r.id, r.ptype, r."values", r.convention_id, r.since_version, r.until_version FROM policy_row r
WHERE {OF_PLATFORM} = %s AND r.since_version <= %s AND (r.until_version IS NULL OR r.until_version > %s)
ORDER BY r.id"""
_MOVED = """
SELECT r.id, r.ptype, r."values", r.convention_id, r.since_version, r.until_version FROM policy_row r
WHERE {OF_PLATFORM} = %s AND (
    (r.since_version > %s AND r.since_version <= %s) OR (r.until_version > %s AND r.until_version <= %s))
ORDER BY r.id"""
_TOUCHED = "SELECT touched FROM policy_version WHERE version > %s AND version <= %s"


@dataclass(frozen=True, slots=True)
class StoredLine:
    """A line and the versions that it lived in."""

    line: Line
    since: int
    until: int | None


@dataclass(frozen=True, slots=True)
class Difference:
    """What `to` has that `start` had not, and the reverse; `touched`: facts changed between, by kind.

    `unknown`: one of the versions between does not say what it touched besides the lines.
    """

    start: int
    to: int
    added: tuple[StoredLine, ...]
    closed: tuple[StoredLine, ...]
    touched: dict[str, int]
    unknown: bool


async def lines_at(platform: str, version: int) -> tuple[StoredLine, ...]:
    """The lines of a platform that lived in a version."""
    return tuple(
        stored_line(row)
        for row in await fetch(_ALIVE.format(OF_PLATFORM=OF_PLATFORM), [platform, version, version])
    )


async def difference(platform: str, start: int, to: int) -> Difference:
    """What changed of a platform's lines; a line closed and written again alike has not changed."""
    low, high = sorted((start, to))
    rows = [
        stored_line(row)
        for row in await fetch(_MOVED.format(OF_PLATFORM=OF_PLATFORM), [platform, low, high, low, high])
    ]
    then = [row for row in rows if alive(row, start)]
    now = [row for row in rows if alive(row, to)]
    touched, unknown = _gathered(await fetch(_TOUCHED, [low, high]))
    return Difference(start, to, without(now, then), without(then, now), touched, unknown)


def alive(row: StoredLine, version: int) -> bool:
    """Whether a line lived in a version."""
    return row.since <= version and (row.until is None or row.until > version)


def without(rows: Sequence[StoredLine], others: Iterable[StoredLine]) -> tuple[StoredLine, ...]:
    """The rows that `others` does not have alike, as often as they are there."""
    left = Counter(_content(row.line) for row in others)
    found = []
    for row in rows:
        content = _content(row.line)
        if left[content] > 0:
            left[content] -= 1
        else:
            found.append(row)
    return tuple(found)


def stored_line(row: dict[str, Any]) -> StoredLine:
    """A row of `policy_row` as it was read."""
    line = Line(row["ptype"], tuple(row["values"]), row["convention_id"], row["id"])
    return StoredLine(line, row["since_version"], row["until_version"])


async def check_versions(*versions: int) -> None:
    """Nothing when each is a version that was. Raises Invalid POLICY_VERSION_UNKNOWN."""
    known = await fetch("SELECT version FROM policy_version WHERE version = ANY(%s)", [list(versions)])
    unknown = set(versions) - {row["version"] for row in known} - {0}
    if unknown:
        raise version_unknown(min(unknown))


def version_unknown(version: int) -> Invalid:
    """There never was such a version."""
    return Invalid(
        "POLICY_VERSION_UNKNOWN",
        f"La version {version} des droits n’existe pas : choisissez-en une dans l’historique.",
        path=("version",),
    )


def _content(line: Line) -> tuple[str, tuple[str, ...], object]:
    return line.ptype, line.values, line.convention_id


def _gathered(rows: Iterable[dict[str, Any]]) -> tuple[dict[str, int], bool]:
    names: dict[str, set[str]] = {}
    unknown = False
    for row in rows:
        if row["touched"] is None:
            unknown = True
            continue
        for kind, found in row["touched"].items():
            names.setdefault(kind, set()).update(found)
    return {kind: len(found) for kind, found in names.items()}, unknown
