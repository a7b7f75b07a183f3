import ast
import fcntl
import os
import select
import signal
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.tooling.conftest import Program
from tests.tooling.sources import ROOT


def test_an_old_python_can_read_the_launcher() -> None:
    tree = ast.parse((ROOT / "harmonia").read_text(), feature_version=(3, 8))

    assert ast.get_docstring(tree)


def test_an_old_python_is_told_which_one_is_needed(
    launcher: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launcher, "LEAST_PYTHON", (99, 0))

    with pytest.raises(launcher.SetupError, match=r"demande Python 3\.11 ou plus récent"):
        launcher.main(["demo"])


@pytest.mark.parametrize(("arguments", "code"), [(["--help"], 0), ([], 2), (["dance"], 2)])
def test_help_in_both_languages(
    launcher: ModuleType, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int
) -> None:
    with pytest.raises(SystemExit) as end:
        launcher.main(arguments)

    said = capsys.readouterr().out
    assert end.value.code == code
    assert "lance le produit" in said
    assert "runs the product" in said


@pytest.mark.parametrize(
    ("arguments", "lock", "command"),
    [
        (["demo"], "requirements.txt", ["-m", "gql", "demo", "--data", "{root}/.data", "--port", "8000"]),
        (
            ["demo", "--data", "here", "--port", "81"],
            "requirements.txt",
            ["-m", "gql", "demo", "--data", "{cwd}/here", "--port", "81"],
        ),
        (["test", "-k", "life"], "requirements-dev.txt", ["tests/tooling/checks.py", "-k", "life"]),
    ],
)
def test_once_ready_it_becomes_the_command_itself(
    launcher: ModuleType, monkeypatch: pytest.MonkeyPatch, arguments: list[str], lock: str, command: list[str]
) -> None:
    became: list[Any] = []
    here = Path(launcher.VENV).parent
    monkeypatch.chdir(here)
    monkeypatch.setattr(launcher, "prepare", became.append)
    monkeypatch.setattr(launcher.os, "execve", lambda *call: became.append((Path.cwd(), call)))

    launcher.main(arguments)

    places = {"root": launcher.ROOT, "cwd": here}
    line = [launcher.PYTHON, *(word.format(**places) for word in command)]
    assert became == [lock, (launcher.ROOT, (launcher.PYTHON, line, os.environ))]


@pytest.mark.parametrize(
    "options",
    [
        "--port 0",
        "--port 65534",
        "--port abc",
        "--port",
        "--port -1",
        "--port=08",
        "--data",
        "--fast",
        "dance",
    ],
)
def test_an_option_in_vain_is_one_french_sentence_before_anything_starts(
    launcher: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    options: str,
) -> None:
    prepared: list[str] = []
    monkeypatch.setattr(launcher, "prepare", prepared.append)

    with pytest.raises(launcher.SetupError, match=r"^Option inconnue, ou port qui n’est pas de 1 à 65533"):
        launcher.main(["demo", *options.split()])

    assert prepared == []
    assert capsys.readouterr() == ("", "")


def test_a_terminal_without_accents_is_spoken_to_all_the_same() -> None:
    environment = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    command = [sys.executable, str(ROOT / "harmonia"), "--help"]

    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
    assert "pr?pare tout, puis lance le produit" in done.stdout


def test_stages_are_counted_and_timed(launcher: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    stages = launcher.Stages(2)
    with stages.stage("Premier") as notes:
        notes.append("un mot")
    with pytest.raises(ValueError, match="broken"), stages.stage("Second"):
        raise ValueError("broken")

    assert capsys.readouterr().out == "[1/2] Premier… ✓ 0,0\u202fs un mot\n[2/2] Second… ✗\n"


def test_a_failure_shows_the_end_of_its_log_and_where_it_is(launcher: ModuleType, program: Program) -> None:
    script = program("breaks", "for i in $(seq 100); do echo line $i; done; exit 3")

    with pytest.raises(launcher.SetupError) as error:
        launcher.Stages(1).run("a name", [str(script)], launcher.VENV.parent)

    log = launcher.VENV / "log" / "a-name.log"
    words = str(error.value).splitlines()
    assert (words[0], words[-2]) == ("line 61", "line 100")
    assert words[-1] == f"« a name » a échoué (code 3) ; journal : {log}"
    assert len(log.read_text().splitlines()) == 100


def test_a_missing_command_is_one_sentence(launcher: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(launcher.SetupError, match=r"^La commande « nowhere » est introuvable"):
        launcher.Stages(1).run("a name", ["nowhere"], tmp_path)


def test_two_commands_prepare_one_after_the_other(launcher: ModuleType) -> None:
    with (
        launcher.alone(),
        (launcher.VENV / ".harmonia-lock").open("w") as other,
        pytest.raises(BlockingIOError),
    ):
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)

    with (launcher.VENV / ".harmonia-lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_a_stop_during_a_stage_leaves_nothing_running(tmp_path: Path, program: Program) -> None:
    """The invented interpreter, asked to install, tells its number and would last for an hour."""
    told, version = tmp_path / "told", sys.version_info[:2]
    os.mkfifo(told)
    listening = os.open(told, os.O_RDONLY | os.O_NONBLOCK)
    answers = f"case $1 in -c) echo '{version}';; *) echo $$ > {told}; exec sleep 3600;; esac"
    program(f"{tmp_path}/venv/bin/python", answers)

    environment = {**os.environ, "HARMONIA_VENV": str(tmp_path / "venv")}
    with subprocess.Popen([sys.executable, ROOT / "harmonia", "demo"], env=environment) as launched:
        select.select([listening], [], [], 60)
        number = int(os.read(listening, 100) or 0)
        launched.send_signal(signal.SIGTERM)
        code = launched.wait()
    os.close(listening)

    assert code == 143
    assert number
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)
