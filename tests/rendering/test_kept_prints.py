"""A print already made for the very same data is given again, whole or cut, and to who is shown it all."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any, cast

import pikepdf
import pypdf
import pytest

from bench.sample import AT, reference_content
from models import FileStore, KeptDocument, NotFound
from rendering import dossier_print
from rendering.dossier_print import blanked, print_dossier
from rendering.kept_prints import SOURCES, code_of, forget_unused, key_of, printed
from rendering.services import Services
from resolvers import kept_documents
from resolvers.kept_documents import Kept
from resolvers.rows import ClosedPast

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rendering.pdf import Printer
    from resolvers.rows import DossierContent

pytestmark = pytest.mark.usefixtures("database")

LATER = AT + timedelta(days=9)
SOME = ["V1", "A1", "T04"]


class Counting:
    """A printer that counts what it prints."""

    def __init__(self, printer: Printer) -> None:
        self._printer = printer
        self.version, self.idle = printer.version, True
        self.prints = 0

    async def print_html(self, html: str, **options: Any) -> bytes:  # noqa: ANN401 - the printer's own
        self.prints += 1
        return await self._printer.print_html(html, **options)


class FullStore:
    """A disk without room."""

    async def put(self, key: str, content: bytes) -> None:
        raise OSError(28, "No space left on device", key, None, len(content))


@pytest.fixture
def counting(printer: Printer) -> Counting:
    return Counting(printer)


@pytest.fixture
def kept(counting: Counting, tmp_path: Path) -> Services:
    return _services(counting, FileStore.local(tmp_path))


def _services(printer: object, files: object) -> Services:
    return Services(cast("Any", None), cast("Any", printer), cast("Any", files), cast("Any", None))


def _pages(pdf: bytes) -> list[tuple[str, Any]]:
    pages = pypdf.PdfReader(BytesIO(pdf)).pages
    return [(" ".join(page.extract_text().split()), page.mediabox) for page in pages]


@pytest.mark.browser
async def test_tabs_cut_out_of_a_kept_print_are_those_printed_alone(
    kept: Services, counting: Counting
) -> None:
    content = reference_content("forced")
    alone = await printed(kept, content, LATER, only=SOME)
    whole = await printed(kept, content, AT)
    assert counting.prints == 2
    cut = await printed(kept, content, LATER, only=SOME)
    again = await printed(kept, content, LATER)
    assert counting.prints == 2
    shown = _pages(cut)
    assert shown == _pages(alone)
    assert "Édité le 30/11/2026" in shown[0][0]
    for number, (text, _) in enumerate(shown, start=1):
        assert text.count(f"page {number} / {len(shown)}") == text.count("page ") == 1
    for pdf in (alone, cut):
        assert list(pypdf.PdfReader(BytesIO(pdf)).named_destinations) == ["/A1", "/T04", "/V1"]
    assert _without_stamps(again) == _without_stamps(whole)
    assert "Édité le 30/11/2026" in pypdf.PdfReader(BytesIO(again)).pages[0].extract_text()
    with pikepdf.open(BytesIO(cut)) as document:
        assert len(document.Root.Outlines.keys()) > 1
        assert document.check_pdf_syntax() == []
        # Nothing of the other tabs is left in it.
        found = [one for one in document.objects if isinstance(one, pikepdf.Dictionary)]
        assert sum(one.get("/Type") == "/Page" for one in found) == len(document.pages)
    # When another reader had it made is told by neither.
    for pdf in (cut, again):
        assert (made := pypdf.PdfReader(BytesIO(pdf)).metadata) is not None
        assert made.creation_date == made.modification_date == LATER


def _without_stamps(pdf: bytes) -> list[list[bytes]]:
    """What each page shows, less the last thing written on it."""
    with pikepdf.open(BytesIO(pdf)) as document:
        return [[part.read_bytes() for part in list(page.obj.Contents)[:-1]] for page in document.pages]


def _with_cell(content: DossierContent) -> DossierContent:
    first, *others = content.tabs
    return replace(content, tabs=(replace(first, values={**first.values, "L011.B": "7"}), *others))


def _with_reason(content: DossierContent) -> DossierContent:
    tabs = [
        replace(tab, forced={place: replace(one, reason="Autre motif.") for place, one in tab.forced.items()})
        for tab in content.tabs
    ]
    return replace(content, tabs=tuple(tabs))


def _justified(content: DossierContent) -> DossierContent:
    assert content.verification is not None
    rows = [replace(row, justification="Autre raison.") for row in content.verification.anomalies]
    return replace(content, verification=replace(content.verification, anomalies=tuple(rows)))


def _of_dossier(**changed: Any) -> Callable[[DossierContent], DossierContent]:  # noqa: ANN401 - any field of it
    return lambda content: replace(content, dossier=replace(content.dossier, **changed))


def _renamed(content: DossierContent) -> DossierContent:
    organism = replace(content.dossier.organism, name="Autre office")
    return replace(content, dossier=replace(content.dossier, organism=organism))


@pytest.mark.parametrize(
    "change",
    [
        _with_cell,
        _with_reason,
        _justified,
        _renamed,
        _of_dossier(step=5),
        _of_dossier(transmitted_at=None),
        _of_dossier(open_tabs=frozenset({"A1"})),
        _of_dossier(insider=True),
        lambda content: replace(content, tabs=content.tabs[1:]),
        lambda content: replace(content, crossings=content.crossings[1:]),
        lambda content: replace(content, closed_past=ClosedPast(whole=True)),
        lambda content: replace(content, verification=None),
    ],
)
def test_whatever_is_shown_otherwise_is_another_print(
    change: Callable[[DossierContent], DossierContent],
) -> None:
    content = reference_content("forced")
    key = _key(content)
    assert _key(reference_content("forced")) == key
    assert _key(change(content)) != key


def test_another_browser_or_way_of_printing_is_another_print() -> None:
    content = reference_content("forced")
    keys = {
        key_of(content, chromium, accessible=accessible, blank=blank)
        for chromium in ("156", "157")
        for accessible in (False, True)
        for blank in (False, True)
    }
    assert len(keys) == 8


def test_another_template_is_another_print(monkeypatch: pytest.MonkeyPatch) -> None:
    key = _key(reference_content("plain"))
    monkeypatch.setattr("rendering.kept_prints._code", lambda: "another")
    assert _key(reference_content("plain")) != key


def _key(content: DossierContent) -> str:
    return key_of(content, "156", accessible=False, blank=False)


@pytest.mark.browser
async def test_a_kept_print_that_is_lost_or_altered_is_made_again(
    kept: Services, counting: Counting, tmp_path: Path
) -> None:
    content = _small()
    await printed(kept, content, AT)
    (row,) = await KeptDocument.all()
    (tmp_path / row.file_key).write_bytes(b"%PDF-1.4 tampered")
    assert len(_pages(await printed(kept, content, AT))) > 2
    (row,) = await KeptDocument.all()
    (tmp_path / row.file_key).unlink()
    assert len(_pages(await printed(kept, content, AT))) > 2
    assert counting.prints == 3


@pytest.mark.browser
async def test_a_print_that_cannot_be_kept_is_given_all_the_same(counting: Counting) -> None:
    pdf = await printed(_services(counting, FullStore()), _small(), AT)
    assert len(_pages(pdf)) > 2
    assert await KeptDocument.all().count() == 0


@pytest.mark.browser
async def test_a_print_that_nobody_asks_for_is_forgotten_after_a_fortnight(
    kept: Services, counting: Counting
) -> None:
    await printed(kept, _small(), AT)
    now = datetime.now(UTC)
    assert await forget_unused(kept.files, now + timedelta(days=14)) == 0
    (row,) = await KeptDocument.all()
    await KeptDocument.all().update(used_at=now - timedelta(days=14))
    await printed(kept, _small(), AT)
    assert counting.prints == 1
    assert await forget_unused(kept.files, now + timedelta(days=14)) == 0
    assert await forget_unused(kept.files, now + timedelta(days=16)) == 1
    assert not await kept.files.holds(row.file_key)
    assert await KeptDocument.all().count() == 0


async def test_a_print_that_nobody_noted_is_forgotten_after_a_day(kept: Services, counting: Counting) -> None:
    """A worker killed between the store and the table leaves it to nobody."""
    now, orphan = datetime.now(UTC), "prints/left-alone.pdf"
    named = Kept("a" * 64, "prints/named.pdf", 1, "0" * 64, 1, {})
    await kept_documents.keep(named)
    for key in (orphan, named.file_key, "exports/another.pdf"):
        await kept.files.put(key, b"%PDF")
    assert await forget_unused(kept.files, now + timedelta(hours=23)) == 0
    assert await kept.files.holds(orphan)
    assert await forget_unused(kept.files, now + timedelta(hours=25)) == 1
    assert [await kept.files.holds(key) for key in (orphan, named.file_key, "exports/another.pdf")] == [
        False,
        True,
        True,
    ]
    assert await forget_unused(kept.files, now + timedelta(hours=25)) == 0
    assert counting.prints == 0


def test_other_code_and_another_library_print_anew() -> None:
    known = code_of(SOURCES, "10.0")
    others = {code_of(SOURCES, "10.1"), *(code_of((one,), "10.0") for one in SOURCES)}
    assert len({known, *others}) == len(SOURCES) + 2
    assert "resolvers/tabs.py" in SOURCES
    assert len({code_of((), "10.0"), *others}) == len(SOURCES) + 2


async def test_an_instance_that_is_not_there_is_told(kept: Services, counting: Counting) -> None:
    with pytest.raises(NotFound) as refusal:
        await printed(kept, reference_content("plain", ["A1"]), AT, only=["E1[9]"])
    assert refusal.value.code == "INSTANCE_UNKNOWN"
    assert counting.prints == 0


def _small() -> DossierContent:
    """A whole dossier to a reader to whom only two tabs are open."""
    content = reference_content("plain", ["A1", "V1"])
    return replace(content, dossier=replace(content.dossier, open_tabs=frozenset({"A1", "V1"})))


@pytest.mark.browser
async def test_two_halves_are_one_print(printer: Printer, monkeypatch: pytest.MonkeyPatch) -> None:

    content = reference_content("forced", ["A1", "T04", "V1", "S1"])
    content = replace(
        content, dossier=replace(content.dossier, open_tabs=frozenset({"A1", "T04", "V1", "S1"}))
    )
    found: list[object] = []
    for least in (0, 10**9):
        monkeypatch.setattr(dossier_print, "LEAST_HALVED", least)
        pdf = await print_dossier(printer, content, AT)
        reader = pypdf.PdfReader(BytesIO(pdf))
        places = reader.named_destinations
        pages = {name: reader.get_destination_page_number(place) for name, place in places.items()}
        found.append((_pages(pdf), pages, len(reader.outline)))
    assert found[0] == found[1]


@pytest.mark.browser
async def test_a_blank_form_has_every_cell_and_no_value(printer: Printer) -> None:

    content = blanked(reference_content("forced"))
    pdf = await print_dossier(printer, content, AT, only=["A1", "F01"], blank=True)
    texts = [text for text, _ in _pages(pdf)]
    assert all("Formulaire vierge" in text for text in texts)
    assert "Frais d’établissement" in texts[0]
    assert ",00" not in "".join(texts)
    assert "Aucune ligne" not in "".join(texts)
