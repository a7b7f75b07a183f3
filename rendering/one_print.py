"""One document, printed once, on one page, in the time it is given."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from playwright.async_api import Error as PlaywrightError

from models import Problem
from rendering.isolation import POLICY

if TYPE_CHECKING:
    from playwright.async_api import Page

    from rendering.browsers import WarmBrowser

HEAD: Final = "<head>"
NOWHERE: Final = "about:blank"
# Chromium lays a document out four times to print it: twice for the screen, twice for the paper. Hidden
# on the screen and on the unpaginated paper (as wide as the screen), it is laid out once, a third faster.
ONE_LAYOUT: Final = "<style>@media screen, (min-width: 2900px) { html { display: none } }</style>"
PLAIN_WIDTH: Final = 1280
PLAIN_HEIGHT: Final = 720
# A browser that takes longer to give a page is frozen.
TAKING_SECONDS: Final = 10.0


class PageDiedError(Exception):
    """The page, or its browser, is gone; the document may still be good."""


@dataclass(frozen=True, slots=True)
class OnePrint:
    """A document to print, how, and in how many seconds at most.

    `one_layout` is the fast way, which leans on an order of Chromium's that nobody promised.
    """

    html: str
    accessible: bool
    seconds: float
    one_layout: bool = True

    async def run(self, browser: WarmBrowser) -> bytes:
        """The PDF. Raises PageDiedError, and Problem PRINT_TIMEOUT or PRINT_ESCAPED.

        The limit is ours: Chromium's printing has none, and a frozen page would hold its place for ever.
        """
        page, pdf = await self._page(browser), None
        try:
            async with asyncio.timeout(self.seconds):
                pdf = await self._render(page)
                return pdf
        except TimeoutError:
            raise _too_long(self.seconds) from None
        except PlaywrightError as error:
            raise PageDiedError(error.message) from error
        finally:
            (browser.discard if pdf is None or not self.one_layout else browser.keep)(page)

    async def _page(self, browser: WarmBrowser) -> Page:
        """A page of the browser's, which is condemned when it gives none: no fault of the document's."""
        try:
            return await asyncio.wait_for(browser.take(), TAKING_SECONDS)
        except TimeoutError:
            browser.condemn()
            raise PageDiedError("no page in time") from None
        except PlaywrightError as error:
            raise PageDiedError(error.message) from error

    async def _render(self, page: Page) -> bytes:
        if not self.one_layout:
            await page.set_viewport_size({"width": PLAIN_WIDTH, "height": PLAIN_HEIGHT})
        await page.set_content(self._sheltered(), timeout=0)
        pdf = await page.pdf(
            prefer_css_page_size=True,
            print_background=True,
            tagged=self.accessible,
            outline=self.accessible,
        )
        if page.url != NOWHERE:
            raise Problem(
                "PRINT_ESCAPED",
                "Le document a tenté d’ouvrir une autre page\u00a0: il n’a pas été imprimé. Prévenez"
                " l’assistance.",
            )
        return pdf

    def _sheltered(self) -> str:
        """The document under its policy, which comes first of all in its head."""
        start, head, rest = self.html.partition(HEAD)
        if not head:
            message = "a document to print has a <head>"
            raise ValueError(message)
        return "".join((start, head, POLICY, ONE_LAYOUT if self.one_layout else "", rest))


def _too_long(seconds: float) -> Problem:
    return Problem(
        "PRINT_TIMEOUT",
        f"L’impression a été arrêtée au bout de {seconds:.0f}\u00a0s, sans résultat. Relancez-la, ou imprimez"
        " moins d’onglets à la fois.",
    )
