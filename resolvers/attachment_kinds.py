"""What an attachment may be, judged by its content and never by its name alone."""

from __future__ import annotations

import codecs
import os
import struct
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final

import puremagic

from models import Invalid
from models.zips import UNREADABLE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

HEAD: Final = 4096
BLOCK: Final = 256 * 1024
PDF: Final = b"%PDF-"
# Beyond, an office document is none that an office wrote.
MOST_ENTRIES: Final = 10_000
MOST_TYPES: Final = 1_000_000
# The directory of so many entries, each with its name.
MOST_DIRECTORY: Final = 2_000_000
# The end of an archive (APPNOTE.TXT 4.3.16), its longest comment, and what only ZIP64 sets before it.
_END, _END_MARK, _ZIP64_MARK = struct.Struct("<4s4H2LH"), b"PK\5\6", b"PK\6\7"
_LONGEST_COMMENT: Final = 0xFFFF
_ZIP64_LOCATOR: Final = 20
# What office documents are made of (OpenDocument 1.3, part 2, §2.2; ECMA-376, part 2, §7.3).
_PACKINGS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_OPEN_XML: Final = "application/vnd.openxmlformats-officedocument."
_OPEN_DOCUMENT: Final = "application/vnd.oasis.opendocument."


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file that is taken: its media type, what a user calls it, how its content is known."""

    media_type: str
    label: str
    is_one: Callable[[BinaryIO], bool]


def require_kind(ending: str) -> FileKind:
    """The kind that an extension promises. Raises Invalid ATTACHMENT_KIND."""
    kind = KINDS.get(ending)
    if kind is None:
        raise refused(
            "ATTACHMENT_KIND",
            f"Les fichiers « .{ending} » ne sont pas acceptés"
            if ending
            else "Ce fichier n’a pas d’extension",
        )
    return kind


def judge(ending: str, file: BinaryIO) -> FileKind:
    """The kind of a whole content that came under a name with this extension.

    Raises Invalid ATTACHMENT_KIND, ATTACHMENT_EMPTY, ATTACHMENT_KIND_FALSE, ATTACHMENT_MACROS.
    """
    kind = require_kind(ending)
    if not file.read(1):
        raise refused("ATTACHMENT_EMPTY", "Ce fichier est vide")
    file.seek(0)
    try:
        genuine = kind.is_one(file)
    except UNREADABLE:
        # An archive that is damaged, or locked by a password: nobody can say what is in it.
        genuine = False
    if not genuine:
        raise refused("ATTACHMENT_KIND_FALSE", f"Ce fichier n’est pas {kind.label}, quel que soit son nom")
    return kind


def refused(code: str, why: str) -> Invalid:
    """A content that is not taken, and what is."""
    return Invalid(code, f"{why} : {ACCEPTED}.", path=("content",))


def _pdf(file: BinaryIO) -> bool:
    return file.read(len(PDF)) == PDF


def _image(*endings: str) -> Callable[[BinaryIO], bool]:
    def is_one(file: BinaryIO) -> bool:
        try:
            found = puremagic.magic_string(file.read(HEAD))
        except puremagic.PureError:
            return False
        return any(match.extension.lstrip(".") in endings for match in found)

    return is_one


def _open_xml(main: str) -> Callable[[BinaryIO], bool]:
    """An office document by the type of its main part; what carries macros is another one."""
    wanted = f'"{_OPEN_XML}{main}.main+xml"'.encode()

    def is_one(file: BinaryIO) -> bool:
        found = _entries(file)
        if found is None or "[Content_Types].xml" not in found.NameToInfo:
            return False
        types = found.read("[Content_Types].xml") if _small(found, "[Content_Types].xml") else b""
        names = " ".join(found.namelist()).lower()
        if b"macroenabled" in types.lower() or b"vbaproject" in types.lower() or "vbaproject" in names:
            raise _macros()
        return wanted in types.replace(b"'", b'"')

    return is_one


def _open_document(kind: str) -> Callable[[BinaryIO], bool]:
    """An office document by its first, uncompressed entry (OpenDocument 1.3, part 2, §3.3)."""

    def is_one(file: BinaryIO) -> bool:
        found = _entries(file)
        if found is None or "mimetype" not in found.NameToInfo or not _small(found, "mimetype"):
            return False
        if any(name.startswith(("Basic/", "Scripts/")) for name in found.namelist()):
            raise _macros()
        return found.read("mimetype").strip() == f"{_OPEN_DOCUMENT}{kind}".encode()

    return is_one


def _entries(file: BinaryIO) -> zipfile.ZipFile | None:
    """The archive of an office document, which begins at its first byte; None for anything else."""
    if file.read(4) != b"PK\3\4" or not _bounded(file):
        return None
    found = zipfile.ZipFile(file)
    sound = all(one.compress_type in _PACKINGS and one.header_offset >= 0 for one in found.infolist())
    return found if sound else None


def _bounded(file: BinaryIO) -> bool:
    """Whether the end of an archive tells of few entries, before any of them is read."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _LONGEST_COMMENT - _END.size - _ZIP64_LOCATOR))
    before, mark, rest = file.read().rpartition(_END_MARK)
    end = mark + rest
    if len(end) < _END.size or before[-_ZIP64_LOCATOR:].startswith(_ZIP64_MARK):
        return False
    entries, directory = _END.unpack_from(end)[4:6]
    return bool(entries <= MOST_ENTRIES and directory <= min(MOST_DIRECTORY, size - len(end)))


def _small(archive: zipfile.ZipFile, name: str) -> bool:
    return archive.getinfo(name).file_size <= MOST_TYPES


def _text(file: BinaryIO) -> bool:
    """UTF-8 throughout, without the control characters that no text holds."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while block := file.read(BLOCK):
            if _odd(decoder.decode(block)):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _odd(text: str) -> bool:
    return any(sign < " " and sign not in "\t\r\n\f" for sign in set(text))


def _macros() -> Invalid:
    return refused("ATTACHMENT_MACROS", "Ce document contient des macros, qui ne sont pas acceptées")


ACCEPTED: Final = (
    "joignez un PDF, une image PNG, JPEG ou TIFF, un document DOCX, XLSX, ODT ou ODS sans macro,"
    " ou un texte CSV ou TXT en UTF-8"
)
_JPEG: Final = FileKind("image/jpeg", "une image JPEG", _image("jpg", "jpeg"))
_TIFF: Final = FileKind("image/tiff", "une image TIFF", _image("tif", "tiff"))
KINDS: Final[Mapping[str, FileKind]] = {
    "pdf": FileKind("application/pdf", "un PDF", _pdf),
    "png": FileKind("image/png", "une image PNG", _image("png")),
    "jpg": _JPEG,
    "jpeg": _JPEG,
    "tif": _TIFF,
    "tiff": _TIFF,
    "docx": FileKind(
        f"{_OPEN_XML}wordprocessingml.document",
        "un document DOCX",
        _open_xml("wordprocessingml.document"),
    ),
    "xlsx": FileKind(f"{_OPEN_XML}spreadsheetml.sheet", "un classeur XLSX", _open_xml("spreadsheetml.sheet")),
    "odt": FileKind(f"{_OPEN_DOCUMENT}text", "un document ODT", _open_document("text")),
    "ods": FileKind(f"{_OPEN_DOCUMENT}spreadsheet", "un classeur ODS", _open_document("spreadsheet")),
    "csv": FileKind("text/csv; charset=utf-8", "un texte en UTF-8", _text),
    "txt": FileKind("text/plain; charset=utf-8", "un texte en UTF-8", _text),
}
