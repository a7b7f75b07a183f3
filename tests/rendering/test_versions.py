"""A year whose form changed reads the one before: moved, added up or gone (the plan of accounts of 2026)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from models import Dossier, Snapshot
from resolvers import dossiers, export_jobs, snapshots, steps, verification
from resolvers.accepting import accept
from resolvers.cells import CellWrite, write
from resolvers.documents import load_documents
from resolvers.loading import load
from resolvers.suggestions import last_year, suggestions
from resolvers.tabs import open_tabs
from tests.cases import loaded_file, read_case
from tests.rendering.paper import dossier_html
from tests.resolvers.past import empty
from tests.world import CONTACTS, PASSWORD, World, build_world

if TYPE_CHECKING:
    from uuid import UUID

pytestmark = pytest.mark.usefixtures("database")

NOW = datetime(2026, 11, 22, tzinfo=UTC)
IDENTITY = {
    "G01.L011.V": "Office d’essai",
    "G01.L013.V": "732829320",
    "G01.L015.V": "OPH",
    "G01.L028.V": "2025-12-31",
    "G01.L029.V": "12",
}
# Disposals: two lines of 2025 are one in 2026, whose total is a column of its own.
MOVED = {
    "C1.L464.N": "296088.94",
    "C1.L464.T": "296088.94",
    "R1.L662.N": "50162.2",
    "C2.L511.N": "139843.05",
    "T20.L043.C": "47552.71",
    "C2.L527.N": "47552.71",
}


async def _transmitted(world: World) -> UUID:
    """The accounts of 2025, those of the reference case."""
    dossier, people = (await empty("ER", 2025, 1)).id, world["saisie"]
    file = loaded_file(read_case("er-2024-plain"), year=2025, pack="ER/2025/1")
    cells = [cell._replace(value=IDENTITY.get(cell.id, cell.value)) for cell in file.cells]
    assert (await load(people, dossier, replace(file, cells=tuple(cells)))).applied
    for found in (await verification.verify(people, dossier)).anomalies:
        await verification.justify(people, dossier, found.anomaly.check, "Vu avec le commissaire.")
    await Dossier.filter(id=dossier).update(step=3, passes=3)
    await steps.transmit(world["hierarchie"], dossier, [True] * 3, PASSWORD, "t", contacts=CONTACTS)
    return dossier


async def _begun(world: World) -> UUID:
    """The accounts of 2026, one amount typed."""
    dossier = await empty("ER", 2026, 1)
    assert (await write(world["saisie"], dossier.id, [CellWrite("C1.L464.N", "3001", None)])).written == 1
    return dossier.id


async def _printed(world: World, dossier: UUID, tab: str) -> str:
    """The printed tab as one line of text."""
    content = await export_jobs.content(world["ministere"], dossier, [tab])
    text = re.sub(r"<style.*?</style>|<[^>]+>", " ", dossier_html(content), flags=re.DOTALL)
    return " ".join(text.replace("\u202f", " ").replace("\u00a0", " ").split())


async def test_the_new_plan_of_accounts_reads_the_year_that_was_kept_under_the_old_one() -> None:
    world = await build_world()
    old, new, viewer = await _transmitted(world), await _begun(world), world["saisie"]
    row = await dossiers.read(viewer, new)
    assert (row.pack, (await Snapshot.get(dossier_id=old)).pack) == ("ER/2026/1", "ER/2025/1")

    read = await snapshots.previous_values(row)
    assert {cell: read.get(cell) for cell in MOVED} == MOVED
    gone = ("T18.", "C2.L521.", "C2.L522.", "C2.L523.", "T20.L016.", "R2.L681.")
    assert not [cell for cell in read if cell.startswith(gone)]
    opened = {tab.code: tab.values for tab in await open_tabs(row)}
    assert "T18" not in opened
    assert opened["C1"]["L464.P"] == MOVED["C1.L464.T"]
    assert opened["R1"]["L662.P"] == MOVED["R1.L662.N"]
    assert opened["C1"]["L402.P"] == read["C1.L402.T"]

    before = await last_year(viewer, row)
    assert before is not None
    assert before.dossier.id == old
    documents = await load_documents(new)
    proposed = {one.cell: one for one in await suggestions(row, before, documents, ["C1", "C2", "R1", "T20"])}
    typed = {cell: value for cell, value in MOVED.items() if cell != "C1.L464.T"}
    assert {cell: proposed[cell].previous for cell in typed} == typed
    assert (proposed["C1.L464.N"].current, proposed["C1.L464.N"].variation) == ("3001", "-98.99")
    assert not [cell for cell in proposed if cell.startswith(gone)]
    taken = await accept(viewer, new, None, ["R1.L662.N", "C2.L527.N"], "k")
    assert (taken.written, taken.refused) == (2, ())
    assert (await open_tabs(row, ["C2"]))[0].values["L527.N"] == MOVED["C2.L527.N"]


async def test_both_years_are_printed_each_with_its_own_form() -> None:
    world = await build_world()
    old, new = await _transmitted(world), await _begun(world)
    then, now = await _printed(world, old, "C2"), await _printed(world, new, "C1")
    for text, told in ((then, "États réglementaires 2025"), (now, "États réglementaires 2026")):
        assert told in text
    assert "169 535,23" in then
    assert "126 553,71" in then
    line = now[now.index("Valeurs comptables des immobilisations cédées, démolies") :][:220]
    assert "3 001,00" in line
    assert "296 088,94" in line
    assert "Valeurs comptables des immobilisations cédées, démolies" not in then
