"""The life of an ER dossier: steps that follow each other, one transmission, what each move asks for."""

from __future__ import annotations

import pytest

from forms import Cycle, Pack, Step


@pytest.fixture
def cycle(er: Pack) -> Cycle:
    return er.cycle


def test_seven_steps_in_order(cycle: Cycle) -> None:
    assert [definition.step for definition in cycle.steps] == list(Step)
    assert cycle.label(Step.REVIEW) == "Fiabilisation"


def test_no_step_is_skipped(cycle: Cycle) -> None:
    forward = {(move.source, move.target) for move in cycle.moves if move.target > move.source}
    assert forward == {(Step(number), Step(number + 1)) for number in range(6)}


def test_only_the_transmission_leads_out_of_the_organism(cycle: Cycle) -> None:
    crossing = [move.name for move in cycle.moves if move.source <= 3 < move.target]
    assert crossing == ["transmit"]
    assert cycle.move("transmit").guards == (
        "no_blocking_anomaly",
        "justified_major_anomalies",
        "commitments_accepted",
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
