"""Where the circuits of dossiers stand: read from the answers of the present round, never kept.

A round begins when the step is entered, and again when a dossier that was handed back is taken back. A
decision holds for the data that it was taken upon (docs/decisions/0016).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from authz import Right
from authz.clock import day_of, today
from forms import Act, Answer, VisaNature, asked_for, evaluate, progress
from models import fetch
from resolvers.circuit_rows import ActRow, CircuitRow, VisaState
from resolvers.documents import data_of, hash_of, load_many
from resolvers.exchange_scope import narrowed
from resolvers.opening import reads_at
from resolvers.person import PersonRow
from resolvers.snapshots import previous_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from authz import Viewer
    from forms import Circuit, Data, Pack, Standing, Visa
    from resolvers.rows import DossierRow

_ACTS = """
SELECT a.dossier_id, a.passage, a.round, a.circuit, a.visa, a.answer, a.reason, a.data_hash, a.at,
       a.author_id, w.first_name || ' ' || w.last_name AS author,
       a.holder_id, h.first_name || ' ' || h.last_name AS holder
FROM visa_act a JOIN user_account w ON w.id = a.author_id JOIN user_account h ON h.id = a.holder_id
"""
_ROUNDS = """
SELECT dossier_id, count(*) AS rounds, max(taken_at) AS since FROM hand_back
WHERE dossier_id = ANY(%s) AND taken_at IS NOT NULL GROUP BY dossier_id
"""
LONGEST_HISTORY = 200


@dataclass(frozen=True, slots=True)
class _Round:
    """A circuit's round. `number`: how many times the dossier was taken back; `opened`: since which day."""

    circuit: Circuit
    number: int
    opened: date


def circuit_at(dossier: DossierRow) -> Circuit | None:
    """The circuit of the step where the dossier is, if its form has one there."""
    return next((one for one in dossier.definition.circuits if one.step is dossier.step), None)


async def read_one(dossier: DossierRow, on: date | None = None) -> CircuitRow | None:
    """Where the dossier's circuit stands on a day, today if None; None where its step has no circuit."""
    return (await read_many([dossier], on)).get(dossier.id)


async def read_many(dossiers: Sequence[DossierRow], on: date | None = None) -> dict[UUID, CircuitRow]:
    """The same for several dossiers, by dossier; absent where the step has no circuit."""
    concerned = [one for one in dossiers if circuit_at(one) is not None]
    if not concerned:
        return {}
    rounds = await _rounds(concerned)
    acts = await _acts(concerned, rounds)
    data = await _data([one for one in concerned if _reads_values(rounds[one.id].circuit, acts[one.id])])
    day = on or today().date
    return {one.id: _row(rounds[one.id], one, acts[one.id], data.get(one.id), day) for one in concerned}


async def _rounds(dossiers: Sequence[DossierRow]) -> dict[UUID, _Round]:
    records = {row["dossier_id"]: row for row in await fetch(_ROUNDS, [[one.id for one in dossiers]])}
    found: dict[UUID, _Round] = {}
    for one in dossiers:
        circuit, taken = circuit_at(one), records.get(one.id)
        if circuit is None:
            continue
        since = one.step_since if taken is None else max(one.step_since, taken["since"])
        found[one.id] = _Round(circuit, taken["rounds"] if taken else 0, day_of(since))
    return found


async def _acts(
    dossiers: Sequence[DossierRow], rounds: Mapping[UUID, _Round]
) -> dict[UUID, list[dict[str, Any]]]:
    found: dict[UUID, list[dict[str, Any]]] = {one.id: [] for one in dossiers}
    passes = {one.id: one.passes for one in dossiers}
    for record in await fetch(f"{_ACTS} WHERE a.dossier_id = ANY(%s) ORDER BY a.id", [list(found)]):
        key = record["dossier_id"]
        if (record["passage"], record["round"]) == (passes[key], rounds[key].number):
            found[key].append(record)
    return found


def _reads_values(circuit: Circuit, acts: Iterable[Mapping[str, Any]]) -> bool:
    """Whether where it stands depends on what the dossier holds: its hash, or a cell."""
    return any(act["data_hash"] for act in acts) or any(visa.condition for visa in circuit.visas)


async def _data(dossiers: Sequence[DossierRow]) -> dict[UUID, Data]:
    if not dossiers:
        return {}
    documents = await load_many([one.id for one in dossiers])
    return {one.id: data_of(one, documents[one.id], await previous_values(one)) for one in dossiers}


async def hash_now(dossier: DossierRow) -> str:
    """The hash of the dossier's data as they stand: what a decision is taken upon."""
    return hash_of(dossier.pack, (await _data([dossier]))[dossier.id])


def _row(
    round_: _Round,
    dossier: DossierRow,
    records: Sequence[Mapping[str, Any]],
    data: Data | None,
    day: date,
) -> CircuitRow:
    circuit = round_.circuit
    seal = "" if data is None else hash_of(dossier.pack, data)
    acts = tuple(_act(dossier.definition, record, seal) for record in records)
    applied = None if data is None else _applied(dossier.definition, circuit, data)
    counted = [_as_act(act) for act in acts if not act.lapsed]
    return CircuitRow(
        dossier=dossier,
        circuit=circuit,
        opened=round_.opened,
        round=round_.number,
        progress=progress(circuit, counted, round_.opened, day, applied),
        acts=acts,
        suspended=dossier.handed_back_at is not None,
        data_hash=seal,
    )


def _applied(pack: Pack, circuit: Circuit, data: Data) -> frozenset[str] | None:
    cells = [visa.condition for visa in circuit.visas if visa.condition]
    if not cells:
        return None
    computed = evaluate(pack, data)
    values = {**data.cells, **computed.cells}
    return asked_for(circuit, {cell: None if computed.hides(cell) else values.get(cell) for cell in cells})


def _act(pack: Pack, record: Mapping[str, Any], seal: str) -> ActRow:
    visa = visa_of(pack, record["circuit"], record["visa"])
    answer = Answer(record["answer"])
    return ActRow(
        circuit=record["circuit"],
        visa=record["visa"],
        label=visa.label if visa else record["visa"],
        nature=visa.nature if visa else VisaNature.OPINION,
        answer=answer,
        author=PersonRow(record["author_id"], record["author"]),
        holder=PersonRow(record["holder_id"], record["holder"]),
        reason=record["reason"],
        at=record["at"],
        data_hash=record["data_hash"],
        # A no is of the round, whatever is mended meanwhile: what is mended is looked at in another.
        lapsed=bool(seal) and answer is Answer.APPROVED and record["data_hash"] not in ("", seal),
    )


def visa_of(pack: Pack, circuit: str, code: str) -> Visa | None:
    """The visa of a circuit of the pack, None where a later revision has it no more."""
    visas = (visa for one in pack.circuits if one.code == circuit for visa in one.visas)
    return next((visa for visa in visas if visa.code == code), None)


def _as_act(row: ActRow) -> Act:
    return Act(
        visa=row.visa,
        by=str(row.author.id),
        answer=row.answer,
        on=day_of(row.at),
        reason=row.reason,
        stands_for=None if row.author.id == row.holder.id else str(row.holder.id),
    )


def state_of(row: CircuitRow, standing: Standing) -> VisaState:
    """Where a visa stands, as one word."""
    if standing.settled is not None:
        given = sum(act.answer not in (Answer.REFUSED, Answer.RETURNED) for act in standing.acts)
        lapsed = standing.late and not standing.visa.nature.decides and given < standing.visa.quorum
        return VisaState.LATE if lapsed else VisaState.SETTLED
    if row.outcome is not None:
        said_no = any(act.answer in (Answer.REFUSED, Answer.RETURNED) for act in standing.acts)
        return VisaState.SETTLED if said_no else VisaState.IDLE
    return VisaState.OPEN if standing.open else VisaState.WAITING


def withheld(dossier: DossierRow, visa: Visa | None) -> bool:
    """Whether that it is asked for would tell the reader something of a tab that is closed to him."""
    return visa is not None and visa.condition is not None and dossier.withholds(visa.condition)


def withheld_then(viewer: Viewer, dossier: DossierRow, circuit: Circuit, visa: Visa | None) -> bool:
    """The same of what was answered: of a tab closed to the viewer now, or at the circuit's step."""
    return withheld(narrowed(viewer, dossier, Right.READ, circuit.step), visa)


async def history(viewer: Viewer, dossier: DossierRow, first: int) -> tuple[ActRow, ...]:
    """All that was answered at the steps where the viewer may read the dossier, the latest first."""
    pack = dossier.definition
    known = {one.code: one for one in pack.circuits if reads_at(viewer, dossier, one.step)}
    records = await fetch(
        f"{_ACTS} WHERE a.dossier_id = %s AND a.circuit = ANY(%s) ORDER BY a.id DESC LIMIT %s",
        [dossier.id, list(known), first],
    )
    return tuple(
        _act(pack, record, "")
        for record in records
        if not withheld_then(
            viewer, dossier, known[record["circuit"]], visa_of(pack, record["circuit"], record["visa"])
        )
    )
