"""Two people talk about a dossier at their browsers: drafts, publication, answers, icons, what is left."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from forms import Step
from resolvers.demo.cast import cast

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from playwright.async_api import Locator

    from tests.web.desk import Desk

pytestmark = pytest.mark.browser

PLATFORM = "ministere.affaire"
CELL = "A2.L111.B"
QUESTION = "Pouvez-vous préciser ce montant ?"
REMARK = "Tableau relu, rien à signaler."
ANSWER = "Il reprend la balance de clôture."


async def test_two_people_talk_about_a_cell_from_the_draft_to_the_end(
    desk: Desk, new_desk: Callable[[], Awaitable[Desk]]
) -> None:
    platform, organism = desk, await new_desk()
    siren = reviewed(desk)
    await enter(platform, PLATFORM, siren)
    await enter(organism, f"saisie.{siren}", siren)
    await write_by_keyboard(platform)
    await nobody_else_knows(organism)
    await left_behind(platform)
    await answered(organism)
    await two_windows(platform, organism)
    await settled(platform, organism)
    assert platform.faults == organism.faults == []


async def test_on_a_telephone_the_zone_is_a_drawer_and_a_text_is_never_lost(desk: Desk) -> None:
    siren = reviewed(desk)
    await desk.page.set_viewport_size({"width": 400, "height": 800})
    await enter(desk, PLATFORM, siren)
    await desk.button("Zone d’échanges").click()
    drawer = desk.page.get_by_role("dialog", name="Zone d’échanges")
    await drawer.get_by_label("Votre message").fill("Un début de")
    await desk.audit()
    await desk.page.keyboard.press("Escape")
    await expect(drawer).to_have_count(0)
    await expect(desk.button("Zone d’échanges")).to_be_focused()
    await desk.page.get_by_role("link", name=re.compile("^Échanges")).click()
    await expect(desk.page.get_by_label("Votre message")).to_have_value("Un début de")
    await desk.audit()
    await desk.page.get_by_role("link", name="Harmonia").click()
    await expect(desk.dialog()).to_contain_text("leur texte vous attendra dans cette fenêtre")
    await desk.button("Quitter quand même").click()
    await expect(desk.heading("Rechercher un dossier")).to_be_visible()
    await desk.page.go_back()
    await expect(desk.page.get_by_label("Votre message")).to_have_value("Un début de")
    await desk.page.get_by_label("Votre message").fill("")
    await desk.page.get_by_role("link", name="Harmonia").click()
    await expect(desk.heading("Rechercher un dossier")).to_be_visible()


def reviewed(desk: Desk) -> str:
    """An organism whose dossier the platform is reviewing, and that has people to answer."""
    sirens = (part.organism.siren for part in cast().parts if part.step is Step.REVIEW)
    return next(siren for siren in sirens if f"saisie.{siren}" in desk.site.passwords)


async def enter(desk: Desk, login: str, siren: str) -> None:
    await desk.page.goto(desk.site.url)
    await desk.sign_in(login)
    await desk.open_dossier(siren)
    await desk.page.goto(re.sub("/[^/]+$", "/A2", desk.page.url))
    await expect(desk.cell(CELL)).to_be_visible()


def described(text: str) -> re.Pattern[str]:
    return re.compile(re.escape(text).replace(r"\ ", r"\s"))


async def expect_said(desk: Desk, text: str) -> None:
    """What the icons of the cell say to who cannot see them."""
    await expect(desk.cell(CELL)).to_have_attribute("aria-description", described(text))


async def write_by_keyboard(desk: Desk) -> None:
    """From the cell to the zone and back, a question on the cell and a remark on the tab."""
    await desk.cell(CELL).click()
    await desk.page.keyboard.press("Escape")
    await desk.page.keyboard.press("Shift+F2")
    text = desk.page.get_by_label("Votre message")
    await expect(text).to_be_focused()
    await expect(desk.button("Dossier")).to_be_disabled()
    await desk.page.keyboard.type(QUESTION)
    await tab_to(desk, desk.button(f"Cellule {CELL}"))
    await desk.page.keyboard.press("Enter")
    await expect_said(desk, "1 question non publiée")
    await desk.audit()
    await text.focus()
    await desk.page.keyboard.type(REMARK)
    await tab_to(desk, desk.page.get_by_role("radio", name="Question").first)
    await desk.page.keyboard.press("ArrowRight")
    await tab_to(desk, desk.button("Tableau A2"))
    await desk.page.keyboard.press("Enter")
    here = desk.page.get_by_role("button", name="Messages de l’onglet A2")
    await expect(here).to_have_accessible_name(described("1 commentaire non publié"))
    await text.focus()
    await desk.page.keyboard.press("Shift+F2")
    await expect(text).to_have_count(0)
    await expect(desk.cell(CELL)).to_be_focused()


async def tab_to(desk: Desk, wanted: Locator) -> None:
    """By the Tab key alone."""
    for _ in range(8):
        if await wanted.evaluate("(element) => element === document.activeElement"):
            return
        await desk.page.keyboard.press("Tab")
    await expect(wanted).to_be_focused()


async def nobody_else_knows(desk: Desk) -> None:
    await desk.page.reload()
    await expect(desk.cell(CELL)).to_be_visible()
    await expect(desk.button("Zone d’échanges")).to_be_visible()
    await expect(desk.cell(CELL).locator(".talk")).to_have_count(0)
    await expect(desk.page.get_by_role("button", name="Messages de l’onglet A2")).to_have_count(0)


async def left_behind(desk: Desk) -> None:
    """One draft is thought better of and goes; the other would be left, and is published on the way out."""
    await desk.page.get_by_role("button", name="Messages de l’onglet A2").click()
    thread = desk.page.get_by_role("article").filter(has_text=REMARK)
    await thread.get_by_role("button", name="Supprimer ce brouillon").click()
    await desk.dialog().get_by_role("button", name="Supprimer", exact=True).click()
    await expect(thread).to_have_count(0)
    await desk.page.get_by_role("link", name="Recherche").click()
    await expect(desk.dialog()).to_contain_text(re.compile("messages? (n’est|ne sont) pas publié"))
    await desk.audit()
    await desk.button("Rester").click()
    await expect(desk.cell(CELL)).to_be_visible()
    await desk.page.get_by_role("link", name="Recherche").click()
    await desk.dialog().get_by_role("button", name="Publier").click()
    await expect(desk.heading("Rechercher un dossier")).to_be_visible()
    await desk.page.go_back()
    await expect_said(desk, "1 question publiée")
    # Out of sight, what will be answered stays unread.
    await desk.button("Zone d’échanges").click()
    await expect(desk.page.get_by_label("Votre message")).to_have_count(0)


async def answered(desk: Desk) -> None:
    """The icon is new until it is seen; the answer is a draft too."""
    await desk.page.reload()
    await expect_said(desk, "1 question publiée, dont 1 non lue")
    await desk.cell(CELL).locator(".talk").click()
    thread = desk.page.get_by_role("article").filter(has_text=QUESTION)
    await expect(thread).to_contain_text("Nouveau")
    await expect(desk.cell(CELL)).not_to_have_attribute("aria-description", re.compile("non lu"))
    await expect(thread).to_contain_text("Nouveau")
    await thread.get_by_role("button", name="Répondre").click()
    await expect(thread.get_by_label("Votre réponse")).to_be_focused()
    await desk.page.keyboard.type(ANSWER)
    await thread.get_by_role("button", name="Enregistrer la réponse").click()
    await expect_said(desk, "1 commentaire non publié")
    await desk.audit()


async def two_windows(platform: Desk, organism: Desk) -> None:
    """What one window published, the other still shows as a draft: acted upon, it says so."""
    first = organism.page
    second = await first.context.new_page()
    await second.goto(re.sub("/[^/]+$", "/echanges", first.url))
    thread = second.get_by_role("article").filter(has_text=QUESTION)
    await thread.get_by_role("button", name="Modifier ce brouillon").click()
    await thread.get_by_label("Modifier le brouillon").fill("Autrement dit.")
    await first.get_by_role("article").get_by_role("button", name="Publier").click()
    await expect_said(organism, "1 commentaire publié")
    await thread.get_by_role("button", name="Enregistrer", exact=True).click()
    await expect(thread.get_by_role("alert")).to_contain_text("Ce message est déjà publié")
    await thread.get_by_role("button", name="Annuler").click()
    await expect(thread.get_by_role("button", name="Supprimer ce brouillon")).to_have_count(0)
    await expect(thread).to_contain_text(ANSWER)
    await second.close()
    await platform.page.reload()
    await expect_said(platform, "1 commentaire publié, dont 1 non lu")


async def settled(platform: Desk, organism: Desk) -> None:
    """On the page of all exchanges: closed, the icon stays, green and ticked; a link leads to the cell."""
    await platform.page.get_by_role("link", name=re.compile("^Échanges")).click()
    await expect(platform.heading("Espace d’échange")).to_be_visible()
    thread = platform.page.get_by_role("article").filter(has_text=QUESTION)
    await platform.page.get_by_label("Non lus").check()
    await expect(thread).to_contain_text(ANSWER)
    await platform.audit()
    await platform.page.get_by_label("Non lus").uncheck()
    await thread.get_by_role("button", name="Clore").click()
    await expect(thread).to_have_count(0)
    await platform.page.get_by_text("Clos", exact=True).click()
    await expect(thread).to_contain_text("Clos le")
    await thread.get_by_role("link", name=CELL).click()
    await expect(platform.cell(CELL)).to_be_focused()
    await expect_said(platform, "1 question publiée, échange terminé")
    await expect(platform.cell(CELL).locator(".talk-settled")).to_have_count(2)
    await organism.page.reload()
    await expect_said(organism, "échange terminé")
