"""A Chromium for measures: at full speed, and with its processor four times slower."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, Page, async_playwright

from rendering.chromium import SYSTEM_NAMES

# How many times slower the processor is made → how it is told.
SPEEDS = {1: "", 4: ", processor ÷ 4"}


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """The one that HARMONIA_CHROMIUM names, else the system's, else Playwright's own."""
    named = os.environ.get("HARMONIA_CHROMIUM")
    path = named or next(filter(None, map(shutil.which, SYSTEM_NAMES)), None)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        await browser.close()


async def slow_down(page: Page, times: int) -> None:
    """Make the page's processor so many times slower, from now on."""
    session = await page.context.new_cdp_session(page)
    await session.send("Emulation.setCPUThrottlingRate", {"rate": times})
