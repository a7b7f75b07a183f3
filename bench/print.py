"""Prints of 1, 10 and 65 tabs of a filled ER, from its values to its PDF, on a browser already warm.

Beside them: the seconds that the manual of the incumbent publishes for the same (§8.5), and, measured in
the same run by turns, what else prints. A selection is cut out of the whole as it is kept.
"""

import asyncio
import os
import statistics
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import print_mass
from bench.print_peers import missing, peers
from bench.report import Measure
from bench.sample import AT, reference_content
from gql.process import keep_for_good
from rendering.dossier_print import ending_of, print_dossier
from rendering.finishing import given_again
from rendering.kept_prints import key_of, places_in
from rendering.pages.document import html_of, lay_out
from rendering.pdf import Printer
from resolvers.rows import DossierContent

# Tabs → the incumbent's published seconds, our goals in seconds, light and accessible.
SIZES = {1: (1.0, 0.05, 0.05), 10: (5.0, 0.2, 0.2), 65: (18.0, 0.9, 1.8)}
# What a peer's name begins with, and tabs → the most of its time that we may take.
RATIOS = {
    ("WeasyPrint", 10): "<= 0.1 x",
    ("command line", 1): "<= 0.25 x",
    ("command line", 65): "<= 0.85 x",
    ("typst", 65): "<= 1.1 x",
}
# The acts that are no peer's.
OURS = {"", "accessible"}
ROUNDS, QUICK_ROUNDS = 7, 2
CHROMIUM = os.environ.get("HARMONIA_CHROMIUM")


async def measures(*, quick: bool) -> AsyncIterator[Measure]:
    """Medians of several rounds, after one that warms up; what is compared takes turns."""
    rounds = QUICK_ROUNDS if quick else ROUNDS
    for name in missing():
        sys.stderr.write(f"{name} is not installed: nothing is measured beside it.\n")
    reference_content("plain")  # its pack is read
    keep_for_good()
    # First: what the peers leave in this process's memory is not ours.
    async for measure in print_mass.measures(quick=quick):
        yield measure
    printer = Printer(CHROMIUM)
    await printer.start()
    try:
        for count in SIZES:
            async for measure in _prints(printer, count, rounds, quick=quick):
                yield measure
        yield await _selection(printer, rounds)
    finally:
        await printer.close()


async def _prints(printer: Printer, count: int, rounds: int, *, quick: bool) -> AsyncIterator[Measure]:
    content = _content(count)
    published, goal, tagged_goal = SIZES[count]
    name = f"print, {count} tab{'s' if count > 1 else ''}"
    with TemporaryDirectory(prefix="harmonia-bench-") as folder:
        layout = lay_out(content)
        others = dict(peers(layout, html_of(layout)[0], Path(folder)))
        acts: dict[str, Callable[[], Awaitable[object]]] = {
            "": partial(print_dossier, printer, content, AT),
            "accessible": partial(print_dossier, printer, content, AT, accessible=True),
            **{peer: partial(asyncio.to_thread, act) for peer, act in others.items()},
            "a browser started for each document, same run": partial(_alone, content),
        }
        # In haste, only those that a goal names: a large print by WeasyPrint alone takes a minute.
        kept = {one: act for one, act in acts.items() if not quick or one in OURS or _bound(one, count)}
        taken = await _by_turns(kept, rounds)
    warm = taken.pop("")
    yield Measure(name, warm, "s", "incumbent, published", published, f"<= {goal}")
    tagged = taken.pop("accessible")
    yield Measure(f"{name}, accessible", tagged, "s", "the same, light, same run", warm, f"<= {tagged_goal}")
    for peer, seconds in taken.items():
        yield Measure(name, warm, "s", peer, seconds, _bound(peer, count))


def _bound(peer: str, count: int) -> str:
    """What we may take of that peer's time for so many tabs; empty where no goal says it."""
    bounds = (bound for (word, tabs), bound in RATIOS.items() if peer.startswith(word) and tabs == count)
    return next(bounds, "")


async def _selection(printer: Printer, rounds: int) -> Measure:
    """Ten tabs of a dossier that is kept: its key, then the cut, then what is written on its pages."""
    content = reference_content("plain")
    pdf = await print_dossier(printer, content, AT)
    places, _ = places_in(pdf)
    tabs = [tab.code for tab in _content(10).tabs]

    async def cut() -> None:
        await asyncio.to_thread(key_of, content, printer.version, accessible=False, blank=False)
        ending = ending_of(content, AT, tabs)
        await asyncio.to_thread(given_again, pdf, ending, cut_to=(places, tabs))

    taken = await _by_turns(
        {"": cut, "alone": partial(print_dossier, printer, content, AT, only=tabs)}, rounds
    )
    what = "the same tabs printed alone, same run"
    return Measure("print, 10 tabs of a kept dossier", taken[""], "s", what, taken["alone"], "<= 0.03")


def _content(count: int) -> DossierContent:
    """So many tabs of the reference case, spread over all its parts."""
    whole = reference_content("plain")
    codes = list(whole.pack.tabs)
    step = len(codes) / count
    return reference_content("plain", [codes[int(index * step)] for index in range(count)])


async def _alone(content: DossierContent) -> None:
    printer = Printer(CHROMIUM, pages=1)
    await printer.start()
    await print_dossier(printer, content, AT)
    await printer.close()


async def _by_turns(acts: Mapping[str, Callable[[], Awaitable[object]]], rounds: int) -> dict[str, float]:
    """The median seconds of each, one round of all after the other: what the machine does hits all alike."""
    seconds: dict[str, list[float]] = {name: [] for name in acts}
    for turn in range(rounds + 1):
        for name, act in acts.items():
            start = time.perf_counter()
            await act()
            if turn:
                seconds[name].append(time.perf_counter() - start)
    return {name: statistics.median(found) for name, found in seconds.items()}
