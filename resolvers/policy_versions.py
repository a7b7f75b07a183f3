"""The history of a platform's rules: its versions, and what two of them differ by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from authz import Viewer
from authz.history import OF_PLATFORM, Difference, check_versions, difference
from authz.words import typeset
from models import fetch
from resolvers.impact_words import number
from resolvers.paging import check_first, cursor_invalid
from resolvers.policy_desk import LineRow, line_row, open_desk

# Versions that changed none of the platform's lines (an account closed, a consent given) are not told.
_VERSIONS = """
SELECT v.version, v.at, v.comment, v.proposal_id, u.first_name || ' ' || u.last_name AS author,
       moved.added, moved.closed
FROM (
    SELECT version, sum(added) AS added, sum(closed) AS closed FROM (
        SELECT r.since_version AS version, 1 AS added, 0 AS closed FROM policy_row r
        WHERE {platform} = %s AND r.since_version < %s
        UNION ALL
        SELECT r.until_version, 0, 1 FROM policy_row r WHERE {platform} = %s AND r.until_version < %s
    ) AS moves GROUP BY version ORDER BY version DESC LIMIT %s
) AS moved
JOIN policy_version v USING (version) LEFT JOIN user_account u ON u.id = v.author_id
ORDER BY v.version DESC"""
_FACTS = {
    "accounts": ("compte changé", "comptes changés"),
    "organizations": ("organisation changée", "organisations changées"),
    "organisms": ("organisme changé", "organismes changés"),
    "consents": ("accès donné ou repris", "accès donnés ou repris"),
}
BEYOND = 2**31 - 1


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version: how many of the platform's lines it added and closed, who made it and why."""

    version: int
    at: datetime
    author: str | None
    comment: str
    added: int
    closed: int
    proposal: UUID | None


@dataclass(frozen=True, slots=True)
class VersionPage:
    """Some versions, and whether older ones follow."""

    rows: tuple[VersionRow, ...]
    has_next: bool


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """What `to` has that `start` had not, and the reverse, in words."""

    start: int
    to: int
    added: tuple[LineRow, ...]
    closed: tuple[LineRow, ...]
    facts: tuple[str, ...]
    sentence: str


async def page_of_versions(platform: str, first: int, after: str | None) -> VersionPage:
    """The versions that changed a platform's lines, the latest first; `after`: the number of one of them."""
    check_first(first)
    before = BEYOND
    if after is not None:
        if not after.isascii() or not after.isdigit() or len(after) > 9:  # noqa: PLR2004 - an integer's digits
            raise cursor_invalid()
        before = int(after)
    query = _VERSIONS.format(platform=OF_PLATFORM)
    rows = await fetch(query, [platform, before, platform, before, first + 1])
    shown = tuple(
        VersionRow(
            row["version"],
            row["at"],
            row["author"],
            row["comment"],
            int(row["added"]),
            int(row["closed"]),
            row["proposal_id"],
        )
        for row in rows[:first]
    )
    return VersionPage(shown, len(rows) > first)


async def compare(viewer: Viewer, platform: str, start: int, to: int) -> DifferenceRow:
    """The difference between two versions. Raises NotFound, Invalid POLICY_VERSION_UNKNOWN."""
    await open_desk(viewer, platform)
    await check_versions(start, to)
    found = await difference(platform, start, to)
    return DifferenceRow(
        start,
        to,
        tuple(line_row(viewer, platform, row) for row in found.added),
        tuple(line_row(viewer, platform, row) for row in found.closed),
        tuple(_facts(found)),
        _sentence(found),
    )


def _facts(found: Difference) -> Iterator[str]:
    for kind, count in found.touched.items():
        one, several = _FACTS.get(kind, (kind, kind))
        yield typeset(f"{number(count)} {several if count > 1 else one}.")
    if found.unknown:
        yield "Une version au moins a pu changer des organisations, des comptes ou des accès sans le dire."


def _sentence(found: Difference) -> str:
    if not found.added and not found.closed:
        return typeset(f"Les lignes des versions {found.start} et {found.to} sont les mêmes.")
    added, closed = len(found.added), len(found.closed)
    more = f"{number(added)} ligne{'s' if added > 1 else ''} de plus"
    less = f"{number(closed)} ligne{'s' if closed > 1 else ''} de moins"
    return typeset(f"De la version {found.start} à la version {found.to} : {more}, {less}.")
