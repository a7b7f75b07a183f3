"""What an organism knows of its readers: who may read it today, and who has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from authz import Right, Target, Viewer, scope
from authz.who import outside
from models import OrganizationKind, fetch
from resolvers.consent_rows import ReadingRow
from resolvers.convention_choices import PartyRow
from resolvers.paging import Paged, check_first, decode_numbered, encode, paged

if TYPE_CHECKING:
    from collections.abc import Iterable

    from authz.who import Holder

_FROM = """
FROM dossier_reading r JOIN dossier d ON d.id = r.dossier_id JOIN organism o ON o.id = d.organism_id
JOIN organization g ON g.id = r.organization_id WHERE o.organization_id = %s
"""
_READINGS = (
    """
SELECT r.id, r.organization_id, g.key, g.name AS organization, r.name, r.channel, r.day, r.at, r.ref,
       d.form, d.year, r.dossier_id
"""
    + _FROM
)


# A workbook holds no more lines that anyone reads; a narrower period gives the others.
MOST_TAKEN = 20_000


@dataclass(frozen=True, slots=True)
class Within:
    """What of the register is wanted: first and last day, one organization by its key, one dossier."""

    since: date | None = None
    until: date | None = None
    organization: str | None = None
    dossier: UUID | None = None


@dataclass(frozen=True, slots=True)
class ReaderRow:
    """Someone who may read a dossier today, and by which article."""

    organization: PartyRow
    subject: str
    name: str
    since: str
    ref: str


async def readers_today(viewer: Viewer, form: str, year: int) -> list[ReaderRow]:
    """Who outside the viewer's organism may read its dossiers of a form and year, by organization."""
    if not _person_of_organism(viewer):
        return []
    policy = viewer.authority.policy
    holders: dict[str, Holder] = {}
    for record in await fetch(
        "SELECT d.platform, d.step FROM dossier d JOIN organism o ON o.id = d.organism_id "
        "WHERE o.organization_id = %s AND d.form = %s AND d.year = %s ORDER BY d.platform",
        [viewer.organization_id, form, year],
    ):
        target = Target(record["platform"], form, year, viewer.organization, record["step"])
        holders |= {holder.subject: holder for holder in outside(policy, Right.READ, target)}
    return await named_holders(holders.values())


def _person_of_organism(viewer: Viewer) -> bool:
    """Whom an organism's readers are told to: no partner, and no system."""
    return viewer.kind is OrganizationKind.ORGANISM and viewer.scopes is None


async def named_holders(holders: Iterable[Holder]) -> list[ReaderRow]:
    """The same with the names that people know them by."""
    found = {holder.subject: holder for holder in holders}
    records = await fetch(
        "SELECT a.subject, a.name, g.id, g.key, g.name AS organization FROM ("
        "SELECT 'user:' || login AS subject, first_name || ' ' || last_name AS name, organization_id "
        "FROM user_account UNION ALL SELECT 'client:' || id, name, organization_id FROM machine_client) a "
        "JOIN organization g ON g.id = a.organization_id WHERE a.subject = ANY(%s) "
        "ORDER BY g.name, a.name, a.subject",
        [sorted(found)],
    )
    return [_reader(record, found[record["subject"]]) for record in records]


def _reader(record: dict[str, Any], holder: Holder) -> ReaderRow:
    organization = PartyRow(record["id"], record["key"], record["organization"])
    return ReaderRow(organization, holder.subject, record["name"], holder.since, holder.ref)


async def readings(  # noqa: PLR0913 - the criteria and the page, each named by the caller
    viewer: Viewer,
    form: str | None,
    year: int | None,
    first: int = 50,
    after: str | None = None,
    *,
    within: Within | None = None,
) -> Paged[ReadingRow]:
    """One page of who has read or taken away those of his organism's dossiers that the viewer reads himself.

    The latest first. Raises Invalid FIRST_OUT_OF_BOUNDS, CURSOR_INVALID.
    """
    check_first(first)
    where, values = _criteria(viewer, form, year, within or Within())
    if after is not None:
        where += " AND (r.at, r.id) < (%s, %s)"
        values += decode_numbered(after)
    records = await fetch(f"{_READINGS}{where} ORDER BY r.at DESC, r.id DESC LIMIT %s", [*values, first + 1])
    rows = [_reading(record) for record in records]
    return paged(rows, [encode(row.at.isoformat(), UUID(int=row.id)) for row in rows], first)


async def register(
    viewer: Viewer, form: str | None, year: int | None, within: Within
) -> tuple[ReadingRow, ...]:
    """The whole of it, the latest first, for a workbook; `MOST_TAKEN` lines at most."""
    where, values = _criteria(viewer, form, year, within)
    records = await fetch(f"{_READINGS}{where} ORDER BY r.at DESC, r.id DESC LIMIT %s", [*values, MOST_TAKEN])
    return tuple(_reading(record) for record in records)


async def reading_organizations(viewer: Viewer) -> tuple[PartyRow, ...]:
    """Who has read at least one of the dossiers that `readings` tells of, by name."""
    where, values = _criteria(viewer, None, None, Within())
    records = await fetch(
        f"SELECT DISTINCT g.id, g.key, g.name {_FROM}{where} ORDER BY g.name, g.key", values
    )
    return tuple(PartyRow(record["id"], record["key"], record["name"]) for record in records)


def _criteria(viewer: Viewer, form: str | None, year: int | None, within: Within) -> tuple[str, list[Any]]:
    """What follows `_FROM`: the register tells of a dossier, so who may not read it is told nothing of it."""
    readable = scope(viewer, Right.READ)
    where, values = f" AND ({readable.sql})", [viewer.organization_id, *readable.values]
    if not _person_of_organism(viewer):
        where += " AND FALSE"
    for clause, value in (
        ("d.form = %s", form),
        ("d.year = %s", year),
        ("r.day >= %s", within.since),
        ("r.day <= %s", within.until),
        ("g.key = %s", within.organization),
        ("r.dossier_id = %s", within.dossier),
    ):
        if value is not None:
            where += f" AND {clause}"
            values.append(value)
    return where, values


def _reading(record: dict[str, Any]) -> ReadingRow:
    organization = PartyRow(record["organization_id"], record["key"], record["organization"])
    same = ("id", "name", "channel", "day", "at", "ref", "form", "year", "dossier_id")
    return ReadingRow(organization=organization, **{name: record[name] for name in same})
