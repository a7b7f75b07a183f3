"""The files of a draft as they are sent: named, bounded, and told from which revision they were made."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from models import Invalid

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from resolvers.pack_rows import Files

MOST_FILES = 100
MOST_CHARACTERS = 3_000_000
HEADER = "pack.txt"
TESTS = "tests/"
_NAME = re.compile(r"[a-z][a-z0-9-]{0,39}\.txt|tests/[A-Za-z0-9][A-Za-z0-9_-]{0,79}\.json")
_UNKEPT = re.compile("[\x00\ud800-\udfff]")
_FORMULAIRE = re.compile(r"(@formulaire\s+)([^|\n]*)\|([^|\n]*)\|([^|\n]*)(\|?)")


def check_files(sent: Iterable[tuple[str, str]]) -> Files:
    """The files by name, their line ends made one.

    Raises Invalid PACK_FILES_MISSING, PACK_FILE_NAME, PACK_FILE_TEXT, PACK_FILE_TWICE, PACK_TOO_LARGE.
    """
    files: Files = {}
    for name, text in sent:
        if not _NAME.fullmatch(name):
            raise Invalid(
                "PACK_FILE_NAME",
                f"« {name[:80]} » n’est pas le nom d’un fichier de formulaire : "
                "envoyez des fichiers .txt et, sous « tests/ », des cas .json.",
                path=("files", name[:80]),
            )
        if name in files:
            raise Invalid(
                "PACK_FILE_TWICE",
                f"Le fichier {name} est envoyé deux fois : n’en gardez qu’un.",
                path=("files", name),
            )
        _require_text(name, text)
        files[name] = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    _require_bounded(files)
    return files


def _require_text(name: str, text: str) -> None:
    """What no database keeps, a workbook may still spell out."""
    if _UNKEPT.search(text):
        raise Invalid(
            "PACK_FILE_TEXT",
            f"Le fichier {name} contient un caractère qui ne peut pas être enregistré : retirez-le.",
            path=("files", name),
        )


def _require_bounded(files: Files) -> None:
    if not files:
        raise Invalid(
            "PACK_FILES_MISSING",
            "Aucun fichier n’est envoyé : joignez les fichiers du formulaire, ou son classeur.",
            path=("files",),
        )
    if len(files) > MOST_FILES or sum(map(len, files.values())) > MOST_CHARACTERS:
        raise Invalid(
            "PACK_TOO_LARGE",
            f"Un formulaire compte au plus {MOST_FILES} fichiers et trois millions de caractères : "
            "retirez ce qui n’en fait pas partie.",
            path=("files",),
        )


def named_by(files: Mapping[str, str]) -> tuple[str, int, int] | None:
    """The form, the year and the revision that the header names; None where it cannot be read."""
    found = _header(files)
    if found is None:
        return None
    form, year, revision = (part.strip() for part in found.group(2, 3, 4))
    if not (year.isdecimal() and revision.isdecimal() and len(year) + len(revision) <= len("2024") * 2):
        return None
    return form, int(year), int(revision)


def with_revision(files: Mapping[str, str], revision: int) -> Files:
    """The same files, of which the header names that revision; its lines stay where they are."""
    found = _header(files)
    if found is None:
        return dict(files)
    text = files[HEADER]
    renamed = f"{text[: found.start(4)]} {revision} {text[found.end(4) :]}"
    return {**files, HEADER: renamed}


def _header(files: Mapping[str, str]) -> re.Match[str] | None:
    """Where the form names itself: the first record of pack.txt."""
    lines = re.finditer(r"^(?!#)[^\n]*\S[^\n]*$", files.get(HEADER, ""), re.MULTILINE)
    first = next(lines, None)
    return None if first is None else _FORMULAIRE.match(files[HEADER], first.start(), first.end())
