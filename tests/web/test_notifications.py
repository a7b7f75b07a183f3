"""The bell, its page and its preferences; a mail's link lands after login; a dossier's past and readers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

if TYPE_CHECKING:
    from tests.web.desk import Desk

pytestmark = pytest.mark.browser

COUNT = re.compile("^[0-9]+\u00a0notifications? non lues?$")
BELL = re.compile("notifications? non lue|^Notifications$")


async def test_a_link_of_a_digest_lands_after_login_and_the_bell_counts_down(desk: Desk) -> None:
    page = desk.page
    await page.goto(f"{desk.site.url}/notifications?event=transmitted")
    await desk.sign_in("ministere.mission")
    await expect(page).to_have_url(re.compile("/notifications\\?event=transmitted$"))
    await expect(desk.heading("Notifications")).to_be_visible()
    await desk.audit()
    await desk.button("Montrer tous les évènements").click()
    bell = page.get_by_role("button", name=BELL)
    await expect(bell).to_have_accessible_name(COUNT)
    # Others who meet the same site may have done something meanwhile.
    unread = int((await bell.get_attribute("aria-label") or "0").split("\u00a0")[0])
    await bell.click()
    panel = page.get_by_role("region", name="Dernières notifications")
    await expect(panel.get_by_role("listitem").first).to_be_visible()
    await desk.audit()
    await page.keyboard.press("Escape")
    await expect(panel).to_have_count(0)
    await bell.press("Enter")
    await panel.get_by_role("listitem").get_by_role("link").first.click()
    await expect(page).to_have_url(re.compile("/dossiers/"))
    await expect(bell).to_have_accessible_name(re.compile(rf"^({unread - 1}\u00a0n|Notifications$)"))


async def test_one_chooses_how_to_be_told_and_marks_all_as_read(desk: Desk) -> None:
    page = desk.page
    await page.goto(f"{desk.site.url}/notifications")
    await desk.sign_in("ministere.affaire")
    await page.get_by_label("Dossier fermé").select_option("DIGEST")
    await desk.button("Tout marquer comme lu").click()
    bell = page.get_by_role("button", name=BELL)
    await expect(bell).to_have_accessible_name("Notifications")
    await page.get_by_text("Non lues").click()
    await expect(page.get_by_text("Aucune notification.")).to_be_visible()
    await page.reload()
    await expect(page.get_by_label("Dossier fermé")).to_have_value("DIGEST")


async def test_an_organism_goes_from_a_dossier_to_its_readers(desk: Desk) -> None:
    page, siren = desk.page, desk.site.filled
    await page.goto(desk.site.url)
    await desk.sign_in(f"saisie.{siren}")
    await desk.open_dossier(siren)
    await desk.history().click()
    await expect(desk.dialog().get_by_text("Ce qui s’est passé")).to_be_visible()
    await desk.audit()
    await desk.dialog().get_by_role("link", name="Qui a lu ce dossier").click()
    await expect(desk.heading("Qui a lu ce dossier")).to_be_visible()
    await page.get_by_label("Depuis le").fill("2026-01-01")
    async with page.expect_download() as found:
        await desk.button("Classeur").click()
    assert (await found.value).suggested_filename == "registre-des-lectures.xlsx"
    await desk.audit()
