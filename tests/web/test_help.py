"""Being helped: a message of the platform, a question, the manual, and screens shown to the hotline."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.web.desk import Desk

pytestmark = pytest.mark.browser
CONDUCTS = "ministere.admin"
TITLE = "Coupure samedi"


async def test_a_user_is_told_asks_and_shows_his_screens_to_the_hotline_alone(
    desk: Desk, new_desk: Callable[[], Awaitable[Desk]]
) -> None:
    hotline, user = desk, await new_desk()
    await hotline.page.goto(hotline.site.url)
    await hotline.sign_in(CONDUCTS)
    await expect(hotline.heading("Rechercher un dossier")).to_be_visible()
    await tell(hotline)
    await user.page.goto(user.site.url)
    await user.sign_in(f"saisie.{user.site.siren}")
    await read_what_is_told(user)
    await ask(user)
    await show(user)
    await see(hotline)
    await hotline.page.get_by_role("row", name=TITLE).get_by_role("button", name="Retirer").click()
    await expect(hotline.page.get_by_role("row", name=TITLE)).to_contain_text("retiré")


async def tell(hotline: Desk) -> None:
    await hotline.page.goto(f"{hotline.site.url}/assistance")
    await hotline.button("Nouveau message").click()
    await hotline.page.get_by_label("Titre").fill(TITLE)
    await hotline.page.get_by_label("Message", exact=True).fill("De 8 h à 9 h.\n\nEnregistrez avant.")
    await hotline.audit()
    await hotline.button("Publier le message").click()
    await expect(hotline.page.get_by_role("row", name=TITLE)).to_contain_text("affiché")
    await hotline.audit()


async def read_what_is_told(user: Desk) -> None:
    await expect(user.heading("Rechercher un dossier")).to_be_visible()
    await user.page.get_by_role("button", name=TITLE).click()
    await expect(user.page.get_by_role("dialog")).to_contain_text("Enregistrez avant.")
    await user.audit()
    await user.page.keyboard.press("Escape")


async def ask(user: Desk) -> None:
    await user.page.get_by_role("link", name="Assistance").first.click()
    await user.button("Envoyer le mail").click()
    await expect(user.page.get_by_text("Vous n’avez pas posé de question.")).to_be_visible()
    await user.audit()
    await user.page.get_by_label("Votre question").fill("Où saisir les loyers ?")
    await user.button("Envoyer le mail").click()
    await expect(user.page.get_by_text("Un mail a été envoyé au support")).to_be_visible()
    async with user.page.expect_download() as downloading:
        await user.page.get_by_role("link", name="Télécharger le manuel").click()
    assert (await downloading.value).suggested_filename.endswith(".pdf")


async def show(user: Desk) -> None:
    await user.button("Montrer mes écrans").click()
    await expect(user.page.get_by_text("Mode supervision : l’assistance")).to_be_visible()
    await user.audit()
    async with user.page.expect_response(lambda one: '"path":"/exports"' in (one.request.post_data or "")):
        await user.page.goto(f"{user.site.url}/exports")
    await user.button("Cesser").click()
    await expect(user.page.get_by_text("Mode supervision : l’assistance")).to_be_hidden()


async def see(hotline: Desk) -> None:
    await hotline.button("Rafraîchir").click()
    await hotline.page.get_by_role("row", name="fini le").first.get_by_role("button").click()
    await expect(hotline.page.get_by_role("dialog")).to_contain_text("/exports")
    await hotline.audit()
    await hotline.page.keyboard.press("Escape")
