"""Last year's values: proposed to who may read both years, accepted where nothing stands, undone."""

from __future__ import annotations

from uuid import uuid4

import pytest

from models import CellChange, NotFound, Refused, Snapshot
from resolvers import dossiers, snapshots, steps
from resolvers.accepting import accept
from resolvers.cells import CellWrite, write
from resolvers.documents import load_documents
from resolvers.suggestions import acceptable, last_year, suggestions, variation
from resolvers.undoing import undo
from tests.resolvers import past
from tests.resolvers.filled import filled
from tests.world import CONTACTS, PASSWORD, World, build_world

pytestmark = pytest.mark.usefixtures("database")

CELLS = {"A1.L011.B": "80", "A1.L012.B": "200", "A1.L011.N": "75", "G01.L015.V": "pas une famille"}


async def found(
    world: World, login: str, tab: str = "A1"
) -> dict[str, tuple[str, str | None, str | None, bool]]:
    """What one person is proposed in a tab."""
    dossier = await dossiers.read(world[login], world.dossier)
    before = await last_year(world[login], dossier)
    if before is None:
        return {}
    documents = await load_documents(dossier.id)
    return {
        one.cell: (one.previous, one.current, one.variation, one.acceptable)
        for one in await suggestions(dossier, before, documents, [tab])
    }


async def test_only_typed_cells_get_a_value_as_transmitted_with_its_variation() -> None:
    world = await build_world()
    await past.last_year(CELLS, past.FIRST_ROWS)
    await write(world["saisie"], world.dossier, [CellWrite("A1.L012.B", "250", None)])
    assert await found(world, "saisie") == {
        "A1.L011.B": ("80", None, None, True),
        "A1.L012.B": ("200", "250", "25.00", False),
    }
    assert await found(world, "saisie", "G01") == {"G01.L015.V": ("pas une famille", None, None, False)}
    assert await found(world, "saisie", "F01") == {
        "F01[0001].C01": ("0001", None, None, True),
        "F01[0001].C10": ("100", None, None, True),
    }
    dossier = await dossiers.read(world["saisie"], world.dossier)
    before = await last_year(world["saisie"], dossier)
    assert [await acceptable(dossier, before, tab) for tab in ("A1", "F01", None)] == [1, 2, 3]


@pytest.mark.parametrize(
    ("previous", "stands", "unit", "percent"),
    [
        ("-80", "-100", "eur", "-25.00"),
        ("0", "5", "eur", None),
        ("3", "4", "nb", "33.33"),
        ("a", "b", "texte", None),
        ("a", "5", "eur", None),
        ("5", None, "eur", None),
    ],
)
def test_a_variation_is_told_where_there_is_one(
    previous: str, stands: str | None, unit: str, percent: str | None
) -> None:
    assert variation(previous, stands, unit) == percent


@pytest.mark.parametrize("login", ["cdc", "machine"])
async def test_whoever_may_not_read_last_year_is_proposed_nothing(login: str) -> None:
    world = await build_world(step=4)
    await past.last_year(CELLS, past.FIRST_ROWS)
    # The organism consents for 2024 alone: last year is a stranger's dossier to the partner.
    dossier = await dossiers.read(world[login], world.dossier)
    assert await last_year(world[login], dossier) is None
    assert await acceptable(dossier, None, None) == 0
    before = await past.kept()
    with pytest.raises(Refused):
        await accept(world[login], world.dossier, None, None, "k")
    assert await past.kept() == before


async def test_accepting_fills_blanks_only_once_and_is_undone_where_nobody_wrote_since() -> None:
    world, me = await build_world(), "saisie"
    await past.last_year(CELLS, past.FIRST_ROWS)
    await write(world[me], world.dossier, [CellWrite("A1.L012.B", "250", None)])
    before = await past.kept()
    taken = await accept(world[me], world.dossier, None, None, "k")
    assert (taken.written, taken.changed["A1.L019.B"], taken.changed["F01[0001].C13"]) == (3, "330", "100")
    assert await accept(world[me], world.dossier, None, None, "k") == taken
    assert (await accept(world[me], world.dossier, None, None, "other")).written == 0
    told = await CellChange.filter(batch=taken.batch).order_by("cell").values_list("cell", "origin", "reason")
    assert told[0] == ("A1.L011.B", "previous_year", "Repris du dossier ER 2023")
    assert [cell for cell, *_ in told] == ["A1.L011.B", "F01[0001]", "F01[0001].C01", "F01[0001].C10"]
    await write(world[me], world.dossier, [CellWrite("F01[0001].C10", "7", "100")])
    assert taken.batch is not None
    undone = await undo(world[me], world.dossier, taken.batch, "u")
    assert (undone.written, undone.left) == (2, ("F01[0001].C10",))
    documents = await load_documents(world.dossier)
    assert documents["A1"].cells == {"L012.B": "250"}
    assert [row["values"] for row in documents["F01"].rows] == [{"C10": "7"}]
    # Without the value typed since, everything is as before.
    await write(world[me], world.dossier, [CellWrite("F01[0001].C10", "100", "7")])
    assert undone.batch is not None
    await undo(world[me], world.dossier, undone.batch, "redo")
    assert (await load_documents(world.dossier))["A1"].cells == {"L011.B": "80", "L012.B": "250"}
    assert before[1] != (await past.kept())[1]


async def test_named_cells_are_taken_or_left_and_unknown_ones_refuse_all() -> None:
    world, me = await build_world(), "saisie"
    await past.last_year(CELLS)
    await write(world[me], world.dossier, [CellWrite("A1.L012.B", "250", None)])
    before = await past.kept()
    wrong = await accept(world[me], world.dossier, "A1", ["A1.L011.B", "A1.L013.B"], "k")
    assert [one.code for one in wrong.refused] == ["SUGGESTION_UNKNOWN"]
    assert await past.kept() == before
    # A refusal leaves the key free.
    right = await accept(world[me], world.dossier, "A1", ["A1.L011.B", "A1.L012.B"], "k")
    assert (right.written, right.left) == (1, ("A1.L012.B",))


@pytest.mark.parametrize("login", ["hierarchie", "ministere", "cdc", "ancols", "voisin", "machine"])
@pytest.mark.parametrize("verb", ["accept", "undo"])
async def test_who_may_not_write_neither_accepts_nor_undoes(login: str, verb: str) -> None:
    world = await build_world()
    await past.last_year(CELLS)
    done = await accept(world["saisie"], world.dossier, None, ["A1.L011.B"], "k")
    before = await past.kept()
    assert done.batch is not None
    asked = (
        accept(world[login], world.dossier, None, None, "k")
        if verb == "accept"
        else undo(world[login], world.dossier, done.batch, "k")
    )
    with pytest.raises((NotFound, Refused)):
        await asked
    assert await past.kept() == before


async def test_a_write_of_another_dossier_is_not_undone_here() -> None:
    world = await build_world()
    with pytest.raises(NotFound) as refusal:
        await undo(world["saisie"], world.dossier, uuid4(), "k")
    assert refusal.value.code == "BATCH_UNKNOWN"


async def test_a_forced_cell_and_deleted_rows_come_back_with_what_they_held() -> None:
    world, me = await build_world(), "saisie"
    await write(world[me], world.dossier, [CellWrite("T04.L011.A", "12", None, "Comptes corrigés")])
    automatic = await write(world[me], world.dossier, [CellWrite("T04.L011.A", None, "12")])
    assert automatic.batch is not None
    await undo(world[me], world.dossier, automatic.batch, "u")
    forced = (await load_documents(world.dossier))["T04"].forced["L011.A"]
    assert (forced["value"], forced["reason"]) == ("12", "Comptes corrigés")


async def test_what_was_transmitted_is_what_next_year_reads_and_it_froze_its_own_past() -> None:
    world = await filled(step=3)
    past_id = await past.last_year({"A1.L011.N": "75"})
    await steps.transmit(world["hierarchie"], world.dossier, [True] * 3, PASSWORD, "t", contacts=CONTACTS)
    snapshot = await Snapshot.get(dossier_id=world.dossier)
    dossier = await dossiers.read(world["ministere"], world.dossier)
    assert snapshot.previous == {"A1.L011.N": "75"} == await snapshots.previous_values(dossier)
    value = snapshot.documents["A1"]["cells"]["L011.B"]
    await Snapshot.filter(dossier_id=past_id).update(documents={})
    await write(world["ministere"], world.dossier, [CellWrite("A1.L011.B", "1", value)])
    assert await snapshots.previous_values(dossier) == {"A1.L011.N": "75"}
    await steps.advance(world["ministere"], world.dossier, "finalise", None, "f")
    latest = await Snapshot.filter(dossier_id=world.dossier).order_by("-id").first()
    assert latest is not None
    assert (latest.state.value, latest.documents["A1"]["cells"]["L011.B"]) == ("finalised", "1")
    assert latest.previous == {"A1.L011.N": "75"}
