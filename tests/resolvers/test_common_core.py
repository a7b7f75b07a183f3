"""What the ER and the QDIS share: compared by who may read both, copied by who may write the receiver."""

from __future__ import annotations

import pytest

from models import CellChange, Dossier, NotFound, Refused
from resolvers import dossiers
from resolvers.cells import CellWrite, write
from resolvers.common_copy import CommonCopy, CopyDirection, SeenPair, copy_common
from resolvers.common_core import CommonCore, common_core
from resolvers.documents import load_documents
from tests.resolvers import past
from tests.world import World, build_world

pytestmark = pytest.mark.usefixtures("database")

FROM, TO = CopyDirection.FROM_OTHER, CopyDirection.TO_OTHER
NAME = "Office public d’essai"


async def core_of(world: World, login: str, form: str = "ER") -> CommonCore | None:
    """The comparison as one person gets it, from one side or the other."""
    dossier = await dossiers.read(world[login], (await Dossier.get(form=form, year=2024)).id)
    return await common_core(world[login], dossier)


async def both(world: World) -> None:
    """An ER that says one thing and a QDIS that says another."""
    await write(world["saisie"], world.dossier, [CellWrite("G01.L011.V", NAME, None)])
    await write(world["saisie"], world.dossier, [CellWrite("G01.L029.V", "12", None)])
    await past.survey(world, {"QA.L011.V": "Autre nom", "QA.L017.V": "12"})


async def test_both_sides_tell_the_same_divergences() -> None:
    world = await build_world()
    await both(world)
    here, there = await core_of(world, "saisie"), await core_of(world, "saisie", "QDIS")
    assert here is not None
    assert there is not None
    assert len(here.pairs) == len(there.pairs) > 50
    assert [pair.id for pair in here.divergences] == [pair.id for pair in there.divergences]
    pair, mirror = here.divergences[0], there.divergences[0]
    assert (pair.id, pair.cell, pair.other_cell) == ("QA.L011.V", "G01.L011.V", "QA.L011.V")
    assert (pair.here, pair.there, pair.from_other, pair.to_other) == (NAME, "Autre nom", True, True)
    assert (mirror.id, mirror.cell, mirror.other_cell) == ("QA.L011.V", "QA.L011.V", "G01.L011.V")
    assert (mirror.here, mirror.there) == ("Autre nom", NAME)
    assert mirror.provenance == "Dossier ER 2024, Ministère chargé du logement, G01.L011.V"


async def test_a_sum_of_the_er_is_copied_to_the_survey_and_never_back() -> None:
    world = await build_world()
    await past.survey(world, {"QA.L011.V": NAME})
    core = await core_of(world, "saisie", "QDIS")
    assert core is not None
    terms = {cell.id: cell.common for cell in core.dossier.definition.cells.values() if len(cell.common) > 1}
    assert terms
    for pair in core.pairs:
        if pair.id in terms:
            assert (pair.from_other, pair.to_other) == (True, False)


@pytest.mark.parametrize("login", ["cdc", "machine", "ministere"])
async def test_whoever_may_not_read_the_other_dossier_learns_nothing_of_it(login: str) -> None:
    world = await build_world(step=4)
    people = {"saisie": "entry", "ministere": "account_manager"}
    await past.survey(world, {"QA.L011.V": "Autre nom"}, people=people)
    core = await core_of(world, login)
    # The Ministry collects both; the partner's convention is on the ER alone.
    assert (core is None) is (login != "ministere")
    if core is not None:
        assert (core.writable, core.other_writable) == (True, False)


async def test_copying_in_keeps_where_it_came_from_and_recomputes() -> None:
    world = await build_world()
    await both(world)
    core = await core_of(world, "saisie")
    assert core is not None
    seen = (SeenPair("QA.L011.V", NAME, "Autre nom"),)
    done = await copy_common(world["saisie"], world.dossier, CommonCopy(seen, TO), "k")
    assert (done.written, dict(done.changed)["QA.L011.V"]) == (1, NAME)
    assert await copy_common(world["saisie"], world.dossier, CommonCopy(seen, TO), "k") == done
    change = await CellChange.get(dossier_id=core.other.id)
    assert (change.origin, change.before, change.after) == ("common_core", "Autre nom", NAME)
    assert change.reason == "Repris\u00a0: Dossier ER 2024, Ministère chargé du logement, G01.L011.V"
    after = await core_of(world, "saisie")
    assert after is not None
    assert {pair.id for pair in core.divergences} - {pair.id for pair in after.divergences} == {"QA.L011.V"}


@pytest.mark.parametrize(
    ("seen", "direction", "code"),
    [
        (SeenPair("QA.L011.V", NAME, "Vu autrement"), FROM, "conflict"),
        (SeenPair("QA.L011.V", None, "Autre nom"), FROM, "conflict"),
        (SeenPair("QH.L013.T", None, None), FROM, "COMMON_CORE_NOT_COPYABLE"),
        (SeenPair("QA.L999.V", None, None), FROM, "COMMON_CORE_NOT_COPYABLE"),
    ],
)
async def test_a_changed_value_or_a_wrong_way_copies_nothing(
    seen: SeenPair, direction: CopyDirection, code: str
) -> None:
    world = await build_world()
    await both(world)
    before = await past.kept()
    good = SeenPair("QA.L017.V", "12", "12")
    result = await copy_common(world["saisie"], world.dossier, CommonCopy((good, seen), direction), "k")
    assert result.written == 0
    assert [one.code for one in result.refused] + ["conflict"] * len(result.conflicts) == [code]
    assert await past.kept() == before


@pytest.mark.parametrize("login", ["hierarchie", "ministere", "cdc", "ancols", "voisin", "machine"])
@pytest.mark.parametrize("direction", [FROM, TO])
async def test_who_may_not_write_the_receiver_copies_nothing(login: str, direction: CopyDirection) -> None:
    world = await build_world()
    await both(world)
    before = await past.kept()
    asked = CommonCopy((SeenPair("QA.L011.V", NAME, "Autre nom"),), direction)
    with pytest.raises((NotFound, Refused)):
        await copy_common(world[login], world.dossier, asked, "k")
    assert await past.kept() == before


async def test_who_writes_one_of_the_two_is_not_told_of_the_other_nor_copies_to_it() -> None:
    world = await build_world()
    await past.survey(world, {"QA.L011.V": "Autre nom"}, people={"comptable": "entry"})
    assert await core_of(world, "saisie") is None
    before = await past.kept()
    for direction in (FROM, TO):
        asked = CommonCopy((SeenPair("QA.L011.V", None, "Autre nom"),), direction)
        with pytest.raises(NotFound) as refusal:
            await copy_common(world["saisie"], world.dossier, asked, "k")
        assert refusal.value.code == "COMMON_CORE_UNAVAILABLE"
    assert await past.kept() == before
    assert (await load_documents(world.dossier)) == {}
