"""Sixteen thousand rows of a tab: previewed, loaded, and written back the same."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from rendering.rows_in import read_rows
from rendering.rows_out import write_rows
from resolvers import dossiers, export_jobs
from resolvers.loading import MOST_SHOWN, load
from resolvers.tabs import open_tabs
from tests.world import build_world

if TYPE_CHECKING:
    from resolvers.rows import DossierContent

pytestmark = pytest.mark.usefixtures("database")

ROWS = 16_000


def _filled(content: DossierContent) -> bytes:
    """The empty tab's own file, with a key, a label and two amounts in each row."""
    head = write_rows(content).decode("utf-8-sig").splitlines()[0].split(";")
    places = {name.partition(" ")[0]: place for place, name in enumerate(head)}
    text = io.StringIO()
    out = csv.writer(text, delimiter=";", lineterminator="\r\n")
    out.writerow(head)
    for number in range(1, ROWS + 1):
        row = [""] * len(head)
        values = {"C02": f"Programme {number}", "C10": f"{number},5", "C11": f"{number}"}
        row[0] = f"{number:05d}"
        for column, value in values.items():
            row[places[column]] = value
        out.writerow(row)
    return text.getvalue().encode()


async def test_sixteen_thousand_rows_are_previewed_loaded_and_written_back_the_same() -> None:
    world = await build_world()
    viewer = world["saisie"]
    row = await dossiers.read(viewer, world.dossier)
    data = _filled(await export_jobs.content(viewer, world.dossier, ["F01"]))
    file = read_rows(data, row, "F01")
    tried = await load(viewer, world.dossier, file, dry_run=True)
    assert (tried.applied, tried.read, tried.changed, tried.refused) == (False, 3 * ROWS, 3 * ROWS, 0)
    assert len(tried.preview) == MOST_SHOWN
    assert (await open_tabs(row, ["F01"]))[0].rows == ()
    done = await load(viewer, world.dossier, file)
    assert (done.applied, done.changed, done.removed, done.version) == (True, 3 * ROWS, 0, row.version + 1)
    back = read_rows(write_rows(await export_jobs.content(viewer, world.dossier, ["F01"])), row, "F01")
    # What the tab computes is written beside what was typed.
    typed = [(one.key, {code: one.values[code] for code in ("C02", "C10", "C11")}) for one in back.rows]
    assert typed == [(one.key, one.values) for one in file.rows]
    assert back.rows[-1].values["C13"].replace(",", ".") == f"{2 * ROWS}.5"
