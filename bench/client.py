"""The client in Chromium, on the whole product: what it weighs, and how long a person waits for it.

Times go from the event to the frame that shows its effect, which waits for the screen too (16 ms at most).
"""

from __future__ import annotations

import asyncio
import gzip
import re
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.browser import SPEEDS, chromium, slow_down
from bench.loopback import LoopbackServer
from bench.report import Measure
from bench.sample import reference_content
from gql.app import build_app
from gql.http.server import listen, server_config
from gql.process import keep_for_good
from gql.settings import ROOT, Settings
from models import FileStore
from rendering.xml_in import read_dossier
from rendering.xml_out import write_dossier
from resolvers.loading import load
from tests.world import PASSWORD

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

    from tests.world import World

_DIST = ROOT / "web-client" / "dist"
_LARGE, _OTHER = "V1", "A1"
_COLUMNS, _LINES = 9, 36
_PATIENCE = 30_000
_PACE = 120
# Budgets of the screens: milliseconds at full speed, and with the processor four times slower.
_BUDGETS = {"first": (800, 1200), "largest": (1000, 1600), "mount": (120, 500), "key": (50, 100)}
_BUDGETS |= {"commit": (50, 130), "paste": (150, 350)}
_WATCH = """() => {
  window.frames_ = [];
  window.drawn_ = () => new Promise((done) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => done(performance.now());
    port2.postMessage(0);
  }));
  addEventListener("keydown", async (event) => {
    const begun = performance.now();
    window.frames_.push((await window.drawn_()) - begun);
  }, { capture: true });
}"""
_PAINTS = """() => new Promise((done) => {
  new PerformanceObserver((list) => {
    const [first] = performance.getEntriesByName("first-contentful-paint");
    done({ first: first.startTime, largest: list.getEntries().at(-1).startTime });
  }).observe({ type: "largest-contentful-paint", buffered: true });
})"""
_MOUNT = """async ([tab, expected]) => {
  const link = [...document.querySelectorAll("a[href]")].find((each) => each.pathname.endsWith(`/${tab}`));
  const begun = performance.now();
  link.click();
  while (!document.querySelector(`[data-cell^="${expected}."]`)) await window.drawn_();
  return (await window.drawn_()) - begun;
}"""
_PASTE = """async (text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const begun = performance.now();
  const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  document.activeElement.dispatchEvent(event);
  return (await window.drawn_()) - begun;
}"""


def weights() -> list[Measure]:
    """What every visitor downloads before the first screen, gzipped."""
    page = (_DIST / "index.html").read_text(encoding="utf-8")
    scripts = re.findall(r'(?:src|href)="/(assets/[^"]+\.js)"', page)
    sheets = re.findall(r'href="/(assets/[^"]+\.css)"', page)
    return [
        Measure("client: initial JavaScript, gzipped", _weight(scripts), "kB", goal="<= 110"),
        Measure("client: initial CSS, gzipped", _weight(sheets), "kB", goal="<= 12"),
    ]


def _weight(names: list[str]) -> float:
    return sum(len(gzip.compress((_DIST / name).read_bytes(), 9)) for name in names) / 1000


async def measures(world: World, *, quick: bool) -> AsyncIterator[Measure]:
    """The world's dossier, full and in entry, in the hands of whoever types in it."""
    await load(world["saisie"], world.dossier, read_dossier(write_dossier(reference_content("plain"))))
    async with site(world) as url, chromium() as browser:
        page = await signed_in(browser, f"{url}/dossiers/{world.dossier}", "saisie")
        await page.locator(f'[data-cell^="{_OTHER}."]').first.wait_for()
        for number, (speed, told) in enumerate(SPEEDS.items()):
            await slow_down(page, speed)
            found = await _visit(page, f"{url}/dossiers/{world.dossier}", 1 if quick else 8, speed)
            for name, (label, value) in found.items():
                yield Measure(f"client: {label}{told}", value, "ms", goal=f"<= {_BUDGETS[name][number]}")


async def signed_in(browser: Browser, url: str, login: str) -> Page:
    """A page of the world's person, sent to the address once the password is typed."""
    page = await browser.new_page(locale="fr-FR", viewport={"width": 1440, "height": 900})
    page.set_default_timeout(_PATIENCE)
    await page.goto(url)
    await page.get_by_label("Identifiant").fill(login)
    await page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    await page.get_by_role("button", name="Connexion", exact=True).click()
    return page


async def _visit(page: Page, url: str, rounds: int, first: int) -> dict[str, tuple[str, float]]:
    await page.goto(f"{url}/{_OTHER}")
    await page.locator(f'[data-cell^="{_OTHER}."]').first.wait_for()
    paints: dict[str, float] = await page.evaluate(_PAINTS)
    await page.evaluate(_WATCH)
    mounts = await _mounts(page, rounds)
    keys, commits, paste = await _typing(page, 3 * rounds, first)
    await page.get_by_text("Tout est enregistré").wait_for()
    return {
        "first": ("a dossier's page, first paint", paints["first"]),
        "largest": ("a dossier's page, largest paint", paints["largest"]),
        "mount": (f"the grid of {_LARGE} (407 cells) drawn from a click, its values at hand", min(mounts)),
        "key": (f"a key in a cell, computed here, p95 of {len(keys)}", _p95(keys)),
        "commit": (f"Enter, the value committed, p95 of {len(commits)}", _p95(commits)),
        "paste": (f"a block of {_COLUMNS * _LINES} cells pasted", paste),
    }


async def _mounts(page: Page, rounds: int) -> list[float]:
    """One tab then the other, so that each is drawn anew; the first time its values are asked for."""
    taken: list[float] = []
    for _ in range(rounds + 1):
        taken.append(await page.evaluate(_MOUNT, [_LARGE, _LARGE]))
        await page.evaluate(_MOUNT, [_OTHER, _OTHER])
    return taken[1:]


async def _typing(page: Page, count: int, first: int) -> tuple[list[float], list[float], float]:
    """The frames of keys, of commits, and of a block pasted, whose values begin at `first`."""
    await page.locator('[data-cell="A1.L011.B"]').click()
    keys: list[float] = []
    commits: list[float] = []
    # The first values load the form's module, once a visit.
    for number in range(count + 2):
        await page.evaluate("window.frames_ = []")
        # As one types figures: a key held back by the one before it would tell of the pace, not of us.
        await page.keyboard.type(f"{12_345 + number}", delay=_PACE)
        await page.keyboard.press("Enter")
        await page.evaluate("window.drawn_()")
        *typed, committed = await page.evaluate("window.frames_")
        if number > 1:
            keys += typed
            commits.append(committed)
        await page.keyboard.press("Escape")
        await page.locator('[data-cell="A1.L011.B"]').click()
    await page.evaluate(_MOUNT, [_LARGE, _LARGE])
    await page.locator(f'[data-cell^="{_LARGE}."]').first.click()
    line = "\t".join(str(number) for number in range(first, first + _COLUMNS))
    return keys, commits, await page.evaluate(_PASTE, f"{line}\n" * _LINES)


def _p95(taken: list[float]) -> float:
    return sorted(taken)[int(0.95 * (len(taken) - 1))]


@asynccontextmanager
async def site(world: World) -> AsyncIterator[str]:
    """The product on a free port of this process, with its built client."""
    folder = Path(tempfile.mkdtemp())
    keep_for_good()
    free = Settings(DATABASE_URL="postgresql://unused").model_copy(update={"port": 0})
    with listen(free) as listener:
        url = f"http://localhost:{listener.getsockname()[1]}"
        settings = free.model_copy(update={"base_url": url})
        app = build_app(settings, world.authority, FileStore.local(folder / "files"))
        server: Any = LoopbackServer(server_config(app, settings))
        task = asyncio.create_task(server.serve(sockets=[listener]))
        yield url
        server.should_exit = True
        await task
    shutil.rmtree(folder)
