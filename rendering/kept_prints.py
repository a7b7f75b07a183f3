"""Prints kept for whoever may have the very same again: found by a hash of all that they are made from.

The hash is of the content as its reader got it, never of a dossier's name or version: two readers share a
print exactly when each of them would be shown the same, to the letter.
"""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import replace
from datetime import timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import uuid4

import orjson
import pikepdf
import structlog

from rendering.dossier_print import ending_of, print_dossier
from rendering.finishing import IncompleteError, given_again
from rendering.joining import places_of
from rendering.pages.document import printed_tabs
from resolvers import kept_documents
from resolvers.kept_documents import Kept
from resolvers.tabs import instance_unknown

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from models import FileStore
    from rendering.finishing import Finish
    from rendering.services import Services
    from resolvers.rows import AnomalyRow, DossierContent

log = structlog.get_logger(__name__)
# The titles of tabs are made elsewhere.
SOURCES: Final = ("rendering", "forms", "resolvers/tabs.py")
FOLDER: Final = "prints"
# A print is noted as soon as it is put.
UNNAMED: Final = timedelta(days=1)
AT_ONCE: Final = 500


async def printed(  # noqa: PLR0913 - what a print is made of
    services: Services,
    content: DossierContent,
    at: datetime,
    *,
    accessible: bool = False,
    only: Collection[str] | None = None,
    blank: bool = False,
) -> bytes:
    """The PDF of a dossier, or of `only` some of its tabs, given at `at`: from a kept print if any.

    `content` is read whole even for some tabs, which then look as they do in the whole. Tags survive no cut:
    an accessible print of some tabs is always made. Raises NotFound INSTANCE_UNKNOWN, and Problem as
    `Printer.print_html`.
    """
    for code in only or ():
        if code not in {tab.code for tab in content.tabs}:
            raise instance_unknown(code)
    tabs = None if only is None else [tab.code for tab in printed_tabs(content) if tab.code in only]
    options, key = {"accessible": accessible, "blank": blank}, ""
    if content.whole and tabs != [] and not (accessible and tabs is not None):
        key = await asyncio.to_thread(key_of, content, services.printer.version, **options)
        kept = await kept_documents.find(key)
        if kept is not None:
            found = await _given(services.files, kept, ending_of(content, at, only), tabs)
            if found is not None:
                return found
    pdf = await print_dossier(services.printer, content, at, only=only, **options)
    if key and tabs is None:
        await _keep(services.files, key, pdf)
    return pdf


async def forget_unused(files: FileStore, now: datetime) -> int:
    """Delete the prints that nobody has asked for in a long time, or can ask for; how many there were."""
    found = await kept_documents.unused(now)
    for kept in found:
        await files.delete(kept.file_key)
        await kept_documents.forget(kept)
    return len(found) + await _forget_unnamed(files, now)


async def _forget_unnamed(files: FileStore, now: datetime) -> int:
    """Delete what a worker had put when it was killed, before it noted it."""
    old = [found.key async for found in files.listed(FOLDER) if found.at < now - UNNAMED]
    gone = 0
    for batch in (old[at : at + AT_ONCE] for at in range(0, len(old), AT_ONCE)):
        for key in set(batch) - await kept_documents.named(batch):
            await files.delete(key)
            gone += 1
    return gone


def key_of(content: DossierContent, chromium: str, *, accessible: bool, blank: bool) -> str:
    """SHA-256 of everything that the print of a whole dossier is made from, but the day that it is given."""
    verification = content.verification
    if verification is not None:
        verification = replace(verification, anomalies=tuple(_nobodys(row) for row in verification.anomalies))
    said = {
        "code": _code(),
        "chromium": chromium,
        "accessible": accessible,
        "blank": blank,
        "dossier": replace(content.dossier, reader=None, channel=""),
        "withheld": content.dossier.withheld,
        "pack": content.pack.sha256,
        "tabs": content.tabs,
        "verification": verification,
        "crossings": content.crossings,
        "closed_past": content.closed_past,
        "previous": content.previous,
    }
    return hashlib.sha256(orjson.dumps(said, default=_plain, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _nobodys(row: AnomalyRow) -> AnomalyRow:
    """The same for every reader who is told the same."""
    return replace(row, dossier=None)


def _plain(value: object) -> object:
    if isinstance(value, frozenset):
        return sorted(value)
    return str(value)


def _code() -> str:
    return code_of(SOURCES, pikepdf.__version__)


@cache
def code_of(sources: tuple[str, ...], library: str) -> str:
    """SHA-256 of the templates and the code that pages are made by: another version prints anew.

    `sources`: rooms and files; `library`: the version of what puts pages together.
    """
    digest = hashlib.sha256(library.encode())
    base = Path(__file__).resolve().parents[1]
    for source in sources:
        for path in sorted([base / source, *(base / source).rglob("*")]):
            if path.suffix in {".py", ".jinja"}:
                digest.update(path.relative_to(base).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


async def _given(files: FileStore, kept: Kept, ending: Finish, tabs: Sequence[str] | None) -> bytes | None:
    """The kept print as it is given today; None, and forgotten, when it is not what was kept."""
    try:
        pdf = await files.read(kept.file_key)
        return await asyncio.to_thread(_again, pdf, kept, ending, tabs)
    except (FileNotFoundError, IncompleteError, pikepdf.PdfError) as error:
        log.warning("kept_print_lost", key=kept.key, reason=str(error))
        await files.delete(kept.file_key)
        await kept_documents.forget(kept)
        return None


def _again(pdf: bytes, kept: Kept, ending: Finish, tabs: Sequence[str] | None) -> bytes:
    if hashlib.sha256(pdf).hexdigest() != kept.sha256:
        message = "another file than was kept"
        raise IncompleteError(message)
    return given_again(pdf, ending, cut_to=None if tabs is None else (kept.places, tabs))


async def _keep(files: FileStore, key: str, pdf: bytes) -> None:
    """Keep a print for the next; one that cannot be kept (a full disk) is given all the same."""
    file_key = f"{FOLDER}/{key}-{uuid4().hex[:12]}.pdf"
    try:
        places, pages = await asyncio.to_thread(places_in, pdf)
        await files.put(file_key, pdf)
    except Exception:
        log.exception("print_not_kept", key=key)
        return
    made = Kept(key, file_key, len(pdf), hashlib.sha256(pdf).hexdigest(), pages, places)
    if not await kept_documents.keep(made):
        await files.delete(file_key)


def places_in(pdf: bytes) -> tuple[dict[str, int], int]:
    """The first page, from 0, of each thing that a link leads to, and how many pages there are."""
    with pikepdf.open(BytesIO(pdf)) as document:
        return places_of(document), len(document.pages)
