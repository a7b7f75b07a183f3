"""Finding a Chromium: the one named, else Playwright's own, else the system's, else one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import pytest
from playwright.async_api import Browser, Playwright, async_playwright
from playwright.async_api import Error as PlaywrightError

from rendering import chromium
from rendering.chromium import SYSTEM_NAMES, ChromiumMissing, launch_chromium
from rendering.isolation import launch
from rendering.pdf import Printer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
async def playwright() -> AsyncIterator[Playwright]:
    async with async_playwright() as found:
        yield found


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """What was started, on a machine where nothing starts."""
    found: list[str | None] = []

    async def fail(_playwright: Playwright, executable: str | None) -> NoReturn:
        found.append(executable)
        raise PlaywrightError("it does not start")

    monkeypatch.setattr(chromium, "launch", fail)
    return found


@pytest.fixture
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A machine whose PATH has every Chromium known, in a folder of its own."""
    monkeypatch.setenv("PATH", str(tmp_path))
    for name in SYSTEM_NAMES:
        (tmp_path / name).write_text("#!/bin/sh\nexit 1\n")
        (tmp_path / name).chmod(0o755)
    return [str(tmp_path / name) for name in SYSTEM_NAMES]


async def test_playwright_s_own_comes_first_then_the_system_s_in_order(
    playwright: Playwright, tried: list[str | None], system: list[str]
) -> None:
    with pytest.raises(ChromiumMissing):
        await launch_chromium(playwright, None)
    assert tried == [None, *system]


async def test_none_at_all_is_one_sentence_with_both_remedies(
    playwright: Playwright, tried: list[str | None]
) -> None:
    with pytest.raises(ChromiumMissing) as refusal:
        await launch_chromium(playwright, None)
    assert tried[0] is None
    assert refusal.value.code == "CHROMIUM_MISSING"
    for remedy in ("playwright install chromium", "apt-get install chromium", "HARMONIA_CHROMIUM"):
        assert remedy in refusal.value.message


async def test_the_one_named_wins_alone(
    playwright: Playwright, tried: list[str | None], system: list[str]
) -> None:
    with pytest.raises(ChromiumMissing) as refusal:
        await launch_chromium(playwright, SYSTEM_NAMES[1])
    assert tried == [system[1]]
    assert refusal.value.message.startswith("HARMONIA_CHROMIUM désigne")


async def test_a_chromium_named_in_vain_stops_the_printer_at_its_start(tmp_path: Path) -> None:
    with pytest.raises(ChromiumMissing) as refusal:
        await Printer(str(tmp_path / "absent")).start()
    assert str(tmp_path / "absent") in refusal.value.message


@pytest.mark.browser
async def test_what_does_not_start_is_passed_over(
    playwright: Playwright, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed: list[str | None] = []

    async def stumble(found: Playwright, executable: str | None) -> Browser:
        if not failed:
            failed.append(executable)
            raise PlaywrightError("it does not start")
        return await launch(found, executable)

    monkeypatch.setattr(chromium, "launch", stumble)
    browser = await launch_chromium(playwright, None)
    assert failed == [None]
    assert browser.is_connected()
    await browser.close()
