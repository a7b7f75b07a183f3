"""At the desk of forms: a faulty revision is mended, reviewed, published; dossiers keep theirs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import FilePayload, expect

from forms import PackKey, pack_texts

if TYPE_CHECKING:
    from tests.web.desk import Desk

pytestmark = pytest.mark.browser

EDITOR = "ministere.admin"
BASE = PackKey("ER", 2024, 1)
NET = "@col N | Net | C | B - D"
OLD, NEW = "Baux à long terme et droits d'usufruit", "Baux de longue durée"
# Holds in the stored tests, and in few of the invented dossiers.
RULE = "\nZZ-901 | mineure | A1.L019.B | < | 500000 | 0 | toujours | Immobilisations incorporelles modestes\n"


async def test_a_revision_is_mended_reviewed_and_published_and_dossiers_keep_theirs(desk: Desk) -> None:
    await desk.page.goto(f"{desk.site.url}/formulaires")
    await desk.sign_in(EDITOR)
    await send_in_with_a_fault(desk)
    await mend_it_on_the_spot(desk)
    dossier = await review(desk)
    await publish(desk)
    await desk.page.goto(dossier)
    await expect(desk.heading("Bilan – Actif immobilisé")).to_be_visible()
    await expect(desk.page.get_by_text("Baux à long terme et droits d’usufruit")).to_be_visible()
    await expect(desk.page.get_by_text(NEW)).to_have_count(0)


async def test_whoever_may_not_change_forms_is_not_led_to_them(desk: Desk) -> None:
    await desk.page.goto(desk.site.url)
    await desk.sign_in("ministere.mission")
    await expect(desk.page.get_by_role("link", name="Exports")).to_be_visible()
    await expect(desk.page.get_by_role("link", name="Formulaires")).to_have_count(0)
    await desk.page.goto(f"{desk.site.url}/formulaires")
    await expect(desk.page.get_by_role("link", name="Classeur XLSX de ER/2024/1")).to_be_visible()
    await expect(desk.button("Déposer un brouillon")).to_have_count(0)
    await expect(desk.page.get_by_role("button", name="Préparer la suivante")).to_have_count(0)


async def send_in_with_a_fault(desk: Desk) -> None:
    """The draft is kept, its fault told at its place, and it cannot be published."""
    await desk.button("Préparer la suivante de ER 2024").click()
    await expect(desk.button("Déposer")).to_be_disabled()
    await desk.page.locator("input[type=file]").set_input_files(faulty_files())
    await desk.dialog().get_by_label("Commentaire").fill("Libellé des baux")
    await desk.audit()
    await desk.button("Déposer").click()
    await expect(desk.heading("ER 2024, révision 2")).to_be_visible()
    await expect(desk.page.get_by_text("Ce brouillon ne peut pas être publié")).to_be_visible()
    await expect(desk.page.get_by_text("La cellule A1.L011.Q n’existe pas. Et 26")).to_be_visible()
    await expect(desk.button("Publier")).to_be_disabled()
    await desk.audit()


def faulty_files() -> list[FilePayload]:
    """The files of the base, of which one formula names a column that is not there; cases by bare names."""
    files = {**pack_texts(BASE)}
    files["part-01.txt"] = files["part-01.txt"].replace(NET, NET.replace("D", "Q"), 1).replace(OLD, NEW)
    files["checks.txt"] += RULE
    return [
        FilePayload(name=name.rpartition("/")[2], mimeType="text/plain", buffer=text.encode())
        for name, text in files.items()
    ]


async def mend_it_on_the_spot(desk: Desk) -> None:
    """The place leads to the line, the very sign selected; what is written over it is kept as the draft."""
    await desk.button("Ouvrir part-01.txt:5:24").click()
    area = desk.page.get_by_role("textbox", name="Contenu de part-01.txt")
    await expect(area).to_be_focused()
    await desk.page.keyboard.type("D")
    await desk.audit()
    await desk.button("Enregistrer le brouillon").click()
    await expect(desk.page.get_by_text("aucun défaut")).to_be_visible()


async def review(desk: Desk) -> str:
    """Labels and checks before and after, the stored tests, real dossiers; the address of one of these."""
    changes = desk.page.get_by_role("region", name="Lignes", exact=True)
    await expect(changes.get_by_role("deletion")).to_contain_text("Baux à long terme")
    await expect(changes.get_by_role("insertion")).to_contain_text(NEW)
    checks = desk.page.get_by_role("region", name="Contrôles", exact=True)
    await expect(checks.get_by_role("row", name="ZZ-901")).to_contain_text("ajout")
    await expect(desk.page.get_by_text("2\u00a0réussis")).to_be_visible()
    tried = desk.page.locator(".packs-trial").filter(has_text="1\u00a0anomalie de plus").first
    await tried.locator("summary").click()
    await expect(tried.get_by_text("ZZ-901")).to_be_visible()
    await expect(desk.button("Publier")).to_be_enabled()
    await desk.audit()
    address = await tried.get_by_role("link", name="Ouvrir le dossier").get_attribute("href")
    return f"{desk.site.url}{address}"


async def publish(desk: Desk) -> None:
    await desk.button("Publier").click()
    await expect(desk.dialog()).to_contain_text("Les dossiers qui existent gardent la leur")
    await desk.audit()
    await desk.button("Publier définitivement").click()
    await expect(desk.page.get_by_text("La révision ER/2024/2 est publiée.")).to_be_visible()
    await expect(desk.button("Publier")).to_have_count(0)
    await desk.audit()
    await desk.page.get_by_role("link", name="← Formulaires").click()
    revisions = desk.page.get_by_role("region", name="Liste des révisions")
    await expect(revisions.get_by_role("row", name=re.compile("^2024 2 en vigueur"))).to_contain_text(
        "Libellé des baux"
    )
    await desk.audit()
