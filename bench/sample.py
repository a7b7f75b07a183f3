"""A filled ER dossier made from the reference cases: what prints, files and measures are tried on."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from forms import Data, Evaluation, Nature, Pack, PackKey, Row, Step, case_data, evaluate, load_pack, verify
from resolvers.rows import (
    AnomalyRow,
    CrossingRow,
    DossierContent,
    DossierRow,
    Forced,
    OrganismRow,
    RowContent,
    TabContent,
    VerificationRow,
)

CASES: Final = PackKey("ER", 2024, 1).folder / "tests"
AT: Final = datetime(2026, 11, 21, 21, 30, tzinfo=UTC)
REASON: Final = "Correction d’une erreur de report constatée par le commissaire aux comptes."


def reference_content(
    case: str = "plain",
    tabs: Sequence[str] | None = None,
    *,
    step: Step = Step.REVIEW,
    name: str = "Office public de l’habitat d’essai",
) -> DossierContent:
    """The reference case (`plain` or `forced`) as its reader would get it, whole or in some tabs."""
    read = json.loads((CASES / f"er-2024-{case}.json").read_text())
    pack = load_pack(read["pack"])
    data = case_data(pack, read)
    evaluation = evaluate(pack, data)
    return DossierContent(
        dossier=_dossier(pack, read["organism"], step, name),
        pack=pack,
        tabs=tuple(_tab(pack, code, data, evaluation) for code in tabs or pack.tabs),
        verification=_verification(pack, data, evaluation),
        crossings=_crossings(step),
        previous=data.previous,
    )


def _dossier(pack: Pack, organism: Mapping[str, Any], step: Step, name: str) -> DossierRow:
    return DossierRow(
        id=UUID("8f7c2c7e-4f0a-4f57-9d0e-3a3f0f0d2a11"),
        form=pack.key.form,
        year=pack.key.year,
        pack=str(pack.key),
        platform="MIN",
        platform_name="Ministère chargé du logement",
        organism=OrganismRow(
            id=UUID("1d1c2c7e-4f0a-4f57-9d0e-3a3f0f0d2a22"),
            siren=organism["siren"],
            name=name,
            category=organism["kind"],
            code="4217",
            department="75",
            city="Paris",
            federation="Fédération des offices publics de l’habitat",
        ),
        step=step,
        step_since=AT,
        transmitted_at=AT if step >= Step.REVIEW else None,
        version=12,
        passes=int(step),
    )


def _tab(pack: Pack, code: str, data: Data, evaluation: Evaluation) -> TabContent:
    if pack.tabs[code].nature is Nature.DYNAMIC:
        pairs = zip(data.rows.get(code, ()), evaluation.rows.get(code, ()), strict=True)
        return TabContent(code, {}, {}, tuple(_row(row, computed) for row, computed in pairs))
    values: dict[str, str] = {}
    forced: dict[str, Forced] = {}
    for cell in (cell for cell in pack.cells.values() if cell.tab == code and cell.applies_to(data.kind)):
        place = f"{cell.line}.{cell.column}"
        value = evaluation.cells.get(cell.id) or data.cells.get(cell.id)
        if value is not None:
            values[place] = value
        if cell.id in data.forced:
            forced[place] = Forced(data.forced[cell.id], evaluation.automatic.get(cell.id), REASON)
    return TabContent(code, values, forced, ())


def _row(row: Row, computed: Mapping[str, str | None]) -> RowContent:
    found = {column: value for column, value in computed.items() if value is not None}
    return RowContent(f"{int(row.key):04d}", {**found, **row.values})


def _verification(pack: Pack, data: Data, evaluation: Evaluation) -> VerificationRow:
    anomalies = verify(pack, data, evaluation)
    return VerificationRow(
        at=AT,
        data_hash="0" * 64,
        stale=False,
        anomalies=tuple(
            AnomalyRow(found, "Nouveau programme de gros entretien." if number % 2 else None)
            for number, found in enumerate(anomalies)
        ),
    )


def _crossings(step: Step) -> tuple[CrossingRow, ...]:
    moves = ("initialise", "submit_entry", "validate_entry", "transmit", "finalise", "close")
    return tuple(
        CrossingRow(move, Step(number), Step(number + 1), AT, "Camille Durand", "")
        for number, move in enumerate(moves[:step])
    )
