"""The prints of many dossiers put together as one PDF, with bookmarks organism › tab (manual §7.3.1)."""

from __future__ import annotations

import asyncio
import hashlib
import zlib
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

import pikepdf

from rendering.joining import spots_of
from rendering.storing import NO_ROOM, store, unkept
from resolvers import mass_exporting
from resolvers.mass_export_rows import MassFile
from resolvers.tabs import tab_title

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from models import FileStore
    from resolvers.mass_export_rows import MassExportItemRow, MassExportRow

# What is put together holds its sources open until it is saved: never as many as a process may open files.
AT_ONCE: Final = 50
BLOCK: Final = 256 * 1024


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A dossier in the whole: its first page, from 0, and the name under which links reach each tab."""

    title: str
    page: int
    tabs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Whole:
    """Several prints one after the other: pages, dossiers, and each named place as page and position."""

    path: Path
    pages: int
    bookmarks: tuple[Bookmark, ...]
    places: dict[str, tuple[int, list[Any]]]


async def merge(files: FileStore, export: MassExportRow, items: Sequence[MassExportItemRow]) -> MassFile:
    """The one PDF of these dossiers, in order, put in the object store. Raises Problem STORE_FAILED."""
    with TemporaryDirectory(prefix="harmonia-") as folder:
        try:
            path = await asyncio.to_thread(_merged, files, items, Path(folder))
        except OSError as error:
            if error.errno not in NO_ROOM:
                raise
            raise unkept() from error
        digest, crc, size = await asyncio.to_thread(_read, path)
        # Of two workers at once, neither writes over the other's.
        key = f"{mass_exporting.folder(export.id)}/{uuid4().hex}/{export.file_name}"
        await store(files, key, _blocks(path))
    return MassFile(export.file_name, key, size, digest, crc)


def _merged(files: FileStore, items: Sequence[MassExportItemRow], folder: Path) -> Path:
    wholes = [_group(files, group, folder, number) for number, group in enumerate(_batches(items))]
    target = folder / "whole.pdf"
    with pikepdf.new() as made:
        sources = [pikepdf.open(whole.path) for whole in wholes]
        places, bookmarks = pikepdf.Dictionary(), []
        for whole, source in zip(wholes, sources, strict=True):
            base = len(made.pages)
            _append(made, source)
            for name, (page, position) in whole.places.items():
                places[name] = pikepdf.Array([made.pages[base + page].obj, *position])
            bookmarks += [(one, base + one.page) for one in whole.bookmarks]
        made.Root.Dests = made.make_indirect(places)
        _outline(made, bookmarks)
        made.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        for source in sources:
            source.close()
    return target


def _group(files: FileStore, items: Sequence[MassExportItemRow], folder: Path, number: int) -> _Whole:
    """Some of the prints as one file; links and tabs keep the name of their dossier before theirs."""
    path, places, bookmarks = folder / f"{number}.pdf", {}, []
    with pikepdf.new() as made:
        sources = []
        for item in items:
            part = folder / f"{number}-{item.position}.pdf"
            with part.open("wb") as written:
                written.writelines(files.blocks(item.files[0].key))
            source = pikepdf.open(part)
            sources.append(source)
            base = len(made.pages)
            found = spots_of(source)
            _append(made, source)
            for page in list(made.pages)[base:]:
                _rename_links(page, item.position)
            places.update(
                {_named(item.position, name): (base + at, position) for name, (at, position) in found.items()}
            )
            bookmarks.append(_bookmark(item, base, found))
        made.save(path)
        count = len(made.pages)
        for source in sources:
            source.close()
    for item in items:
        (folder / f"{number}-{item.position}.pdf").unlink()
    return _Whole(path, count, tuple(bookmarks), places)


def _append(made: pikepdf.Pdf, source: pikepdf.Pdf) -> None:
    """Page by page: of all at once the library warns that named places stay behind, which we carry over."""
    for page in source.pages:
        made.pages.append(page)


def _named(position: int, name: str) -> str:
    return f"/{position}.{name.removeprefix('/')}"


def _rename_links(page: pikepdf.Page, position: int) -> None:
    for note in page.obj.get("/Annots", pikepdf.Array()):
        target = note.get("/Dest")
        if isinstance(target, pikepdf.Name):
            note.Dest = pikepdf.Name(_named(position, str(target)))


def _bookmark(item: MassExportItemRow, base: int, found: dict[str, tuple[int, list[Any]]]) -> Bookmark:
    dossier = item.dossier
    if dossier is None:
        message = "a dossier that its requester may not read is not put together"
        raise ValueError(message)
    tabs = tuple(
        (tab_title(dossier.definition, code), _named(item.position, code))
        for code in item.held or ()
        if code in found
    )
    return Bookmark(f"{dossier.organism.name} – {dossier.form} {dossier.year}", base, tabs)


def _outline(made: pikepdf.Pdf, bookmarks: Sequence[tuple[Bookmark, int]]) -> None:
    with made.open_outline() as outline:
        for one, page in bookmarks:
            head = pikepdf.OutlineItem(one.title, page)
            head.children.extend(pikepdf.OutlineItem(title, pikepdf.Name(name)) for title, name in one.tabs)
            head.is_closed = True
            outline.root.append(head)


def _batches(items: Sequence[MassExportItemRow]) -> list[Sequence[MassExportItemRow]]:
    return [items[start : start + AT_ONCE] for start in range(0, len(items), AT_ONCE)]


def _read(path: Path) -> tuple[str, int, int]:
    digest, crc, size = hashlib.sha256(), 0, 0
    with path.open("rb") as read:
        while block := read.read(BLOCK):
            digest.update(block)
            crc, size = zlib.crc32(block, crc), size + len(block)
    return digest.hexdigest(), crc, size


async def _blocks(path: Path) -> AsyncIterator[bytes]:
    with path.open("rb") as read:
        while block := await asyncio.to_thread(read.read, BLOCK):
            yield block
