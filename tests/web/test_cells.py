"""What the grid of cells promises whoever types in it: nothing is lost, and everything is told."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from playwright.async_api import Route

    from tests.web.desk import Desk

pytestmark = pytest.mark.browser


@pytest.fixture
async def typist(desk: Desk) -> Desk:
    """Someone at the balance sheet of a full dossier in entry."""
    await desk.page.goto(desk.site.url)
    await desk.sign_in(f"saisie.{desk.site.filled}")
    await desk.open_dossier(desk.site.filled)
    return desk


async def test_a_pasted_block_is_counted_and_what_cannot_be_read_stays(typist: Desk) -> None:
    await typist.cell("A1.L021.B").click()
    await typist.paste("1 000,50\t200\t5\n(2\u00a0000)\tx\t6\n3,000.25\t−4\t7\n")
    report = typist.page.get_by_role("status").filter(has_text="valeurs collées")
    await expect(report).to_contain_text("5\u00a0valeurs collées")
    await expect(report).to_contain_text("3\u00a0cellules calculées")
    await expect(report).to_contain_text("1\u00a0valeur illisible")
    await expect(typist.cell("A1.L022.B")).to_have_text("-2\u202f000,00")
    await expect(typist.cell("A1.L023.N")).to_have_text("3\u202f004,25")
    await expect(typist.page.get_by_text("1\u00a0saisie refusée")).to_be_visible()
    await typist.audit()
    await typist.button("A1.L022.D «\u00a0x\u00a0»").click()
    await expect(typist.cell("A1.L022.D")).to_be_focused()
    await typist.button("Abandonner cette saisie").click()
    await expect(typist.page.get_by_text("Tout est enregistré")).to_be_visible()
    await typist.cell("A1.L021.N").click()
    await typist.page.keyboard.press("Control+z")
    await expect(typist.cell("A1.L023.D")).not_to_have_text("-4,00")


async def test_of_two_who_type_in_one_cell_the_second_sees_both_values(
    typist: Desk, new_desk: Callable[[], Awaitable[Desk]]
) -> None:
    other = await new_desk()
    await other.page.goto(typist.page.url)
    await other.sign_in(f"saisie.{other.site.filled}")
    await expect(other.cell("A1.L041.B")).to_be_visible()
    await typist.type_in("A1.L041.B", "111")
    await other.cell("A1.L041.B").click()
    await other.page.keyboard.type("222")
    await other.page.keyboard.press("ArrowDown")
    await other.page.keyboard.press("ArrowUp")
    told = other.page.get_by_role("alert").filter(has_text="vous avez saisi")
    await expect(told).to_contain_text("111,00")
    await expect(told).to_contain_text("222,00")
    await other.audit()
    await other.button("Garder ma valeur").click()
    await expect(other.page.get_by_text("Tout est enregistré")).to_be_visible()
    await typist.page.reload()
    await expect(typist.cell("A1.L041.B")).to_have_text("222,00")


async def test_a_session_that_ends_takes_nothing_of_what_was_typed(typist: Desk) -> None:
    await typist.page.context.clear_cookies()
    await typist.cell("A1.L043.B").click()
    await typist.page.keyboard.type("4321")
    await typist.page.keyboard.press("Enter")
    await expect(typist.page.get_by_text("Votre session est terminée")).to_be_visible()
    await typist.audit()
    await typist.sign_in(f"saisie.{typist.site.filled}")
    await expect(typist.heading("Bilan – Actif immobilisé")).to_be_visible()
    await expect(typist.page.get_by_text("Tout est enregistré")).to_be_visible()
    await typist.page.reload()
    await expect(typist.cell("A1.L043.B")).to_have_text("4\u202f321,00")


async def test_without_network_what_is_typed_waits_for_its_return(typist: Desk) -> None:
    await typist.page.context.set_offline(offline=True)
    await typist.cell("A1.L054.B").click()
    await typist.page.keyboard.type("77")
    await typist.page.keyboard.press("Enter")
    await expect(typist.page.get_by_text("Connexion perdue")).to_be_visible()
    await expect(typist.cell("A1.L054.B")).to_have_text("77,00")
    await typist.page.context.set_offline(offline=False)
    await expect(typist.page.get_by_text("Tout est enregistré")).to_be_visible()
    # The browser itself says that it could not reach the server: that is what was asked of it.
    typist.faults.clear()


async def test_a_computed_cell_is_forced_with_a_reason_and_given_back(typist: Desk) -> None:
    cell = typist.cell("A1.L012.P")
    before = await cell.inner_text()
    await cell.click()
    await typist.page.keyboard.type("55")
    await typist.page.keyboard.press("Enter")
    await typist.page.get_by_label("Motif").fill("Reprise corrigée")
    await typist.audit()
    await typist.button("Forcer la valeur").click()
    await expect(cell).to_have_text("55,00")
    await expect(typist.page.get_by_text("Tout est enregistré")).to_be_visible()
    await cell.click()
    await expect(typist.page.get_by_text("Reprise corrigée")).to_be_visible()
    await expect(cell).to_have_accessible_description("Forcée, enregistrée")
    await typist.audit()
    await typist.button("Revenir au calcul").click()
    await expect(cell).to_have_text(before)


async def test_a_row_added_to_a_dynamic_tab_is_kept(typist: Desk) -> None:
    await typist.page.get_by_label("Chercher un onglet").fill("administration")
    await typist.page.get_by_role("link", name="G02").click()
    await typist.button("Ajouter une ligne").click()
    await typist.page.keyboard.type("Durand")
    await typist.page.keyboard.press("Tab")
    await typist.page.keyboard.type("Anne")
    await typist.page.keyboard.press("Tab")
    await typist.page.locator("select.cell-editor").select_option("président")
    await typist.page.keyboard.press("Enter")
    await expect(typist.page.get_by_text("Tout est enregistré")).to_be_visible()
    await typist.audit()
    await typist.page.reload()
    row = typist.page.get_by_role("row").filter(has_text="Durand")
    await expect(row).to_contain_text("Anne")
    await expect(row).to_contain_text("président")


async def test_a_tablet_shows_the_same(typist: Desk) -> None:
    await typist.page.set_viewport_size({"width": 1024, "height": 768})
    await typist.audit()
    await typist.page.goto(typist.site.url)
    await expect(typist.page.get_by_text("dossiers trouvés")).to_be_visible()
    await typist.audit()
    assert await typist.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_totals_and_anomalies_follow_each_key_before_the_server_answers(typist: Desk) -> None:
    counts = typist.page.locator(".anomaly-live")
    provisional = typist.page.locator("td.is-provisional")
    await typist.type_in("A1.L041.B", "0")
    await expect(typist.page.get_by_text("Tout est enregistré")).to_be_visible()
    # The module is there once a key shows something; nothing is written while the field is open.
    held: list[Route] = []
    released = asyncio.Event()

    async def hold(route: Route) -> None:
        held.append(route)
        await released.wait()
        await route.continue_()

    await typist.page.route("**/graphql", hold)
    net = typist.cell("A1.L041.N")
    before = await net.inner_text()
    await typist.cell("A1.L041.B").click()
    await typist.page.keyboard.type("7000000000")
    await expect(net).to_have_class(re.compile("is-provisional"))
    await expect(net).not_to_have_text(before)
    await expect(counts).to_contain_text("Provisoire")
    shown = await net.inner_text()
    await typist.page.keyboard.press("Enter")
    await expect(net).to_have_text(shown)
    await typist.audit()
    released.set()
    await expect(typist.page.get_by_text("Tout est enregistré")).to_be_visible()
    await expect(provisional).to_have_count(0)
    await expect(net).to_have_text(shown)
    assert held
    await typist.type_in("A1.L041.B", "0")
    await expect(typist.page.get_by_text("Tout est enregistré")).to_be_visible()
