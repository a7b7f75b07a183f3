"""A warm browser: one Chromium already started, with pages already open, each renewed in time."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, Self

from playwright.async_api import Error as PlaywrightError

from rendering.chromium import launch_chromium
from rendering.isolation import closed_context

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from playwright.async_api import Browser, BrowserContext, Page, Playwright

# A screen so large that the document is hidden on it (see pdf.py): only the paper lays it out.
SCREEN: Final = (3000, 200)
MOST_PRINTS: Final = 2_000
# A page kept for ever grows without end; one that has already printed is twice as fast as a new one.
MOST_PRINTS_OF_A_PAGE: Final = 20
# A frozen page answers nothing, not even to its closing.
CLOSING_SECONDS: Final = 5.0


class WarmBrowser:
    """One Chromium and its pages. A page whose print went wrong in any way prints no other."""

    def __init__(self, browser: Browser, context: BrowserContext, ahead: int) -> None:
        self._browser = browser
        self._context = context
        self._ahead = ahead
        self._opening = 0
        self._ready: list[Page] = []
        self._printed: dict[Page, int] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._prints = 0
        self._stuck = False
        self._users = 0
        self._unused = asyncio.Event()
        self._unused.set()

    @classmethod
    async def start(cls, playwright: Playwright, chromium: str | None, pages: int) -> WarmBrowser:
        """Start Chromium and open `pages` pages. Raises ChromiumMissing."""
        browser = await launch_chromium(playwright, chromium)
        warm = cls(browser, await closed_context(browser, *SCREEN), pages)
        for _ in range(pages):
            await warm._open()
        return warm

    @property
    def worn(self) -> bool:
        """Whether the next print should be given another browser."""
        return self._stuck or self._prints >= MOST_PRINTS or not self._browser.is_connected()

    @property
    def version(self) -> str:
        """Which Chromium it is."""
        return self._browser.version

    async def take(self) -> Page:
        """A page of one's own; give it back by `keep` when all went well, else by `discard`."""
        self._prints += 1
        while self._ready:
            page = self._ready.pop()
            if not page.is_closed():
                return page
            self._printed.pop(page, None)
        return await self._context.new_page()

    async def __aenter__(self) -> Self:
        self._users += 1
        self._unused.clear()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._users -= 1
        if not self._users:
            self._unused.set()

    def condemn(self) -> None:
        """Let nobody else use this browser: it no longer answers."""
        self._stuck = True

    def keep(self, page: Page) -> None:
        """Make the page ready for another print, unless it has done its share."""
        self._printed[page] = self._printed.get(page, 0) + 1
        if self._printed[page] < MOST_PRINTS_OF_A_PAGE and not self.worn:
            self._ready.append(page)
        else:
            self.discard(page)

    def discard(self, page: Page) -> None:
        """Close the page and open another in its stead, behind the user's back."""
        self._printed.pop(page, None)
        self._spawn(self._replace(page))

    async def retire(self) -> None:
        """Close the browser once its last user has left."""
        await self._unused.wait()
        await self.close()

    async def close(self) -> None:
        """Close the browser; a dead one is already closed."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        with suppress(PlaywrightError):
            await self._browser.close()

    async def _open(self) -> None:
        """Open a page ahead, unless enough of them are ready or on their way."""
        if self.worn or len(self._ready) + self._opening >= self._ahead:
            return
        self._opening += 1
        try:
            self._ready.append(await self._context.new_page())
        finally:
            self._opening -= 1

    async def _replace(self, page: Page) -> None:
        try:
            await asyncio.wait_for(page.close(), CLOSING_SECONDS)
            await self._open()
        except TimeoutError:
            self.condemn()
        except PlaywrightError:
            return

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
