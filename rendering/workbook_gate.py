"""What a workbook must be before a library opens it: small, not a bomb, without entities."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_PARTS = 200
MOST_UNPACKED = 60_000_000
BLOCK = 65_536


class NotAWorkbookError(Exception):
    """These bytes are no XLSX that we open; `too_large` where only its size is at fault."""

    def __init__(self, *, too_large: bool = False) -> None:
        super().__init__()
        self.too_large = too_large


def require_workbook(content: bytes) -> None:
    """Nothing, or NotAWorkbookError: what it unpacks to is counted before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _require_bounded(archive)
            for part in _xml_parts(archive):
                _require_plain(archive, part)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
        raise NotAWorkbookError from error


def _require_bounded(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise NotAWorkbookError(too_large=True)
    if "xl/workbook.xml" not in archive.namelist():
        raise NotAWorkbookError


def _xml_parts(archive: zipfile.ZipFile) -> Iterator[zipfile.ZipInfo]:
    return (part for part in archive.infolist() if part.filename.endswith((".xml", ".rels", ".vml")))


def _require_plain(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """No document type, which alone may define entities; it stands before the first element."""
    with archive.open(part) as stream:
        # Read to its end: a size that the archive declares too small is told here, by the checksum.
        head = stream.read(BLOCK)
        while stream.read(BLOCK):
            pass
    if b"<!" in head.split(b"<!--", 1)[0][:BLOCK] and b"<!DOCTYPE" in head.upper():
        raise NotAWorkbookError
