"""What is checked of a workbook before a reader opens it: its size, what it unfolds to, what hides in it."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any, Final

from models import Invalid
from models.zips import UNREADABLE

MOST_BYTES: Final = 10_000_000
MOST_ENTRIES: Final = 1_000
# 16,000 rows of twenty columns unfold to about 25 MB.
MOST_UNFOLDED: Final = 80_000_000
# Sheets are repetitive, but not a hundred times over.
MOST_RATIO: Final = 100
# 16,000 rows of twenty columns are a million and a half; each that is read takes fifty times its letters.
MOST_TAGS: Final = 6_000_000
# What these say is read whole, each look and each name made an object.
MOST_NAMED: Final = 200_000
_NAMED: Final = ("xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml")
_BLOCK: Final = 1 << 20
_DOCTYPE: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_MERGED: Final = re.compile(rb"<(?:\w+:)?mergeCell[\s>]")
_OVERLAP: Final = 16


def check(data: bytes) -> None:
    """Raises Invalid: SHEET_TOO_LARGE, SHEET_MALFORMED, SHEET_BOMB, SHEET_FORBIDDEN, SHEET_MERGED."""
    if len(data) > MOST_BYTES:
        raise invalid(
            "SHEET_TOO_LARGE",
            f"Ce classeur dépasse {MOST_BYTES // 1_000_000}\u00a0Mo\u00a0: vérifiez que c’est bien celui"
            " d’un seul dossier.",
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_entries(archive)
    except (*UNREADABLE, OSError):
        raise malformed() from None


def _check_entries(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    declared = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > MOST_ENTRIES or declared > min(MOST_UNFOLDED, MOST_RATIO * max(packed, _BLOCK)):
        raise _bomb()
    unfolded = tags = named = 0
    for entry in entries:
        with archive.open(entry) as content:
            tail = b""
            # What an entry declares of its size may be false: what comes out is counted.
            while block := content.read(_BLOCK):
                unfolded += len(block)
                tags += block.count(b"<") if _is_xml(entry.filename) else 0
                named += block.count(b"<") if entry.filename in _NAMED else 0
                if unfolded > MOST_UNFOLDED or tags > MOST_TAGS or named > MOST_NAMED:
                    raise _bomb()
                _check_block(entry.filename, tail + block, first=not tail)
                tail = block[-_OVERLAP:]


def _is_xml(name: str) -> bool:
    return name.endswith((".xml", ".rels", ".vml"))


def _check_block(name: str, block: bytes, *, first: bool) -> None:
    if not _is_xml(name):
        return
    # A text in UTF-16 would hide what is looked for; spreadsheets write UTF-8.
    if _DOCTYPE.search(block) or (first and b"\0" in block[:_OVERLAP]):
        raise invalid(
            "SHEET_FORBIDDEN",
            "Ce classeur contient une déclaration de type ou d’entité, ce qui n’est pas admis\u00a0:"
            " enregistrez-le de nouveau depuis votre tableur.",
        )
    if name.startswith("xl/worksheets/") and _MERGED.search(block):
        raise invalid(
            "SHEET_MERGED",
            "Ce classeur a des cellules fusionnées, qui cacheraient des valeurs\u00a0: annulez la fusion"
            " ou repartez du classeur exporté.",
        )


def _bomb() -> Invalid:
    return invalid(
        "SHEET_BOMB",
        "Ce classeur, une fois décompressé, serait démesuré\u00a0: repartez du classeur exporté.",
    )


def malformed() -> Invalid:
    """What is no workbook, or one that cannot be read."""
    return invalid(
        "SHEET_MALFORMED",
        "Ce fichier n’est pas un classeur XLSX lisible\u00a0: choisissez le classeur exporté du dossier,"
        " enregistré au format XLSX.",
    )


def invalid(code: str, message: str, **details: Any) -> Invalid:  # noqa: ANN401 - what the details of a Problem hold
    """A refusal of a workbook."""
    return Invalid(code, message, path=("file",), details=details)
