"""The files of a draft as they are sent: named, bounded, and told from which revision they were made."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from forms import PackError
from forms.small_files import header_key
from forms.source import SEPARATOR, record_of, told_lines
from models import Invalid

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from forms import PackKey
    from forms.source import Record
    from resolvers.pack_rows import Files

MOST_FILES = 100
MOST_CHARACTERS = 3_000_000
HEADER = "pack.txt"
TESTS = "tests/"
_NAME = re.compile(r"[a-z][a-z0-9-]{0,39}\.txt|tests/[A-Za-z0-9][A-Za-z0-9_-]{0,79}\.json")
_UNKEPT = re.compile("[\x00\ud800-\udfff]")


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


def named_by(files: Mapping[str, str]) -> PackKey | None:
    """The key that the header gives, read as the loader reads it; None where it cannot be."""
    head = _header(files)
    try:
        return None if head is None else header_key(head)
    except PackError:
        return None


def with_revision(files: Mapping[str, str], revision: int) -> Files:
    """The same files, of which the header names that revision; its lines stay where they are.

    A header that the loader refuses stays as it is, for its author to see what is wrong with it.
    """
    head = _header(files)
    if head is None or named_by(files) is None:
        return dict(files)
    lines = files[HEADER].splitlines(keepends=True)
    line = lines[head.number - 1]
    fields = head.text.split(SEPARATOR)
    fields[2] = f" {revision} " if fields[3:] else f" {revision}"
    lines[head.number - 1] = SEPARATOR.join(fields) + line[len(head.text) :]
    return {**files, HEADER: "".join(lines)}


def _header(files: Mapping[str, str]) -> Record | None:
    """The record by which the form names itself: the first of pack.txt."""
    first = next(told_lines(files.get(HEADER, "")), None)
    head = None if first is None else record_of(HEADER, *first)
    return head if head is not None and head.word == "@formulaire" else None
