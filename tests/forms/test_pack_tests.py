"""The stored tests of packs: those that come with the product pass, and a wrong one says where."""

from __future__ import annotations

import json
from typing import Any

import pytest

from forms import CaseDifference, PackKey, list_packs, load_pack, read_pack_texts, run_pack_tests
from tests.forms.tiny import FORMULA, tiny_files

FILES = tiny_files(
    FORMULA.format(unit="eur", formula="A + B").replace("C | A + B", "F | A + B")
    + "@onglet D1 | 01 | Rangs | État | eur | H | dyn\n@col C01 | a | S\n@col C02 | b | C | C01 * 2\n",
    "T-1 | majeure | A1.L011.X | <= | 10 | 0 | toujours | au plus dix\n",
)
CASE: dict[str, Any] = {
    "pack": "ESSAI/2024",
    "organism": {"kind": "OPH"},
    "inputs": {"A1.L011.A": "5", "A1.L011.B": "6"},
    "forced": {"A1.L011.X": "12"},
    "rows": {"D1": [{"C01": "2", "C02": "4"}, {"C01": "3", "C02": "6"}]},
    "expected": {"A1.L011.X": "12"},
    "forced_automatic": {"A1.L011.X": "11"},
    "failing": [{"rule": "T-1", "severity": "majeure", "gap": "2"}],
}


@pytest.mark.parametrize("key", list_packs(), ids=str)
def test_every_stored_test_of_a_pack_passes(key: PackKey) -> None:
    assert [outcome for outcome in run_pack_tests(load_pack(key)) if not outcome.passed] == []


def run(**changes: Any) -> tuple[str, tuple[CaseDifference, ...]]:  # noqa: ANN401 - JSON values
    text = json.dumps(CASE | changes)
    (outcome,) = run_pack_tests(read_pack_texts(FILES | {"tests/un.json": text}))
    assert outcome.name == "un.json"
    assert outcome.passed is not bool(outcome.fault or outcome.differences)
    return outcome.fault, outcome.differences


def test_a_case_that_holds_passes() -> None:
    assert run() == ("", ())
    assert run_pack_tests(read_pack_texts(FILES)) == []


@pytest.mark.parametrize(
    ("changes", "differences"),
    [
        ({"expected": {"A1.L011.X": "13"}}, [("A1.L011.X", "13", "12")]),
        ({"expected": {"A1.L011.X": None}}, [("A1.L011.X", None, "12")]),
        ({"expected": {"A1.L099.X": "1"}}, [("A1.L099.X", "1", "cellule absente")]),
        ({"forced_automatic": {"A1.L011.X": "12"}}, [("A1.L011.X (automatique)", "12", "11")]),
        ({"rows": {"D1": [{"C01": "2", "C02": "5"}]}}, [("D1[1].C02", "5", "4")]),
        ({"failing": []}, [("T-1", None, "majeure, écart 2")]),
        (
            {"failing": [{"rule": "T-1", "severity": "mineure", "gap": "2"}, {"rule": "T-9"}]},
            [("T-1", "mineure, écart 2", "majeure, écart 2"), ("T-9", "None", None)],
        ),
    ],
)
def test_a_case_that_does_not_hold_says_where(
    changes: dict[str, Any], differences: list[tuple[str, str | None, str | None]]
) -> None:
    fault, found = run(**changes)
    assert fault == ""
    assert [(item.place, item.expected, item.found) for item in found] == differences


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"pack": "AUTRE/2024"}, "celui de"),
        ({"inputs": {"A1.L099.A": "1"}}, "n’existe pas"),
        ({"organism": []}, "objet JSON"),
        ({"organism": {"kind": "XYZ"}}, "XYZ"),
    ],
)
def test_a_case_that_cannot_be_run_says_why(changes: dict[str, Any], words: str) -> None:
    fault, found = run(**changes)
    assert words in fault
    assert found == ()


def test_rows_of_an_instance_are_compared_like_others() -> None:
    part = FILES["part-01.txt"].replace("@onglet D1", "@groupe G | Groupe | | | Clé\n@onglet D1")
    files = FILES | {"part-01.txt": part.replace("H | dyn", "H | dyn | groupe=G")}
    rows = {"D1[a]": [{"C01": "2", "C02": "4"}], "D1[b]": [{"C01": "3", "C02": "7"}]}
    text = json.dumps(CASE | {"groups": {"G": ["a", "b"]}, "rows": rows})
    (outcome,) = run_pack_tests(read_pack_texts(files | {"tests/un.json": text}))
    assert [(item.place, item.found) for item in outcome.differences] == [("D1[b][1].C02", "6")]


def test_a_file_that_is_no_json_is_a_fault() -> None:
    (outcome,) = run_pack_tests(read_pack_texts(FILES | {"tests/un.json": "{"}))
    assert outcome.fault == "Ce fichier n’est pas du JSON valide."
