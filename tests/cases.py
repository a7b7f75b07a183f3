"""The reference cases, as files to load and as what must come out of them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from resolvers.loaded import LoadedCell, LoadedFile, LoadedRow

FOLDER = Path(__file__).parent.parent / "forms" / "packs" / "ER" / "2024" / "1" / "tests"


@cache
def read_case(name: str) -> dict[str, Any]:
    """One case by its name, `er-2024-plain` or `er-2024-forced`."""
    case: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return case


def loaded_file(case: dict[str, Any], **changes: Any) -> LoadedFile:  # noqa: ANN401 - fields of a row
    """The case as a file of its organism; `changes` replace fields of the file."""
    inputs = [LoadedCell(line, cell, value) for line, (cell, value) in enumerate(case["inputs"].items(), 1)]
    forced = [LoadedCell(9000, cell, value, forced=True) for cell, value in case["forced"].items()]
    rows = [
        LoadedRow(9500, tab, f"{number:04}", {column: value for column, value in row.items() if value})
        for tab, found in case["rows"].items()
        for number, row in enumerate(found, 1)
    ]
    fields = {
        "form": "ER",
        "year": 2024,
        "siren": case["organism"]["siren"],
        "pack": "ER/2024/1",
        "cells": tuple(inputs + forced),
        "rows": tuple(rows),
        **changes,
    }
    return LoadedFile(**fields)
