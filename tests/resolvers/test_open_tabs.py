"""A convention that opens two tabs: the others are closed at every address, whatever the channel."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import pytest

from authz import Right, add_rows, convention_line, read_version
from models import Dossier, Refused
from rendering.rows_out import write_rows
from rendering.sheets.workbook import write_workbook
from rendering.xml_out import write_dossier
from resolvers import cell_history, dossiers, export_jobs, exports, verification
from resolvers.cells import CellWrite, write
from resolvers.explaining import explanation
from resolvers.past import closed_past
from resolvers.reading import read_documents
from resolvers.rows import ClosedPast
from resolvers.suggestions import acceptable
from resolvers.tabs import open_tabs, tab_names
from resolvers.typed import typed_data
from tests.resolvers import past
from tests.resolvers.filled import filled
from tests.world import World

pytestmark = pytest.mark.usefixtures("database")

SECRET, SHOWN = "31415926.53", "27182818.28"
READ, TAKEN = frozenset({"A1", "F01", "G01"}), frozenset({"A1", "F01", "A2"})


async def _limited() -> World:
    """ANCOLS reads three tabs, and may export two of them and one that it may not read."""
    world = await filled()
    saisie, dossier = world["saisie"], await dossiers.read(world["saisie"], world.dossier)
    assert dossier.open_tabs is None
    (tab,) = await open_tabs(dossier, ["A2"])
    (assets,) = await open_tabs(dossier, ["A1"])
    writes = [
        CellWrite("A2.L111.B", SECRET, tab.values.get("L111.B")),
        CellWrite("A1.L011.B", SHOWN, assets.values.get("L011.B")),
    ]
    assert (await write(saisie, world.dossier, writes)).written == 2
    await verification.verify(saisie, world.dossier)
    await past.last_year({"A2.L111.B": SECRET, "A1.L011.B": SHOWN})
    await Dossier.filter(id=world.dossier).update(step=4, passes=4)
    lines = [
        convention_line(
            actor="partner:ANCOLS",
            platform="MIN",
            right=right,
            organisms="all",
            steps="456",
            tabs=sorted(tabs),
            ref="art. 7",
        )
        for right, tabs in ((Right.READ, READ), (Right.EXPORT, TAKEN))
    ]
    await add_rows(lines, base=await read_version(), author_id=None, comment="Deux onglets")
    await world.authority.refresh()
    return world


async def test_a_reader_of_some_tabs_meets_no_other_at_any_address() -> None:
    world = await _limited()
    ancols = world["ancols"]
    dossier = await dossiers.read(ancols, world.dossier)
    assert dossier.open_tabs == READ
    assert dossier.withholds("A2.L111.B")
    assert not dossier.withholds("F01[0001].C10")
    (listed,) = (await dossiers.read_many(ancols, [world.dossier])).values()
    assert listed.open_tabs == READ

    found = await read_documents(dossier)
    assert set(found.documents) <= READ
    assert tab_names(dossier, found.instances) == [code for code in dossier.definition.tabs if code in READ]
    assert {tab.code for tab in await open_tabs(dossier)} == READ
    with pytest.raises(Refused, match="n’est pas de ceux que la convention vous ouvre") as caught:
        await open_tabs(dossier, ["A1", "A2"])
    assert caught.value.code == "TAB_WITHHELD"
    for cell in ("A2.L111.B", "F02[a].C10"):
        with pytest.raises(Refused) as caught:
            await cell_history.history(ancols, world.dossier, cell)
        assert caught.value.code == "TAB_WITHHELD"
    typed = await typed_data(ancols, dossier)
    assert SECRET not in repr(typed)

    result = await verification.last(dossier)
    assert result is not None
    told = [explanation(row, ClosedPast()) for row in result.anomalies]
    assert any("des onglets qui ne vous sont pas ouverts" in one for one in told)
    assert not any(SECRET in repr(row) for row in result.anomalies)
    assert not any(dossier.withholds(cell) for row in result.anomalies for cell, _ in row.anomaly.cells)
    for row in result.anomalies:
        assert not row.closed or (row.anomaly.gap, row.justification) == (None, None)
    with pytest.raises(Refused):
        await acceptable(dossier, None, "A2")
    closed = await closed_past(ancols, dossier)
    assert closed.closes("A2.L111.B")
    assert not closed.closes("A1.L011.B")


async def test_files_hold_the_tabs_that_are_both_read_and_exported() -> None:
    world = await _limited()
    ancols, at = world["ancols"], datetime.now(UTC)
    content = await export_jobs.content(ancols, world.dossier, None)
    assert {tab.code for tab in content.tabs} == READ & TAKEN
    assert content.whole
    xml = write_dossier(content, written_at=at).decode()
    assert "27182818.28" in xml
    with zipfile.ZipFile(io.BytesIO(write_workbook(content, at))) as book:
        sheets = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
    assert SHOWN in sheets
    for text in (xml, sheets, repr(content)):
        assert SECRET not in text
    rows = await export_jobs.content(ancols, world.dossier, ["F01"])
    assert write_rows(rows)
    for closed in ("A2", "G01", "F02"):
        with pytest.raises(Refused) as caught:
            await export_jobs.content(ancols, world.dossier, [closed])
        assert caught.value.code == "TAB_WITHHELD"
        with pytest.raises(Refused):
            await exports.request_print(ancols, world.dossier, [closed], accessible=False, key=closed)
    asked = await exports.request_print(ancols, world.dossier, ["A1"], accessible=False, key="one")
    assert asked.tabs == ("A1",)
    for login in ("saisie", "ministere"):
        content = await export_jobs.content(world[login], world.dossier, None)
        assert content.dossier.open_tabs is None
        assert SECRET in write_dossier(content, written_at=datetime.now(UTC)).decode()
