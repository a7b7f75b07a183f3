"""Reading dossiers by their identifiers; never more than the viewer's scope."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from authz import Allowed, Right, Target, Viewer, decide, readable_tabs, reads_personal_data, require, scope
from forms import Step
from models import NotFound, fetch
from resolvers import packs
from resolvers.hand import handed_back
from resolvers.opening import SINCE_OPEN, opens_at, reads_at
from resolvers.paging import check_first
from resolvers.rows import CrossingRow, DossierRow, MoveRow, OrganismRow, TransmissionRow

if TYPE_CHECKING:
    from collections.abc import Sequence

_FROM = """
FROM dossier d
JOIN organism o ON o.id = d.organism_id
JOIN organization g ON g.id = o.organization_id
JOIN platform p ON p.code = d.platform
"""
COLUMNS = """d.id, d.form, d.year, d.pack, d.platform, p.name AS platform_name, d.code, d.category, d.step,
       d.step_since, d.transmitted_at, d.version, d.passes, d.handed_back_at, d.substep,
       o.id AS organism_id, o.siren, g.name AS organism_name, o.department, o.city, o.federation_id
"""
_SELECT = "\nSELECT " + COLUMNS
_CROSSED = f"""
SELECT * FROM (
    SELECT c.*, u.first_name || ' ' || u.last_name AS author,
           row_number() OVER (PARTITION BY c.dossier_id ORDER BY c.passage DESC) AS place
    FROM unnest(%s::uuid[], %s::int[]) AS o(dossier_id, opens) JOIN crossing c USING (dossier_id)
    LEFT JOIN user_account u ON u.id = c.author_id WHERE {SINCE_OPEN}
) numbered WHERE place <= %s ORDER BY dossier_id, place
"""  # noqa: S608 - a constant


def row_of(viewer: Viewer | None, record: dict[str, Any]) -> DossierRow:
    """The row of a record of COLUMNS, which the caller has already found to be within the viewer's scope.

    Without a viewer it is the system's own, whole.
    """
    siren, step = record["siren"], record["step"]
    target = Target(record["platform"], record["form"], record["year"], f"organism:{siren}", step)
    return DossierRow(
        id=record["id"],
        form=record["form"],
        year=record["year"],
        pack=record["pack"],
        platform=record["platform"],
        platform_name=record["platform_name"],
        organism=OrganismRow(
            id=record["organism_id"],
            siren=siren,
            name=record["organism_name"],
            category=record["category"],
            code=record["code"],
            department=record["department"],
            city=record["city"],
            federation=record["federation_id"],
        ),
        step=Step(step),
        step_since=record["step_since"],
        transmitted_at=record["transmitted_at"],
        version=record["version"],
        passes=record["passes"],
        handed_back_at=record["handed_back_at"],
        substep=record["substep"],
        insider=viewer is None or reads_personal_data(viewer, target),
        open_tabs=None if viewer is None else readable_tabs(viewer, Right.READ, target),
        reader=viewer,
    )


def taken_away(viewer: Viewer, dossier: DossierRow) -> DossierRow:
    """The dossier as its reader may export it: without the tabs that he may read there and not take.

    Raises Refused where he may export none of it.
    """
    require(viewer, Right.EXPORT, dossier.target)
    taken = readable_tabs(viewer, Right.EXPORT, dossier.target)
    if taken is None or dossier.open_tabs is None:
        return replace(dossier, open_tabs=dossier.open_tabs if taken is None else taken)
    return replace(dossier, open_tabs=taken & dossier.open_tabs)


def article(viewer: Viewer, right: Right, dossier: DossierRow) -> str:
    """The article by which the viewer holds a right on the dossier; "" where none is named."""
    decision = decide(viewer, right, dossier.target)
    return decision.ref if isinstance(decision, Allowed) else ""


def not_found() -> NotFound:
    """The same words whether the dossier does not exist or may not be known to exist."""
    return NotFound(
        "NOT_FOUND",
        "Ce dossier n’existe pas ou ne vous est pas ouvert : vérifiez le lien ou relancez une recherche.",
        path=("dossier",),
    )


async def read(viewer: Viewer, dossier_id: UUID, *, lock: bool = False) -> DossierRow:
    """The dossier, if the viewer may read it; with `lock`, held until the transaction ends.

    Raises NotFound, the same for a stranger's dossier and for none.
    """
    visible = scope(viewer, Right.READ)
    ending = " FOR UPDATE OF d" if lock else ""
    records = await _found(
        f"{_SELECT}{_FROM}WHERE d.id = %s AND ({visible.sql}){ending}",
        [dossier_id, *visible.values],
    )
    if not records:
        raise not_found()
    return row_of(viewer, records[0])


async def read_many(viewer: Viewer, dossier_ids: list[UUID]) -> dict[UUID, DossierRow]:
    """Those of the dossiers that the viewer may read, by identifier."""
    visible = scope(viewer, Right.READ)
    records = await _found(
        f"{_SELECT}{_FROM}WHERE d.id = ANY(%s) AND ({visible.sql})",
        [dossier_ids, *visible.values],
    )
    return {record["id"]: row_of(viewer, record) for record in records}


async def last_year_of(viewer: Viewer, asked: Sequence[DossierRow]) -> dict[UUID, DossierRow]:
    """The same organism's dossier of the year before, by the identifier of the later one.

    Absent where there is none, and where the viewer may not read it: he cannot tell which.
    """
    return await _years_away(viewer, asked, -1)


async def last_year_taken(viewer: Viewer, asked: Sequence[DossierRow]) -> dict[UUID, DossierRow]:
    """The same as the viewer may take it away: absent too where he may read it alone."""
    found = await last_year_of(viewer, asked)
    return {
        one: taken_away(viewer, row)
        for one, row in found.items()
        if decide(viewer, Right.EXPORT, row.target).allowed
    }


async def next_year_of(viewer: Viewer, asked: Sequence[DossierRow]) -> dict[UUID, DossierRow]:
    """The same of the year after."""
    return await _years_away(viewer, asked, 1)


async def _years_away(viewer: Viewer, asked: Sequence[DossierRow], years: int) -> dict[UUID, DossierRow]:
    visible = scope(viewer, Right.READ)
    records = await _found(
        f"{_SELECT}, n.id AS asked_id {_FROM}JOIN dossier n ON n.organism_id = d.organism_id "
        "AND n.platform = d.platform AND n.form = d.form AND d.year = n.year + %s "
        f"WHERE n.id = ANY(%s) AND ({visible.sql})",
        [years, [dossier.id for dossier in asked], *visible.values],
    )
    return {record["asked_id"]: row_of(viewer, record) for record in records}


async def beside(viewer: Viewer, dossier: DossierRow) -> tuple[DossierRow, ...]:
    """The organism's dossiers of other forms for the same year that the viewer may read, by form."""
    visible = scope(viewer, Right.READ)
    records = await _found(
        f"{_SELECT}{_FROM}WHERE d.organism_id = %s AND d.year = %s AND d.form <> %s AND ({visible.sql}) "
        "ORDER BY d.form, d.platform",
        [dossier.organism.id, dossier.year, dossier.form, *visible.values],
    )
    return tuple(row_of(viewer, record) for record in records)


async def at_steps(places: Sequence[tuple[str, int]]) -> list[DossierRow]:
    """The dossiers of some packs at some steps, for the system's own work: nobody is asked what he may."""
    records = await _found(
        f"{_SELECT}{_FROM}JOIN unnest(%s::text[], %s::int[]) AS wanted (pack, step) "
        "ON wanted.pack = d.pack AND wanted.step = d.step",
        [[pack for pack, _ in places], [step for _, step in places]],
    )
    return [row_of(None, record) for record in records]


async def _found(query: str, values: Sequence[Any]) -> list[dict[str, Any]]:
    """Records of dossiers, whose packs this process knows from now on."""
    records = await fetch(query, values)
    await packs.ensure({record["pack"] for record in records})
    return records


async def crossings(dossier: DossierRow, first: int = 50) -> tuple[CrossingRow, ...]:
    """The steps crossed, the latest first (manual §1.1.8), as the dossier's reader is told them."""
    return (await crossings_many([dossier], first))[dossier.id]


def heard(dossier: DossierRow, step: Step) -> bool:
    """Whether the dossier's reader is told why a move left `step`: whoever reads it there."""
    return dossier.reader is None or reads_at(dossier.reader, dossier, step)


async def crossings_many(asked: Sequence[DossierRow], first: int) -> dict[UUID, tuple[CrossingRow, ...]]:
    """The same for several dossiers at once, by dossier: since each is open to its reader, and no further.

    Each with its reason only for who reads the dossier where it was given: what an organism says to itself
    before it transmits is no partner's.
    """
    check_first(first)
    by_id = {dossier.id: dossier for dossier in asked}
    opens = [0 if one.reader is None else opens_at(one.reader, one) for one in by_id.values()]
    found: dict[UUID, tuple[CrossingRow, ...]] = dict.fromkeys(by_id, ())
    for record in await fetch(_CROSSED, [list(by_id), opens, first]):
        dossier = by_id[record["dossier_id"]]
        found[dossier.id] += (_crossing(dossier, record),)
    return found


def _crossing(dossier: DossierRow, record: dict[str, Any]) -> CrossingRow:
    source = Step(record["source"])
    return CrossingRow(
        move=record["move"],
        source=source,
        target=Step(record["target"]),
        at=record["at"],
        author=record["author"],
        reason=record["reason"] if heard(dossier, source) else "",
    )


async def transmission(dossier: DossierRow) -> TransmissionRow | None:
    """Who transmitted the dossier, when, and the hash of what he saw; None before."""
    return (await transmissions([dossier.id])).get(dossier.id)


async def transmissions(dossier_ids: Sequence[UUID]) -> dict[UUID, TransmissionRow]:
    """The transmissions of several dossiers, by dossier; one not transmitted is absent."""
    records = await fetch(
        "SELECT t.*, u.first_name || ' ' || u.last_name AS author FROM transmission t "
        "JOIN user_account u ON u.id = t.user_id WHERE t.dossier_id = ANY(%s)",
        [list(dossier_ids)],
    )
    return {
        record["dossier_id"]: TransmissionRow(
            at=record["at"],
            author=record["author"],
            data_hash=record["data_hash"],
            commitments=tuple(record["commitments"]),
        )
        for record in records
    }


def moves(viewer: Viewer, dossier: DossierRow) -> tuple[MoveRow, ...]:
    """The moves that leave the current step, and whether the viewer may make each."""
    found = []
    for move in dossier.definition.cycle.moves_from(dossier.step):
        decision = decide(viewer, Right(move.right), dossier.target)
        refusal = None if isinstance(decision, Allowed) else decision.message
        if refusal is None and dossier.handed_back_at is not None:
            refusal = handed_back().message
        found.append(MoveRow(move=move, allowed=refusal is None, refusal=refusal))
    return tuple(found)
