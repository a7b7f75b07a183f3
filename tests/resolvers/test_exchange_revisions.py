"""What was said of a cell is read where it was, whatever revision of the form is published meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from authz import add_rows, profile_line, read_version
from models import Campaign, Dossier, Level, Nature
from resolvers import dossiers, exchange_publishing, exchange_writing, pack_publishing, packs
from resolvers.exchange_reading import Wanted, threads
from resolvers.exchange_writing import NewThread
from tests.desk import PART, Desk, build_desk

if TYPE_CHECKING:
    from uuid import UUID

    from authz import Viewer

CELL = "A1.L011.A"
# More lines, other words; what dossiers hold of it keeps its place, or it is not published.
REVISED = PART.format(formula="A - B").replace("Ligne", "Ligne renommée") + "L012 | | Ligne de plus | S\n"


pytestmark = pytest.mark.usefixtures("published_is_forgotten")


@pytest.fixture
async def desk(database: str) -> Desk:  # noqa: ARG001 - opened for the desk to be built in
    desk = await build_desk()
    profile = profile_line(subject="user:saisie", profile="profile:entry", platform="MIN", form=desk.form)
    await add_rows([profile], base=await read_version(), author_id=None, comment="Saisie")
    await desk.world.authority.refresh()
    return desk


async def _published(desk: Desk, files: dict[str, str]) -> str:
    row = await pack_publishing.publish(desk.admin, (await desk.upload(files)).id)
    await packs.ensure([row.key])
    return row.key


async def _said(viewer: Viewer, dossier: UUID) -> list[tuple[str, str, list[str]]]:
    """Place, words and messages of each thread of a cell."""
    row = await dossiers.read(viewer, dossier)
    found = (await threads(viewer, row, Wanted(Level.CELL, CELL))).rows
    return [(one.anchor, one.label, [message.text for message in one.messages]) for one in found]


async def test_a_thread_on_a_cell_is_read_after_a_revision_is_published(desk: Desk) -> None:
    first = await _published(desk, desk.files())
    dossier = (await desk.dossier(first, {"L011.A": "1"})).id
    await Dossier.filter(id=dossier).update(step=4)
    asked = NewThread(Level.CELL, CELL, Nature.QUESTION, "D’où vient ce montant\u202f?")
    await exchange_writing.add_message(desk.admin, dossier, asked, "ask")
    assert await exchange_publishing.publish(desk.admin, dossier, None, "publish") == 1
    before = [(CELL, "Onglet – Ligne – a", ["D’où vient ce montant\u202f?"])]
    assert await _said(desk.world["saisie"], dossier) == before

    second = await _published(desk, desk.files(part_01=REVISED))
    assert (await Campaign.get(form=desk.form)).pack == second != first
    # A dossier keeps the revision that it was opened with, and what was said its words.
    assert await _said(desk.world["saisie"], dossier) == before
    (thread,) = (await threads(desk.admin, await dossiers.read(desk.admin, dossier))).rows
    await exchange_writing.reply(desk.world["saisie"], thread.id, Nature.COMMENT, "Du grand livre.", "reply")
    assert await exchange_publishing.publish(desk.world["saisie"], dossier, None, "answer") == 1
    answered = ["D’où vient ce montant\u202f?", "Du grand livre."]
    assert await _said(desk.admin, dossier) == [(CELL, "Onglet – Ligne – a", answered)]
    # Under the revision it is at the same place, which has the revision's words.
    await Dossier.filter(id=dossier).update(pack=second)
    assert await _said(desk.admin, dossier) == [(CELL, "Onglet – Ligne renommée – a", answered)]
