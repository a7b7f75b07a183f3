"""The home page: finding dossiers by the keyboard, choosing among them, keeping a search and its columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.web.test_filling import press, reach
from tests.web.test_worklist import taken

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from playwright.async_api import Locator, Response

    from tests.web.desk import Desk

pytestmark = pytest.mark.browser

MINISTRY, FEDERATION, PARTNER = "ministere.affaire", "coop.affaire", "cglls.lecture"
NO_CRITERION = "Indiquez au moins un critère avant de lancer la recherche."
KEPT = "Offices à relancer"


async def test_dossiers_are_found_sorted_and_opened_by_the_keyboard_alone(desk: Desk) -> None:
    await arrive(desk, MINISTRY)
    await asks_for_a_criterion(desk)
    await follows_a_suggestion(desk)
    await searches_in_detail(desk)
    await sorts_and_filters(desk)
    await reach(desk, "A ER 2024 de")
    await press(desk, "Enter")
    await expect(desk.cell("A1.L011.B")).to_be_visible()
    await desk.page.go_back()
    await expect(field(desk, "Filtrer dans les résultats")).to_have_value("habitat")
    await expect(count(desk)).to_contain_text("dossiers trouvés")


async def arrive(desk: Desk, login: str, address: str = "") -> None:
    await desk.page.goto(f"{desk.site.url}/{address}")
    await desk.sign_in(login)
    await expect(desk.heading("Rechercher un dossier")).to_be_visible()


def field(desk: Desk, name: str) -> Locator:
    return desk.page.get_by_label(name, exact=True)


def count(desk: Desk) -> Locator:
    return desk.page.locator(".search-count")


def chosen(desk: Desk) -> Locator:
    return desk.page.locator(".selection-count")


async def asks_for_a_criterion(desk: Desk) -> None:
    """Nothing is found before something is asked; a day that is none is told in its place."""
    await desk.audit()
    await reach(desk, "Organisme")
    await press(desk, "Enter")
    await expect(desk.page.get_by_role("alert")).to_have_text(NO_CRITERION)
    await expect(field(desk, "Organisme")).to_be_focused()
    await expect(count(desk)).to_have_count(0)
    await reach(desk, "Recherche détaillée")
    await press(desk, "Space")
    await expect(field(desk, "Passage le")).to_be_visible()
    await reach(desk, "Passage le")
    await press(desk, *"31/02/2025", "Enter")
    await expect(desk.page.get_by_role("alert")).to_have_text("Écrivez cette date comme 31/12/2025.")
    await expect(field(desk, "Passage le")).to_be_focused()
    await desk.audit()
    await reach(desk, "BUTTON   Réinitialiser")
    await press(desk, "Enter")
    await expect(field(desk, "Passage le")).to_have_value("")
    await expect(field(desk, "Organisme")).to_be_focused()


async def follows_a_suggestion(desk: Desk) -> None:
    siren = desk.site.filled
    await desk.page.keyboard.type(siren[:6])
    await expect(desk.page.locator("[role=option]").first).to_be_visible()
    await press(desk, "ArrowDown")
    await expect(desk.page.locator("[role=option][aria-selected=true]")).to_contain_text("code")
    await desk.audit()
    await press(desk, "Enter")
    await desk.page.wait_for_url(f"**q={siren}**")
    await expect(desk.page.get_by_role("link", name="ER 2024 de")).to_have_count(1)
    await expect(desk.page.get_by_role("listbox")).to_be_hidden()


async def searches_in_detail(desk: Desk) -> None:
    """Several years from a list, a day from the calendar, an interval by its box: all in the address."""
    await reach(desk, "BUTTON   Réinitialiser")
    await press(desk, "Enter")
    await press(desk, "Tab", "Tab")
    await expect(desk.button("Année Toutes")).to_be_focused()
    await press(desk, "Enter", "Tab", "Space", "Escape")
    await reach(desk, "Calendrier – Passage le")
    await press(desk, "Enter")
    await expect(desk.page.get_by_role("dialog", name="Calendrier – Passage le")).to_be_visible()
    await expect(desk.page.locator("[role=grid] :focus")).to_have_count(1)
    await desk.audit()
    await press(desk, *["Shift+PageUp"] * 6, "Enter")
    await expect(desk.page.get_by_role("button", name="Calendrier – Passage le")).to_be_focused()
    await reach(desk, "jusqu’au")
    await press(desk, "Space", "Tab")
    await expect(field(desk, "Passage au")).to_be_focused()
    await press(desk, *"31/12/2030", "Enter")
    await desk.page.wait_for_url(re.compile(r"passage_du=20\d\d-\d\d-\d\d&passage_au=2030-12-31&annee=\d{4}"))
    await expect(count(desk)).to_contain_text("dossiers trouvés")
    await desk.audit()


async def sorts_and_filters(desk: Desk) -> None:
    await desk.page.goto(f"{desk.site.url}/?annee=2024&formulaire=ER")
    await expect(desk.page.get_by_role("link", name="ER 2024 de").first).to_be_visible()
    for direction in ("ascending", "descending"):
        await reach(desk, "BUTTON   Depuis le")
        await press(desk, "Enter")
        heading = desk.page.get_by_role("columnheader", name="Depuis le")
        await expect(heading).to_have_attribute("aria-sort", direction)
        await press(desk, *["Shift+Tab"] * 3)
    await expect(desk.page).to_have_url(re.compile("tri=step_since&sens=desc"))
    await reach(desk, "Filtrer dans les résultats", "Shift+Tab")
    await desk.page.keyboard.type("habitat")
    await expect(desk.page).to_have_url(re.compile("dans=habitat"))
    await expect(desk.page.get_by_role("link", name="ER 2024 de").first).to_be_visible()


async def test_all_are_chosen_but_some_and_go_into_the_work_list(desk: Desk) -> None:
    await arrive(desk, FEDERATION, "?annee=2024")
    await expect(count(desk)).to_contain_text("trouvés")
    total = int(re.sub(r"\D", "", await count(desk).inner_text()))
    await field(desk, "Choisir tous les résultats").check()
    await expect(chosen(desk)).to_have_text(f"{total}\u00a0dossiers choisis")
    rows = desk.page.locator("tbody").get_by_role("checkbox")
    await rows.nth(1).uncheck()
    await export_chosen(desk, total - 1)
    await expect(chosen(desk)).to_have_text(f"{total - 1}\u00a0dossiers choisis – tous sauf 1")
    await desk.audit()
    left = await desk.page.get_by_role("link", name="CSV").get_attribute("href")
    assert left is not None
    assert re.search(r"sauf=[-0-9a-f]{36}$", left)
    await desk.button("Ajouter à la liste de travail").click()
    await expect(desk.page.get_by_text(f"{total - 1}\u00a0dossiers ajoutés")).to_be_visible()
    await desk.audit()
    await put_a_label(desk)
    await take_some(desk)
    # Other dossiers found are none of those that were chosen.
    await desk.page.locator(".chip", has_text="Saisie").first.click()
    await expect(chosen(desk)).to_have_count(0)


async def export_chosen(desk: Desk, count: int) -> None:
    await desk.button("Exporter les dossiers").click()
    await expect(desk.dialog().get_by_role("heading")).to_have_text(f"Exporter {count}\u00a0dossiers")
    await desk.audit()
    await desk.dialog().get_by_label("Données XML").check()
    await desk.button("Préparer l’export").click()
    await desk.button("Interrompre").click()
    await expect(desk.button("Interrompre")).to_have_count(0)
    await desk.dialog().get_by_role("button", name="Fermer", exact=True).last.click()


async def take_some(desk: Desk) -> None:
    """The files and the paper are of those ticked."""
    await desk.button("Ne rien choisir").click()
    for place in (0, 1):
        await desk.page.locator("tbody").get_by_role("checkbox").nth(place).check()
    files = desk.page.get_by_role("list", name="Les dossiers choisis en fichier")
    for name in ("CSV", "Imprimer le choix"):
        link = files.get_by_role("link", name=name)
        await expect(link).to_have_attribute("href", re.compile(r"seuls=[-0-9a-f]{36}%2C[-0-9a-f]{36}$"))
    assert (await taken(desk, files.get_by_role("link", name="CSV"))).count(b"\r\n") == 3


async def put_a_label(desk: Desk) -> None:
    """All that are chosen bear it, and what was left out does not."""
    await desk.button("Étiquettes").click()
    await desk.dialog().get_by_text("Nouvelle étiquette").click()
    await desk.dialog().get_by_label("Nom", exact=True).fill("À relancer en priorité")
    await desk.button("Créer").click()
    await expect(desk.dialog().get_by_role("checkbox", name="À relancer en priorité")).to_be_checked()
    await desk.audit()
    await desk.button("Appliquer").click()
    await expect(desk.dialog()).to_have_count(0)
    shown = desk.page.locator(".results .label-badge", has_text="À relancer en priorité")
    rows = desk.page.locator("tbody tr:not([aria-hidden])")
    await expect(shown).to_have_count(await rows.count() - 1)
    await expect(rows.nth(1).locator(".label-badge", has_text="À relancer")).to_have_count(0)


async def test_a_search_its_columns_and_its_pages_are_kept(desk: Desk) -> None:
    await arrive(desk, MINISTRY, "?etape=4,5&annee=2024&tri=name")
    await keep(desk)
    await choose_columns(desk)
    await go_through_pages(desk)
    await desk.button("Réinitialiser").click()
    await expect(count(desk)).to_have_count(0)
    await desk.button("Recherches enregistrées").click()
    await desk.button(KEPT).click()
    await expect(desk.page).to_have_url(re.compile(r"annee=2024&etape=4%2C5&tri=name"))
    await expect(desk.page.get_by_role("navigation", name="Pages de résultats")).to_be_visible()
    await expect(desk.page.get_by_role("columnheader", name="Type")).to_have_count(0)
    await desk.button("Recherches enregistrées").click()
    await desk.button(f"Supprimer {KEPT}").click()
    await expect(desk.dialog().get_by_role("status")).to_contain_text("est supprimée")
    await expect(desk.button(KEPT)).to_have_count(0)
    assert desk.faults == []


async def keep(desk: Desk) -> None:
    """The same name twice asks before it replaces."""
    await desk.button("Recherches enregistrées").click()
    name = desk.page.get_by_label("Enregistrer la recherche affichée sous le nom")
    for _ in range(2):
        await name.fill(KEPT)
        await desk.button("Enregistrer").click()
        await expect(desk.button(KEPT)).to_be_visible()
    await expect(desk.dialog().get_by_role("alert")).to_contain_text("remplacez-la")
    await desk.audit()
    await desk.button("Remplacer la recherche de ce nom").click()
    await expect(desk.dialog().get_by_role("status")).to_contain_text("est enregistrée")
    await desk.dialog().get_by_role("button", name="Fermer").last.click()


async def choose_columns(desk: Desk) -> None:
    await desk.button("Colonnes").click()
    await desk.page.get_by_label("Type", exact=True).last.uncheck()
    await field(desk, "Département").check()
    await desk.audit()
    async with desk.page.expect_response(_keeps_the_look):
        await desk.button("Afficher ces colonnes").click()
    await expect(desk.page.get_by_role("columnheader", name="Département")).to_be_visible()
    await desk.page.reload()
    await expect(desk.page.get_by_role("columnheader", name="Département")).to_be_visible()
    await expect(desk.page.get_by_role("columnheader", name="Type")).to_have_count(0)


def _keeps_the_look(answer: Response) -> bool:
    return "SaveListView" in (answer.request.post_data or "")


async def go_through_pages(desk: Desk) -> None:
    await field(desk, "Affichage").select_option("paginé")
    rows = desk.page.locator("tbody tr")
    await expect(rows).to_have_count(10)
    first = await rows.first.inner_text()
    await desk.button("Page suivante").click()
    printed = desk.page.get_by_role("link", name="Imprimer la page")
    await expect(printed).to_have_attribute("href", re.compile("seuls=[-0-9a-f]{36}(%2C[-0-9a-f]{36}){9}$"))
    await expect(rows.first).not_to_have_text(first)
    await expect(desk.page.get_by_role("button", name="Page 2", exact=True)).to_have_attribute(
        "aria-current", "page"
    )
    await desk.button("Dernière page").click()
    await expect(desk.button("Page suivante")).to_be_disabled()
    await expect(desk.page.locator("tbody .skeleton")).to_have_count(0)
    await desk.audit()


async def test_each_has_his_own_criteria_columns_and_dossiers(
    new_desk: Callable[[], Awaitable[Desk]],
) -> None:
    """The manual's two exceptions (§6.2), what a partner may not ask, and an organism's own at once."""
    federation, partner, organism = [await new_desk() for _ in range(3)]
    await arrive(federation, FEDERATION, "?annee=2024&siren=999999999")
    await expect(field(federation, "ER associé transmis")).to_be_visible()
    for absent in ("Fédération", "Type"):
        await expect(field(federation, absent)).to_have_count(0)
    await expect(federation.page.get_by_text("Aucun dossier ne correspond")).to_be_visible()
    await federation.audit()
    await arrive(partner, PARTNER, "?annee=2024&retard=non")
    await expect(field(partner, "En retard")).to_have_value("non")
    for absent in ("Utilisateur", "Fédération", "Chargé de mission", "ER associé transmis"):
        await expect(field(partner, absent)).to_have_count(0)
    await expect(partner.page.get_by_role("link", name="Accès donnés")).to_be_visible()
    await arrive(organism, f"saisie.{organism.site.filled}")
    await expect(count(organism)).to_contain_text("trouvé")
    await organism.page.get_by_role("button", name=re.compile("^Fiche de")).first.click()
    await expect(organism.dialog()).to_contain_text("Commune du siège")
    await organism.audit()


async def test_an_address_made_up_is_no_fault(desk: Desk) -> None:
    await arrive(desk, MINISTRY, "?tri=password&sens=x&etape=99&annee=abc&retard=peut-etre&passage_du=hier")
    await expect(count(desk)).to_have_count(0)
    await desk.page.goto(f"{desk.site.url}/?q=%25'%22_%5C&annee=2024")
    await expect(desk.page.get_by_text("Aucun dossier ne correspond")).to_be_visible()
    await desk.page.goto(f"{desk.site.url}/?charge=pas-un-compte&annee=2024")
    await expect(count(desk).or_(desk.page.get_by_role("alert")).first).to_be_visible()
    await desk.audit()
