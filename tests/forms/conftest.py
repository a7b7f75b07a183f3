from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from forms import Pack, PackKey, catalogue, key, load_pack

# The stored tests of ER 2024 are the reference cases of the language too.
CASES = PackKey("ER", 2024, 1).folder / "tests"


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A catalogue of our own, whose packs are forgotten afterwards."""
    folder = tmp_path / "shelf"
    monkeypatch.setattr(key, "_PACKS", folder)
    monkeypatch.setattr(key._Added, "texts", {})  # noqa: SLF001 - as a new process begins
    monkeypatch.setattr(key._Added, "keys", ())  # noqa: SLF001 - as above
    _forget()
    yield folder
    _forget()


def _forget() -> None:
    key.packaged.cache_clear()
    catalogue._load.cache_clear()  # noqa: SLF001 - what one process remembers is what is tested


@pytest.fixture(scope="session")
def er() -> Pack:
    return load_pack("ER/2024")


@pytest.fixture(scope="session", params=["er-2024-plain", "er-2024-forced"])
def case(request: pytest.FixtureRequest) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((CASES / f"{request.param}.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="session")
def plain_case() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((CASES / "er-2024-plain.json").read_text(encoding="utf-8"))
    return found
