"""`python -m gql pack test` and `pack diff`: what they print, and when they fail."""

from __future__ import annotations

import json
import os
import sys

import pytest

from forms import CaseDifference, CaseOutcome, load_pack, run_pack_tests
from forms.key import packaged
from gql.__main__ import main


def test_the_stored_tests_of_a_pack_are_run(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pack", "test", "ER/2024/1"]) == 0
    out = capsys.readouterr().out
    assert out.splitlines() == [
        "ER/2024/1 er-2024-forced.json\u00a0: conforme.",
        "ER/2024/1 er-2024-plain.json\u00a0: conforme.",
    ]


def test_a_failing_test_is_told_with_its_differences(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = CaseOutcome("un.json", (CaseDifference("A1.L019.N", "5", None),))
    outcomes = [wrong, CaseOutcome("deux.json", fault="Ce fichier n’est pas du JSON valide.")]
    monkeypatch.setattr("gql.pack_commands.run_pack_tests", lambda _: outcomes)
    assert main(["pack", "test", "ER/2024/1"]) == 1
    assert capsys.readouterr().out.replace("\u00a0", " ").splitlines() == [
        "ER/2024/1 un.json : 1 différence(s).",
        "  A1.L019.N : attendu 5, obtenu (vide)",
        "ER/2024/1 deux.json : Ce fichier n’est pas du JSON valide.",
    ]


def test_every_pack_that_comes_with_the_product_has_stored_tests_and_keeps_them() -> None:
    outcomes = {str(key): run_pack_tests(load_pack(key)) for key in packaged()}
    assert [key for key, found in outcomes.items() if not found] == []
    assert [(key, item.name) for key, found in outcomes.items() for item in found if not item.passed] == []
    # Small cases still compare hundreds of computed cells.
    for key in ("ER/2023/1", "ER/2025/1"):
        (text,) = load_pack(key).tests.values()
        assert len(json.loads(text)["expected"]) > 300


def test_all_packs_are_tested_when_none_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gql.pack_commands.run_pack_tests", lambda _: [])
    assert main(["pack", "test"]) == 0
    out = capsys.readouterr().out
    assert "ER/2023/1\u00a0: aucun essai enregistré." in out
    assert "SEM/2024/1\u00a0: aucun essai enregistré." in out


def test_two_packs_are_compared(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pack", "diff", "ER/2025", "ER/2026"]) == 0
    lines = capsys.readouterr().out.replace("\u00a0", " ").splitlines()
    assert lines[-1].startswith("ER/2025/1 → ER/2026/1 : ")
    assert any(line.startswith("Ligne R1.L660 : retrait de « ") for line in lines)
    assert not [line for line in lines if line.startswith("!")]


@pytest.mark.parametrize("arguments", [["test", "XX/2024"], ["diff", "ER/2024", "ER/1999"]])
def test_a_pack_that_there_is_not_is_one_sentence(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["pack", *arguments]) == 2
    assert "n’est pas publié" in capsys.readouterr().err


def test_a_reader_that_has_enough_ends_a_command_quietly(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w", encoding="utf-8") as pipe:
        monkeypatch.setattr(sys, "stdout", pipe)
        assert main(["pack", "diff", "ER/2025", "ER/2026"]) == 141
    assert capsys.readouterr().err == ""
