"""Prints of 1, 10 and 65 tabs of a filled ER, from its values to its PDF, on a browser already warm.

Beside them: the seconds that the manual of the incumbent publishes for the same (§8.5), and, measured in
the same run, a browser started for each document.
"""

import os
import statistics
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial

from bench import print_mass
from bench.report import Measure
from bench.sample import reference_content
from rendering.pages.document import dossier_html, printed_cells
from rendering.pdf import Printer
from resolvers.rows import DossierContent

# Tabs → the incumbent's published seconds, our goal in seconds.
SIZES = {1: (1.0, 0.1), 10: (5.0, 0.3), 65: (18.0, 2.0)}
ROUNDS, QUICK_ROUNDS = 9, 2
CHROMIUM = os.environ.get("HARMONIA_CHROMIUM")


async def measures(*, quick: bool) -> AsyncIterator[Measure]:
    """Medians of several rounds, after one that warms the page up."""
    rounds = QUICK_ROUNDS if quick else ROUNDS
    printer = Printer(CHROMIUM)
    await printer.start()
    try:
        for count, (published, goal) in SIZES.items():
            content = _content(count)
            warm = await _median(rounds, partial(_print, printer, content))
            tagged = await _median(rounds, partial(_print, printer, content, accessible=True))
            cold = await _median(max(1, rounds // 3), partial(_alone, content))
            name = f"print, {count} tab{'s' if count > 1 else ''}"
            yield Measure(name, warm, "s", "incumbent, published", published, f"<= {goal}")
            yield Measure(f"{name}, each", warm / count, "s/tab", "incumbent, published", published / count)
            yield Measure(name, warm, "s", "a browser started for each document, same run", cold)
            yield Measure(f"{name}, accessible", tagged, "s", "the same, light, same run", warm)
    finally:
        await printer.close()
    async for measure in print_mass.measures(quick=quick):
        yield measure


def _content(count: int) -> DossierContent:
    """So many tabs of the reference case, spread over all its parts."""
    whole = reference_content("plain")
    codes = list(whole.pack.tabs)
    step = len(codes) / count
    return reference_content("plain", [codes[int(index * step)] for index in range(count)])


async def _print(printer: Printer, content: DossierContent, *, accessible: bool = False) -> None:
    await printer.print_html(
        dossier_html(content),
        tabs=[tab.code for tab in content.tabs],
        cells=printed_cells(content),
        accessible=accessible,
    )


async def _alone(content: DossierContent) -> None:
    printer = Printer(CHROMIUM, pages=1)
    await printer.start()
    await _print(printer, content)
    await printer.close()


async def _median(rounds: int, act: Callable[[], Awaitable[None]]) -> float:
    await act()
    seconds: list[float] = []
    for _ in range(rounds):
        start = time.perf_counter()
        await act()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)
