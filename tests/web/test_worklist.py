"""Work lists on screen, by the keyboard: filled from a file, sorted for good, shared, emptied."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import FilePayload, expect

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from playwright.async_api import Locator

    from tests.web.desk import Desk

pytestmark = pytest.mark.browser

READER, COLLEAGUE = "ministere.admin", "ministere.mission"
# Nobody's SIREN, then a line that is neither.
UNKNOWN, UNREADABLE = "999999999", "=CMD|'calc'!A1"


async def test_a_work_list_is_filled_kept_shared_and_emptied(
    desk: Desk, new_desk: Callable[[], Awaitable[Desk]]
) -> None:
    await desk.page.goto(f"{desk.site.url}/liste-de-travail")
    await desk.sign_in(READER)
    await expect(desk.page.get_by_text("Cette liste est vide.")).to_be_visible()
    await desk.audit()
    await make(desk, "À revoir")
    await load(desk)
    await sort(desk)
    await take_away(desk)
    await fold(desk)
    await show_to_a_colleague(await new_desk())
    await take_out(desk)
    await throw_away(desk)


async def press(desk: Desk, name: str, key: str = "Enter") -> None:
    await desk.button(name).press(key)


def rows(desk: Desk) -> Locator:
    return desk.page.get_by_role("region", name="Dossiers trouvés").locator("tbody tr")


def count(desk: Desk) -> Locator:
    return desk.page.locator(".search-count")


async def make(desk: Desk, name: str) -> None:
    """A list of its own, shared from the beginning."""
    await press(desk, "Nouvelle liste")
    window = desk.dialog()
    await expect(window.get_by_label("Nom")).to_be_focused()
    await desk.page.keyboard.type(name)
    await window.get_by_label("Partagée avec mon organisation").press("Space")
    await desk.audit()
    await window.get_by_label("Nom").press("Enter")
    await expect(desk.page.get_by_text(f"La liste «\u00a0{name}\u00a0» est créée.")).to_be_visible()
    await expect(desk.page.get_by_label("Liste", exact=True).locator("option:checked")).to_contain_text(name)


async def load(desk: Desk) -> None:
    """Two organisms, one of them twice, nobody's SIREN and a formula: each line is answered for itself."""
    await press(desk, "Importer une liste (CSV)")
    lines = [desk.site.filled, desk.site.siren, desk.site.filled, UNKNOWN, UNREADABLE]
    file = FilePayload(name="liste.csv", mimeType="text/csv", buffer="\r\n".join(lines).encode("utf-16"))
    await desk.page.locator("input[type=file]").set_input_files(file)
    await desk.dialog().get_by_label("Formulaire").select_option("ER")
    await desk.dialog().get_by_label("Année").select_option("2024")
    await desk.audit()
    await press(desk, "Lancer l’import")
    report = desk.dialog().get_by_role("region", name="Lignes du fichier")
    await expect(report.locator("tbody tr")).to_have_count(2)
    await expect(report.get_by_role("row", name=UNKNOWN)).to_contain_text("Inconnu")
    await expect(report.get_by_role("row", name=UNREADABLE)).to_contain_text("Illisible")
    await desk.dialog().get_by_label("Toutes les lignes").press("Space")
    await expect(report.locator("tbody tr")).to_have_count(5)
    await desk.audit()
    await desk.dialog().get_by_role("button", name="Fermer", exact=True).last.press("Enter")
    await expect(count(desk)).to_have_text("2\u00a0dossiers")
    await expect(rows(desk)).to_have_count(2)
    await desk.audit()


async def sort(desk: Desk) -> None:
    """By name from Z to A: still so after the page is opened anew."""
    for _ in range(2):
        await desk.page.get_by_role("button", name="Organisme", exact=True).press("Enter")
    heading = desk.page.get_by_role("columnheader", name="Organisme")
    await expect(heading).to_have_attribute("aria-sort", "descending")
    await expect(rows(desk)).to_have_count(2)
    shown = await rows(desk).get_by_role("rowheader").all_inner_texts()
    assert shown == sorted(shown, reverse=True)
    await desk.page.reload()
    await expect(heading).to_have_attribute("aria-sort", "descending")
    await expect(rows(desk).get_by_role("rowheader")).to_have_text(shown)


async def take_away(desk: Desk) -> None:
    """The list as a file is what an import takes back; beside it, the users of its organisms."""
    files = desk.page.get_by_role("list", name="La liste en fichier")
    content = await taken(desk, files.get_by_role("link", name="CSV"))
    assert content.startswith(b"\xef\xbb\xbf")
    assert {desk.site.filled.encode(), desk.site.siren.encode()} <= set(re.findall(rb"\b\d{9}\b", content))
    await rows(desk).first.get_by_role("checkbox").press("Space")
    chosen = desk.page.get_by_role("list", name="Les dossiers choisis en fichier").get_by_role(
        "link", name="CSV"
    )
    assert (await taken(desk, chosen)).count(b"\r\n") == 2
    await rows(desk).first.get_by_role("checkbox").press("Space")
    users = desk.page.get_by_role("list", name="Les utilisateurs des organismes, en fichier")
    assert (await taken(desk, users.get_by_role("link").first)).startswith(b"PK")


async def fold(desk: Desk) -> None:
    """Narrow, the tools are behind their names; a refusal is told in a window that leaves them in place."""
    await desk.page.set_viewport_size({"width": 400, "height": 800})
    await desk.page.reload()
    await expect(rows(desk)).to_have_count(2)
    await expect(desk.button("Colonnes")).to_be_hidden()
    await desk.audit()
    await desk.page.locator("summary", has_text="Affichage et fichiers").press("Enter")
    await expect(desk.button("Colonnes")).to_be_visible()
    refusal = {"message": "Ces coordonnées ne vous sont pas ouvertes."}
    await desk.page.route("**/users.csv", lambda route: route.fulfill(status=403, json=refusal))
    users = desk.page.get_by_role("list", name="Les utilisateurs des organismes, en fichier")
    await users.get_by_role("link", name="CSV").press("Enter")
    await expect(desk.dialog().get_by_role("alert")).to_have_text(refusal["message"])
    await desk.audit()
    await desk.dialog().get_by_role("button", name="Fermer", exact=True).last.press("Enter")
    await expect(users.get_by_role("link", name="CSV")).to_be_focused()
    await desk.page.set_viewport_size({"width": 1440, "height": 900})
    await desk.page.reload()
    await expect(rows(desk)).to_have_count(2)


async def taken(desk: Desk, link: Locator) -> bytes:
    async with desk.page.expect_download() as waited:
        await link.press("Enter")
    return await asyncio.to_thread(Path(await (await waited.value).path()).read_bytes)


async def show_to_a_colleague(colleague: Desk) -> None:
    """He finds it among those of his organization, and cannot do away with it."""
    await colleague.page.goto(f"{colleague.site.url}/liste-de-travail")
    await colleague.sign_in(COLLEAGUE)
    lists = colleague.page.get_by_label("Liste", exact=True)
    shared = await lists.locator("option", has_text="À revoir").inner_text()
    await lists.select_option(label=shared)
    await expect(rows(colleague)).to_have_count(2)
    await expect(colleague.button("Nouvelle liste")).to_be_visible()
    await expect(colleague.button("Supprimer la liste")).to_have_count(0)
    await colleague.audit()


async def take_out(desk: Desk) -> None:
    """One by its cross, and the focus goes on to the next; then all but none, once they are sure."""
    await rows(desk).first.get_by_role("button", name=re.compile("^Retirer")).press("Enter")
    await expect(count(desk)).to_have_text("1\u00a0dossier")
    await expect(rows(desk).first.get_by_role("button", name=re.compile("^Retirer"))).to_be_focused()
    await rows(desk).first.get_by_role("checkbox").press("Space")
    await press(desk, "Retirer de la liste")
    await expect(desk.dialog().get_by_role("button", name="Annuler")).to_be_focused()
    await desk.audit()
    await desk.dialog().get_by_role("button", name="Annuler").press("Enter")
    await expect(rows(desk)).to_have_count(1)
    await press(desk, "Retirer de la liste")
    await desk.dialog().get_by_role("button", name="Retirer de la liste").press("Enter")
    await expect(desk.page.get_by_text("1\u00a0dossier retiré de la liste.")).to_be_visible()
    await expect(desk.page.get_by_text("Cette liste est vide.")).to_be_visible()


async def throw_away(desk: Desk) -> None:
    await press(desk, "Supprimer la liste")
    await desk.audit()
    await desk.dialog().get_by_role("button", name="Supprimer la liste").press("Enter")
    await expect(desk.page.get_by_text("La liste «\u00a0À revoir\u00a0» est supprimée.")).to_be_visible()
    await expect(desk.button("Supprimer la liste")).to_have_count(0)
    await desk.audit()
