"""A campaign conducted on screen: last days, an exception, followers, moves and a mail of many dossiers."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import openpyxl
import pytest
from playwright.async_api import expect

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from playwright.async_api import Locator

    from tests.web.desk import Desk

pytestmark = pytest.mark.browser

PILOT, MANAGER = "ministere.admin", "Responsable d’affaire"
CAMPAIGN = "ER 2024 (MIN)"
REVIEWED, FINALISED = "4 – Fiabilisation, tous", "5 – Finalisation, tous"
SET, STALE = "Les derniers jours sont enregistrés.", "ont été changés depuis que vous les avez lus"


async def test_a_pilot_conducts_a_campaign(desk: Desk, new_desk: Callable[[], Awaitable[Desk]]) -> None:
    late = await new_desk()
    for one in (desk, late):
        await one.page.goto(f"{one.site.url}/campagnes/echeances")
        await one.sign_in(PILOT)
        await one.page.get_by_role("combobox", name="Campagne").select_option(label=CAMPAIGN)
    await days_are_not_set_over_unseen_ones(desk, late)
    await desk.page.get_by_role("link", name="Dossiers", exact=True).click()
    await give_an_exception(desk)
    await hand_over(desk)
    await write(desk)
    await move_many(desk)
    await take_away(desk)
    assert late.faults == []


async def days_are_not_set_over_unseen_ones(desk: Desk, late: Desk) -> None:
    """Whoever was quicker is not undone by a screen that has not seen it."""
    for one, day in ((desk, "2028-11-30"), (late, "2028-12-31")):
        await one.page.get_by_label(REVIEWED).fill("2028-10-31")
        await one.page.get_by_label(FINALISED).fill(day)
    await desk.button("Enregistrer").click()
    await expect(desk.page.get_by_text(SET)).to_be_visible()
    await desk.audit()
    await late.button("Enregistrer").click()
    await expect(late.page.get_by_text(STALE)).to_be_visible()
    await late.audit()
    await late.button("Relire les derniers jours").click()
    await expect(late.page.get_by_label(FINALISED)).to_have_value("2028-11-30")
    await late.page.get_by_label(FINALISED).fill("2028-12-31")
    await late.button("Enregistrer").click()
    await expect(late.page.get_by_text(SET)).to_be_visible()


def rows(desk: Desk) -> Locator:
    return desk.page.get_by_role("region", name="Dossiers de la campagne").locator("tbody tr")


def rows_at(desk: Desk, step: str) -> Locator:
    return rows(desk).filter(has=desk.page.get_by_role("cell", name=step, exact=True))


async def give_an_exception(desk: Desk) -> None:
    """A late dossier gets another last day, and is late no more."""
    await desk.page.get_by_label("En retard seulement").check()
    await desk.page.get_by_label("Étape", exact=True).select_option("ENTRY")
    elsewhere = rows(desk).filter(has_not=desk.page.get_by_role("cell", name="Saisie", exact=True))
    await expect(elsewhere).to_have_count(0)
    await expect(rows_at(desk, "Saisie").first).to_be_visible()
    await desk.audit()
    organism = await rows(desk).first.get_by_role("link").inner_text()
    await rows(desk).first.get_by_role("button", name=re.compile("^Accorder")).click()
    window = desk.dialog()
    await window.get_by_label("Dernier jour", exact=True).fill("2028-02-15")
    await window.get_by_label("Motif").fill("Sinistre signalé.")
    await desk.audit()
    await window.get_by_role("button", name="Accorder").click()
    await expect(desk.page.get_by_text(f"Dernier jour accordé à {organism}")).to_contain_text("15/02/2028")
    await expect(rows(desk).filter(has_text=organism)).to_have_count(0)
    await desk.page.get_by_label("En retard seulement").uncheck()
    await expect(rows(desk).filter(has_text=organism)).to_contain_text("15/02/2028")


async def tick(desk: Desk, count: int) -> None:
    for place in range(count):
        await rows(desk).nth(place).get_by_role("checkbox").check()
    await expect(desk.page.get_by_text(f"{count}\u00a0dossiers choisis")).to_be_visible()


async def hand_over(desk: Desk) -> None:
    """To somebody else, as account manager."""
    await tick(desk, 2)
    await desk.button("Confier…").click()
    window = desk.dialog()
    await window.get_by_label("Comme").select_option("ACCOUNT_MANAGER")
    await window.get_by_label("À", exact=True).select_option(index=1)
    chosen = await window.get_by_label("À", exact=True).locator("option:checked").inner_text()
    await desk.audit()
    await window.get_by_role("button", name="Confier").click()
    await expect(desk.page.get_by_text("2\u00a0dossiers confiés.")).to_be_visible()
    for place in range(2):
        await expect(rows(desk).nth(place).locator("td").nth(4)).to_have_text(chosen)


async def write(desk: Desk) -> None:
    """The number of those whom the mail reaches is that which was said before it was sent."""
    await tick(desk, 2)
    await desk.button("Écrire aux contacts…").click()
    window = desk.dialog()
    told = await window.get_by_text(re.compile("^Ce courriel ira à")).inner_text()
    await window.get_by_label("Objet").fill("Votre dossier")
    await window.get_by_label("Texte").fill("Le dernier jour approche.")
    await desk.audit()
    await window.get_by_role("button", name="Envoyer").click()
    found = re.search(r"\d+", told)
    assert found is not None
    await expect(desk.page.get_by_text(f"Courriel envoyé à {found[0]}\u00a0personne")).to_be_visible()


async def move_many(desk: Desk) -> None:
    """Dossiers of two steps: those that stand elsewhere are refused, and the report says so."""
    await desk.page.get_by_label("Étape", exact=True).select_option("")
    for step in ("Fiabilisation", "Saisie"):
        await rows_at(desk, step).first.get_by_role("checkbox").check()
    await desk.button("Changer d’étape…").click()
    window = desk.dialog()
    await window.get_by_label("Passage").select_option(label="Finaliser le dossier")
    await desk.audit()
    await window.get_by_role("button", name="Changer d’étape").click()
    await expect(window.get_by_text("1\u00a0dossier passé, 1\u00a0refusé.")).to_be_visible()
    await expect(window.locator("tbody tr").filter(has_text="Refusé")).to_have_count(1)
    await desk.audit()
    await window.get_by_role("button", name="Fermer", exact=True).last.click()
    await desk.page.get_by_role("link", name="Changements en nombre").click()
    await expect(desk.page.locator("tbody tr").first).to_contain_text("Finaliser le dossier")
    await desk.audit()


async def take_away(desk: Desk) -> None:
    """The hand-backs, then who had transmitted, as a workbook."""
    await desk.page.get_by_role("link", name="Remis à l’organisme").click()
    await expect(desk.page.get_by_text(re.compile("remise")).first).to_be_visible()
    await desk.audit()
    await desk.page.get_by_role("link", name="Transmis", exact=True).click()
    await expect(desk.page.locator("tbody tr").first).to_be_visible()
    await desk.audit()
    await workbook(desk)


async def test_a_partner_takes_away_who_had_transmitted(desk: Desk) -> None:
    """He conducts nothing: the list is among what he may export (manual §11.3)."""
    await desk.page.goto(desk.site.url)
    await desk.sign_in("cdc.admin")
    await desk.page.get_by_role("link", name="Exports").click()
    await desk.page.get_by_role("link", name="les dossiers transmis").click()
    await expect(desk.heading("Dossiers transmis à une date")).to_be_visible()
    await expect(desk.page.locator("tbody tr").first).to_be_visible()
    await desk.audit()
    await workbook(desk)
    await desk.page.get_by_label("Transmis au plus tard le").fill("1990-01-01")
    await expect(desk.page.get_by_text("Aucun organisme n’avait transmis à cette date.")).to_be_visible()


async def workbook(desk: Desk) -> None:
    """The list on screen, taken away."""
    async with desk.page.expect_download() as waited:
        await desk.button("Classeur Excel").click()
    path = await (await waited.value).path()
    sheet = openpyxl.load_workbook(io.BytesIO(path.read_bytes())).active
    assert sheet is not None
    assert "ER 2024" in str(sheet["A1"].value)
