"""A draft tried on real dossiers: what would change is computed and shown, and nothing is written."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from authz import Right, scope
from forms import Data, evaluate, verify
from models import Invalid, fetch
from resolvers import dossiers, pack_review
from resolvers.documents import data_of, load_many
from resolvers.pack_rows import TrialRow, TrialValue
from resolvers.past import open_past, past_under
from resolvers.reading import reading
from resolvers.snapshots import previous_values

if TYPE_CHECKING:
    from authz import Viewer
    from forms import Anomaly, Column, Pack
    from resolvers.documents import Documents
    from resolvers.pack_rows import DraftRow
    from resolvers.rows import DossierRow

    _Failing = tuple[str, str | None]

MOST = 50
MOST_SHOWN = 50
_CHOSEN = "SELECT d.id FROM dossier d "
_FULLEST = (
    " ORDER BY (SELECT count(*) FROM tab_document t WHERE t.dossier_id = d.id) DESC, d.code, d.id LIMIT %s"
)
_KEY = re.compile(r"\[[^\]]*\]")


async def trial(viewer: Viewer, row: DraftRow, first: int) -> tuple[TrialRow, ...]:
    """What a draft would change in the fullest dossiers of its form and year that the viewer may read.

    Nothing of a draft that cannot be read. Raises Invalid FIRST_OUT_OF_BOUNDS.
    """
    if not 1 <= first <= MOST:
        raise Invalid(
            "FIRST_OUT_OF_BOUNDS",
            f"Un essai porte sur 1 à {MOST} dossiers : corrigez « first ».",
            path=("first",),
        )
    pack = (await pack_review.reading(row)).pack
    if pack is None:
        return ()
    chosen = await _dossiers(viewer, row, first)
    documents = await load_many([dossier.id for dossier in chosen])
    read = [(dossier, *await _data(viewer, dossier, pack, documents[dossier.id])) for dossier in chosen]
    return await asyncio.to_thread(_tried, pack, read)


async def _dossiers(viewer: Viewer, row: DraftRow, first: int) -> list[DossierRow]:
    """Those that hold most come first: an empty dossier shows nothing."""
    visible = scope(viewer, Right.READ)
    records = await fetch(
        f"{_CHOSEN}WHERE d.platform = %s AND d.form = %s AND d.year = %s AND ({visible.sql}){_FULLEST}",
        [row.platform, row.form, row.year, *visible.values, first],
    )
    found = await dossiers.read_many(viewer, [record["id"] for record in records])
    return [found[record["id"]] for record in records if record["id"] in found]


async def _data(viewer: Viewer, dossier: DossierRow, pack: Pack, stored: Documents) -> tuple[Data, Data]:
    """What each definition computes from, each with last year under its own names.

    Open to the viewer all of it: a draft's formulas could show anything that they are given.
    """
    past, _ = await open_past(viewer, dossier)
    data = data_of(dossier, reading(dossier, stored, await previous_values(dossier)).documents, past)
    return data, replace(data, previous=await past_under(viewer, dossier, pack))


def _tried(pack: Pack, read: list[tuple[DossierRow, Data, Data]]) -> tuple[TrialRow, ...]:
    return tuple(_one(pack, dossier, data, renamed) for dossier, data, renamed in read)


def _one(pack: Pack, dossier: DossierRow, data: Data, renamed: Data) -> TrialRow:
    old = dossier.definition
    before, failing = _outcome(old, data)
    after, would_fail = _outcome(pack, renamed)
    changed = [cell for cell in {**before, **after} if before.get(cell) != after.get(cell)]
    return TrialRow(
        dossier=dossier,
        changed=len(changed),
        values=tuple(
            TrialValue(cell, _unit(pack, cell) or _unit(old, cell) or "", before.get(cell), after.get(cell))
            for cell in changed[:MOST_SHOWN]
        ),
        appearing=tuple(would_fail[check] for check in would_fail if check not in failing),
        disappearing=tuple(failing[check] for check in failing if check not in would_fail),
    )


def _outcome(pack: Pack, data: Data) -> tuple[dict[str, str], dict[_Failing, Anomaly]]:
    """Every value that is not blank, typed or computed, and the failing checks, under one definition.

    A rule of a group fails for each instance by itself.
    """
    evaluation = evaluate(pack, data)
    values = {cell: value for cell, value in data.cells.items() if _typed(pack, cell)}
    values |= {cell: value for cell, value in evaluation.cells.items() if value is not None}
    for tab, rows in data.rows.items():
        computed = evaluation.rows.get(tab, [])
        for number, row in enumerate(rows):
            found = {**row.values, **(computed[number] if number < len(computed) else {})}
            values |= {
                f"{tab}[{row.key}].{column}": value
                for column, value in found.items()
                if value is not None and _column(pack, tab, column) is not None
            }
    return values, {(anomaly.check, anomaly.instance): anomaly for anomaly in verify(pack, data, evaluation)}


def _typed(pack: Pack, cell: str) -> bool:
    known = pack.cells.get(_template(cell))
    return known is not None and known.kind.typed


def _unit(pack: Pack, cell: str) -> str | None:
    known = pack.cells.get(_template(cell))
    if known is not None:
        return known.unit
    tab, _, column = _template(cell).partition(".")
    found = _column(pack, tab, column)
    return None if found is None else found.unit


def _column(pack: Pack, tab: str, code: str) -> Column | None:
    known = pack.tabs.get(tab)
    return None if known is None else known.column(code)


def _template(cell: str) -> str:
    """The cell of the definition: `E1[75056].L011.V` is an instance of `E1.L011.V`."""
    return _KEY.sub("", cell)
