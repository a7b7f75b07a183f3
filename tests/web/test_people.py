"""In the settings: users made, copied, closed; boxes set by the keyboard take effect; refusals said."""

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

SECRET = "Abricot-24-Vert!"
ENTRY = "Saisie du dossier, étape 1 (Saisie)"
FORM = "ER · Ministère chargé du logement"
READ_AT_0 = "Lecture du dossier, étape 0 (À initialiser)"


async def test_a_user_is_made_given_rights_by_the_keyboard_copied_and_closed(
    desk: Desk, new_desk: Callable[[], Awaitable[Desk]]
) -> None:
    admin, siren = desk, desk.site.filled
    await admin.page.goto(f"{admin.site.url}/parametrage")
    await admin.sign_in(f"admin.{siren}")
    await make(admin, siren)
    user = await new_desk()
    await user.page.goto(user.site.url)
    await user.sign_in("marie.durand", SECRET)
    await user.open_dossier(siren)
    grid = user.page.get_by_role("grid").first
    await expect(grid).to_have_attribute("aria-readonly", "false")
    await expect(user.page.get_by_role("link", name="Paramétrage")).to_have_count(0)

    await take_entry_away(admin)
    await user.page.reload()
    await expect(grid).to_have_attribute("aria-readonly", "true")
    await expect(user.button("Vérifier")).to_have_count(0)
    await copy(admin)
    await close(admin)
    await user.page.reload()
    await user.sign_in("marie.durand", SECRET)
    await expect(user.page.get_by_role("alert")).to_be_visible()
    await expect(user.heading("Connexion")).to_be_visible()


async def test_what_is_refused_is_said_in_place_and_nothing_typed_is_lost(
    desk: Desk, new_desk: Callable[[], Awaitable[Desk]]
) -> None:
    siren = desk.site.siren
    await desk.page.goto(f"{desk.site.url}/parametrage")
    await desk.sign_in(f"admin.{siren}")
    await lock_oneself_out(desk)
    other = await new_desk()
    await other.page.goto(f"{other.site.url}/parametrage")
    await other.sign_in(f"admin.{siren}")
    await at_once(desk, other)
    await other.sign_out()
    await other.sign_in(f"saisie.{siren}")
    await expect(other.page.get_by_role("link", name="Exports")).to_be_visible()
    await expect(other.page.get_by_role("link", name="Paramétrage")).to_have_count(0)
    await other.page.goto(f"{other.site.url}/parametrage")
    await expect(other.page.get_by_role("alert")).to_contain_text("Adressez-vous à un administrateur")
    await expect(other.button("Ajouter un utilisateur")).to_have_count(0)


async def test_a_platform_opens_administrators_of_those_that_it_works_with(desk: Desk) -> None:
    await desk.page.goto(f"{desk.site.url}/parametrage")
    await desk.sign_in("ministere.admin")
    await desk.button("Choisir une organisation").click()
    await desk.dialog().get_by_label("Nom ou SIREN").fill("depots")
    await expect(desk.dialog().get_by_text("1\u00a0organisation")).to_be_visible()
    await desk.audit()
    await desk.dialog().get_by_role("button", name="Caisse des dépôts").click()
    rows = desk.page.get_by_role("region", name="Caisse des dépôts")
    await expect(rows.get_by_role("row")).to_have_count(2)
    await desk.page.get_by_role("link", name="Profils").click()
    await desk.page.get_by_label("Profil", exact=True).select_option(label="Utilisateur partenaire")
    box = desk.page.get_by_role("checkbox", name="Lecture du dossier, étape 4 (Fiabilisation)")
    await expect(box).to_be_checked()
    await box.press("ArrowLeft")
    grey = desk.page.get_by_role("checkbox", name="Lecture du dossier, étape 3 (Validation hiérarchique)")
    await expect(grey).to_be_focused()
    await expect(grey).to_have_accessible_description(re.compile("Imposé par le système"))
    await desk.audit()
    await desk.page.get_by_role("link", name="← Paramétrage").click()
    await desk.button("Ajouter un utilisateur").click()
    await expect(desk.heading("Nouvel administrateur")).to_be_visible()
    await expect(desk.page.get_by_label("Profil par défaut")).to_have_count(0)
    await fill_in(desk, "Luc", "Martin", "cdc.luc")
    await desk.button("Créer l’utilisateur").click()
    await expect(rows.get_by_role("row", name="Luc Martin")).to_contain_text("Administrateur partenaire")


async def fill_in(desk: Desk, first: str, last: str, login: str) -> None:
    for label, text in (
        ("Nom", last),
        ("Prénom", first),
        ("Adresse électronique", f"{login}@exemple.fr"),
        ("Téléphone", "01 99 00 12 34"),
        ("Identifiant de connexion", login),
        ("Mot de passe", SECRET),
        ("Mot de passe, une seconde fois", SECRET),
    ):
        await desk.page.get_by_label(label, exact=True).fill(text)


async def make(desk: Desk, siren: str) -> None:
    """Faults are summed up and lead to their field; a login that is taken is said under it."""
    await expect(desk.page.get_by_role("row", name="ouvert").first).to_be_visible()
    await desk.audit()
    await desk.button("Ajouter un utilisateur").click()
    await desk.button("Créer l’utilisateur").click()
    await expect(desk.page.get_by_text("6\u00a0champs à corriger")).to_be_visible()
    await desk.page.get_by_role("link", name="Téléphone").click()
    await expect(desk.page.get_by_label("Téléphone", exact=True)).to_be_focused()
    await desk.audit()
    await fill_in(desk, "Marie", "Durand", f"saisie.{siren}")
    await expect(desk.page.get_by_text("Au moins une majuscule : respecté")).to_be_attached()
    await desk.page.get_by_label("Profil par défaut").select_option(label="Responsable de saisie")
    await desk.button("Créer l’utilisateur").click()
    login = desk.page.get_by_label("Identifiant de connexion")
    await expect(login).to_have_accessible_description(re.compile("déjà pris"))
    await expect(desk.page.locator(".refusal")).to_be_focused()
    await login.fill("marie.durand")
    await desk.button("Créer l’utilisateur").click()
    await expect(desk.page.get_by_role("row", name="Marie Durand")).to_contain_text("Responsable de saisie")


async def take_entry_away(desk: Desk) -> None:
    """Arrows, the head of a row, the space bar; grey boxes do not move; the impact is said before."""
    await desk.page.get_by_role("status").get_by_role("link", name="de Marie Durand").click()
    await desk.page.get_by_label("Type de formulaire").select_option(
        label="ER · Ministère chargé du logement"
    )
    entry = box(desk, ENTRY)
    await expect(entry).to_be_checked()
    await entry.focus()
    await press(desk, "ArrowLeft", " ")
    await expect(box(desk, "Saisie du dossier, étape 0 (À initialiser)")).not_to_be_checked()
    await press(desk, "ArrowRight", " ")
    await expect(entry).not_to_be_checked()
    await press(desk, "Control+Home", "Shift+Space")
    await expect(box(desk, READ_AT_0)).not_to_be_checked()
    await press(desk, "ArrowLeft", "Enter")
    await expect(box(desk, READ_AT_0)).to_be_checked()
    await expect(desk.page.get_by_text("En moins\u00a0: Saisie du dossier à l’étape\u00a01")).to_be_visible()
    await desk.page.get_by_label("Contact privilégié").check()
    await desk.button("Recopier vers d’autres formulaires").click()
    await desk.audit()
    await desk.dialog().get_by_role("button", name="Recopier").click()
    await expect(desk.page.get_by_text("3\u00a0formulaires modifiés")).to_be_visible()
    await desk.audit()
    await desk.page.get_by_role("link", name="← Utilisateurs").click()
    await expect(desk.dialog()).to_contain_text("Quitter sans enregistrer")
    await desk.button("Rester").click()
    await desk.button("Vérifier et enregistrer").click()
    await expect(desk.dialog()).to_contain_text(
        "Marie Durand ne pourra plus saisir dans les dossiers à l’étape\u00a01."
    )
    await expect(desk.dialog()).to_contain_text("elle recevra les courriels")
    await desk.audit()
    await desk.dialog().get_by_role("button", name="Enregistrer").click()
    await expect(desk.page.get_by_text("Les droits de Marie Durand sont enregistrés")).to_be_visible()


async def copy(desk: Desk) -> None:
    """The copy has the boxes of the other, not the person."""
    await desk.button("Dupliquer").click()
    await expect(desk.page.get_by_label("Nom", exact=True)).to_have_value("")
    await fill_in(desk, "Jeanne", "Petit", "jeanne.petit")
    await desk.audit()
    await desk.button("Créer avec les mêmes droits").click()
    await desk.page.get_by_role("status").get_by_role("link", name="de Jeanne Petit").click()
    await desk.page.get_by_label("Type de formulaire").select_option(label=FORM)
    await expect(box(desk, ENTRY)).not_to_be_checked()
    await expect(box(desk, READ_AT_0)).to_be_checked()
    await expect(desk.page.get_by_label("Contact privilégié")).to_be_checked()
    await desk.page.get_by_role("link", name="← Utilisateurs").click()


async def close(desk: Desk) -> None:
    """Its password is changed apart; closed, it is listed apart."""
    await desk.page.get_by_label("Filtrer les utilisateurs").fill("durand")
    await expect(desk.page.get_by_role("row", name="Jeanne Petit")).to_have_count(0)
    await desk.button("Changer le mot de passe de Marie Durand").click()
    await desk.dialog().get_by_label("Mot de passe", exact=True).fill("abc")
    await desk.audit()
    await desk.dialog().get_by_role("button", name="Changer le mot de passe").click()
    await expect(desk.dialog()).to_contain_text("ne suit pas toutes les règles")
    for label in ("Mot de passe", "Mot de passe, une seconde fois"):
        await desk.dialog().get_by_label(label, exact=True).fill(f"Autre-{SECRET}")
    await desk.dialog().get_by_role("button", name="Changer le mot de passe").click()
    await expect(desk.page.get_by_text("Le mot de passe de Marie Durand est changé")).to_be_visible()
    await desk.button("Fermer le compte de Marie Durand").click()
    await expect(desk.dialog()).to_contain_text("l’auteur de ses messages et de ses saisies reste nommé")
    await desk.audit()
    await desk.dialog().get_by_role("button", name="Fermer le compte").click()
    await expect(desk.page.get_by_text("Aucun utilisateur ne correspond.")).to_be_visible()
    await desk.page.get_by_text("Fermés", exact=True).click()
    await expect(desk.page.get_by_role("row", name="Marie Durand")).to_contain_text("fermé le")
    await reopen(desk)


async def reopen(desk: Desk) -> None:
    """The account comes back under a new password, which is asked for twice."""
    await desk.button("Rouvrir le compte de Marie Durand").click()
    await desk.dialog().get_by_role("button", name="Rouvrir le compte").click()
    await expect(desk.dialog()).to_contain_text("ne suit pas toutes les règles")
    await expect(desk.dialog()).to_contain_text("ceux que vous pouvez donner aujourd’hui")
    await desk.audit()
    for label in ("Mot de passe", "Mot de passe, une seconde fois"):
        await desk.dialog().get_by_label(label, exact=True).fill(f"Encore-{SECRET}")
    await desk.dialog().get_by_role("button", name="Rouvrir le compte").click()
    await expect(desk.page.get_by_text("Le compte de Marie Durand est rouvert")).to_be_visible()
    await expect(desk.page.get_by_text("Aucun utilisateur ne correspond.")).to_be_visible()
    await desk.page.get_by_text("En service", exact=True).click()
    await expect(desk.page.get_by_role("row", name="Marie Durand")).to_contain_text("ouvert")


async def lock_oneself_out(desk: Desk) -> None:
    """Warned before, refused in the server's words, and still an administrator."""
    await desk.page.get_by_role("row", name="vous").get_by_role("link").first.click()
    await expect(desk.page.get_by_text("administrateur délégué", exact=True)).to_be_visible()
    await desk.page.get_by_label("Administrateur délégué").uncheck()
    await expect(desk.page.get_by_text("Vous retireriez votre propre droit")).to_be_visible()
    await desk.button("Enregistrer la fiche").click()
    await expect(desk.page.get_by_role("alert")).to_contain_text("vous retirer le paramétrage")
    await expect(desk.page.locator(".refusal:focus")).to_be_visible()
    await desk.audit()
    await desk.button("Annuler").click()
    await expect(desk.page.get_by_label("Administrateur délégué")).to_be_checked()


async def at_once(desk: Desk, other: Desk) -> None:
    """Two change the same person: the second is told, reads again, and keeps what both have typed."""
    for one in (desk, other):
        await one.page.goto(f"{one.site.url}/parametrage")
        await one.page.get_by_role("row", name="comptable.").get_by_role("link").first.click()
        await expect(one.page.get_by_label("Service")).to_be_visible()
    await other.page.get_by_label("Mobile").fill("06 39 98 77 01")
    await other.button("Enregistrer la fiche").click()
    await expect(other.page.get_by_text("La fiche est enregistrée.")).to_be_visible()
    await desk.page.get_by_label("Service").fill("Comptabilité générale")
    await desk.button("Enregistrer la fiche").click()
    await expect(desk.page.get_by_role("alert")).to_contain_text("entre-temps")
    await desk.button("Relire la fiche, en gardant mes saisies").click()
    await expect(desk.page.get_by_label("Mobile")).to_have_value("06 39 98 77 01")
    await desk.button("Enregistrer la fiche").click()
    await expect(desk.page.get_by_text("La fiche est enregistrée.")).to_be_visible()
    await desk.page.reload()
    await expect(desk.page.get_by_label("Service")).to_have_value("Comptabilité générale")


def box(desk: Desk, name: str) -> Locator:
    return desk.page.get_by_role("checkbox", name=name, exact=True)


async def press(desk: Desk, *keys: str) -> None:
    for key in keys:
        await desk.page.keyboard.press(key)
