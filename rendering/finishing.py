"""The last hand to a print: put together, checked, numbered, made as light as it can be."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Final

import pikepdf
from pikepdf.models.metadata import encode_pdf_date

from rendering.contents import drop_own, number
from rendering.guards import fault
from rendering.joining import bookmark, cut, join
from rendering.stamps import Stamp, stamp
from rendering.tagging import UnlikeError, renamed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from rendering.joining import Titles

PRODUCT: Final = "Harmonia"
LANGUAGE: Final = "fr"
# The sections of the annex, after the tabs.
OTHERS: Final = (("controles", "Résultat des contrôles"), ("etapes", "Étapes du dossier"))


class IncompleteError(Exception):
    """The print lacks something; nobody may receive it."""


@dataclass(frozen=True, slots=True)
class Finish:
    """What a dossier's print gets besides: `titles` for its bookmarks, `stamp` for its pages.

    `at`: when it is given.
    """

    titles: Titles
    stamp: Stamp
    at: datetime


def read(pdf: bytes, *, after: bool) -> pikepdf.Pdf:
    """A print, or a part of it that comes `after` another, read to its last element.

    Of a tagged one, reading takes as long as all that follows: it is done while the other half is printed.
    """
    document = pikepdf.open(BytesIO(renamed(pdf) if after else pdf))
    len(document.objects)
    return document


def finish(
    parts: Sequence[pikepdf.Pdf], tabs: Sequence[str], *, tagged: bool, ending: Finish | None = None
) -> bytes:
    """The print as it is delivered, `parts` being closed. Raises IncompleteError, saying what it lacks.

    Tags are many and small: packed into object streams, a tagged print takes a fifth of its room. It has
    bookmarks of its own already.
    """
    with ExitStack() as opened:
        document, *rest = (opened.enter_context(part) for part in parts)
        _join(document, rest)
        _check(document, tabs)
        number(document)
        if ending is not None:
            drop_own(document)
            if not tagged:
                bookmark(document, ending.titles, OTHERS)
            stamp(document, ending.stamp)
        return _saved(document, tagged=tagged)


def given_again(
    kept: bytes, ending: Finish, *, cut_to: tuple[Mapping[str, int], Sequence[str]] | None = None
) -> bytes:
    """A kept print as it is given today, whole or `cut_to` some tabs, found at the places told.

    Raises IncompleteError.
    """
    with pikepdf.open(BytesIO(kept)) as document:
        if cut_to is not None:
            places, tabs = cut_to
            cut(document, places, tabs)
            _check(document, tabs)
            bookmark(document, ending.titles)
        stamp(document, ending.stamp)
        # When another reader had it made is his business.
        document.docinfo["/CreationDate"] = document.docinfo["/ModDate"] = encode_pdf_date(ending.at)
        return _saved(document, tagged="/StructTreeRoot" in document.Root)


def _join(document: pikepdf.Pdf, rest: Sequence[pikepdf.Pdf]) -> None:
    try:
        for part in rest:
            join(document, part)
    except UnlikeError as error:
        raise IncompleteError(str(error)) from error


def _check(document: pikepdf.Pdf, tabs: Sequence[str]) -> None:
    missing = fault(document, tabs)
    if missing is not None:
        raise IncompleteError(missing)


def _saved(document: pikepdf.Pdf, *, tagged: bool) -> bytes:
    document.docinfo["/Creator"] = document.docinfo["/Producer"] = PRODUCT
    document.Root.Lang = pikepdf.String(LANGUAGE)
    if "/Outlines" in document.Root:
        document.Root.PageMode = pikepdf.Name.UseOutlines
    packed, streams = BytesIO(), pikepdf.ObjectStreamMode
    document.save(packed, object_stream_mode=streams.generate if tagged else streams.preserve)
    return packed.getvalue()
