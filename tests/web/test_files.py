"""Files out of a dossier and back into it: what they would change is seen first; all is loaded or nothing."""

from __future__ import annotations

import asyncio
import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from playwright.async_api import FilePayload, expect

from tests.web.site import complete_xml

if TYPE_CHECKING:
    from playwright.async_api import Locator

    from tests.web.desk import Desk

pytestmark = pytest.mark.browser

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# L012 of A1 is the ninth row of its sheet, its column B the fourth.
SQUARE, CELL = "D9", "A1.L012.B"


async def test_a_workbook_and_rows_go_out_and_come_back(desk: Desk) -> None:
    await desk.page.goto(desk.site.url)
    await desk.sign_in(f"saisie.{desk.site.filled}")
    await desk.open_dossier(desk.site.filled)
    await refuse_somebody_elses(desk)
    await desk.button("Exporter").click()
    await desk.audit()
    workbook = await take(desk, "Télécharger le classeur")
    await desk.page.keyboard.press("Escape")
    await load_the_workbook(desk, workbook)
    await rows_of_a_tab(desk)


async def refuse_somebody_elses(desk: Desk) -> None:
    await choose(desk, "er.xml", "text/xml", complete_xml().encode())
    await expect(desk.dialog().get_by_role("alert")).to_contain_text(
        f"celui de l’organisme {desk.site.siren}"
    )
    await expect(desk.button("Charger")).to_be_disabled()
    await desk.button("Annuler").click()


async def load_the_workbook(desk: Desk, workbook: bytes) -> None:
    """One value changed in the workbook: it alone is shown before and after, then loaded; the grid has it."""
    before = await desk.cell(CELL).inner_text()
    await choose(desk, "er.xlsx", SHEET, await asyncio.to_thread(with_square, workbook, 4321.5))
    row = preview(desk).get_by_role("row", name=CELL)
    await expect(row).to_contain_text(before.strip())
    await expect(row).to_contain_text("4\u202f321,50")
    await desk.audit()
    await desk.button("Charger 1\u00a0valeur").click()
    await expect(desk.dialog().get_by_text("1\u00a0valeur chargée dans le dossier.")).to_be_visible()
    await desk.dialog().get_by_role("button", name="Fermer").last.click()
    await expect(desk.cell(CELL)).to_have_text("4\u202f321,50")


def with_square(workbook: bytes, value: float) -> bytes:
    """The same workbook, one square of A1 typed over."""
    book, target = load_workbook(io.BytesIO(workbook)), io.BytesIO()
    book["A1"][SQUARE] = value
    book.save(target)
    return target.getvalue()


async def rows_of_a_tab(desk: Desk) -> None:
    """The CSV of a dynamic tab says by its name which; unchanged it changes nothing, spoilt it is refused."""
    await desk.page.get_by_label("Chercher un onglet").fill("F01")
    await desk.page.get_by_role("link", name="F01").click()
    await expect(desk.button("Ajouter une ligne")).to_be_visible()
    await desk.button("Exporter").click()
    rows = await take(desk, "Télécharger le CSV")
    await desk.page.keyboard.press("Escape")
    await choose(desk, f"er_2024_{desk.site.filled}_f01.csv", "text/csv", rows)
    await expect(desk.dialog().get_by_label("Onglet dont les lignes")).to_have_value("F01")
    await expect(desk.dialog().get_by_text("ne change aucune valeur")).to_be_visible()
    await desk.audit()
    fewer = rows[: rows.rstrip().rindex(b"\n") + 1]
    await choose(desk, f"er_2024_{desk.site.filled}_f01.csv", "text/csv", fewer, opened=True)
    await expect(preview(desk).get_by_text("Ce rang n’est pas dans le fichier").first).to_be_visible()
    await expect(desk.dialog().get_by_text("Rangs retirés")).to_be_visible()
    await expect(desk.button("Charger")).to_be_enabled()
    await choose(desk, "er.csv", "text/csv", rows.decode("utf-8").encode("utf-16"), opened=True)
    await expect(desk.dialog().get_by_role("alert")).to_contain_text("UTF-8")
    await desk.button("Annuler").click()


async def choose(desk: Desk, name: str, kind: str, content: bytes, *, opened: bool = False) -> None:
    if not opened:
        await desk.button("Importer").click()
    file = FilePayload(name=name, mimeType=kind, buffer=content)
    await desk.page.locator("input[type=file]").set_input_files(file)


def preview(desk: Desk) -> Locator:
    return desk.page.get_by_role("region", name="Valeurs du fichier, modifiées")


async def take(desk: Desk, button: str) -> bytes:
    async with desk.page.expect_download() as waited:
        await desk.button(button).click()
    return await asyncio.to_thread(Path(await (await waited.value).path()).read_bytes)
