"""Why, for those whom one manages: a colleague, a client application; from the settings and a dossier."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

if TYPE_CHECKING:
    from playwright.async_api import Locator

    from tests.web.desk import Desk

pytestmark = pytest.mark.browser

VALIDATE = "Validation de la saisie, étape 2 (Validation de la saisie)"
SYSTEM = re.compile("Expliquer les droits de Système d’information")


async def test_an_administrator_asks_about_a_colleague_and_is_led_to_the_box(desk: Desk) -> None:
    siren = desk.site.filled
    await desk.page.goto(f"{desk.site.url}/parametrage")
    await desk.sign_in(f"admin.{siren}")
    await expect(desk.page.get_by_text("Votre organisation n’a pas d’application cliente.")).to_be_visible()
    row = desk.page.get_by_role("row", name=f"saisie.{siren}")
    name = await row.get_by_role("link").first.inner_text()
    ask = row.get_by_role("button", name="Expliquer les droits")
    await ask.press("Enter")
    window = desk.dialog()
    await expect(window.get_by_label("Dossier", exact=True)).to_be_focused()
    await window.get_by_label("Dossier", exact=True).fill("aucun nom pareil")
    await expect(window).to_contain_text("Aucun dossier ne correspond parmi ceux que vous pouvez consulter.")
    await window.get_by_label("Dossier", exact=True).fill(siren)
    await window.get_by_label("Année").fill("2024")
    await window.get_by_label("Formulaire").select_option("ER")
    found = window.get_by_role("list", name="Dossiers trouvés").get_by_role("button")
    await expect(found).to_have_count(1)
    await desk.audit()
    await found.press("Enter")
    await expect(window.get_by_role("button", name="Choisir une autre valeur")).to_be_focused()
    await expect(layer(window, "Cases de l’utilisateur")).to_contain_text("permet")
    await window.get_by_label("Fonction").select_option("dossier:validate")
    await window.get_by_label("Étape").select_option("2")
    await expect(window).to_contain_text(f"{name}, «\u00a0Validation de la saisie\u00a0», étape\u00a02")
    await expect(layer(window, "Cases de l’utilisateur")).to_contain_text("L’administrateur des utilisateurs")
    await desk.audit()
    await desk.page.keyboard.press("Escape")
    await expect(ask).to_be_focused()
    await row.get_by_role("link").first.click()
    await reach_the_box(desk)


async def reach_the_box(desk: Desk) -> None:
    """From the account: a box that nobody may tick says so, another is one link away and has the focus."""
    window = desk.dialog()
    found = window.get_by_role("list", name="Dossiers trouvés").get_by_role("button")
    await desk.button("Expliquer ses droits…").click()
    await window.get_by_label("Année").fill("2024")
    await window.get_by_label("Formulaire").select_option("ER")
    await expect(found).to_have_count(1)
    await found.click()
    await window.get_by_label("Fonction").select_option("dossier:validate")
    await expect(window).to_contain_text("La case ne se coche pas\u00a0: Imposé par le système")
    await window.get_by_label("Étape").select_option("2")
    await window.get_by_role("link", name="Ouvrir cette case dans ses droits").press("Enter")
    await expect(window).to_have_count(0)
    await expect(desk.page.get_by_role("checkbox", name=VALIDATE, exact=True)).to_be_focused()
    await expect(desk.page).to_have_url(re.compile(r"/parametrage/utilisateurs/[-0-9a-f]+$"))
    assert desk.faults == []


async def test_a_dossier_tells_an_administrator_about_another(desk: Desk) -> None:
    siren = desk.site.filled
    await desk.page.goto(desk.site.url)
    await desk.sign_in(f"admin.{siren}")
    await desk.open_dossier(siren)
    await desk.button("Mes droits").click()
    ask = desk.button("Expliquer les droits d’un autre…")
    await ask.press("Enter")
    window = desk.page.get_by_role("dialog", name="Pourquoi")
    await expect(window).to_contain_text("Vous, «\u00a0Lecture du dossier\u00a0»")
    whom = window.get_by_label("Pour qui")
    colleagues = whom.locator("optgroup[label=Collègues] option")
    await expect(colleagues).not_to_have_count(0)
    choices = await colleagues.all_inner_texts()
    assert len(choices) >= len(("saisie", "comptable", "direction"))
    await whom.select_option(label=choices[0])
    await window.get_by_label("Fonction").select_option("dossier:close")
    await expect(window).to_contain_text(f"{choices[0]}, «\u00a0")
    await expect(layer(window, "Limite du système")).to_contain_text("Personne")
    await desk.audit()
    await desk.page.keyboard.press("Escape")
    await expect(window).to_have_count(0)
    await expect(ask).to_be_focused()
    await desk.page.keyboard.press("Escape")
    await expect(desk.button("Mes droits")).to_be_focused()
    place = desk.page.url
    await desk.sign_out()
    await desk.page.goto(place)
    await desk.sign_in(f"saisie.{siren}")
    await desk.button("Mes droits").click()
    await expect(desk.button("Expliquer les droits d’un autre…")).to_have_count(0)
    await desk.dialog().get_by_role("button", name="Pourquoi").first.click()
    await expect(window.get_by_text("Non", exact=True)).to_be_visible()
    await expect(whom).to_have_count(0)


async def test_a_partner_reads_its_applications_and_why_they_may_not(desk: Desk) -> None:
    await desk.page.goto(f"{desk.site.url}/parametrage")
    await desk.sign_in("cdc.admin")
    table = desk.page.get_by_role("region", name="Applications clientes\u00a0:")
    await expect(table).to_contain_text("cdc-machine")
    await expect(table).to_contain_text("Impression et export du dossier · Lecture du dossier")
    await expect(table).to_contain_text("ouverte")
    await expect(desk.page.get_by_text("adressez-vous à la plateforme")).to_be_visible()
    await desk.audit()
    ask = table.get_by_role("button", name=SYSTEM)
    await ask.press("Enter")
    window = desk.dialog()
    await window.get_by_role("list", name="Dossiers trouvés").get_by_role("button").first.click()
    await expect(layer(window, "Portée du jeton")).to_contain_text("permet")
    await window.get_by_label("Fonction").select_option("exchange:read")
    await expect(layer(window, "Portée du jeton")).to_contain_text("refuse")
    await desk.audit()
    await window.get_by_role("button", name="Fermer").last.click()
    await expect(ask).to_be_focused()
    await desk.sign_out()
    await desk.page.goto(f"{desk.site.url}/parametrage")
    await desk.sign_in("ministere.admin")
    await desk.button("Choisir une organisation").click()
    await desk.dialog().get_by_label("Nom ou SIREN").fill("depots")
    await desk.dialog().get_by_role("button", name="Caisse des dépôts").click()
    administrator = desk.page.get_by_role("row", name="cdc.admin")
    await administrator.get_by_role("button", name="Expliquer les droits").click()
    await expect(table).to_have_count(0)
    await window.get_by_role("list", name="Dossiers trouvés").get_by_role("button").first.click()
    await expect(layer(window, "Convention")).to_contain_text("convention", ignore_case=True)


def layer(window: Locator, name: str) -> Locator:
    """What one layer says."""
    return window.get_by_role("listitem").filter(has=window.page.get_by_text(name, exact=True))
