"""PDF: whole, reachable, light or accessible; nothing leaves the page, and whatever dies is replaced."""

from __future__ import annotations

import asyncio
import os
import signal
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

import pypdf
import pytest
from playwright.async_api import async_playwright
from pypdf.generic import Destination

from models import Problem
from rendering import browsers, one_print
from rendering.browsers import WarmBrowser
from rendering.pdf import Limits, Printer
from tests.rendering.processes import ours, send

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from playwright.async_api import Page

pytestmark = pytest.mark.browser

TABS = ["A1", "F01"]
SECRET = "mot-de-passe-du-serveur"
DOCUMENT = """<!doctype html><html lang="fr"><head><title>Essai</title>
<style>@page { size: A4 landscape } section { break-before: page }</style></head><body>
<nav><a href="#A1">A1</a> <a href="#F01">F01</a></nav>
<section id="A1"><h2>A1 Bilan</h2><table><tr><td>1\u202f234,56</td></tr></table></section>
<section id="F01"><h2>F01 Opérations</h2>{more}</section></body></html>"""


def _document(more: str = "") -> str:
    return DOCUMENT.replace("{more}", more)


def _read(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(pdf))


def _text(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in _read(pdf).pages)


async def test_a_print_holds_every_tab_and_leads_to_each(printer: Printer) -> None:
    pdf = await printer.print_html(_document(), tabs=TABS, cells=2)
    reader = _read(pdf)
    assert len(reader.pages) == 3
    # Chromium writes the narrow space as a space: what matters is that the figure is read whole.
    assert "1 234,56" in reader.pages[1].extract_text().replace("\u202f", " ")
    assert {
        name: reader.get_destination_page_number(place) for name, place in reader.named_destinations.items()
    } == {
        "/A1": 1,
        "/F01": 2,
    }
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [842, 595]


async def test_only_the_accessible_print_is_tagged_and_outlined(printer: Printer) -> None:
    light = _read(await printer.print_html(_document(), tabs=TABS, cells=2))
    accessible = _read(await printer.print_html(_document(), tabs=TABS, cells=2, accessible=True))
    assert "/StructTreeRoot" not in light.root_object
    assert "/StructTreeRoot" in accessible.root_object
    assert str(accessible.root_object["/Lang"]) == "fr"
    assert [item.title for item in accessible.outline if isinstance(item, Destination)] == [
        "A1 Bilan",
        "F01 Opérations",
    ]


async def test_prints_run_side_by_side_and_do_not_mix(printer: Printer) -> None:
    documents = [_document(f"<p>numéro {number}</p>") for number in range(6)]
    pdfs = await asyncio.gather(*(printer.print_html(document, tabs=TABS, cells=2) for document in documents))
    assert [f"numéro {number}" in _text(pdf) for number, pdf in enumerate(pdfs)] == [True] * 6


async def test_a_document_that_lacks_a_tab_is_not_delivered(printer: Printer) -> None:
    with pytest.raises(Problem) as refusal:
        await printer.print_html(_document(), tabs=[*TABS, "Z9"], cells=2)
    assert refusal.value.code == "PRINT_INCOMPLETE"


async def test_a_blank_page_by_the_fast_way_is_printed_the_slow_way(
    printer: Printer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(one_print, "ONE_LAYOUT", "<style>html { display: none }</style>")
    pdf = await printer.print_html(_document(), tabs=TABS, cells=2)
    assert "F01 Opérations" in _text(pdf)


async def test_a_fragment_is_no_document(printer: Printer) -> None:
    with pytest.raises(ValueError, match="<head>"):
        await printer.print_html("<p>A1</p>", tabs=[], cells=0)


class Site:
    """A site on loopback that notes who calls, and a secret file that nobody may print."""

    def __init__(self, folder: Path) -> None:
        self.calls: list[bytes] = []
        self.address = ""
        secret = folder / "secret.txt"
        secret.write_text(SECRET)
        self.secret = secret.as_uri()

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.calls.append(await reader.readline())
        writer.close()


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    found = Site(tmp_path)
    server = await asyncio.start_server(found.answer, "127.0.0.1", 0)
    async with server:
        found.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        yield found


async def test_a_hostile_document_reaches_nothing(printer: Printer, site: Site) -> None:
    hostile = _hostile(site.address, site.secret)
    text = _text(await printer.print_html(_document(hostile), tabs=TABS, cells=2))
    assert site.calls == []
    assert SECRET not in text
    assert "script exécuté" not in text


@pytest.mark.parametrize("target", ["address", "secret"])
async def test_a_document_that_goes_elsewhere_is_not_delivered(
    printer: Printer, site: Site, target: str
) -> None:
    refresh = f'<meta http-equiv="refresh" content="0;url={getattr(site, target)}">'
    try:
        text = _text(await printer.print_html(_document(refresh), tabs=TABS, cells=2))
    except Problem as problem:
        # It left before it was printed, or after; what was elsewhere is delivered in neither case.
        text = problem.code
    assert site.calls == []
    assert text == "PRINT_ESCAPED" or (SECRET not in text and "A1 Bilan" in text)


def _hostile(site: str, secret: str) -> str:
    return f"""
<iframe src="{secret}" width="600" height="200"></iframe><object data="{secret}"></object>
<embed src="{secret}"><img src="{site}/i.png"><img srcset="{site}/s.png 1x">
<link rel="stylesheet" href="{site}/c.css"><link rel="prefetch" href="{site}/p">
<link rel="dns-prefetch" href="//attaque.example"><link rel="preconnect" href="{site}">
<style>@import "{site}/i.css"; @font-face {{ font-family: X; src: url("{site}/f.woff") }}
p {{ font-family: X; background: url("{site}/b.png"); content: url("{site}/u.png") }}</style>
<p>texte</p><video src="{site}/v.mp4" autoplay></video><audio src="{site}/a.mp3"></audio>
<script>document.body.append("script exécuté"); fetch("{site}/x")
new WebSocket("{site}".replace("http", "ws"))</script>
<svg><image href="{site}/g.png"/><use href="{site}/s.svg#a"/></svg>
<form action="{site}/form"><input autofocus onfocus="this.form.submit()"></form>"""


@dataclass(frozen=True, slots=True)
class Lame:
    """A printer whose processes are killed, one for each victim, just before its page is used."""

    printer: Printer
    victims: list[str]

    async def print(self) -> bytes:
        return await self.printer.print_html(_document(), tabs=TABS, cells=2)


@pytest.fixture
def lame(own_printer: Printer, strangers: frozenset[int], monkeypatch: pytest.MonkeyPatch) -> Lame:
    take = WarmBrowser.take
    found = Lame(own_printer, [])

    async def take_and_kill(self: WarmBrowser) -> Page:
        page = await take(self)
        if found.victims:
            send(signal.SIGKILL, ours(found.victims.pop(), strangers))
        return page

    monkeypatch.setattr(WarmBrowser, "take", take_and_kill)
    return found


@pytest.mark.parametrize(
    "victims", [["renderer"], ["browser"], ["renderer", "renderer"], ["browser", "browser"]]
)
async def test_a_chromium_killed_while_printing_is_replaced(lame: Lame, victims: list[str]) -> None:
    lame.victims.extend(victims)
    assert "A1 Bilan" in _text(await lame.print())
    assert lame.victims == []


async def test_a_chromium_that_always_dies_is_a_clean_failure(lame: Lame) -> None:
    lame.victims.extend(["renderer"] * 3)
    with pytest.raises(Problem) as refusal:
        await lame.print()
    assert refusal.value.code == "PRINT_FAILED"
    assert "A1 Bilan" in _text(await lame.print())


async def test_a_frozen_page_is_given_up_in_time(
    own_printer: Printer, strangers: frozenset[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browsers, "CLOSING_SECONDS", 0.5)
    monkeypatch.setattr(one_print, "TAKING_SECONDS", 2.0)
    frozen = ours("renderer", strangers)
    send(signal.SIGSTOP, frozen)
    with pytest.raises(Problem) as refusal:
        await own_printer.print_html(_document(), tabs=TABS, cells=2)
    assert refusal.value.code == "PRINT_TIMEOUT"
    assert "A1 Bilan" in _text(await own_printer.print_html(_document(), tabs=TABS, cells=2))
    # Chromium gives a frozen process half a minute before it ends it.
    send(signal.SIGCONT, frozen)


def test_the_time_allowed_grows_with_the_cells_up_to_a_limit() -> None:
    assert [Limits().seconds(cells) for cells in (0, 10_000, 10_000_000)] == [5.0, 15.0, 120.0]


async def test_a_browser_is_renewed_after_its_share_of_prints(
    own_printer: Printer, strangers: frozenset[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browsers, "MOST_PRINTS", 2)
    seen: set[int] = set()
    for _ in range(3):
        await own_printer.print_html(_document(), tabs=TABS, cells=2)
        seen.update(ours("browser", strangers))
    await own_printer.close()
    assert len(seen) == 2
    assert ours("browser", strangers) == []


async def test_pages_do_not_pile_up() -> None:
    async with async_playwright() as playwright:
        browser = await WarmBrowser.start(playwright, os.environ.get("HARMONIA_CHROMIUM"), 1)
        pages = [await browser.take() for _ in range(5)]
        context = pages[0].context
        closed = [asyncio.ensure_future(page.wait_for_event("close")) for page in pages]
        for page in pages:
            browser.discard(page)
        await asyncio.wait_for(asyncio.gather(*closed), 10)
        assert len(context.pages) <= 1
        assert await browser.take() not in pages
        await browser.close()


async def test_a_page_is_renewed_after_its_share_of_prints(
    own_printer: Printer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browsers, "MOST_PRINTS_OF_A_PAGE", 2)
    take = WarmBrowser.take
    taken: list[Page] = []

    async def note(self: WarmBrowser) -> Page:
        taken.append(await take(self))
        return taken[-1]

    monkeypatch.setattr(WarmBrowser, "take", note)
    for _ in range(4):
        await own_printer.print_html(_document(), tabs=TABS, cells=2)
    assert taken[0] is taken[1]
    assert taken[2] is taken[3]
    assert taken[0] is not taken[2]
    assert taken[0].is_closed()
