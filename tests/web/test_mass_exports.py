"""Many dossiers as files, by the keyboard: asked for, followed, given up, made again; a blank form."""

from __future__ import annotations

import asyncio
import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import FilePayload, expect

if TYPE_CHECKING:
    from playwright.async_api import Locator

    from tests.web.desk import Desk

pytestmark = pytest.mark.browser

READER = "ministere.affaire"
END = "Export terminé\u00a0:"


async def test_dossiers_are_exported_together_and_their_failures_are_told(desk: Desk) -> None:
    await desk.page.goto(f"{desk.site.url}/liste-de-travail")
    await desk.sign_in(READER)
    await fill(desk)
    await some_tabs_as_pdf(desk)
    await what_was_not_sealed_fails(desk)
    await gives_up(desk)
    await finds_them_again(desk)


async def test_a_form_is_printed_to_be_filled_by_hand(desk: Desk) -> None:
    await desk.page.goto(desk.site.url)
    await desk.sign_in(f"saisie.{desk.site.filled}")
    await desk.open_dossier(desk.site.filled)
    await desk.button("Imprimer").press("Enter")
    window = desk.dialog()
    await window.get_by_label("Formulaire vierge").press("Space")
    await expect(window.get_by_text("environ 1\u00a0seconde")).to_be_visible()
    await window.get_by_label("Tout le dossier").press("Space")
    await expect(window.get_by_text("environ 1\u00a0seconde")).to_have_count(0)
    await window.get_by_label("Par métier").press("Space")
    await desk.audit()
    await window.get_by_label("Tout le dossier").press("Space")
    await window.get_by_role("checkbox", name="A1 ").press("Space")
    await desk.button("Produire le PDF").press("Enter")
    link = desk.page.get_by_role("link", name="Télécharger le PDF")
    await expect(link).to_be_visible()
    await desk.audit()
    assert (await taken(desk, link)).startswith(b"%PDF-")
    opened = await window.get_by_role("link", name="Ouvrir le PDF").get_attribute("href")
    answer = await desk.page.request.get(f"{desk.site.url}{opened}")
    assert answer.headers["content-disposition"].startswith("inline")


async def taken(desk: Desk, link: Locator) -> bytes:
    async with desk.page.expect_download() as waited:
        await link.press("Enter")
    return await asyncio.to_thread(Path(await (await waited.value).path()).read_bytes)


async def fill(desk: Desk) -> None:
    """A list of its own, with two dossiers that are in entry, of one form and year."""
    await desk.button("Nouvelle liste").press("Enter")
    await desk.page.keyboard.type("À exporter")
    await desk.page.keyboard.press("Enter")
    await expect(desk.page.get_by_text("Cette liste est vide.")).to_be_visible()
    await desk.button("Importer une liste (CSV)").press("Enter")
    content = f"siren;formulaire;annee\r\n{desk.site.filled};ER;2024\r\n{desk.site.untouched};ER;2024\r\n"
    file = FilePayload(name="liste.csv", mimeType="text/csv", buffer=content.encode("utf-8-sig"))
    await desk.page.locator("input[type=file]").set_input_files(file)
    await desk.button("Lancer l’import").press("Enter")
    await expect(desk.dialog().get_by_text("2\u00a0dossiers ajoutés à la liste.")).to_be_visible()
    await desk.dialog().get_by_role("button", name="Fermer", exact=True).last.press("Enter")
    await desk.button("Choisir les 2\u00a0dossiers").press("Enter")
    await expect(desk.page.get_by_text("2\u00a0dossiers choisis")).to_be_visible()


async def ask(desk: Desk, kind: str) -> Locator:
    await desk.button("Exporter les dossiers").press("Enter")
    await desk.dialog().get_by_role("radio", name=kind).press("Space")
    return desk.dialog()


async def some_tabs_as_pdf(desk: Desk) -> None:
    """Both are of one form: tabs of theirs can be chosen; the archive has one PDF for each."""
    window = await ask(desk, "Un PDF par dossier")
    await window.get_by_role("radio", name="Choisir des onglets").press("Space")
    await window.get_by_role("checkbox", name="06 – Synthèse et ratios").press("Space")
    await desk.audit()
    await desk.button("Préparer l’export").press("Enter")
    await expect(window.get_by_text(f"{END} 2\u00a0dossiers faits.")).to_be_visible()
    await desk.audit()
    archive = await taken(desk, window.get_by_role("link", name="Télécharger l’archive"))
    names = zipfile.ZipFile(io.BytesIO(archive)).namelist()
    wanted = {f"er/2024/er_2024_{siren}.pdf" for siren in (desk.site.filled, desk.site.untouched)}
    assert {*wanted, "manifeste.csv"} == set(names)
    await window.get_by_role("button", name="Fermer", exact=True).last.press("Enter")


async def what_was_not_sealed_fails(desk: Desk) -> None:
    """Neither was transmitted: each failure is listed with its reason, and can be tried again."""
    window = await ask(desk, "Copies scellées")
    await expect(window.get_by_role("radio", name="Choisir des onglets")).to_have_count(0)
    await desk.button("Préparer l’export").press("Enter")
    lines = window.get_by_role("region", name="Export, dossier par dossier").locator("tbody tr")
    await expect(lines).to_have_count(2)
    await expect(lines.first).to_contain_text("Échec")
    await desk.audit()
    await desk.button("Refaire les dossiers en échec").press("Enter")
    await expect(desk.button("Refaire les dossiers en échec")).to_be_visible()
    await expect(lines).to_have_count(2)
    await window.get_by_role("button", name="Fermer", exact=True).last.press("Enter")


async def gives_up(desk: Desk) -> None:
    """A long one is stopped between two dossiers, and nothing of it is kept."""
    window = await ask(desk, "Dossiers complets")
    await window.get_by_label("PDF accessible").press("Space")
    await desk.button("Préparer l’export").press("Enter")
    await desk.button("Interrompre").press("Enter")
    await expect(window.get_by_text("Export interrompu\u00a0: rien n’en est gardé.")).to_be_visible()
    await expect(window.get_by_role("link", name="Télécharger l’archive")).to_have_count(0)
    await window.get_by_role("button", name="Fermer", exact=True).last.press("Enter")


async def finds_them_again(desk: Desk) -> None:
    """All are among the exports, the last first, and each can be looked at again."""
    await desk.page.get_by_role("link", name="Exports").press("Enter")
    lines = desk.page.get_by_role("region", name="Exports de plusieurs dossiers").locator("tbody tr")
    await expect(lines).to_have_count(3)
    for line, state in zip(await lines.all(), ("Interrompu", "", "Prêt"), strict=True):
        await expect(line).to_contain_text(state)
    await desk.audit()
    await lines.last.get_by_role("button", name="Détail").press("Enter")
    await expect(desk.dialog().get_by_text(f"{END} 2\u00a0dossiers faits.")).to_be_visible()
    await desk.audit()
    await desk.page.keyboard.press("Escape")
    await expect(desk.dialog()).to_have_count(0)
