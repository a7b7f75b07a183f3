"""Conventions and consents on the screen: written, refused, published, suspended; given by the keyboard."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from authz.clock import today

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.web.desk import Desk

pytestmark = pytest.mark.browser

EDITOR = "ministere.admin"
TITLE = "Convention État – ANCOLS, essai"
OTHER = "Convention changée par un autre"
ALONE = "Convention État – ANCOLS du 2 mai 2021"
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


async def test_a_convention_is_written_refused_mended_published_and_suspended(
    desk: Desk, new_desk: Callable[[], Awaitable[Desk]]
) -> None:
    await desk.page.goto(f"{desk.site.url}/conventions")
    await desk.sign_in(EDITOR)
    await expect(desk.heading("Conventions")).to_be_visible()
    await desk.audit()
    await write(desk)
    await publish(desk)
    await attach_then_suspend(desk)
    await meet_another(desk, await new_desk())
    await measure_an_end(desk)


async def test_an_organism_gives_its_access_by_the_keyboard_and_the_partner_sees_it_at_once(
    desk: Desk, new_desk: Callable[[], Awaitable[Desk]]
) -> None:
    siren = desk.site.siren
    partner = await new_desk()
    await partner.page.goto(f"{partner.site.url}/acces")
    await partner.sign_in("cdc.admin")
    await expect(partner.heading("Accès donnés par les organismes")).to_be_visible()
    await expect(partner.page.get_by_role("row", name=re.compile("accès"))).not_to_have_count(0)
    await partner.audit()
    await desk.page.goto(f"{desk.site.url}/acces")
    await desk.sign_in(f"admin.{siren}")
    campaign = desk.page.get_by_role("region", name="ER 2024", exact=True)
    card = campaign.get_by_role("listitem").filter(has_text="Caisse des dépôts")
    await expect(card).to_contain_text("accès donné")
    await desk.audit()
    await answer(desk, "Retirer l’accès", "Fermer l’accès")
    await expect(card).to_contain_text("accès refusé")
    await expect(card).to_be_focused()
    await seen_by(partner, siren, refused=True)
    await answer(desk, "Donner l’accès", "Donner l’accès")
    await expect(card).to_contain_text("accès donné")
    await seen_by(partner, siren, refused=False)
    await desk.audit()


async def write(desk: Desk) -> None:
    """What is missing is told at its field, and nothing typed is lost meanwhile."""
    await desk.button("Nouvelle convention").click()
    await desk.page.get_by_label("Partenaire").select_option(
        label="Agence nationale de contrôle du logement social"
    )
    await desk.page.get_by_label("Intitulé").fill(TITLE)
    await desk.page.get_by_label("Du", exact=True).fill("2026-01-01")
    await desk.page.get_by_label("Au", exact=True).fill("2025-01-01")
    await desk.button("Enregistrer le brouillon").click()
    summary = desk.page.locator(".error-summary")
    await expect(summary).to_be_focused()
    await expect(summary.get_by_role("listitem")).to_have_count(3)
    await desk.audit()
    await summary.get_by_role("link", name="Au").click()
    await expect(desk.page.get_by_label("Au", exact=True)).to_be_focused()
    await desk.page.get_by_label("Au", exact=True).fill("2031-12-31")
    await desk.page.get_by_label("SEM", exact=True).check()
    await desk.page.get_by_role("checkbox", name="Lecture du dossier, étape 6").click()
    await desk.page.get_by_role("link", name="Annuler").click()
    await expect(desk.dialog()).to_contain_text("n’est pas enregistrée")
    await desk.button("Rester").click()
    await desk.button("Mesurer l’effet").click()
    await expect(desk.page.locator(".desk-impact-sentence")).to_be_visible()
    await desk.audit()
    await desk.button("Enregistrer le brouillon").click()
    await expect(desk.heading(TITLE)).to_be_visible()
    await expect(desk.page.get_by_text("brouillon", exact=True)).to_be_visible()


async def publish(desk: Desk) -> None:
    await desk.button("Mettre en vigueur…").click()
    await expect(desk.dialog().locator(".desk-impact-sentence")).to_be_visible()
    await desk.audit()
    await desk.button("Mettre en vigueur").click()
    await expect(desk.page.get_by_text("en vigueur", exact=True)).to_be_visible()
    await desk.audit()


async def attach_then_suspend(desk: Desk) -> None:
    """A file that is no PDF is refused in the window; a suspension is told on the page, then lifted."""
    await desk.button("Joindre le texte signé").click()
    chosen = desk.page.locator("input[type=file]")
    await chosen.set_input_files({"name": "texte.pdf", "mimeType": "application/pdf", "buffer": b"bonjour"})
    await desk.button("Joindre").click()
    await expect(desk.dialog().get_by_role("alert")).to_contain_text("PDF")
    await chosen.set_input_files({"name": "texte.pdf", "mimeType": "application/pdf", "buffer": PDF})
    await desk.button("Joindre").click()
    await expect(desk.page.get_by_role("link", name=re.compile("texte.pdf"))).to_be_visible()
    await desk.button("Suspendre…").click()
    dialog, said = desk.dialog(), desk.dialog().locator(".desk-impact-sentence")
    await expect(dialog).to_contain_text("garde par une autre convention ou une autre règle n’est pas compté")
    day = today().date
    # Another convention opens the same dossiers: nothing is lost by this one alone.
    await dialog.get_by_label("À compter du").fill((day - timedelta(days=1)).isoformat())
    await expect(dialog.get_by_role("alert")).to_contain_text("corrigez les dates")
    await expect(desk.button("Suspendre")).to_be_disabled()
    await dialog.get_by_label("À compter du").fill(day.isoformat())
    await expect(said).to_have_text("Aucun dossier ni aucun compte ne change de main.")
    await dialog.get_by_label("Motif").fill("Vérification")
    await desk.audit()
    await desk.button("Suspendre").click()
    await expect(desk.page.get_by_text(f"Rien n’est ouvert à compter du {day:%d/%m/%Y}")).to_be_visible()
    await desk.button("Lever la suspension…").click()
    await expect(said).to_be_visible()
    await desk.button("Lever la suspension").click()
    await expect(desk.page.get_by_text("Rien n’est ouvert")).to_have_count(0)


async def measure_an_end(desk: Desk) -> None:
    """Of a convention that alone gives the exports: how many its partner really loses, and from when on."""
    await desk.page.goto(f"{desk.site.url}/conventions")
    await desk.page.get_by_role("link", name=ALONE).click()
    await desk.button("Mettre fin…").click()
    await desk.dialog().get_by_label("Dernier jour").fill("2027-06-30")
    said = desk.dialog().locator(".desk-impact-sentence")
    await expect(said).to_have_text(
        re.compile(r"^À partir du 01/07/2027.: .* perd .*l’export de \d+ dossiers ER")
    )
    await expect(desk.dialog().get_by_role("cell", name="dès le 01/07/2027").first).to_be_visible()
    await desk.audit()
    await desk.button("Annuler").click()


async def meet_another(desk: Desk, other: Desk) -> None:
    """Two write it at once: the second is told, keeps what he typed, and chooses."""
    await desk.button("Modifier").click()
    title = desk.page.get_by_label("Intitulé")
    await expect(title).to_have_value(TITLE)
    await other.page.goto(f"{desk.page.url}")
    await other.sign_in(EDITOR)
    await other.page.get_by_label("Intitulé").fill(OTHER)
    await keep(other)
    await expect(other.heading(OTHER)).to_be_visible()
    await title.fill("La mienne")
    await keep(desk)
    await expect(
        desk.page.get_by_text("Cette convention a changé pendant que vous l’écriviez.")
    ).to_be_visible()
    await expect(title).to_have_value("La mienne")
    await desk.audit()
    await desk.button("Garder ma version").click()
    await keep(desk)
    await expect(desk.heading("La mienne")).to_be_visible()


async def keep(desk: Desk) -> None:
    """What is in force is kept only once what its change does was told."""
    await desk.button("Voir l’effet, puis enregistrer").click()
    await expect(desk.page.locator(".desk-impact-sentence")).to_be_visible()
    await desk.button("Enregistrer").click()


async def answer(desk: Desk, asked: str, sure: str) -> None:
    """By the keys alone."""
    campaign = desk.page.get_by_role("region", name="ER 2024", exact=True)
    button = campaign.get_by_role("button", name=re.compile(f"^{asked}"))
    await button.focus()
    await desk.page.keyboard.press("Enter")
    await expect(desk.button("Annuler")).to_be_focused()
    await desk.page.keyboard.press("Tab")
    await expect(desk.dialog().get_by_role("button", name=sure)).to_be_focused()
    await desk.page.keyboard.press("Enter")
    await expect(desk.dialog()).to_have_count(0)


async def seen_by(partner: Desk, siren: str, *, refused: bool) -> None:
    """Among those who refused, on the partner's list read again."""
    await partner.page.reload()
    await partner.page.get_by_label("Réponse", exact=True).select_option("REFUSED")
    await expect(partner.page.get_by_role("row", name="accès refusé")).not_to_have_count(0)
    await expect(partner.page.get_by_role("row", name="accès donné")).to_have_count(0)
    await expect(partner.page.get_by_role("row", name=siren)).to_have_count(1 if refused else 0)
