"""Documents joined to a dossier at two browsers: added by type, kept back, sent, read by the other side."""

from __future__ import annotations

import asyncio
import io
import re
import zipfile
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from forms import Step
from resolvers.demo.attachments import pdf
from resolvers.demo.cast import LISTED, cast

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from playwright.async_api import FilePayload, Locator, Route

    from tests.web.desk import Desk

pytestmark = pytest.mark.browser

PLATFORM = "ministere.affaire"
PIECE, SCAN, NAME = "annexe littéraire", "numérisation 12.pdf", "annexe-litteraire-1.pdf"
PROGRAM = b"MZ" + bytes(600)
PIECES = re.compile("^Pièces jointes")
NOT_SENT = "1\u00a0pièce jointe n’est pas envoyée"
LEFT = "Quitter quand même"


async def test_a_document_is_joined_kept_back_sent_and_read_by_the_platform(
    desk: Desk, new_desk: Callable[[], Awaitable[Desk]]
) -> None:
    organism, platform = desk, await new_desk()
    siren = listed(Step.REVIEW)
    await open_pieces(organism, f"saisie.{siren}", siren)
    await open_pieces(platform, PLATFORM, siren)
    await refused_in_words(organism)
    await added_by_its_type(organism)
    await platform.page.reload()
    await expect(platform.heading("Pièces jointes")).to_be_visible()
    await expect(platform.page.get_by_text(NAME)).to_have_count(0)
    await warned(organism)
    await sent(organism)
    await read(platform)
    assert organism.faults == platform.faults == []


async def test_what_is_not_sent_is_told_before_the_exchange_space_opens(desk: Desk) -> None:
    """The demonstration's body keeps one back, at a step where nobody writes messages yet."""
    siren = listed(Step.HIERARCHICAL_VALIDATION, category="COOP")
    await desk.page.goto(desk.site.url)
    await desk.sign_in(f"saisie.{siren}")
    await desk.open_dossier(siren)
    await expect(desk.page.get_by_role("link", name=PIECES)).to_contain_text("dont 1 à envoyer")
    await warned(desk)
    await desk.page.goto(desk.page.url.rpartition("/")[0] + "/echanges")
    await expect(desk.heading("Espace d’échange")).to_be_visible()
    await expect(desk.page.get_by_role("link", name=PIECES)).to_contain_text("dont 1 à envoyer")
    await warned(desk)
    await desk.page.get_by_role("link", name="Recherche").click()
    await desk.button(LEFT).click()
    await expect(desk.heading("Rechercher un dossier")).to_be_visible()
    await desk.sign_out()
    assert desk.faults == []


def listed(step: Step, category: str | None = None) -> str:
    """An organism whose dossier is there, and that has people."""
    parts = [cast().parts[rank] for rank in LISTED]
    chosen = (one for one in parts if one.step is step and category in {None, one.organism.category})
    return next(chosen).organism.siren


async def open_pieces(desk: Desk, login: str, siren: str) -> None:
    await desk.page.goto(desk.site.url)
    await desk.sign_in(login)
    await desk.open_dossier(siren)
    await desk.page.get_by_role("link", name=PIECES).click()
    await expect(desk.page.get_by_text("Aucune pièce jointe pour l’instant.")).to_be_visible()
    await desk.audit()


async def choose(desk: Desk, piece: str, name: str, content: bytes) -> None:
    await desk.page.get_by_label("Type de pièce").select_option(piece)
    await drop(desk, name, content)


async def drop(desk: Desk, name: str, content: bytes) -> None:
    chosen: FilePayload = {"name": name, "mimeType": "application/pdf", "buffer": content}
    await desk.page.get_by_label("Choisir des fichiers").set_input_files([chosen])


async def refused_in_words(desk: Desk) -> None:
    """Nothing goes without a type; a program called a report is told from one, and taken away."""
    await drop(desk, "rapport.pdf", PROGRAM)
    await expect(desk.page.get_by_text("Choisissez d’abord le type de pièce.")).to_be_visible()
    await expect(desk.page.get_by_label("Type de pièce")).to_be_focused()
    await desk.page.get_by_label("Type de pièce").select_option(PIECE)
    await desk.button("Ajouter 1\u00a0fichier").click()
    alert = desk.page.get_by_role("alert").filter(has_text="rapport.pdf")
    await expect(alert).to_contain_text("Ce fichier n’est pas un PDF, quel que soit son nom")
    row = desk.page.get_by_role("row").filter(has_text="Refusée")
    await expect(row).to_contain_text("Son contenu n’est pas ce que dit son nom")
    await desk.audit()
    await row.get_by_role("button", name="Retirer").click()
    await desk.dialog().get_by_role("button", name="Retirer").click()
    await expect(row).to_have_count(0)


async def added_by_its_type(desk: Desk) -> None:
    """How far it is shows while it goes; then its new name is told, and what is still to be given."""
    gate = asyncio.Event()

    async def held(route: Route) -> None:
        await gate.wait()
        await route.continue_()

    await desk.page.route("**/attachments/*/content", held)
    await choose(desk, PIECE, SCAN, pdf("Annexe littéraire"))
    await expect(desk.page.get_by_role("progressbar", name=f"Envoi de {NAME}")).to_be_visible()
    await desk.audit()
    gate.set()
    await expect(row_of(desk)).to_contain_text("À envoyer")
    told = desk.page.get_by_text("Ces documents sont renommés d’après leur type.").locator("..")
    await expect(told.get_by_role("listitem")).to_contain_text([f"{SCAN} {NAME}"])
    due = desk.page.locator(".attachments-box")
    await expect(due.get_by_role("listitem").filter(has_text=PIECE)).to_contain_text("À envoyer")
    await expect(due).to_contain_text("0 sur 5")
    await expect(due.get_by_text("Manquante")).to_have_count(4)
    await desk.audit()


def row_of(desk: Desk) -> Locator:
    return desk.page.get_by_role("row").filter(has_text=NAME)


async def warned(desk: Desk) -> None:
    """By a link, and by signing out: one may stay, and all is as it was."""
    here = desk.page.url
    await desk.page.get_by_role("link", name="Recherche").click()
    await expect(desk.dialog()).to_contain_text(NOT_SENT)
    await desk.audit()
    await desk.button("Rester").click()
    await desk.button("Déconnexion").click()
    await expect(desk.dialog()).to_contain_text(NOT_SENT)
    await desk.button("Rester").click()
    await expect(desk.dialog()).to_have_count(0)
    assert desk.page.url == here


async def sent(desk: Desk) -> None:
    await desk.button("Envoyer les pièces jointes").click()
    await desk.audit()
    await desk.dialog().get_by_role("button", name="Envoyer").click()
    await expect(row_of(desk)).to_contain_text("Envoyée le")
    await expect(row_of(desk).get_by_role("button")).to_have_count(0)
    await expect(desk.page.locator(".attachments-box")).to_contain_text("1 sur 5")


async def read(desk: Desk) -> None:
    """The document under its new name, and all of them in one archive with what they are."""
    await desk.page.reload()
    await expect(row_of(desk)).to_contain_text(SCAN)
    await desk.audit()
    async with desk.page.expect_download() as taken:
        await desk.page.get_by_role("link", name="Tout télécharger").click()
    path = await (await taken.value).path()
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        assert {NAME, "manifeste.csv"} <= {name.rpartition("/")[2] for name in archive.namelist()}
        [held] = [name for name in archive.namelist() if name.endswith(NAME)]
        assert archive.read(held) == pdf("Annexe littéraire")
