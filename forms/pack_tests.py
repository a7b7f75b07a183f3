"""The stored tests of a pack: cases kept beside it, each with what it must come to."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from forms.case import case_data
from forms.checks import verify
from forms.data import Data, Evaluation
from forms.errors import EntryError
from forms.evaluate import evaluate
from forms.pack import Pack
from forms.years import without_key

_FOLDER = "tests/"
_ABSENT = object()


@dataclass(frozen=True, slots=True)
class CaseDifference:
    """What a case expected of a cell, a row's column or a check, and what came out.

    `place`: `A1.L019.N`, `A1.L019.P (automatique)`, `F01[2].C13` or a check's id. Values are
    canonical text, None for blank; a check that should fail or not: its severity and gap, or None.
    """

    place: str
    expected: str | None
    found: str | None


@dataclass(frozen=True, slots=True)
class CaseOutcome:
    """One stored test; `fault` says why it could not be run at all, empty when it was."""

    name: str
    differences: tuple[CaseDifference, ...] = ()
    fault: str = ""

    @property
    def passed(self) -> bool:
        """Whether everything came out as expected."""
        return not self.differences and not self.fault


def run_pack_tests(pack: Pack) -> list[CaseOutcome]:
    """Run every stored test of the pack, in the order of their names.

    A case is that of docs/packs.md; only what it expects is compared. Its `pack` names the form and
    the year: the revision under test is the one given.
    """
    return [_run(pack, name.removeprefix(_FOLDER), text) for name, text in sorted(pack.tests.items())]


def _run(pack: Pack, name: str, text: str) -> CaseOutcome:
    try:
        case = json.loads(text)
    except ValueError:
        return CaseOutcome(name, fault="Ce fichier n’est pas du JSON valide.")
    if not isinstance(case, dict) or not all(isinstance(case.get(key, {}), dict) for key in _OBJECTS):
        return CaseOutcome(name, fault="Ce fichier n’a pas la forme d’un cas : un objet JSON est attendu.")
    if (fault := _other_form(pack, case)) is not None:
        return CaseOutcome(name, fault=fault)
    try:
        data = case_data(pack, case)
        evaluation = evaluate(pack, data)
    except EntryError as error:
        return CaseOutcome(name, fault=error.message)
    return CaseOutcome(name, tuple(_differences(pack, case, data, evaluation)))


_OBJECTS = ("organism", "expected", "forced_automatic", "rows")


def _other_form(pack: Pack, case: Mapping[str, Any]) -> str | None:
    named = str(case.get("pack", "")).split("/")[:2]
    if named == [pack.key.form, str(pack.key.year)]:
        return None
    return f"Ce cas est celui de « {case.get('pack')} », et non de {pack.key.form}/{pack.key.year}."


def _differences(
    pack: Pack, case: Mapping[str, Any], data: Data, evaluation: Evaluation
) -> Iterator[CaseDifference]:
    yield from _compare(case.get("expected", {}), evaluation.cells)
    yield from _compare(case.get("forced_automatic", {}), evaluation.automatic, " (automatique)")
    for tab, rows in case.get("rows", {}).items():
        computed = [column.code for column in pack.tabs[without_key(tab)].columns if not column.kind.typed]
        for number, (row, found) in enumerate(zip(rows, evaluation.rows[tab], strict=True), start=1):
            expected = {code: row[code] for code in computed if code in row}
            yield from _compare(
                {f"{tab}[{number}].{code}": value for code, value in expected.items()},
                {f"{tab}[{number}].{code}": value for code, value in found.items()},
            )
    if "failing" in case:
        yield from _failing(pack, case["failing"], data, evaluation)


def _failing(pack: Pack, expected: object, data: Data, evaluation: Evaluation) -> Iterator[CaseDifference]:
    awaited = {
        str(item.get("rule")): _failure(str(item.get("severity")), item.get("gap"))
        for item in (expected if isinstance(expected, list) else [])
        if isinstance(item, dict)
    }
    found = {
        anomaly.check: _failure(anomaly.severity.french, anomaly.gap)
        for anomaly in verify(pack, data, evaluation)
    }
    for check in sorted(awaited.keys() | found.keys()):
        if awaited.get(check) != found.get(check):
            yield CaseDifference(check, awaited.get(check), found.get(check))


def _failure(severity: str, gap: object) -> str:
    return severity if gap is None else f"{severity}, écart {gap}"


def _compare(
    expected: Mapping[str, Any], found: Mapping[str, str | None], suffix: str = ""
) -> Iterator[CaseDifference]:
    for place, value in expected.items():
        came = found.get(place, _ABSENT)
        if came != value:
            awaited = None if value is None else str(value)
            shown = "cellule absente" if came is _ABSENT else came
            yield CaseDifference(place + suffix, awaited, shown if isinstance(shown, str) else None)
