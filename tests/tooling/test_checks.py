import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.tooling import checks


@pytest.fixture
def invented(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Two checks that succeed around one that fails; pytest is asked for its version only."""
    fails = "import sys; print('what is wrong'); sys.exit(4)"
    commands = {"first": "pass", "second": fails, "third": "pass"}
    table = {name: ((sys.executable, "-c", code), tmp_path) for name, code in commands.items()}
    monkeypatch.setattr(checks, "CHECKS", table)
    monkeypatch.setattr(checks, "LOGS", tmp_path / "log")
    monkeypatch.setattr(checks, "has_office", lambda: True)
    return checks


def test_each_check_runs_though_one_fails_and_the_whole_fails(
    invented: ModuleType, capfd: pytest.CaptureFixture[str]
) -> None:
    code = invented.main(["--version"])

    said = capfd.readouterr()
    marks = [line.split("… ")[1][0] for line in said.out.splitlines() if "…" in line]
    assert code == 1
    assert marks == ["✓", "✗", "✓"]
    assert "what is wrong" in said.out
    assert "Vérifications en échec avant pytest : second" in said.out
    assert (said.out + said.err).splitlines()[-1].startswith("pytest ")


def test_the_whole_passes_where_each_does(invented: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(invented.CHECKS, "second")

    assert invented.main(["--version"]) == 0


def test_checks_of_two_folders_run_side_by_side_and_those_of_one_in_order(
    invented: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Either end of a pipe opens only once the other does; what follows finds what went before."""
    pipe, kept, there = tmp_path / "pipe", tmp_path / "kept", tmp_path / "there"
    os.mkfifo(pipe)
    there.mkdir()
    opens = "import signal; signal.alarm(60); open({!r}, {!r}).close(); open({!r}, 'w').close()"
    finds = f"open({str(kept)!r}).close()"
    table = {
        "first": ((sys.executable, "-c", opens.format(str(pipe), "r", str(kept))), tmp_path),
        "after": ((sys.executable, "-c", finds), tmp_path),
        "other": ((sys.executable, "-c", opens.format(str(pipe), "w", str(there / "kept"))), there),
    }
    invented.CHECKS.clear()
    invented.CHECKS.update(table)

    assert invented.main(["--version"]) == 0
    told = [line.split("…")[0] for line in capsys.readouterr().out.splitlines()]
    assert told[:3] == ["[1/4] first", "[2/4] after", "[3/4] other"]


@pytest.mark.parametrize(
    ("argument", "code"),
    [
        ("--no-such-option", pytest.ExitCode.USAGE_ERROR),
        ("no-such-folder", pytest.ExitCode.NO_TESTS_COLLECTED),
    ],
)
def test_pytest_s_own_failure_is_the_whole_s(invented: ModuleType, argument: str, code: int) -> None:
    assert invented.main([argument]) == code


@pytest.mark.parametrize(("cores", "workers"), [(None, 2), (1, 2), (2, 3), (64, 8)])
def test_the_tests_are_shared_among_workers(
    invented: ModuleType, monkeypatch: pytest.MonkeyPatch, cores: int | None, workers: int
) -> None:
    monkeypatch.setattr(invented.os, "cpu_count", lambda: cores)

    assert invented.workers() == workers


def test_a_missing_tool_is_one_sentence(tmp_path: Path) -> None:
    """Run as the launcher runs it, on a machine without npm."""
    script = (
        "import runpy, sys, subprocess; from unittest.mock import patch;"
        "patch('subprocess.run', side_effect=FileNotFoundError(2, 'no', 'npm')).start();"
        f"runpy.run_path({checks.__file__!r}, run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert done.stderr == "Un outil manque (npm) : lancez ./harmonia test, qui l'installe.\n"
