"""At the desk of rights: why, what if, a change kept, crossed and taken back; a profile by the keyboard."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from playwright.async_api import Locator

    from tests.web.desk import Desk

pytestmark = pytest.mark.browser

EDITOR = "ministere.admin"
PARTNER = "Agence nationale de contrôle"
SENTENCE = "L’ANCOLS ne lit jamais un dossier ER à l’étape 4"
SECTIONS = ("", "/qui", "/profils", "/controle", "/historique", "/csv")


async def test_a_change_is_measured_tried_kept_crossed_and_rolled_back(
    desk: Desk, new_desk: Callable[[], Awaitable[Desk]]
) -> None:
    await desk.page.goto(f"{desk.site.url}/droits/pourquoi")
    await desk.sign_in(EDITOR)
    await why(desk)
    await keep_a_test(desk)
    await desk.page.get_by_role("link", name="Règles").click()
    await add_a_rule(desk, "étape 4")
    await expect(desk.page.get_by_text("Cette modification ne peut pas être enregistrée.")).to_be_visible()
    await expect(desk.page.get_by_text(f"«\u00a0{SENTENCE}\u00a0» ne serait plus vrai")).to_be_visible()
    await expect(desk.button("Enregistrer…")).to_have_count(0)
    await desk.audit()
    await desk.button("Abandonner la modification").click()

    other = await new_desk()
    await other.page.goto(f"{other.site.url}/droits/regles")
    await other.sign_in(EDITOR)
    await expect(other.page.get_by_role("region", name="Règles", exact=True)).to_be_visible()
    for one, step in ((desk, "étape 5"), (other, "étape 6")):
        await add_a_rule(one, step)
        await expect(one.button("Enregistrer…")).to_be_visible()
    await save(desk, "Ouverture à l’ANCOLS")
    await expect(told(desk)).to_be_focused()
    await cross(other)
    await roll_back(other)
    await drop_the_test(other)


async def test_a_profile_is_changed_by_the_keyboard_and_every_section_is_open_to_all(desk: Desk) -> None:
    await desk.page.goto(f"{desk.site.url}/droits")
    await desk.sign_in(EDITOR)
    await expect(desk.page.get_by_role("heading", name="Droits", level=1)).to_be_visible()
    for section in SECTIONS:
        await desk.page.goto(f"{desk.site.url}/droits{section}")
        await expect(desk.page.locator(".desk-content h2").first).to_be_visible()
        await expect(desk.page.locator(".desk-content [aria-busy]")).to_have_count(0)
        await desk.audit()
    await desk.page.get_by_role("link", name="Profils").click()
    await desk.page.get_by_label("Profil", exact=True).select_option(label="Utilisateur partenaire")
    box = desk.page.get_by_role("checkbox", name="Lecture du dossier, étape 4 (Fiabilisation)")
    await expect(box).to_be_checked()
    await box.press("Space")
    await expect(desk.page.get_by_text("Ce qui change")).to_be_visible()
    # What is not saved survives the desk's other screens, and is asked about on the way out.
    await desk.page.get_by_role("link", name="Essais").click()
    await desk.page.get_by_role("link", name="Recherche").click()
    await expect(desk.dialog()).to_contain_text("Quitter sans enregistrer")
    await desk.button("Rester").click()
    await desk.page.get_by_role("link", name="profil modifié").click()
    await expect(box).not_to_be_checked()
    await box.press("Space")
    await expect(desk.button("Enregistrer…")).to_have_count(0)


async def why(desk: Desk) -> None:
    """For another, as if the dossier were at an earlier step: the layer that refuses."""
    await desk.page.get_by_label("Organisation de la personne").fill("depots")
    await desk.page.get_by_role("button", name=re.compile("^Caisse des dépôts")).click()
    people = desk.page.get_by_label("Personne")
    await expect(people).to_be_focused()
    await expect(people.get_by_role("option")).to_have_count(2)
    await people.select_option(index=1)
    await desk.page.get_by_label("Dossier", exact=True).fill(desk.site.filled)
    await desk.page.get_by_role("list", name="Dossiers trouvés").get_by_role("button").first.click()
    await desk.page.get_by_label("Étape").select_option("1")
    answer = desk.page.locator(".why")
    await expect(answer.get_by_text("Non", exact=True)).to_be_visible()
    await expect(answer.get_by_text("refuse", exact=True).first).to_be_visible()
    await desk.audit()


async def keep_a_test(desk: Desk) -> None:
    await desk.page.get_by_role("link", name="Essais").click()
    await desk.button("Ajouter un essai").click()
    await desk.dialog().get_by_label("Phrase").fill(SENTENCE)
    await pick_partner(desk)
    for step in range(5):
        box = desk.dialog().get_by_role("checkbox", name=re.compile(f"^{step} "))
        await box.set_checked(step == int(SENTENCE[-1]))
    await desk.audit()
    await desk.button("Enregistrer l’essai").click()
    await expect(desk.page.get_by_text(SENTENCE, exact=True)).to_be_visible()
    await expect(desk.page.get_by_text("tenu", exact=True)).to_be_visible()


async def drop_the_test(desk: Desk) -> None:
    """What must stay true binds whoever comes next to this site."""
    await desk.page.get_by_role("link", name="Essais").click()
    await desk.button(f"Supprimer l’essai «\u00a0{SENTENCE}\u00a0»").click()
    await desk.button("Supprimer").click()
    await expect(desk.page.get_by_text(SENTENCE, exact=True)).to_have_count(0)


async def pick_partner(desk: Desk) -> None:
    await desk.dialog().get_by_role("textbox", name="Qui").fill("agence controle")
    await desk.dialog().get_by_role("button", name=re.compile(f"^{PARTNER}")).click()


async def add_a_rule(desk: Desk, step: str, *, audited: bool = True) -> None:
    """The partner may read, from a step on, what he could not."""
    await desk.button("Ajouter une règle").click()
    await pick_partner(desk)
    number = int(step[-1])
    for other in range(4, 7):
        await (
            desk.dialog().get_by_role("checkbox", name=re.compile(f"^{other} ")).set_checked(other >= number)
        )
    await desk.dialog().get_by_label("Article").fill(f"Protocole, {step}")
    if audited:
        await desk.audit()
    await desk.button("Ajouter à la modification").click()


async def save(desk: Desk, motive: str) -> None:
    await desk.button("Enregistrer…").click()
    await desk.dialog().get_by_label("Motif").fill(motive)
    await desk.audit()
    await desk.button("Appliquer maintenant").click()


def told(desk: Desk) -> Locator:
    return desk.page.locator(".desk-told")


async def cross(desk: Desk) -> None:
    """Another has changed the same rules meanwhile: they are named, and what was typed goes on from them."""
    await desk.button("Enregistrer…").click()
    await desk.dialog().get_by_label("Motif").fill("Étape 6 seulement")
    await desk.button("Appliquer maintenant").click()
    alert = desk.dialog().get_by_role("alert")
    await expect(alert).to_contain_text("Protocole, étape 5")
    await desk.audit()
    version = desk.page.locator(".desk-header").get_by_text(re.compile("^version "))
    before = await version.inner_text()
    await alert.get_by_role("button", name="Reprendre sur la nouvelle version").click()
    await expect(told(desk)).to_contain_text("reprise")
    await expect(version).not_to_have_text(before)
    await desk.button("Enregistrer…").click()
    await expect(desk.dialog().get_by_label("Motif")).to_have_value("Étape 6 seulement")
    await desk.button("Appliquer maintenant").click()
    await expect(told(desk)).to_contain_text("Enregistré")


async def roll_back(desk: Desk) -> None:
    await desk.page.get_by_role("link", name="Historique").click()
    rows = desk.page.get_by_role("region", name="Versions des règles").get_by_role("row")
    await expect(rows.nth(1)).to_contain_text("Étape 6 seulement")
    await rows.nth(3).get_by_role("button", name="Revenir").click()
    await expect(desk.dialog().get_by_role("deletion")).to_have_count(2)
    await desk.audit()
    await desk.button("Revenir à cette version").click()
    await expect(told(desk)).to_contain_text("Enregistré")
    await expect(rows.nth(1)).to_contain_text("Retour à la version")
