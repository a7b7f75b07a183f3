"""The list of results in Chromium, as long as lists are shown: how soon, by how many nodes, in what memory.

Whoever is signed in opens the search, types a word that every dossier bears, and presses Enter; then goes to
the end of the list by the keyboard, which brings all its rows to the page.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from bench.browser import SPEEDS, chromium, slow_down
from bench.client import signed_in, site
from bench.ground import clone_dossiers
from bench.report import Measure

if TYPE_CHECKING:
    from playwright.async_api import CDPSession, Locator, Page, Response

    from tests.world import World

# The most rows that a list shows; fewer show that it runs.
_ROWS, _FEW = 10_000, 500
_READER, _WORD = "ministere", "habitat"
# Budgets of lists: seconds at full speed and with the processor four times slower, nodes, MB.
_SOON = (0.6, 1.5)
_NODES, _MEMORY = 2_000, 20
_ROW = ".results tbody tr[aria-rowindex] a"
_WATCH = """() => {
  window.drawn_ = () => new Promise((done) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => done(performance.now());
    port2.postMessage(0);
  }));
  window.after_ = (key, selector) => addEventListener("keydown", async (event) => {
    if (event.key !== key) return;
    const begun = performance.now();
    window.found_ = (async () => {
      while (!document.querySelector(selector)) await window.drawn_();
      return (await window.drawn_()) - begun;
    })();
  }, { capture: true });
}"""
# Texts and comments count too: each is a node that the browser keeps.
_COUNT = """async () => {
  window.most_ = 0;
  for (;;) {
    let count = 0;
    const all = document.createTreeWalker(document, NodeFilter.SHOW_ALL);
    while (all.nextNode()) count += 1;
    window.most_ = Math.max(window.most_, count);
    await window.drawn_();
  }
}"""


async def measures(world: World, *, quick: bool) -> AsyncIterator[Measure]:
    """The world's dossier and as many others as make a whole list, read by the Ministry's account manager."""
    rows = _FEW if quick else _ROWS
    await clone_dossiers(world, rows - 1)
    async with site(world) as url, chromium() as browser:
        page = await signed_in(browser, url, _READER)
        await _field(page).wait_for()
        # The first search reads on the server what the others find read.
        await _sought(page)
        for goal, (speed, told) in zip(_SOON, SPEEDS.items(), strict=True):
            await slow_down(page, speed)
            taken = [await _searched(page, url) for _ in range(1 if quick else 8)]
            name = f"client: {rows:,} dossiers found, from Enter to the rows drawn{told}"
            yield Measure(name, min(taken), "s", goal=f"<= {goal}")
        await slow_down(page, 1)
        async for measure in _whole(page, url, rows):
            yield measure


async def _whole(page: Page, url: str, rows: int) -> AsyncIterator[Measure]:
    """The list read from its first row to its last."""
    session = await page.context.new_cdp_session(page)
    await _opened(page, url)
    before = await _memory(session)
    await _sought(page)
    await page.evaluate(f"void ({_COUNT})()")
    await page.get_by_role("region", name="Dossiers trouvés").focus()
    seconds = await _pressed(page, "End", f'.results tr[aria-rowindex="{rows + 1}"] a')
    # Amid the list rows stand ready on both sides of those in sight.
    for _ in range(5):
        await page.keyboard.press("PageUp")
        await page.evaluate("window.drawn_()")
    nodes: int = await page.evaluate("window.most_")
    name = f"client: {rows:,} dossiers found"
    yield Measure(f"{name}, from End to the last row drawn, all read by then", seconds, "s")
    yield Measure(f"{name}, nodes of the page at its worst", nodes, "nodes", goal=f"<= {_NODES}")
    grown = await _memory(session) - before
    yield Measure(f"{name}, all read: memory above the empty search", grown, "MB", goal=f"<= {_MEMORY}")


async def _searched(page: Page, url: str) -> float:
    await _opened(page, url)
    return await _sought(page)


async def _opened(page: Page, url: str) -> None:
    """The empty search, what its form may propose read."""
    async with page.expect_response(_proposes):
        await page.goto(url)
    await _field(page).wait_for()


def _proposes(answer: Response) -> bool:
    return "FoundFacets" in (answer.request.post_data or "")


async def _sought(page: Page) -> float:
    """Seconds until the first rows; their facets, which come after them, are waited for too."""
    await page.evaluate(_WATCH)
    await _field(page).fill(_WORD)
    seconds = await _pressed(page, "Enter", _ROW)
    await page.locator(".facets").wait_for()
    return seconds


def _field(page: Page) -> Locator:
    return page.get_by_label("Organisme", exact=True)


async def _pressed(page: Page, key: str, awaited: str) -> float:
    """Seconds from a key to the frame that draws what is awaited."""
    await page.evaluate("([key, selector]) => window.after_(key, selector)", [key, awaited])
    await page.keyboard.press(key)
    milliseconds: float = await page.evaluate("window.found_")
    return milliseconds / 1000


async def _memory(session: CDPSession) -> float:
    """MB of the page's JavaScript, without what nobody holds any more."""
    await session.send("HeapProfiler.collectGarbage")
    usage = await session.send("Runtime.getHeapUsage")
    return float(usage["usedSize"]) / 1e6
