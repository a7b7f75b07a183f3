"""The files of a pack as texts: those of its folder, or those that somebody sent."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from forms.errors import PackError, Place

# File name, relative to the pack, → text.
Texts = Mapping[str, str]
_PATTERNS = ("*.txt", "tests/*.json")


def folder_texts(folder: Path) -> dict[str, str]:
    """Every file of a pack's folder, its stored tests included; PackError at what is not UTF-8."""
    files = sorted(file for pattern in _PATTERNS for file in folder.glob(pattern))
    return {file.relative_to(folder).as_posix(): _read(folder, file) for file in files}


def _read(folder: Path, file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        message = "Ce fichier n’est pas en UTF-8 : enregistrez-le dans ce codage."
        line = error.object[: error.start].count(b"\n") + 1
        raise PackError(message, Place(file.relative_to(folder).as_posix(), line, 1)) from None
