"""Printing HTML to PDF on a warm Chromium that reaches nothing, and that may die at any moment."""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import structlog
from playwright.async_api import async_playwright

from models import Problem
from rendering.browsers import WarmBrowser
from rendering.finishing import IncompleteError, finish, read
from rendering.one_print import OnePrint, PageDiedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pikepdf
    from playwright.async_api import Playwright

    from rendering.finishing import Finish

ATTEMPTS: Final = 3
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds that a print may last: some for itself, some for each cell, and never more than `most`."""

    base: float = 5.0
    per_cell: float = 0.001
    most: float = 120.0

    def seconds(self, cells: int) -> float:
        """The limit of a document of that many cells."""
        return min(self.base + self.per_cell * cells, self.most)


class Printer:
    """Prints as many documents at once as it has pages; the others wait their turn.

    `chromium` is the setting HARMONIA_CHROMIUM (a path, a name, or None to look for one); `pages` defaults
    to the number of cores, beyond which nothing is gained.
    """

    def __init__(
        self, chromium: str | None = None, *, pages: int | None = None, limits: Limits | None = None
    ) -> None:
        self._chromium = chromium
        self._pages = pages or os.cpu_count() or 1
        self._limits = limits or Limits()
        self._slots = asyncio.Semaphore(self._pages)
        self._launching = asyncio.Lock()
        self._playwright: Playwright | None = None
        self._browser: WarmBrowser | None = None
        self._printing = 0
        self._retiring: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Start Chromium, so that the first print is as fast as the others. Raises ChromiumMissing."""
        self._playwright = await async_playwright().start()
        try:
            await self._warm(None)
        except BaseException:
            await self.close()
            raise

    async def close(self) -> None:
        """Wait for the browsers that are being replaced, then close all of it."""
        await asyncio.gather(*self._retiring)
        if self._browser is not None:
            await self._browser.close()
        if self._playwright is not None:
            await self._playwright.stop()
        self._browser = self._playwright = None

    @property
    def version(self) -> str:
        """Which Chromium prints."""
        return "" if self._browser is None else self._browser.version

    @property
    def idle(self) -> bool:
        """Whether two documents could be printed at once, now, without making anyone wait."""
        return self._pages > 1 and self._printing == 0

    async def print_html(  # noqa: PLR0913 - what a print is made of
        self,
        html: str,
        *,
        tabs: Sequence[str],
        cells: int,
        accessible: bool = False,
        rest: Sequence[str] = (),
        ending: Finish | None = None,
    ) -> bytes:
        """The PDF of `html`, in which every tab of `tabs` is an element of that id that shows its code.

        `cells` sets the time allowed; `accessible` adds tags and an outline (heavier, slower). `rest`: what
        comes after it in the same PDF, printed meanwhile; `ending`: what is added by our hand.
        Raises Problem: PRINT_TIMEOUT, PRINT_FAILED, PRINT_INCOMPLETE, PRINT_ESCAPED, CHROMIUM_MISSING.
        """
        seconds = self._limits.seconds(cells)
        for one_layout in (True, False):
            prints = [OnePrint(each, accessible, seconds, one_layout) for each in (html, *rest)]
            parts = await self._together(prints)
            try:
                return await asyncio.to_thread(finish, parts, tabs, tagged=accessible, ending=ending)
            except IncompleteError as error:
                log.warning("print_incomplete", missing=str(error), one_layout=one_layout)
        raise Problem(
            "PRINT_INCOMPLETE",
            "Le PDF produit était incomplet et n’a pas été remis\u00a0: relancez l’impression, et prévenez"
            " l’assistance si cela se reproduit.",
        )

    async def _together(self, prints: Sequence[OnePrint]) -> list[pikepdf.Pdf]:
        """Each in its own page; what one of them raises is raised once all have ended."""
        works = (self._in_turn(one, after=bool(place)) for place, one in enumerate(prints))
        found = await asyncio.gather(*works, return_exceptions=True)
        parts: list[pikepdf.Pdf] = []
        for one in found:
            if isinstance(one, BaseException):
                raise one
            parts.append(one)
        return parts

    async def _in_turn(self, work: OnePrint, *, after: bool) -> pikepdf.Pdf:
        self._printing += 1
        try:
            async with self._slots:
                pdf = await self._print(work)
        finally:
            self._printing -= 1
        return await asyncio.to_thread(read, pdf, after=after)

    async def _print(self, work: OnePrint) -> bytes:
        """Print in spite of a page or a browser that dies: on a new page, then in a new browser."""
        dead: WarmBrowser | None = None
        for attempt in range(ATTEMPTS):
            browser = await self._warm(dead if attempt == ATTEMPTS - 1 else None)
            try:
                async with browser:
                    return await work.run(browser)
            except PageDiedError as error:
                log.warning("print_page_died", attempt=attempt + 1, reason=str(error))
                dead = browser
        raise Problem(
            "PRINT_FAILED",
            "L’impression a échoué\u00a0: le moteur d’impression s’est arrêté à plusieurs reprises."
            " Relancez-la dans quelques minutes.",
        )

    async def _warm(self, dead: WarmBrowser | None) -> WarmBrowser:
        """The browser in use; another one where it is worn, or is the one found `dead`."""
        async with self._launching:
            current = self._browser
            if current is not None and current is not dead and not current.worn:
                return current
            if self._playwright is None:
                message = "the printer is not started"
                raise RuntimeError(message)
            self._browser = await WarmBrowser.start(self._playwright, self._chromium, self._pages)
            if current is not None:
                task = asyncio.create_task(current.retire())
                self._retiring.add(task)
                task.add_done_callback(self._retiring.discard)
            return self._browser
