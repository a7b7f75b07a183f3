"""The browser's own calculation of a dossier at each key, in Chromium: every formula, every check."""

from __future__ import annotations

import json
import subprocess
from collections.abc import AsyncIterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from playwright.async_api import Page, Route

from bench.browser import SPEEDS, chromium, slow_down
from bench.report import Measure
from forms import Data, Kind, Pack, script
from gql.settings import ROOT

_CLIENT = ROOT / "web-client"
_BUILD = Path(__file__).with_name("build_formula.mjs")
_ORIGIN = "http://bench.localhost"
# Chromium tells the time to five microseconds only to pages isolated so.
_HEADERS = {"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp"}
# Each key replaces the value of one cell by another; what it shows and what then fails is asked for.
_KEYS = """async ([kind, data, cells, rounds]) => {
  const { openLive } = await import("/live.js");
  const start = performance.now();
  const live = await openLive("/pack.js", kind, data);
  const opened = performance.now() - start;
  const taken = [];
  let shown = 0, failing = 0;
  for (let round = 0; round < rounds; round += 1) {
    for (const cell of cells) {
      const begun = performance.now();
      shown += live.show(new Map([[cell, String(1000 + round)]])).size;
      failing += Object.values(live.counts()).reduce((total, count) => total + count, 0);
      taken.push(performance.now() - begun);
    }
  }
  taken.sort((one, other) => one - other);
  const at = (share) => taken[Math.floor(share * (taken.length - 1))];
  return { opened, shown, failing, median: at(0.5), p95: at(0.95), keys: taken.length };
}"""


async def measures(
    folder: Path, cases: dict[str, tuple[Pack, Data]], *, quick: bool
) -> AsyncIterator[Measure]:
    """For each case and each speed of the processor, the slowest key of twenty (p95)."""
    modules = _modules(folder)
    async with chromium() as browser:
        for name, (pack, data) in cases.items():
            for speed, told in SPEEDS.items():
                page = await browser.new_page()
                await _serve(page, modules, pack)
                await slow_down(page, speed)
                found = await _keys(page, pack, data, 1 if quick else 10)
                yield Measure(
                    f"browser: {name} computed and checked again at a key, p95 of {found['keys']}{told}",
                    found["p95"],
                    "ms",
                    peer="median",
                    peer_value=found["median"],
                    goal="<= 2" if speed == 1 and name == "ER 2024" else "",
                )
                if speed == 1:
                    yield Measure(
                        f"browser: {name} opened (its module loaded, computed once)", found["opened"], "ms"
                    )
                await page.close()


def _modules(folder: Path) -> dict[str, str]:
    """The client's calculation as the page asks for it: path → text."""
    command = ["node", str(_BUILD), str(_CLIENT), str(folder)]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own script, and no input
    return {f"/{path.name}": path.read_text(encoding="utf-8") for path in folder.glob("*.js")}


async def _keys(page: Page, pack: Pack, data: Data, rounds: int) -> dict[str, Any]:
    inputs = [
        cell for cell in data.cells if cell in pack.program.numbers and pack.cells[cell].kind is Kind.INPUT
    ]
    # Spread over all tabs: some keys change a line, some change every total above it.
    cells = inputs[:: max(1, len(inputs) // 60)]
    typed = {**asdict(data), "version": 1}
    found: dict[str, Any] = await page.evaluate(_KEYS, [data.kind, typed, cells, rounds])
    if not (found["shown"] and found["failing"]):
        raise RuntimeError(json.dumps(found))
    return found


async def _serve(page: Page, modules: dict[str, str], pack: Pack) -> None:
    files = {**modules, "/pack.js": script(pack)}

    async def answer(route: Route) -> None:
        path = route.request.url.removeprefix(_ORIGIN)
        kind = "text/javascript" if path in files else "text/html"
        await route.fulfill(body=files.get(path, "<!doctype html>"), content_type=kind, headers=_HEADERS)

    await page.route("**/*", answer)
    await page.goto(f"{_ORIGIN}/")
