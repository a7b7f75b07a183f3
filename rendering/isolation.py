"""What a page to print can reach: nothing. No network, no files, no scripts, no way out.

Each barrier alone lets something through (a prefetch, a socket, a refresh); together they leak
nothing, which the tests prove with a hostile document.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserContext, Playwright, Route

FLAGS: Final = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    # Chromium spares loopback from any proxy unless it is told not to.
    "--proxy-bypass-list=<-loopback>",
)
# A port that nobody listens on: whatever slips past the other barriers is sent nowhere.
DEAD_PROXY: Final = "http://127.0.0.1:9"
POLICY: Final = (
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\';'
    " style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">"
)


async def launch(playwright: Playwright, executable: str | None) -> Browser:
    """Start a Chromium that reaches nothing; None is Playwright's own."""
    return await playwright.chromium.launch(
        executable_path=executable,
        args=list(FLAGS),
        proxy={"server": DEAD_PROXY},
        # The sandbox needs user namespaces of its own, which root does not get.
        chromium_sandbox=os.geteuid() != 0,
        # The worker stops in its own order: it finishes its prints, then closes the browser.
        handle_sigint=False,
        handle_sigterm=False,
        handle_sighup=False,
    )


async def closed_context(browser: Browser, width: int, height: int) -> BrowserContext:
    """A context without scripts and without network, whose every request is aborted."""
    context = await browser.new_context(
        viewport={"width": width, "height": height},
        offline=True,
        java_script_enabled=False,
        accept_downloads=False,
        service_workers="block",
    )
    await context.route("**/*", _abort)
    return context


async def _abort(route: Route) -> None:
    await route.abort()
