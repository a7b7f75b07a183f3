"""What helps whoever fills a dossier: all of it by the keyboard, nothing of it lost without network."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

if TYPE_CHECKING:
    from playwright.async_api import Dialog

    from tests.web.desk import Desk

pytestmark = pytest.mark.browser

FAR = 200
NAME = """() => {
  const element = document.activeElement;
  const label = element.labels?.[0]?.textContent ?? "";
  const said = [element.role ?? element.tagName, element.ariaLabel, label, element.textContent.trim()];
  return said.join(" ");
}"""


async def reach(desk: Desk, name: str, key: str = "Tab") -> None:
    """Press the key until what has the focus bears that name."""
    met = []
    for _ in range(FAR):
        await desk.page.keyboard.press(key)
        met.append(await desk.page.evaluate(NAME))
        if name in met[-1]:
            return
    raise AssertionError(name, met)


async def press(desk: Desk, *keys: str) -> None:
    for key in keys:
        await desk.page.keyboard.press(key)


async def saved(desk: Desk) -> None:
    await expect(desk.page.get_by_text("Tout est enregistré")).to_be_visible()


async def sit_down(desk: Desk) -> None:
    await desk.page.goto(desk.site.url)
    await desk.sign_in(f"saisie.{desk.site.filled}")
    await desk.open_dossier(desk.site.filled)


async def test_a_dossier_is_filled_verified_and_justified_without_a_mouse(desk: Desk) -> None:
    await sign_in_and_open(desk)
    await reach(desk, "gridcell")
    await press(desk, *"1234,5", "Enter", "Escape")
    await expect(desk.cell("A1.L011.B")).to_have_text("1\u202f234,50")
    await force(desk)
    await take_last_year_over(desk)
    await read_help_and_history(desk)
    await verify_and_justify(desk)


async def sign_in_and_open(desk: Desk) -> None:
    login = f"saisie.{desk.site.filled}"
    await desk.page.goto(f"{desk.site.url}/?annee=2024")
    await expect(desk.heading("Connexion")).to_be_visible()
    for field, text in (("Identifiant", login), ("Mot de passe", desk.site.passwords[login])):
        if field not in await desk.page.evaluate(NAME):
            await reach(desk, field)
        await desk.page.keyboard.type(text)
    await press(desk, "Enter")
    await expect(desk.heading("Rechercher un dossier")).to_be_visible()
    await reach(desk, "Organisme")
    await desk.page.keyboard.type(desk.site.filled)
    await press(desk, "Enter")
    await desk.page.wait_for_url(f"**q={desk.site.filled}**")
    await expect(desk.page.get_by_role("link", name="ER 2024 de")).to_have_count(1)
    await reach(desk, "A ER 2024 de")
    await press(desk, "Enter")
    await expect(desk.cell("A1.L011.B")).to_be_visible()


async def force(desk: Desk) -> None:
    """The window says the computed value and the gap, asks why, and gives the focus back to the grid."""
    await press(desk, "ArrowUp", "ArrowRight", "ArrowRight", "ArrowRight", *"55", "Enter")
    await expect(desk.dialog()).to_contain_text("écart")
    await desk.page.keyboard.type("Reprise corrigée")
    await reach(desk, "Forcer la valeur")
    await press(desk, "Enter")
    await expect(desk.cell("A1.L011.P")).to_have_accessible_description(re.compile("^Forcée"))
    await saved(desk)
    await expect(desk.page.locator("td:focus")).to_have_count(1)


async def take_last_year_over(desk: Desk) -> None:
    """Last year's value comes by a key where nothing stands, and goes by Ctrl+Z."""
    cell = desk.cell("A1.L013.B")
    await press(desk, "Control+Home", "ArrowDown", "ArrowDown", "Delete", "Escape")
    await saved(desk)
    await reach(desk, "Reprise N‑1", "Shift+Tab")
    await press(desk, "Space")
    await expect(desk.page.get_by_text("à reprendre de l’an dernier")).to_be_visible()
    await expect(desk.cell("A1.L012.B")).to_contain_text("%")
    await desk.audit()
    await reach(desk, "gridcell")
    offered = desk.page.get_by_role("button", name=re.compile(r"^Reprendre \d"))
    await press(desk, "F8")
    await expect(desk.page.get_by_text("1\u00a0valeur reprise")).to_be_visible()
    await expect(cell).to_contain_text("0,00\u00a0%")
    await press(desk, "Control+z")
    await expect(desk.page.get_by_text("C’est annulé")).to_be_visible()
    await expect(cell).not_to_contain_text("%")
    await expect(offered).to_be_visible()
    await press(desk, "F8")
    await expect(cell).to_contain_text("0,00\u00a0%")


async def read_help_and_history(desk: Desk) -> None:
    await press(desk, "F1")
    await expect(desk.page.get_by_role("note")).to_contain_text("Logiciels")
    await press(desk, "Control+Enter")
    changes = desk.dialog().get_by_role("listitem")
    await expect(changes.first).to_contain_text("reprise de l’an dernier")
    await expect(changes.nth(1)).to_contain_text("annulation")
    await desk.audit()
    await press(desk, "Escape")
    await expect(desk.cell("A1.L013.B")).to_be_focused()


async def verify_and_justify(desk: Desk) -> None:
    """Each anomaly explains itself by its cells and their values."""
    await press(desk, "Escape")
    await reach(desk, "Vérifier")
    await press(desk, "Enter")
    await expect(desk.count("major")).to_be_enabled()
    await reach(desk, "majeure", "Shift+Tab")
    await press(desk, "Enter")
    anomaly = desk.page.locator("li.anomaly").filter(has_text="IM-003")
    await expect(anomaly).to_contain_text("A1.L013.B vaut")
    await desk.audit()
    await reach(desk, "Justifier IM-003", "Shift+Tab")
    await press(desk, "Enter")
    # Not by its label, which is in the text of the list around it too.
    await reach(desk, "TEXTAREA")
    await desk.page.keyboard.type("Cession constatée après la clôture.")
    await reach(desk, "Enregistrer la justification")
    await press(desk, "Enter")
    await expect(anomaly).to_contain_text("Justifiée")


async def test_what_is_typed_without_network_outlives_a_reload(desk: Desk) -> None:
    async def leave(dialog: Dialog) -> None:
        await dialog.accept()

    await sit_down(desk)
    desk.page.on("dialog", leave)
    await desk.page.route("**/graphql", lambda route: route.abort())
    await desk.cell("A1.L025.B").click()
    await desk.page.keyboard.type("88")
    await press(desk, "Enter")
    banner = desk.page.get_by_role("alert").filter(has_text="Connexion perdue")
    await expect(banner).to_contain_text("1\u00a0saisie est gardée")
    # The browser itself says that it could not reach the server: that is what was asked of it.
    desk.faults.clear()
    await desk.audit()
    # This one is still in the open field.
    await desk.page.keyboard.type("99")
    await desk.page.unroute("**/graphql")
    desk.faults.clear()
    await desk.page.reload()
    await expect(desk.cell("A1.L025.B")).to_have_text("88,00")
    await expect(desk.cell("A1.L026.B")).to_have_text("99,00")
    await saved(desk)
    await expect(banner).to_have_count(0)
    await desk.page.reload()
    await expect(desk.cell("A1.L026.B")).to_have_text("99,00")


async def test_rows_come_with_a_paste_and_go_with_a_way_back(desk: Desk) -> None:
    await sit_down(desk)
    await desk.page.get_by_label("Chercher un onglet").fill("administration")
    await desk.page.get_by_role("link", name="G02").click()
    rows = desk.page.locator("tbody tr")
    await expect(rows.first).to_be_visible()
    before = await rows.count()
    await desk.button("Ajouter une ligne").click()
    await press(desk, "Escape")
    await desk.paste("Petit\tAnne\nMoreau\tLuc\nGarnier\tZoé\n")
    await expect(rows).to_have_count(before + 3)
    await saved(desk)
    await desk.page.reload()
    await rows.filter(has_text="Moreau").locator("td").first.click()
    await press(desk, "Control+Delete")
    await expect(desk.page.get_by_text("supprimée.")).to_be_visible()
    await expect(rows.filter(has_text="Moreau")).to_have_count(0)
    await desk.audit()
    await desk.button("Annuler").click()
    await expect(rows.nth(before + 1)).to_contain_text("Moreau")
    await expect(rows).to_have_count(before + 3)


async def test_what_two_forms_share_is_compared_and_copied(desk: Desk) -> None:
    await sit_down(desk)
    await desk.button("Tronc commun").click()
    choices = desk.dialog().get_by_role("combobox")
    await expect(choices.first).to_be_visible()
    known = await choices.count()
    await expect(desk.dialog()).to_contain_text("QDIS 2024")
    await desk.audit()
    copied = desk.dialog().get_by_role("row").filter(has_text="F05.L016.C")
    await copied.get_by_role("combobox").select_option("Envoyer vers QDIS 2024")
    await desk.dialog().get_by_role("button", name="Copier 1").click()
    await expect(desk.dialog().get_by_text("1\u00a0valeur copiée")).to_be_visible()
    await expect(choices).to_have_count(known - 1)
