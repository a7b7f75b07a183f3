"""A circuit of visas on screen: an opinion, a signature in another’s place, the step left, a delegation."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from authz.clock import today
from forms import Step
from resolvers.demo.circuits import FORM
from resolvers.demo.others import filed_others

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from playwright.async_api import Locator

    from tests.web.desk import Desk

pytestmark = pytest.mark.browser

OFFICER, MANAGER = "coop.mission", "coop.affaire"
WHY = "La pièce du poste 3 manque."


async def test_a_circuit_goes_from_an_opinion_to_a_signature(
    desk: Desk, new_desk: Callable[[], Awaitable[Desk]]
) -> None:
    inside = [str(one.id) for one in filed_others() if one.form == FORM and one.step is Step.REVIEW]
    await desk.page.goto(f"{desk.site.url}/dossiers/{inside[0]}")
    await desk.sign_in(OFFICER)
    await give_an_opinion(desk)
    await desk.page.goto(f"{desk.site.url}/dossiers/{inside[2]}")
    await sign_for_another(desk)
    manager = await new_desk()
    await manager.page.goto(f"{desk.site.url}/dossiers/{inside[2]}")
    await manager.sign_in(MANAGER)
    await delegate_and_take_back(manager)
    await manager.button("Finaliser le dossier").click()
    await manager.dialog().get_by_role("button", name="Finaliser").click()
    await expect(manager.step()).to_contain_text("Finalisation")
    await expect(manager.button("Circuit de visas")).to_have_count(0)


def visa(desk: Desk, code: str) -> Locator:
    return desk.page.locator(f"[data-visa={code}]")


async def give_an_opinion(desk: Desk) -> None:
    """An opinion that was not given in time is waited for no longer; the other says why, and opens a rank."""
    await desk.button("Circuit de visas").click()
    await expect(visa(desk, "AVIS_COOP")).to_contain_text("Dépassé")
    await desk.audit()
    await visa(desk, "AVIS_MISSION").get_by_role("button", name="Répondre", exact=True).click()
    answer = desk.dialog().last
    await answer.get_by_label("Défavorable").check()
    await answer.get_by_role("button", name="Répondre", exact=True).click()
    await expect(answer.get_by_label("Motif")).to_be_focused()
    await answer.get_by_label("Motif").fill(WHY)
    await desk.audit()
    await answer.get_by_role("button", name="Répondre", exact=True).click()
    await expect(visa(desk, "AVIS_MISSION")).to_contain_text(WHY)
    await expect(visa(desk, "VALIDATION")).to_contain_text("Réponse attendue")
    await desk.audit()


async def sign_for_another(desk: Desk) -> None:
    """With one's own password; a wrong one signs nothing."""
    await desk.button("Circuit de visas").click()
    await visa(desk, "SIGNATURE").get_by_role("button", name=re.compile("^Signer pour")).click()
    answer = desk.dialog().last
    await answer.get_by_label("Signé").check()
    for password in ("Pas le mien", desk.site.passwords[OFFICER]):
        await answer.get_by_label("Votre mot de passe").fill(password)
        await answer.get_by_role("button", name="Signer").click()
        if password == "Pas le mien":
            await expect(answer.get_by_role("alert")).to_contain_text("n’est pas le vôtre")
    await expect(desk.page.get_by_text("Circuit approuvé")).to_be_visible()
    await expect(visa(desk, "SIGNATURE")).to_contain_text(", pour ")
    await desk.audit()


async def delegate_and_take_back(desk: Desk) -> None:
    await desk.button("Circuit de visas").click()
    await desk.button("Déléguer mes visas").click()
    window = desk.dialog().last
    await window.get_by_label("À qui").select_option(index=1)
    await window.get_by_label("Au (inclus)").fill((today().date + timedelta(days=3)).isoformat())
    await desk.audit()
    await window.get_by_role("button", name="Déléguer", exact=True).click()
    rows = desk.page.locator("[data-delegation]")
    await expect(rows).to_have_count(2)
    await rows.first.get_by_role("button", name="Retirer").click()
    await expect(rows).to_have_count(1)
    await desk.page.keyboard.press("Escape")
