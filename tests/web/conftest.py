"""The demonstration started as anyone starts it, and browsers to meet it with."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import shutil
import sys
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import async_playwright, expect

from forms import Step
from gql.settings import ROOT
from rendering.chromium import SYSTEM_NAMES
from resolvers.demo import demo_accounts
from resolvers.demo.cast import cast
from tests.ports import three_free_ports
from tests.web.desk import AXE, PATIENCE, Desk
from tests.web.site import Site

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

    from playwright.async_api import Browser, ConsoleMessage

DIST = ROOT / "web-client" / "dist" / "index.html"
READY = b"Ctrl-C"
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
async def live_site(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    """The whole product: database, worker, web server and the built client, on its demonstration's data."""
    for needed in (DIST, AXE):
        assert needed.is_file(), f"{needed} is missing: npm ci && npm run build in web-client/"
    folder, said = tmp_path_factory.mktemp("site"), None
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "gql", "demo", "--data", folder, "--port", str(three_free_ports()),
        cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    try:
        await _until_ready(process)
        # What it goes on to say is read: a full pipe would stop it in the middle of a line.
        said = asyncio.create_task(process.communicate())
        yield _site(folder)
    finally:
        if process.returncode is None:
            process.terminate()
        await (process.communicate() if said is None else said)


async def _until_ready(process: asyncio.subprocess.Process) -> None:
    assert process.stdout is not None
    said = b""
    while READY not in said:
        line = await process.stdout.readline()
        assert line, said.decode()
        said += line


def _site(folder: Path) -> Site:
    told = json.loads((folder / "demo.json").read_text(encoding="utf-8"))
    passwords = {account["login"]: account["password"] for account in told["accounts"]}
    in_entry = [part.organism.siren for part in cast().parts if part.step is Step.ENTRY]
    filled = next(siren for siren in in_entry if f"saisie.{siren}" in passwords)
    untouched = next(siren for siren in reversed(in_entry) if siren != filled)
    return Site(told["base_url"], passwords, demo_accounts().blank_siren, filled, untouched)


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=_chromium(), args=["--no-sandbox"])
        yield started
        await started.close()


def _chromium() -> str | None:
    """The one named, else the system's; None is Playwright's own."""
    named = os.environ.get("HARMONIA_CHROMIUM")
    return named or next((found for name in SYSTEM_NAMES if (found := shutil.which(name))), None)


@pytest.fixture
async def new_desk(live_site: Site, browser: Browser) -> AsyncIterator[Callable[[], Awaitable[Desk]]]:
    """Seat someone at a browser of his own: no cookie in common with the others."""
    async with contextlib.AsyncExitStack() as stack:

        async def seat() -> Desk:
            context = await browser.new_context(
                locale="fr-FR", viewport={"width": 1440, "height": 900}, reduced_motion="reduce"
            )
            stack.push_async_callback(context.close)
            context.set_default_timeout(PATIENCE)
            desk = Desk(await context.new_page(), live_site)
            desk.page.on("pageerror", lambda error: desk.faults.append(str(error)))
            desk.page.on("console", lambda message: _note(desk, message))
            return desk

        yield seat


@pytest.fixture
async def desk(new_desk: Callable[[], Awaitable[Desk]]) -> Desk:
    return await new_desk()


def _note(desk: Desk, message: ConsoleMessage) -> None:
    """An answer of 4xx is a refusal like another; any other error of the console is a fault."""
    if message.type == "error" and "the server responded with a status of 4" not in message.text:
        desk.faults.append(message.text)
