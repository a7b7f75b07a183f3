"""The main job on screen, from an empty dossier to the PDF that a partner downloads; axe on each screen."""

from __future__ import annotations

import asyncio
import io
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import FilePayload, expect

from tests.web.site import complete_xml

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from playwright.async_api import Download

    from tests.web.desk import Desk

pytestmark = pytest.mark.browser

READER, STRANGER = "cglls.lecture", "ancols.lecture"
WRONG = "Ce n'est pas mon mot de passe"


async def test_from_an_empty_dossier_to_the_file_of_a_partner(
    new_desk: Callable[[], Awaitable[Desk]], desk: Desk
) -> None:
    siren = desk.site.siren
    await arrive(desk, f"saisie.{siren}")
    await find_and_open(desk)
    await type_a_value(desk)
    await learn_what_blocks(desk)
    await load_the_complete_set(desk)
    await justify_an_anomaly(desk)
    await cross(desk, "Soumettre la saisie à validation", "Validation de la saisie")
    await change_hands(desk, f"comptable.{siren}")
    await cross(desk, "Valider la saisie", "Validation hiérarchique")
    await change_hands(desk, f"direction.{siren}")
    await transmit(desk)
    partner = await new_desk()
    await partner.page.goto(desk.page.url)
    await partner.sign_in(READER)
    await read_only(partner)
    await print_tabs(partner)
    await take_the_archive(partner)
    await fetch_again_from_the_list(partner)
    await find_nothing(await new_desk(), desk.page.url)


async def arrive(desk: Desk, login: str) -> None:
    """An address within asks to sign in, refuses a wrong password in the manual's words, then opens."""
    await desk.page.goto(f"{desk.site.url}/exports")
    await expect(desk.heading("Connexion")).to_be_visible()
    await desk.audit()
    await desk.sign_in(login, WRONG)
    await expect(desk.page.get_by_role("alert")).to_contain_text("Connexion impossible")
    await desk.audit()
    await desk.sign_in(login)
    await expect(desk.heading("Impressions et exports")).to_be_visible()
    await desk.audit()


async def find_and_open(desk: Desk) -> None:
    await desk.find(desk.site.siren)
    await expect(desk.page.get_by_text("1 dossier trouvé")).to_be_visible()
    await desk.audit()
    await desk.page.get_by_role("link", name="ER 2024 de").click()
    await expect(desk.heading("Bilan – Actif immobilisé")).to_be_visible()
    await expect(desk.step()).to_contain_text("Saisie")
    await desk.audit()


async def type_a_value(desk: Desk) -> None:
    """The value is kept, the total follows, and the cell below is open."""
    await desk.type_in("A1.L011.B", "1234,5")
    await expect(desk.cell("A1.L011.B")).to_have_text("1\u202f234,50")
    await expect(desk.cell("A1.L019.B")).to_have_text("1\u202f234,50")
    await expect(desk.cell("A1.L012.B").get_by_role("textbox")).to_be_focused()
    await desk.page.keyboard.press("Escape")


async def learn_what_blocks(desk: Desk) -> None:
    await desk.verify()
    await desk.count("blocking").click()
    await desk.audit()
    await desk.page.get_by_role("link", name="G01.L013.V").first.click()
    await expect(desk.heading("Identité de l’organisme")).to_be_visible()
    await expect(desk.cell("G01.L013.V")).to_be_focused()
    await desk.button("Soumettre la saisie à validation").click()
    await desk.dialog().get_by_role("button", name="Soumettre").click()
    await expect(desk.dialog().get_by_role("alert")).to_contain_text("bloquante")
    await expect(desk.dialog().get_by_text("EQ-001")).to_be_visible()
    await desk.audit()
    await desk.button("Annuler").click()
    await expect(desk.step()).to_contain_text("Saisie")


async def load_the_complete_set(desk: Desk) -> None:
    """The file is tried first, and says what it would change; then it is loaded, and nothing fails."""
    await desk.button("Importer").click()
    await expect(desk.button("Charger")).to_be_disabled()
    file = FilePayload(name="er_2024.xml", mimeType="text/xml", buffer=complete_xml().encode())
    await desk.page.locator("input[type=file]").set_input_files(file)
    load = desk.page.get_by_role("button", name=re.compile(r"^Charger \d"))
    await expect(load).to_be_enabled()
    shown = desk.page.get_by_role("region", name="Valeurs du fichier, modifiées")
    await expect(shown.get_by_role("row", name="A1.L011.B")).to_contain_text("1\u202f234,50")
    await desk.audit()
    await load.click()
    await expect(desk.dialog().get_by_text("dans le dossier.")).to_be_visible()
    await desk.audit()
    await desk.dialog().get_by_role("button", name="Fermer").last.click()
    await desk.verify()
    await expect(desk.count("blocking")).to_contain_text("0")
    await expect(desk.count("major")).to_contain_text("0")


async def justify_an_anomaly(desk: Desk) -> None:
    await desk.page.get_by_label("Chercher un onglet").fill("effectif moyen")
    await desk.page.get_by_role("link", name="T22").click()
    await desk.type_in("T22.L011.A", "3")
    await desk.page.keyboard.press("Escape")
    await expect(desk.page.get_by_text("Des valeurs ont changé depuis")).to_be_visible()
    await desk.verify()
    await desk.count("major").click()
    await desk.button("Justifier RX-012").click()
    await desk.page.get_by_label("Justification de RX-012").fill("Intérim compté à part cette année.")
    await desk.audit()
    await desk.button("Enregistrer la justification").click()
    await expect(desk.page.get_by_text("Justifiée", exact=True)).to_be_visible()
    await desk.button("Fermer la liste des anomalies").click()


async def cross(desk: Desk, move: str, step: str) -> None:
    await desk.button(move).click()
    await desk.audit()
    await desk.dialog().get_by_role("button", name=move).click()
    await expect(desk.step()).to_contain_text(step)


async def change_hands(desk: Desk, login: str) -> None:
    """Someone else sits down: he finds the dossier where it was left."""
    await desk.sign_out()
    await desk.sign_in(login)
    await desk.open_dossier(desk.site.siren)


async def transmit(desk: Desk) -> None:
    """Every commitment and the right password, or nothing; then once and for all."""
    await desk.button("Transmettre le dossier").click()
    await desk.audit()
    declarant = desk.dialog().get_by_role("group", name="Déclarant")
    await declarant.get_by_label("Nom").fill("Ana Roux")
    await declarant.get_by_label("Adresse électronique").fill("ana@example.org")
    for box in await desk.dialog().get_by_role("checkbox").all():
        await box.check()
    password = desk.dialog().get_by_label("Votre mot de passe")
    await password.fill(WRONG)
    await desk.button("Transmettre définitivement").click()
    await expect(desk.dialog().get_by_role("alert")).to_contain_text("mot de passe")
    await password.fill(desk.site.passwords[f"direction.{desk.site.siren}"])
    await desk.button("Transmettre définitivement").click()
    await expect(desk.step()).to_contain_text("Fiabilisation")
    await expect(desk.page.get_by_text("Transmis le")).to_be_visible()
    await desk.history().click()
    await expect(desk.dialog().get_by_text("Transmis par")).to_be_visible()
    await desk.audit()
    await desk.page.keyboard.press("Escape")


async def read_only(desk: Desk) -> None:
    """The partner's link led him to the dossier; no key changes it."""
    await expect(desk.heading("Bilan – Actif immobilisé")).to_be_visible()
    await expect(desk.page.get_by_text("lecture seule")).to_be_visible()
    await expect(desk.button("Importer")).to_have_count(0)
    await desk.cell("A1.L011.B").click()
    await desk.page.keyboard.type("9")
    await expect(desk.page.get_by_role("textbox", name="Frais d’établissement")).to_have_count(0)
    await desk.audit()
    await learn_why_not(desk)


async def learn_why_not(desk: Desk) -> None:
    """What is closed to him is told, and why, and that nobody can open it."""
    await desk.button("Mes droits").click()
    await expect(desk.dialog().get_by_text("lire les dossiers")).to_be_visible()
    await desk.audit()
    await desk.dialog().get_by_role("button", name=re.compile("Pourquoi.*saisir dans les dossiers")).click()
    why = desk.page.get_by_role("dialog", name=re.compile("Saisie du dossier"))
    await expect(why.get_by_text("c’est une limite du système").first).to_be_visible()
    await desk.audit()
    await why.get_by_role("button", name="Fermer", exact=True).last.click()
    await desk.dialog().get_by_role("button", name="Fermer", exact=True).click()


async def print_tabs(desk: Desk) -> None:
    """The tab on screen and a whole part; then the file, which is a PDF."""
    await desk.button("Imprimer").click()
    await expect(desk.dialog().get_by_role("status")).to_have_text("1 onglet choisi")
    await desk.dialog().get_by_role("checkbox", name="06 – Synthèse et ratios").check()
    await expect(desk.dialog().get_by_role("status")).to_have_text("3 onglets choisis")
    await desk.audit()
    await desk.button("Produire le PDF").click()
    assert (await download(desk, "Télécharger le PDF")).startswith(b"%PDF-")
    await desk.audit()
    await desk.page.keyboard.press("Escape")
    await desk.button("Imprimer").click()
    await desk.dialog().get_by_role("checkbox", name="Tout le dossier").check()
    await expect(desk.dialog().get_by_role("status")).to_have_text("Tout le dossier")
    await desk.button("Produire le PDF").click()
    assert (await download(desk, "Télécharger le PDF")).startswith(b"%PDF-")
    await desk.page.keyboard.press("Escape")


async def take_the_archive(desk: Desk) -> None:
    await desk.button("Exporter").click()
    await desk.button("Préparer l’archive").click()
    content = await download(desk, "Télécharger l’archive")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {Path(name).suffix for name in archive.namelist()} == {".pdf", ".xml"}
    await desk.page.keyboard.press("Escape")


async def fetch_again_from_the_list(desk: Desk) -> None:
    await desk.page.get_by_role("link", name="Exports").click()
    await expect(desk.page.get_by_text("Prêt", exact=True)).to_have_count(3)
    await desk.audit()
    async with desk.page.expect_download() as waited:
        await desk.page.get_by_role("link", name=re.compile(r"^er_2024_.*\.zip$")).click()
    assert zipfile.is_zipfile(await (await waited.value).path())


async def find_nothing(desk: Desk, address: str) -> None:
    """A partner whom no convention opens this dossier to: neither in the list nor by its address."""
    await desk.page.goto(address)
    await desk.sign_in(STRANGER)
    await expect(desk.heading("Page introuvable")).to_be_visible()
    await desk.audit()
    await desk.find(desk.site.siren)
    await expect(desk.page.get_by_text("Aucun dossier trouvé")).to_be_visible()
    await desk.audit()


async def download(desk: Desk, link: str) -> bytes:
    found = desk.page.get_by_role("link", name=link)
    await expect(found).to_be_visible()
    async with desk.page.expect_download() as waited:
        await found.click()
    taken: Download = await waited.value
    return await asyncio.to_thread(Path(await taken.path()).read_bytes)
