"""The launcher as a module, in a machine of its own: an empty PATH and invented programs."""

import os
from collections.abc import Callable
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

from tests.tooling.sources import ROOT

Program = Callable[[str, str], Path]
Calls = Callable[[], list[str]]


def journal(tmp_path: Path, name: str) -> str:
    """A line of shell that notes a call of an invented program."""
    return f'echo "{name} $*" >> {tmp_path}/calls'


@pytest.fixture
def bin_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder on PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


@pytest.fixture
def program(bin_folder: Path) -> Program:
    """Puts a shell script on PATH, or at an absolute path."""

    def write(name: str, script: str) -> Path:
        path = bin_folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/bin/sh\nPATH={os.defpath}\n{script}\n")
        path.chmod(0o755)
        return path

    return write


@pytest.fixture
def launcher(tmp_path: Path, bin_folder: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """`./harmonia` read from its file, told that the repository lies in an empty folder."""
    assert bin_folder.is_dir()
    monkeypatch.delenv("HARMONIA_CHROMIUM", raising=False)
    monkeypatch.setenv("HARMONIA_VENV", str(tmp_path / "venv"))
    spec = spec_from_loader("harmonia", SourceFileLoader("harmonia", str(ROOT / "harmonia")))
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    root = tmp_path / "repository"
    root.mkdir()
    monkeypatch.setattr(module, "ROOT", root)
    monkeypatch.setattr(module, "CLIENT", root / "web-client")
    return module


@pytest.fixture
def calls(tmp_path: Path) -> Calls:
    """The lines that invented programs left in `calls`, in order."""

    def read() -> list[str]:
        journal = tmp_path / "calls"
        return journal.read_text().splitlines() if journal.is_file() else []

    return read
