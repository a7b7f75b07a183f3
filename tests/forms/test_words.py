"""What a pack says to people is set as print would; what machines read stays as its author typed it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from forms import Pack
from tests.forms.tiny import tiny_pack

if TYPE_CHECKING:
    from pathlib import Path

# A straight apostrophe, or a sign of French print after a space that may end a line, or none.
_TYPED = re.compile(r"'| [:;!?»]|(?<![\u00a0])»|« |«(?![\u00a0])|[\u00a0\u202f ]{2}")
PARTS = {
    "pack": """\
@formulaire ESSAI | 2024 | 1 | L'essai : un titre | L'essai
@parametre s | 3 | pct | Seuil d'alerte
""",
    "cycle": """\
@etape 0 | L'attente
@etape 1 | Saisie
@mouvement m | S'y mettre ! | 0 | 1 | it's |
@engagement J'ai lu : « oui ».
""",
    "lists": "@liste avis | Avis\nn'importe : quoi",
    "selections": "L'essentiel | A1",
    "attachments": "n'importe : quoi |",
    "checks": "R-1 | mineure | A1.L011.A | = | A1.L011.B | 0 | toujours | L'un ; l'autre",
}
PART = """\
@partie 01 | L'ensemble
@onglet A1 | 01 | L'onglet ? | L'état « 1 » | eur | H | fixe
@col A | D'abord | S
@col B | C'est | C | SI(VIDEQ(A) = 1; 0; A)
L011 | 20 : d'un | S'il : y a | S
"""


def words(pack: Pack) -> Iterator[str]:
    """All that a pack says to people."""
    yield from (pack.title, pack.form_label)
    yield from (part.title for part in pack.parts)
    yield from (selection.title for selection in pack.selections)
    yield from (check.label for check in pack.checks)
    yield from (parameter.label for parameter in pack.params.values())
    yield from (step.label for step in pack.cycle.steps)
    yield from (move.label for move in pack.cycle.moves)
    yield from pack.cycle.commitments
    for tab in pack.tabs.values():
        yield from (tab.title, tab.statement)
        yield from (column.label for column in tab.columns)
        yield from (line.label for line in tab.lines)


def test_every_word_of_er_is_set_as_print_would(er: Pack) -> None:
    found = list(words(er))
    assert [text for text in found if _TYPED.search(text)] == []
    assert sum("’" in text for text in found) > 100
    assert er.tabs["A1"].lines[1].label == "Frais d’établissement"
    checks = {check.id: check.label for check in er.checks}
    assert checks["EQ-006"] == "Affectation\u00a0: origines = affectations"


def test_the_words_of_a_pack_are_set_when_it_is_read(tmp_path: Path) -> None:
    assert list(words(tiny_pack(tmp_path, PART, **PARTS))) == [
        "L’essai\u00a0: un titre",
        "L’essai",
        "L’ensemble",
        "L’essentiel",
        "L’un\u202f; l’autre",
        "Seuil d’alerte",
        "L’attente",
        "Saisie",
        "S’y mettre\u202f!",
        "J’ai lu\u00a0: «\u00a0oui\u00a0».",
        "L’onglet\u202f?",
        "L’état «\u00a01\u00a0»",
        "D’abord",
        "C’est",
        "S’il\u00a0: y a",
    ]


def test_values_codes_and_formulas_stay_as_typed(tmp_path: Path) -> None:
    pack = tiny_pack(tmp_path, PART, **PARTS)
    assert pack.lists["avis"] == ("n'importe : quoi",)
    assert pack.required_attachments("OPH") == ("n'importe : quoi",)
    assert pack.cycle.move("m").right == "it's"
    assert pack.tabs["A1"].lines[0].accounts == "20 : d'un"
    assert pack.cells["A1.L011.B"].formula == "SI(VIDEQ(A) = 1; 0; A)"


@pytest.mark.parametrize("text", ["Le ratio 1:2", "A ; B", "(1 = oui)", "Net exercice N-1", ""])
def test_a_text_that_print_sets_so_already_is_left_alone(tmp_path: Path, text: str) -> None:
    once = tiny_pack(tmp_path / "once", PART.replace("D'abord", text), **PARTS).tabs["A1"].columns[0].label
    again = tiny_pack(tmp_path / "again", PART.replace("D'abord", once), **PARTS).tabs["A1"].columns[0].label
    assert again == once == text.replace(" ;", "\u202f;")
