"""Two people and one dossier after its transmission: handed back, corrected, taken back, closed, reopened."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from forms import Step
from resolvers.demo.cast import LISTED, cast

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.web.desk import Desk

pytestmark = pytest.mark.browser

AGENT, WHY = "ministere.affaire", "Le poste 11 est à revoir."


async def test_a_dossier_goes_from_hand_to_hand_until_it_is_reopened(
    desk: Desk, new_desk: Callable[[], Awaitable[Desk]]
) -> None:
    siren = next(
        cast().parts[rank].organism.siren for rank in LISTED if cast().parts[rank].step is Step.REVIEW
    )
    platform, organism = desk, await new_desk()
    for one, login in ((platform, AGENT), (organism, f"saisie.{siren}")):
        await one.page.goto(one.site.url)
        await one.sign_in(login)
        await one.open_dossier(siren)
    await hand_back(platform)
    await correct(organism)
    await a_stale_screen_does_nothing(platform)
    # From where nothing of the dossier is left behind: he has drafts on it.
    await organism.page.goto(organism.site.url)
    await organism.sign_out()
    await organism.sign_in(f"direction.{siren}")
    await move(platform, "Finaliser le dossier", "Finalisation")
    await move(platform, "Fermer le dossier", "Fermeture")
    await organism.open_dossier(siren)
    await ask_for_it(organism)
    await accept(platform)
    await organism.page.reload()
    await expect(organism.step()).to_contain_text("Fiabilisation")


async def hand_back(desk: Desk) -> None:
    """With a reason, which the browser asks for; then nothing moves on this screen."""
    await desk.button("Sous-étape").click()
    await desk.dialog().get_by_label("Sous-étape").select_option("relecture")
    await desk.audit()
    await desk.dialog().get_by_role("button", name="Enregistrer").click()
    await expect(desk.page.get_by_text("Relecture en cours")).to_be_visible()
    await desk.button("Remettre à l’organisme").click()
    await desk.audit()
    send = desk.dialog().get_by_role("button", name="Remettre à l’organisme")
    await send.click()
    await expect(desk.dialog()).to_be_visible()
    await desk.dialog().get_by_label("Motif").fill(WHY)
    await send.click()
    await expect(desk.page.get_by_text("Remis à l’organisme depuis le")).to_be_visible()
    await expect(desk.button("Finaliser le dossier")).to_have_count(0)
    await desk.audit()


async def correct(desk: Desk) -> None:
    """The organism reads why, and its cells are open."""
    await desk.page.reload()
    await expect(desk.page.get_by_text(WHY)).to_be_visible()
    await desk.type_in("A1.L011.B", "4321,5")
    await expect(desk.cell("A1.L011.B")).to_have_text("4\u202f321,50")
    await desk.page.keyboard.press("Escape")
    await desk.audit()


async def a_stale_screen_does_nothing(desk: Desk) -> None:
    """Two windows of one person: what one has taken back, the other is told, and reads again."""
    other = await desk.page.context.new_page()
    await other.goto(desk.page.url)
    await other.get_by_role("button", name="Reprendre le dossier").click()
    await desk.button("Reprendre le dossier").click()
    await desk.dialog().get_by_role("button", name="Reprendre le dossier").click()
    await expect(desk.button("Finaliser le dossier")).to_be_visible()
    await other.get_by_role("dialog").get_by_role("button", name="Reprendre le dossier").click()
    await expect(
        other.get_by_text("Ce dossier a changé depuis que cette fenêtre est ouverte.")
    ).to_be_visible()
    await other.get_by_role("dialog").get_by_role("button", name="Fermer").last.click()
    await expect(other.get_by_role("button", name="Finaliser le dossier")).to_be_visible()
    await other.close()


async def move(desk: Desk, name: str, step: str) -> None:
    await desk.button(name).click()
    await desk.audit()
    await desk.dialog().get_by_role("button", name=name).click()
    await expect(desk.step()).to_contain_text(step)


async def ask_for_it(desk: Desk) -> None:
    await desk.button("Demander le retour en étape 4").click()
    await desk.dialog().get_by_label("Motif").fill("Une écriture oubliée.")
    await desk.audit()
    await desk.button("Envoyer la demande").click()
    await expect(desk.page.get_by_text("Retour en étape 4 demandé")).to_be_visible()
    await expect(desk.button("Accepter…")).to_have_count(0)
    await desk.audit()


async def accept(desk: Desk) -> None:
    await desk.page.reload()
    await expect(desk.page.get_by_text("Une écriture oubliée.")).to_be_visible()
    await desk.audit()
    await desk.button("Accepter…").click()
    await desk.dialog().get_by_label("Réponse").fill("Soit.")
    await desk.audit()
    await desk.button("Accepter et rouvrir").click()
    await expect(desk.step()).to_contain_text("Fiabilisation")
    await expect(desk.page.get_by_text("Retour en étape 4 demandé")).to_have_count(0)
