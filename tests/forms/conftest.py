from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from forms import Pack, load_pack

CASES = Path(__file__).parent / "cases"


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
