"""The copies of a transmitted dossier: taken, verified by the command, compared, and taken by a partner."""

from __future__ import annotations

import asyncio
import re
import sys
from typing import TYPE_CHECKING

import pypdf
import pytest
from playwright.async_api import expect

from forms import Step
from gql.settings import ROOT
from resolvers.demo.filing import filed

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from playwright.async_api import Locator

    from tests.web.desk import Desk

pytestmark = pytest.mark.browser

# What was corrected since, of the first dossier in review: no other journey is made on it.
CORRECTED = "G01.L021.V"
# The demonstration's worker makes its copies in turn, each printed whole.
MAKING = 120_000
DIRECT = "acces-direct?plateforme=MIN&formulaire=ER&annee=2024"


async def test_a_copy_is_taken_verified_and_compared(
    desk: Desk, new_desk: Callable[[], Awaitable[Desk]], tmp_path: Path
) -> None:
    siren = next(one.organism.siren for one in filed() if one.filled and one.step is Step.REVIEW)
    page, name = desk.page, f"2024-{siren}-transmis.zip"
    await page.goto(desk.site.url)
    await desk.sign_in("ministere.affaire")
    await desk.open_dossier(siren)
    await page.get_by_role("link", name="Copies scellées").click()
    await expect(page.get_by_text("Scellée", exact=True)).to_be_visible(timeout=MAKING)
    await desk.audit()
    seal = await copied_seal(desk)
    archive = await taken(desk, page.get_by_role("button", name=name), tmp_path / name)
    await signed(await taken(desk, desk.button("PDF scellé"), tmp_path / "dossier.pdf"))
    receipt = await taken(desk, desk.button("Accusé de réception"), tmp_path / "accuse.pdf")
    text = pypdf.PdfReader(receipt).pages[0].extract_text()
    assert seal in "".join(text.split())
    assert await verified(archive, seal) == 0
    assert await verified(archive, "0" * 64) == 1
    await follow_a_difference(desk)
    partner = await new_desk()
    assert (await taken_directly(partner, siren, tmp_path)).read_bytes() == archive.read_bytes()
    await refused_directly(await new_desk(), name)


async def copied_seal(desk: Desk) -> str:
    """What « Copier le sceau » leaves to be pasted: the whole seal, without the blanks that one reads."""
    await desk.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await desk.button("Copier le sceau").click()
    await expect(desk.page.get_by_text("Copié", exact=True)).to_be_visible()
    seal = str(await desk.page.evaluate("navigator.clipboard.readText()"))
    assert re.fullmatch(r"[0-9a-f]{64}", seal)
    return seal


async def taken(desk: Desk, button: Locator, target: Path) -> Path:
    async with desk.page.expect_download() as found:
        await button.click()
    await (await found.value).save_as(target)
    return target


async def signed(pdf: Path) -> None:
    """The PDF alone bears one signature, which its reader shows."""
    (field,) = (pypdf.PdfReader(pdf).get_fields() or {}).values()
    assert (field["/FT"], field["/T"], "/ByteRange" in field["/V"]) == ("/Sig", "Sceau", True)


async def verified(archive: Path, seal: str) -> int | None:
    """How the command ends, as whoever was given the files runs it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "gql", "verify-seal", archive, "--seal", seal,
        cwd=ROOT, stdout=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    return await process.wait()


async def follow_a_difference(desk: Desk) -> None:
    """What was corrected since the transmission leads to its cell."""
    page = desk.page
    await page.get_by_role("link", name="Ce qui a changé depuis la transmission").click()
    row = page.get_by_role("row").filter(has_text=CORRECTED)
    await expect(row).to_contain_text("04 67 00 01 23")
    await desk.audit()
    await row.get_by_role("link").click()
    await expect(desk.cell(CORRECTED)).to_be_visible()


async def taken_directly(desk: Desk, siren: str, folder: Path) -> Path:
    """Without the dossier, by whom his convention and his own rights let."""
    page = desk.page
    await page.goto(f"{desk.site.url}/{DIRECT}")
    await desk.sign_in("cglls.lecture")
    await page.locator("summary").filter(has_text="Transmis").click()
    link = page.get_by_role("link", name=f"2024-{siren}-transmis.zip")
    await expect(link).to_be_visible()
    await desk.audit()
    return await taken(desk, link, folder / "directe.zip")


async def refused_directly(desk: Desk, name: str) -> None:
    """Who may read the dossier, but was not given this access, is shown and given nothing."""
    page = desk.page
    await page.goto(f"{desk.site.url}/{DIRECT}")
    await desk.sign_in("cdc.lecture")
    await expect(page.get_by_text("Aucune copie ne vous est ouverte par l’accès direct.")).to_be_visible()
    await desk.audit()
    answer = await page.request.get(f"{desk.site.url}/acces-direct/MIN/ER/2024/Transmis/{name}")
    assert answer.status == 404
    assert (await answer.body())[:2] != b"PK"
