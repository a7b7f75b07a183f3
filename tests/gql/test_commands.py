"""The commands: what they print, and that a failing one says why in one sentence."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from typing import TYPE_CHECKING

import pytest

from gql.__main__ import main, parser
from gql.settings import PREFIX, ROOT, Settings, read_settings, variables
from models import Problem
from tests.cases import FOLDER, read_case

if TYPE_CHECKING:
    from pathlib import Path

PLAIN = FOLDER / "er-2024-plain.json"


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of whoever runs the tests."""
    for name in [name for name in os.environ if name.startswith(PREFIX) or name == "DATABASE_URL"]:
        monkeypatch.delenv(name)


async def run(*arguments: str, **environment: str) -> tuple[int, str, str]:
    """A command as one types it: exit code, standard output, standard error."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "gql",
        *arguments,
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    return process.returncode or 0, out.decode(), err.decode()


async def test_a_case_is_evaluated_exactly() -> None:
    code, out, err = await run("pack", "evaluate", str(PLAIN))
    assert (code, err) == (0, "")
    result, case = json.loads(out), read_case("er-2024-plain")
    assert set(result) == {"cells", "failing"}
    assert {cell: result["cells"][cell] for cell in case["expected"]} == case["expected"]
    assert sorted(result["failing"], key=str) == sorted(case["failing"], key=str)


@pytest.mark.parametrize(
    "content",
    [
        "{",
        "[]",
        "{}",
        '{"pack": "ER/1999"}',
        '{"pack": "ER/2024", "organism": 3, "inputs": {}}',
        '{"pack": "ER/2024", "organism": {"kind": "OPH"}, "rows": {"F01": 5}}',
        '{"pack": "ER/2024", "organism": {"kind": "OPH"}, "rows": {"F01": [5]}}',
    ],
)
def test_a_bad_case_is_one_french_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str
) -> None:
    case = tmp_path / "case.json"
    case.write_text(content, encoding="utf-8")
    assert main(["pack", "evaluate", str(case)]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.strip().endswith(".")
    assert len(shown.err.strip().splitlines()) == 1


def test_a_missing_case_is_one_french_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pack", "evaluate", "/nowhere/case.json"]) == 2
    assert "introuvable" in capsys.readouterr().err


def test_lint_says_what_it_finds(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pack", "lint", "ER/2024"]) == 0
    *findings, count = capsys.readouterr().out.splitlines()
    assert count == f"ER/2024 : {len(findings)} constat(s)."
    assert main(["pack", "lint", "ER/1999"]) == 2
    assert "ER/1999" in capsys.readouterr().err


def test_the_schema_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    assert capsys.readouterr().out == (ROOT / "gql" / "schema.graphql").read_text(encoding="utf-8")


MISSING = "Réglage manquant ou invalide\u00a0: HARMONIA_DATABASE_URL. Voir docs/operations.md"


async def test_without_a_database_a_process_says_what_is_missing() -> None:
    code, out, err = await run("serve")
    assert (code, out) == (2, "")
    assert err.startswith(MISSING)
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize("command", ["serve", "work", "migrate", "seed"])
def test_without_a_database_every_command_says_so(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command]) == 2
    shown = capsys.readouterr()
    assert (shown.out, len(shown.err.splitlines())) == ("", 1)
    assert shown.err.startswith(MISSING)


@pytest.mark.parametrize("command", ["serve", "work", "migrate", "seed"])
def test_a_database_that_does_not_answer_is_one_sentence(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")
    monkeypatch.setattr("gql.commands.configure_logs", lambda *_: None)
    assert main([command]) == 2
    (sentence,) = capsys.readouterr().err.splitlines()
    assert sentence.startswith("La base de données que nomme HARMONIA_DATABASE_URL ne répond pas")
    assert sentence.endswith("(HARMONIA_LOG_LEVEL=DEBUG en dit la raison).")


@pytest.mark.parametrize(
    ("own", "usual"),
    [
        ("notaurl", ""),
        ("mysql://me:secret@localhost/x", "postgresql://localhost/x"),
        ("postgresql://", "postgresql://localhost/x"),
        ("", "mysql://me:secret@localhost/x"),
        ("", ""),
    ],
)
def test_what_is_no_address_of_postgresql_is_refused_unasked(
    own: str, usual: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HARMONIA_DATABASE_URL", own)
    monkeypatch.setenv("DATABASE_URL", usual)
    monkeypatch.delattr("gql.commands.psycopg.connect")
    assert main(["migrate"]) == 2
    (sentence,) = capsys.readouterr().err.splitlines()
    assert sentence.startswith("Réglage manquant ou invalide : ")
    assert "DATABASE_URL. Voir docs/operations.md" in sentence
    assert "secret" not in sentence


def test_an_empty_address_leaves_the_usual_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HARMONIA_DATABASE_URL", "")
    monkeypatch.setenv("DATABASE_URL", "postgres://localhost/x")
    assert read_settings().database_url == "postgres://localhost/x"


def test_a_setting_at_fault_is_named_with_its_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://localhost/x")
    monkeypatch.setenv("HARMONIA_PORT", "many")
    monkeypatch.setenv("HARMONIA_BASE_URL", "http://localhost:8000/path")
    with pytest.raises(Problem) as caught:
        read_settings()
    assert "HARMONIA_PORT='many'" in caught.value.message
    assert "HARMONIA_BASE_URL" in caught.value.message


def test_settings_are_read_from_the_environment_and_frozen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://localhost/x")
    monkeypatch.setenv("HARMONIA_EXTRA_ORIGINS", "http://127.0.0.1:8000, http://[::1]:8000")
    settings = read_settings()
    assert settings.database_url == "postgresql://localhost/x"
    assert settings.origins == {"http://localhost:8000", "http://127.0.0.1:8000", "http://[::1]:8000"}
    assert not settings.secure
    with pytest.raises(ValueError, match="frozen"):
        setattr(settings, "port", 1)  # noqa: B010 - mypy would see the mistake that is made on purpose
    monkeypatch.setenv("HARMONIA_DATABASE_URL", "postgresql://localhost/y")
    assert Settings().database_url == "postgresql://localhost/y"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("demo --port 0", "« 0 » n’est pas un port possible"),
        ("demo --port 65534", "de 1 à 65533."),
        ("demo --port abc", "« abc » n’est pas un port possible"),
        ("demo --port", "Commande incomplète ou option inconnue"),
        ("demo --fast", "Commande incomplète ou option inconnue"),
        ("mailbox mails --port 99999 --smtp-port 1", "de 1 à 65535."),
        ("mailbox mails", "« python -m gql mailbox --help »"),
        ("dance", "« python -m gql --help »"),
        ("", "Commande incomplète ou option inconnue"),
    ],
)
def test_a_command_that_cannot_be_is_one_french_sentence_before_anything_starts(
    line: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(line.split()) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    (sentence,) = shown.err.splitlines()
    assert words in sentence.replace("\u00a0", " ")
    assert list(tmp_path.iterdir()) == []


def test_every_command_is_documented() -> None:
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    (listed,) = [each for each in parser()._actions if each.dest == "command"]  # noqa: SLF001 - argparse lists them nowhere else
    assert [name for name in listed.choices or () if f"`python -m gql {name}" not in text] == []


def test_every_setting_is_documented() -> None:
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    assert [name for name in variables() if f"`{name}`" not in text] == []
    assert "`DATABASE_URL`" in text
