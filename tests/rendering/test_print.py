"""A whole dossier on paper, as Chromium really sets it."""

from __future__ import annotations

import colorsys
import os
from io import BytesIO
from typing import TYPE_CHECKING, Final

import pypdf
import pytest
from playwright.async_api import async_playwright

from bench.sample import AT, reference_content
from forms import Step, format_value
from rendering.chromium import launch_chromium
from rendering.dossier_print import print_dossier
from tests.rendering.paper import dossier_html

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from playwright.async_api import Page

    from rendering.pdf import Printer
    from resolvers.rows import DossierContent

pytestmark = pytest.mark.browser

# The width in CSS pixels of a landscape A4 between its margins of 11 mm.
PAPER: Final = 275 * 96 / 25.4
TOO_WIDE: Final = """(paper) => [...document.querySelectorAll("td, th, h1, h2, p, table")]
  .filter((e) => e.scrollWidth > e.clientWidth + 1 || e.getBoundingClientRect().right > paper + 1)
  .filter((e) => !e.closest(".cover"))
  .map((e) => `${e.closest("section").id} ${e.tagName} ${e.textContent.slice(0, 40)}`)"""

COLOURS: Final = """() => Object.fromEntries([...document.querySelectorAll(".grid td[class]")]
  .map((e) => [e.className, getComputedStyle(e).backgroundColor.match(/\\d+/g).map(Number)]))"""


async def _print(
    printer: Printer, content: DossierContent, *, accessible: bool = False, only: Sequence[str] | None = None
) -> pypdf.PdfReader:
    pdf = await print_dossier(printer, content, AT, accessible=accessible, only=only)
    return pypdf.PdfReader(BytesIO(pdf))


def _plain(text: str) -> str:
    return " ".join(text.replace("\u2212", "-").replace("\u202f", " ").replace("\u00a0", " ").split())


def _pages_of(reader: pypdf.PdfReader, tab: str, following: str) -> str:
    places = {
        name.removeprefix("/"): reader.get_destination_page_number(place)
        for name, place in reader.named_destinations.items()
    }
    first, last = places[tab], places[following]
    assert first is not None
    assert last is not None
    return _plain(" ".join(reader.pages[number].extract_text() for number in range(first, last)))


async def test_a_whole_dossier_is_printed_with_every_tab_and_value(printer: Printer) -> None:
    content = reference_content("plain")
    reader = await _print(printer, content)
    assert len(reader.pages) >= 65 + 2
    assert set(content.pack.tabs) <= {name.removeprefix("/") for name in reader.named_destinations}
    assert "Office public de l’habitat d’essai" in reader.pages[0].extract_text()
    codes = list(content.pack.tabs)
    for code in ("A1", "F01", "V1", "S1"):
        text = _pages_of(reader, code, codes[codes.index(code) + 1])
        (values,) = (tab.values for tab in content.tabs if tab.code == code)
        for place, value in values.items():
            unit = content.pack.cells[f"{code}.{place}"].unit
            assert _plain(format_value(value, unit)) in text, f"{code}.{place}"


async def test_each_page_says_what_it_is_part_of(printer: Printer) -> None:
    content = reference_content("plain", ["A1", "V1"], step=Step.ENTRY)
    reader = await _print(printer, content)
    last = _plain(reader.pages[-1].extract_text())
    for said in (
        "Office public de l’habitat d’essai · SIREN 732 829 320",
        "V1 – Ventilation des charges par activité (suite)",
        "États réglementaires 2024 · Étape 1 – Saisie",
        "Document provisoire — dossier non transmis",
        f"page {len(reader.pages)} / {len(reader.pages)}",
    ):
        assert said in last
    assert [_plain(page.extract_text()).count("(suite)") for page in reader.pages] == [0, 0, 1]
    root = reader.root_object
    assert (str(root["/Lang"]), str(root["/PageMode"])) == ("fr", "/UseOutlines")
    assert reader.metadata is not None
    assert (reader.metadata.creator, reader.metadata.producer) == ("Harmonia", "Harmonia")
    assert reader.metadata.title == "États réglementaires 2024 – Office public de l’habitat d’essai"


async def test_a_table_that_goes_on_has_its_heads_again_and_each_page_its_day_and_number(
    printer: Printer,
) -> None:
    content = reference_content("plain", ["F01", "V1"])
    reader = await _print(printer, content)
    pages = [_plain(page.extract_text()) for page in reader.pages]
    for number, text in enumerate(pages, 1):
        assert f"Édité le 21/11/2026 à 22 h 30 – page {number} / {len(pages)}" in text
    places = {name: reader.get_destination_page_number(at) for name, at in reader.named_destinations.items()}
    after = places["/V1"]
    assert after is not None
    # Its first and its last lines are far from one another, and each stands under the names of its columns.
    dynamic, fixed = pages[:after], pages[after:]
    assert min(len(dynamic), len(fixed)) > 1
    assert all(text.count("Libellé") == 1 and text.count("N° d’opération") == 1 for text in dynamic)
    heads = [" ".join(column.label.split()) for column in content.pack.tabs["V1"].columns[-2:]]
    for text in fixed:
        assert all(_plain(head) in text for head in heads), heads


async def test_some_tabs_come_alone_under_bookmarks(printer: Printer) -> None:
    reader = await _print(printer, reference_content("plain"), only=["V1", "F01", "A1"])
    assert list(reader.named_destinations) == ["/A1", "/F01", "/V1"]
    assert [page.annotations for page in reader.pages] == [None] * len(reader.pages)
    assert [str(entry.title).split(maxsplit=1)[0] for entry in _flat(reader.outline)] == [
        *("01", "A1"),
        *("04", "F01"),
        *("05", "V1"),
    ]
    assert "A1 Bilan – Actif immobilisé" in _plain(reader.pages[0].extract_text())


@pytest.mark.parametrize("accessible", [False, True])
async def test_the_contents_tell_the_pages(printer: Printer, *, accessible: bool) -> None:
    reader = await _print(printer, reference_content("plain"), accessible=accessible)
    # Read by its links: the text of all pages takes seconds to read.
    (contents,) = (page for page in reader.pages if page.annotations)
    assert "Sommaire" in contents.extract_text()
    places = reader.named_destinations
    pages = [
        reader.get_destination_page_number(places[str(note.get_object()["/Dest"])])
        for note in contents.annotations or ()
    ]
    assert len(pages) == 67
    assert [_plain(str(entry.title)) for entry in _flat(reader.outline)][:1] == [
        "États réglementaires" if accessible else "01 Bilan et compte de résultat"
    ]
    assert _plain(reader.pages[-1].extract_text()).count("Annexe – Contrôles et étapes") == 1
    assert None not in pages
    told = contents.extract_text().partition("Édité le")[0].split()[-67:]
    assert told == [str(page + 1) for page in pages if page is not None]


async def test_the_accessible_print_is_outlined_by_part_and_tab(printer: Printer) -> None:
    reader = await _print(printer, reference_content("plain", ["A1", "V1"]), accessible=True)
    titles = [_plain(str(entry.title)) for entry in _flat(reader.outline)]
    assert "Partie 05 Ventilation des charges et des produits par activité" in titles
    assert "V1 Ventilation des charges par activité" in titles


def _flat(outline: Sequence[object]) -> list[pypdf.generic.Destination]:
    found: list[pypdf.generic.Destination] = []
    for entry in outline:
        if isinstance(entry, list):
            found.extend(_flat(entry))
        elif isinstance(entry, pypdf.generic.Destination):
            found.append(entry)
    return found


@pytest.fixture
async def paper() -> AsyncIterator[Page]:
    """A page as wide as the paper, with scripts, to measure what was set."""
    async with async_playwright() as playwright:
        browser = await launch_chromium(playwright, os.environ.get("HARMONIA_CHROMIUM"))
        page = await browser.new_page(viewport={"width": round(PAPER), "height": 700})
        await page.emulate_media(media="print")
        yield page
        await browser.close()


@pytest.mark.parametrize("case", ["plain", "forced"])
async def test_nothing_overflows(paper: Page, case: str) -> None:
    await paper.set_content(dossier_html(reference_content(case)))
    assert await paper.evaluate(TOO_WIDE, PAPER) == []


async def test_cells_have_the_manuals_colours_and_forced_ones_alone_are_sky_blue(paper: Page) -> None:
    """Manual §8.2: yellow, orange, grey, blue grey and sky blue, told by their hues and their strengths."""
    await paper.set_content(dossier_html(reference_content("forced", ["A2", "F01"])))
    found = await paper.evaluate(COLOURS)
    hues = {kind: 360 * colorsys.rgb_to_hls(*(part / 255 for part in found[kind]))[0] for kind in "stfo"}
    assert 20 < hues["t"] < 40 < hues["s"] < 60
    assert all(195 < hues[kind] < 225 for kind in "fo")
    strengths = {kind: max(found[kind]) - min(found[kind]) for kind in "cfo"}
    assert strengths["c"] < 10 < strengths["f"] < strengths["o"] / 3


async def test_an_overflow_would_be_seen(paper: Page) -> None:
    await paper.set_content('<section id="A1"><p style="width: 9pt; white-space: nowrap">débordement</p>')
    assert await paper.evaluate(TOO_WIDE, PAPER) == ["A1 P débordement"]


async def test_long_names_and_great_figures_do_not_overflow(paper: Page) -> None:
    name = "Société anonyme d’habitations à loyer modéré " + "Villes-et-Campagnes-" * 8
    content = reference_content("plain", ["V1", "F01", "A1", "G02"], name=name)
    great = {place: "-9999999999999.99" for tab in content.tabs for place in tab.values}
    tabs = tuple(
        type(tab)(tab.code, {place: great[place] for place in tab.values}, {}, tab.rows)
        for tab in content.tabs
    )
    html = dossier_html(type(content)(content.dossier, content.pack, tabs, None, ()))
    await paper.set_content(html)
    assert await paper.evaluate(TOO_WIDE, PAPER) == []
