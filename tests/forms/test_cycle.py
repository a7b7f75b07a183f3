"""The life of an ER dossier: steps that follow each other, one transmission, what each move asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from forms import Cycle, Pack, PackError, Step, load_pack
from forms.canonical import canonical
from forms.cycle import TOLD
from forms.description import describe
from tests.forms.tiny import CYCLE, FORMULA, tiny_pack

if TYPE_CHECKING:
    from pathlib import Path

SIGNED = "commitments_accepted,password_confirmed"
STEPS = "".join(f"@etape {number} | x\n" for number in range(2, 7))


@pytest.fixture
def cycle(er: Pack) -> Cycle:
    return er.cycle


def test_seven_steps_in_order(cycle: Cycle) -> None:
    assert [definition.step for definition in cycle.steps] == list(Step)
    assert cycle.label(Step.REVIEW) == "Fiabilisation"


def test_every_step_is_crossed(cycle: Cycle) -> None:
    forward = {(move.source, move.target) for move in cycle.moves if move.target > move.source}
    assert forward == {(Step(number), Step(number + 1)) for number in range(6)}


def test_only_the_transmission_leads_out_of_the_organism(cycle: Cycle) -> None:
    crossing = [move.name for move in cycle.moves if move.source <= 3 < move.target]
    assert crossing == ["transmit"]
    assert cycle.move("transmit").guards == (
        "no_blocking_anomaly",
        "justified_major_anomalies",
        "commitments_accepted",
        "contacts_confirmed",
        "password_confirmed",
    )


def test_nothing_comes_back_to_the_organism_by_a_move(cycle: Cycle) -> None:
    assert not [move for move in cycle.moves if move.source >= 4 > move.target]
    reopenings = {(move.source, move.target) for move in cycle.moves if move.right == "dossier:reopen"}
    assert reopenings == {(Step.FINALISATION, Step.REVIEW), (Step.CLOSURE, Step.REVIEW)}


def test_a_blocking_anomaly_keeps_the_dossier_in_entry(cycle: Cycle) -> None:
    assert cycle.move("submit_entry").guards == ("no_blocking_anomaly",)
    assert [move.name for move in cycle.moves_from(Step.ENTRY)] == ["submit_entry"]


def test_an_unknown_move_is_none(cycle: Cycle) -> None:
    with pytest.raises(KeyError):
        cycle.move("teleport")


def test_the_declarant_commits_himself_in_three_sentences(cycle: Cycle) -> None:
    assert len(cycle.commitments) == 3
    assert all(sentence.endswith(".") for sentence in cycle.commitments)


def _pack(folder: Path, cycle: str) -> Pack:
    return tiny_pack(folder, FORMULA.format(unit="eur", formula="A"), cycle=cycle)


def test_a_step_has_its_substeps(cycle: Cycle) -> None:
    assert [substep.code for substep in cycle.substeps_of(Step.REVIEW)] == ["relecture", "attente", "visa"]
    assert not cycle.substeps_of(Step.ENTRY)
    assert [substep.step for substep in load_pack("QDIS/2024/1").cycle.substeps] == [Step.REVIEW] * 3


def test_contacts_are_told_of_what_leads_out_and_back(cycle: Cycle, tmp_path: Path) -> None:
    told = {move.name: move.told for move in cycle.moves if move.told}
    assert told == {
        "transmit": "transmitted",
        "finalise": "finalised",
        "close": "closed",
        "reopen_from_finalisation": "reopened",
        "reopen_from_closure": "reopened",
    }
    more = f"@mouvement transmit | A | 3 | 4 | dossier:transmit | {SIGNED} | -\n"
    more += "@mouvement b | B | 0 | 1 | x | | closed\n"
    silent, loud = _pack(tmp_path, f"{CYCLE}{STEPS}{more}").cycle.moves[1:]
    assert (silent.told, loud.told) == ("", "closed")
    assert set(told.values()) == TOLD


def test_who_goes_back_says_why(cycle: Cycle) -> None:
    assert {move.name for move in cycle.moves if move.asks_reason} == {
        "return_to_entry",
        "return_to_validation",
        "reopen_from_finalisation",
        "reopen_from_closure",
    }


def test_a_pack_that_says_no_more_keeps_its_seal(tmp_path: Path) -> None:
    plain = _pack(tmp_path / "plain", CYCLE)
    shown = canonical(plain)["cycle"]
    assert set(shown) == {"is", "steps", "moves", "commitments"}
    assert set(shown["moves"][0]) == {"is", "name", "label", "source", "target", "right", "guards"}
    more = _pack(tmp_path / "more", f"{CYCLE.rstrip()} | closed\n@sousetape attente | En attente | 1\n")
    shown = canonical(more)["cycle"]
    assert shown["moves"][0]["tells"] == "closed"
    assert shown["substeps"][0]["code"] == "attente"
    assert more.sha256 != plain.sha256
    assert set(describe(more)) - set(describe(plain))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("@sousetape Attente | x | 1", "Le code d’une sous-étape"),
        ("@sousetape attente | | 1", "a un libellé"),
        ("@sousetape attente | x | 9", "n’existe pas"),
        ("@sousetape a | x | 1\n@sousetape a | y | 1", "déjà définie"),
        ("@mouvement a | A | 0 | 1 | x | | shouted", "shouted » ne se dit pas"),
        ("@detour a", "@sousetape"),
        ("@etape 1 | Encore", "L’étape 1 est déjà définie"),
        ("@mouvement a | A | 1 | 2 | x |", "L’étape 2 n’est pas définie"),
        ("@mouvement a | A | 2 | 1 | x |", "L’étape 2 n’est pas définie"),
        ("@sousetape a | x | 4", "L’étape 4 n’est pas définie"),
        (f"{STEPS}@mouvement a | A | 1 | 4 | x |", "Une étape ne se saute pas"),
        (f"{STEPS}@mouvement a | A | 3 | 1 | x |", "Une étape ne se saute pas"),
        (f"{STEPS}@mouvement a | A | 1 | 1 | x |", "Une étape ne se saute pas"),
        (f"{STEPS}@mouvement a | A | 4 | 6 | x |", "Une étape ne se saute pas"),
        (f"{STEPS}@mouvement a | A | 4 | 3 | x |", "ne revient pas avant l’étape 4"),
        (f"{STEPS}@mouvement a | A | 6 | 0 | x |", "ne revient pas avant l’étape 4"),
        (f"{STEPS}@mouvement a | A | 3 | 4 | x | {SIGNED}", "s’appelle « transmit »"),
        (f"{STEPS}@mouvement transmit | A | 4 | 5 | x | {SIGNED}", "s’appelle « transmit »"),
        (f"{STEPS}@mouvement transmit | A | 3 | 4 | x | commitments_accepted", "password_confirmed"),
        (f"{STEPS}@mouvement transmit | A | 3 | 4 | x | password_confirmed", "commitments_accepted"),
        (f"{STEPS}@mouvement a | A | 5 | 6 | x | password_confirmed", "celle de la transmission"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, line: str, words: str) -> None:
    with pytest.raises(PackError) as caught:
        _pack(tmp_path, CYCLE + line)
    assert words in caught.value.message
