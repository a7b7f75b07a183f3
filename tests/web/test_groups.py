"""The instances of a repeated group: added, filled, taken away and brought back at a browser."""

from __future__ import annotations

from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.gql.conftest import house_of
from tests.household import build_household, put
from tests.web.conftest import DIST
from tests.web.desk import Desk
from tests.web.site import Site
from tests.world import PASSWORD, build_world

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from playwright.async_api import Browser

pytestmark = pytest.mark.browser


@pytest.fixture
async def family(database: str, tmp_path: Path, browser: Browser) -> AsyncIterator[Desk]:
    """A desk before the dossier of a family: the demonstration has no form of groups."""
    world = await build_world()
    dossier = await build_household(world)
    await put(world, dossier, {"R1.L013.V": "100"})
    async with AsyncExitStack() as stack:
        house = await stack.enter_async_context(
            house_of(world, tmp_path, database, web_client=DIST.parent, secure=False)
        )
        context = await browser.new_context(
            locale="fr-FR", viewport={"width": 1440, "height": 900}, reduced_motion="reduce"
        )
        stack.push_async_callback(context.close)
        page = await context.new_page()
        desk = Desk(page, Site(house.url, {"saisie": PASSWORD}, "", ""))
        page.on("pageerror", lambda error: desk.faults.append(str(error)))
        await page.goto(f"{house.url}/dossiers/{dossier}")
        await desk.sign_in("saisie")
        yield desk


async def test_instances_come_are_filled_and_go_with_a_way_back(family: Desk) -> None:
    desk = family
    await expect(desk.heading("Responsable")).to_be_visible()
    await expect(desk.page.get_by_text("0\u00a0exemplaire (de 1 à 3)")).to_be_visible()
    await add(desk, "a")
    await fill(desk, "a", "4")
    await add(desk, "b")
    await fill(desk, "b", "3")
    await desk.audit()
    await expect_total(desk, "7")
    await remove(desk, "b")
    await expect_total(desk, "4")
    await desk.button("Annuler").click()
    await expect(desk.page.get_by_text("C’est annulé")).to_be_visible()
    await expect_total(desk, "7")


async def add(desk: Desk, key: str) -> None:
    """By the keyboard; a key that cannot be is told at once, and the first tab opens."""
    await desk.button("Ajouter\u00a0: Enfant…").focus()
    await desk.page.keyboard.press("Enter")
    await expect(desk.dialog().get_by_role("textbox")).to_be_focused()
    await desk.page.keyboard.type("é")
    await desk.page.keyboard.press("Enter")
    await expect(desk.dialog()).to_contain_text("sans accent")
    await desk.audit()
    await desk.page.keyboard.press("Backspace")
    await desk.page.keyboard.type(key)
    await desk.page.keyboard.press("Enter")
    await expect(desk.heading(f"Autorisations – Enfant\u00a0{key}")).to_be_visible()


async def fill(desk: Desk, key: str, meals: str) -> None:
    """What the browser computes shows a line of this instance alone."""
    line = desk.cell(f"E1[{key}].L013.V")
    await expect(line).to_have_count(0)
    await desk.type_in(f"E1[{key}].L012.V", "oui")
    await expect(line).to_be_visible()
    await desk.type_in(f"E1[{key}].L013.V", meals)
    await expect(desk.cell(f"E1[{key}].L014.V")).to_have_text(f"{meals},00")


async def expect_total(desk: Desk, cost: str) -> None:
    await desk.page.get_by_role("link", name="R1").click()
    await expect(desk.cell("R1.L016.V")).to_have_text(f"{cost},00")


async def remove(desk: Desk, key: str) -> None:
    """What goes with it is told first; its tab was on screen, another of the group opens."""
    instance = desk.page.get_by_role("region", name=f"Enfant\u00a0{key}")
    await instance.get_by_role("link", name="Autorisations").click()
    await desk.button(f"Retirer Enfant\u00a0{key}").click()
    await expect(desk.dialog()).to_contain_text("2\u00a0valeurs saisies")
    await desk.audit()
    await desk.button("Retirer").click()
    await expect(desk.heading("Autorisations – Enfant\u00a0a")).to_be_visible()
    await expect(instance).to_have_count(0)
    # As few as the form wants: none can go.
    await expect(desk.button("Retirer Enfant\u00a0a")).to_have_count(0)
