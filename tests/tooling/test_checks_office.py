import os
from pathlib import Path

import pytest

from tests.tooling import checks


@pytest.fixture(autouse=True)
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with nothing on its path but what a test lays there, and an apt-get that says what it did."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("HARMONIA_SOFFICE", "")
    monkeypatch.setattr(checks, "LOGS", tmp_path / "log")


def program(path: Path, body: str) -> str:
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return str(path)


def apt(folder: Path, body: str) -> None:
    """Both ways of calling it: as root, and through sudo."""
    program(folder / "env", body)
    program(folder / "sudo", body)


def test_the_one_named_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named = program(tmp_path / "mine", "exit 0")
    program(tmp_path / "soffice", "exit 0")
    monkeypatch.setenv("HARMONIA_SOFFICE", named)

    assert checks.find_office() == named


def test_one_named_in_vain_is_said_and_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    program(tmp_path / "soffice", "exit 0")
    monkeypatch.setenv("HARMONIA_SOFFICE", "/nowhere/soffice")

    assert not checks.has_office()
    assert checks.NO_OFFICE in capsys.readouterr().out


def test_one_that_does_not_answer_is_none(tmp_path: Path) -> None:
    program(tmp_path / "soffice", "exit 3")
    working = program(tmp_path / "libreoffice", "exit 0")

    assert checks.find_office() == working


def test_where_there_is_none_debian_s_is_installed(tmp_path: Path) -> None:
    apt(
        tmp_path,
        f"""case "$*" in *nogui*) exit 1;; *install*) echo "#!/bin/sh" > {tmp_path}/soffice
        /bin/chmod 755 {tmp_path}/soffice;; esac""",
    )

    assert checks.has_office()
    assert os.environ["HARMONIA_SOFFICE"] == str(tmp_path / "soffice")
    assert {log.name for log in (tmp_path / "log").iterdir()} == {
        "libreoffice-calc-nogui.log",
        "libreoffice-calc.log",
    }


def test_where_none_can_be_had_one_sentence_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    apt(tmp_path, "exit 1")

    assert not checks.has_office()
    said = capsys.readouterr().out
    assert "libreoffice-calc-nogui" in said
    assert "HARMONIA_SOFFICE" in said
