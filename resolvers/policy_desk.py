"""The desk of those who edit a platform's policy: where it stands, and its lines by pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from authz import Line, Right, Viewer, decide_on_platform
from authz.history import OF_PLATFORM, StoredLine, stored_line
from authz.rule_text import naming, rule_text
from models import Invalid, fetch
from resolvers.convention_choices import PartyRow
from resolvers.folding import like_patterns
from resolvers.organizations import NAMED
from resolvers.paging import check_first, cursor_invalid
from resolvers.people_lists import folded
from resolvers.policy_boundary import desk_unknown, is_editable

LONGEST_SEARCH = 1_000
_NUMBERED = re.compile(r"#[0-9]{1,18}")

_COLUMNS = """SELECT r.id, r.ptype, r."values", r.convention_id, r.since_version, r.until_version"""
_LIVING = """FROM policy_row r
WHERE r.until_version IS NULL AND {platform} = %s AND (%s::text IS NULL OR r.ptype = %s)
AND (%s = '' OR r.id = ANY(%s) OR strpos(lower(r."values"::text), lower(%s)) > 0 OR r."values"->>0 IN (
    SELECT key FROM organization WHERE strpos(lower(name || ' ' || short_name), lower(%s)) > 0
))"""
_ACTORS = """
SELECT g.id, g.key, g.name FROM organization g LEFT JOIN organism o ON o.organization_id = g.id
WHERE {conditions} ORDER BY g.kind = 'organism', g.name, g.key LIMIT %s"""
_NAMES = folded("g.name || ' ' || g.short_name || ' ' || g.key")


@dataclass(frozen=True, slots=True)
class DeskRow:
    """A platform's desk, opened for a viewer who may edit its policy."""

    platform: str
    version: int
    second_signature: bool


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line in French words, the versions that it lived in, and whether the desk edits it."""

    id: int | None
    ptype: str
    values: tuple[str, ...]
    text: str
    convention: UUID | None
    since: int
    until: int | None
    editable: bool

    @property
    def ref(self) -> str:
        """The article that the line carries; empty for a profile given."""
        return "" if self.ptype == "g" else self.values[-1]


@dataclass(frozen=True, slots=True)
class WantedLines:
    """One page of lines: of one type (None: any), whose fields, or whose organization's name, hold `search`.

    `search` may also be the numbers of lines: `#12 #15`.
    """

    ptype: str | None
    search: str
    first: int
    after: str | None


@dataclass(frozen=True, slots=True)
class LinePage:
    """Some lines, how many there are in all, and whether more follow."""

    rows: tuple[LineRow, ...]
    total: int
    has_next: bool


async def open_desk(viewer: Viewer, platform: str) -> DeskRow:
    """The desk of a platform. Raises NotFound POLICY_DESK_UNKNOWN: a stranger cannot tell which exist."""
    rows = await fetch("SELECT code, second_signature FROM platform WHERE code = %s", [platform])
    if not rows or not decide_on_platform(viewer, Right.POLICY_EDIT, platform).allowed:
        raise desk_unknown()
    return DeskRow(platform, viewer.authority.policy.version, rows[0]["second_signature"])


async def page_of_lines(viewer: Viewer, platform: str, wanted: WantedLines) -> LinePage:
    """A platform's living lines by number."""
    check_first(wanted.first)
    first, start = wanted.first, _place(wanted.after)
    searched = wanted.search.strip()[:LONGEST_SEARCH]
    numbers = _numbers(searched)
    values: list[Any] = [platform, wanted.ptype, wanted.ptype, searched, numbers, searched, searched]
    living = _LIVING.format(platform=OF_PLATFORM)
    total = await fetch(f"SELECT count(*) AS total {living}", values)
    rows = await fetch(
        f"{_COLUMNS} {living} AND r.id > %s ORDER BY r.id LIMIT %s", [*values, start, first + 1]
    )
    shown = tuple(line_row(viewer, platform, stored_line(row)) for row in rows[:first])
    return LinePage(shown, total[0]["total"], len(rows) > first)


def _numbers(searched: str) -> list[int]:
    """The numbers of lines that a search names, when it is made of nothing else."""
    words = searched.split()
    if not all(_NUMBERED.fullmatch(word) for word in words):
        return []
    return [int(word[1:]) for word in words]


def line_row(viewer: Viewer, platform: str, stored: StoredLine) -> LineRow:
    """A stored line as the desk shows it."""
    line = stored.line
    return LineRow(
        line.id,
        line.ptype,
        line.values,
        rule_text(line, naming(viewer.authority.policy)),
        line.convention_id,
        stored.since,
        stored.until,
        stored.until is None and is_editable(line, platform),
    )


def new_line_row(viewer: Viewer, line: Line) -> LineRow:
    """A line that is not stored yet."""
    text = rule_text(line, naming(viewer.authority.policy))
    return LineRow(None, line.ptype, line.values, text, line.convention_id, 0, None, editable=True)


async def actors(platform: str, search: str, first: int) -> tuple[PartyRow, ...]:
    """Of those that the platform knows, whose name or key holds each word: operators and partners first."""
    check_first(first)
    patterns = like_patterns(search[:LONGEST_SEARCH])
    conditions = " AND ".join([NAMED, *(f"{_NAMES} LIKE %s" for _ in patterns)])
    rows = await fetch(_ACTORS.format(conditions=conditions), [*[platform] * 4, *patterns, first])
    return tuple(PartyRow(row["id"], row["key"], row["name"]) for row in rows)


def _place(after: str | None) -> int:
    if after is None:
        return 0
    if not after.isascii() or not after.isdigit() or len(after) > 18:  # noqa: PLR2004 - a bigint's digits
        raise cursor_invalid()
    return int(after)


async def lines_named(ids: Sequence[int]) -> tuple[Line, ...]:
    """The lines of these numbers that are or were; an unknown number has none."""
    rows = await fetch(f"{_COLUMNS} FROM policy_row r WHERE r.id = ANY(%s) ORDER BY r.id", [list(ids)])
    return tuple(stored_line(row).line for row in rows)


async def rows_named(viewer: Viewer, platform: str, ids: Sequence[int]) -> tuple[LineRow, ...]:
    """The lines of these numbers, as the desk shows them."""
    rows = await fetch(f"{_COLUMNS} FROM policy_row r WHERE r.id = ANY(%s) ORDER BY r.id", [list(ids)])
    return tuple(line_row(viewer, platform, stored_line(row)) for row in rows)


async def living_lines(platform: str, ptype: str, who: str) -> tuple[Line, ...]:
    """The living lines of one type on one name, on a platform."""
    rows = await fetch(
        f"{_COLUMNS} FROM policy_row r WHERE r.until_version IS NULL AND r.ptype = %s "
        'AND r."values"->>0 = %s AND r."values"->>1 = %s ORDER BY r.id',
        [ptype, who, platform],
    )
    return tuple(stored_line(row).line for row in rows)


def line_ids(texts: Sequence[str]) -> tuple[int, ...]:
    """The numbers of stored lines, each once. Raises Invalid POLICY_LINE_UNKNOWN for what cannot be one."""
    for number, text in enumerate(texts):
        if not text.isascii() or not text.isdigit() or len(text) > 18:  # noqa: PLR2004 - a bigint's digits
            raise Invalid(
                "POLICY_LINE_UNKNOWN",
                "Cette ligne n’existe pas : rechargez les droits, puis recommencez.",
                path=("close", str(number)),
            )
    return tuple(dict.fromkeys(int(text) for text in texts))
