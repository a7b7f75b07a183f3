"""Who is in a repeated group, and what conditions hide, is told only to whoever may know it."""

from __future__ import annotations

import pytest

from models import Refused
from resolvers import cell_history, dossiers, verification
from resolvers.cells import CellWrite, write
from resolvers.reading import read_documents
from resolvers.row_writes import RowAction, RowChange, write_rows
from resolvers.typed import typed_data
from tests.household import born, build_household, put, show
from tests.world import build_world

pytestmark = pytest.mark.usefixtures("database")

NAME = "DUPONT-Marie"


@pytest.mark.parametrize(
    ("login", "sensitive", "open_"),
    [
        ("saisie", "E1, V1", True),
        ("ministere", "E1, V1", True),
        ("cdc", "E1, V1", False),
        ("cdc", "E1", True),
        ("cdc", "", True),
    ],
)
async def test_the_keys_of_a_group_that_is_withheld_whole_are_too(
    login: str, sensitive: str, open_: bool
) -> None:
    world = await build_world()
    dossier = await build_household(world, sensitive=sensitive)
    await born(world, dossier, NAME)
    await put(world, dossier, {f"E1[{NAME}].L012.V": "oui", f"E1[{NAME}].L013.V": "9"})
    await verification.verify(world["saisie"], dossier)
    await show(dossier)
    viewer = world[login]
    row = await dossiers.read(viewer, dossier)
    assert row.withholds("ENFANT") is not open_
    assert (NAME in (await read_documents(row, [])).instances.get("ENFANT", ())) is open_
    typed = await typed_data(viewer, row)
    assert typed is not None
    assert (NAME in repr(typed)) is open_
    found = await verification.last(row)
    assert found is not None
    assert (
        {one.anomaly.instance for one in found.anomalies if one.anomaly.check == "F-1"} == {NAME}
    ) is open_
    assert "F-1" in {one.anomaly.check for one in found.anomalies}
    if open_:
        assert (await cell_history.history(viewer, dossier, f"ENFANT[{NAME}]")).unit == "nb"
        return
    for cell in (f"ENFANT[{NAME}]", "ENFANT[personne]"):
        with pytest.raises(Refused) as caught:
            await cell_history.history(viewer, dossier, cell)
        assert caught.value.code == "TAB_WITHHELD"


async def test_the_past_of_a_hidden_cell_is_told_only_to_who_may_write_it() -> None:
    world = await build_world()
    dossier, writer = await build_household(world), world["saisie"]
    await born(world, dossier, "a")
    await put(world, dossier, {"R1.L012.V": "oui", "C1.L011.V": "Max", "E1[a].L012.V": "oui"})
    await write_rows(writer, dossier, "V1[a]", [RowChange(RowAction.ADD, "1", values={"P": "5"})])
    assert (await cell_history.history(world["ministere"], dossier, "C1.L011.V")).rows
    hiding = [CellWrite("R1.L012.V", "non", "oui"), CellWrite("E1[a].L012.V", "peut-être", "oui")]
    assert (await write(writer, dossier, hiding)).written
    for cell in ("C1.L011.V", "V1[a][1].P", "V1[a][1]", "E1[a].L013.V"):
        assert (await cell_history.history(writer, dossier, cell)).unit
        with pytest.raises(Refused) as caught:
            await cell_history.history(world["ministere"], dossier, cell)
        assert caught.value.code == "CELL_HIDDEN"
    assert (await cell_history.history(world["ministere"], dossier, "R1.L012.V")).rows
