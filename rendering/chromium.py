"""Finding a Chromium that starts: the one named, else Playwright's own, else the system's."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final

from playwright.async_api import Error as PlaywrightError

from models import Problem
from rendering.isolation import launch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.async_api import Browser, Playwright

SYSTEM_NAMES: Final = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


class ChromiumMissing(Problem):
    """No Chromium starts on this machine; the message names both remedies."""


async def launch_chromium(playwright: Playwright, configured: str | None) -> Browser:
    """The first Chromium that starts.

    `configured` (the setting HARMONIA_CHROMIUM: a path or a name on the PATH) wins alone: where it does
    not start, nothing else is tried, for the operator must learn of his mistake. Playwright's own is
    tested by starting it: the file that it names is not the one that it starts.
    Raises ChromiumMissing.
    """
    for executable in _candidates(configured):
        try:
            return await launch(playwright, executable)
        except PlaywrightError:
            continue
    raise ChromiumMissing("CHROMIUM_MISSING", _missing(configured))


def _candidates(configured: str | None) -> Iterator[str | None]:
    if configured:
        yield shutil.which(configured) or configured
        return
    yield None
    for name in SYSTEM_NAMES:
        if found := shutil.which(name):
            yield found


def _missing(configured: str | None) -> str:
    subject = (
        f"HARMONIA_CHROMIUM désigne «\u00a0{configured}\u00a0», qui ne démarre pas\u00a0: corrigez ce chemin"
        if configured
        else "Aucun Chromium ne démarre sur cette machine"
    )
    return (
        f"{subject}. Installez-en un par «\u00a0python -m playwright install chromium\u00a0» ou, sous Debian,"
        " par «\u00a0apt-get install chromium-headless-shell fonts-liberation\u00a0», ou nommez un"
        " exécutable par HARMONIA_CHROMIUM."
    )
