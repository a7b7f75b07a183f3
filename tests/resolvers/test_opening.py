"""Nobody is told what came before a dossier, or a tab of it, was opened to him: by whichever way he asks."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from authz import Right, add_rows, box_line, convention_line, read_version
from models import Crossing, Dossier, Refused, SnapshotState
from rendering.xml_out import write_dossier
from resolvers import circuits, dossiers, export_jobs, readings, snapshots
from resolvers.cell_history import history
from resolvers.cells import CellWrite, write
from resolvers.copy_difference import difference
from resolvers.events import Kind
from resolvers.timeline import timeline
from tests.circuit_world import build_circuit
from tests.world import World, build_world

pytestmark = pytest.mark.usefixtures("database")

CELL, OTHER = "A1.L011.B", "A2.L111.B"
SECRET = "Les provisions ne sont pas prêtes"
# Who crosses what, from the first entry to the closure and back.
WAY = (
    (1, 2, "saisie", ""),
    (2, 1, "comptable", SECRET),
    (1, 2, "saisie", ""),
    (2, 3, "comptable", ""),
    (3, 4, "hierarchie", ""),
)


async def _cross(world: World, source: int, target: int, login: str, reason: str = "") -> None:
    passage = 100 + await Crossing.all().count()
    await Crossing.create(
        dossier_id=world.dossier,
        passage=passage,
        move="x",
        source=source,
        target=target,
        at=datetime.now(UTC),
        author_id=world[login].user_id,
        reason=reason,
    )
    await Dossier.filter(id=world.dossier).update(step=target)


async def _late(world: World, form: str = "ER", *, first: str = "4") -> None:
    """ANCOLS reads one tab in review, and every tab of a finalised dossier."""
    named = {"platform": "MIN", "form": form, "right": Right.READ}
    lines = [
        convention_line(actor="partner:ANCOLS", organisms="all", steps="56", ref="art. 2", **named),  # type: ignore[arg-type]  # as they are named
        convention_line(
            actor="partner:ANCOLS",
            organisms="all",
            steps=first,
            ref="art. 1",
            tabs=["A2"],
            **named,  # type: ignore[arg-type]  # the same
        ),
        box_line(subject="user:ancols", ref="x", **named),  # type: ignore[arg-type]  # the same
    ]
    await add_rows(lines, base=await read_version(), author_id=None, comment="Onglets ouverts tard")
    await world.authority.refresh()


async def _corrected() -> World:
    """Transmitted with a cell, which its platform corrected with another of another tab; then finalised."""
    world = await build_world(step=1)
    await write(world["saisie"], world.dossier, [CellWrite(CELL, "55", None)])
    row = await dossiers.read(world["saisie"], world.dossier)
    await snapshots.keep(row, SnapshotState.TRANSMITTED, datetime.now(UTC), "0" * 64)
    await _cross(world, 3, 4, "hierarchie")
    await write(world["ministere"], world.dossier, [CellWrite(CELL, "77", "55"), CellWrite(OTHER, "1", None)])
    await _late(world)
    await _cross(world, 4, 5, "ministere")
    return world


@pytest.mark.parametrize(
    ("login", "changed", "past"),
    [
        ("saisie", [CELL, OTHER], ["77", "55"]),
        ("ministere", [CELL, OTHER], ["77", "55"]),
        ("cdc", [CELL, OTHER], ["77"]),
        ("machine", [CELL, OTHER], ["77"]),
        ("ancols", [OTHER], []),
    ],
)
async def test_a_tab_that_opens_late_tells_nothing_of_before(
    login: str, changed: list[str], past: list[str]
) -> None:
    world = await _corrected()
    viewer = world[login]
    found = await difference(viewer, world.dossier)
    assert [cell.cell for cell in found.cells] == changed
    assert [tab.code for tab in found.tabs] == [cell.partition(".")[0] for cell in changed]
    assert [row.after for row in (await history(viewer, world.dossier, CELL)).rows] == past
    assert [row.after for row in (await history(viewer, world.dossier, OTHER)).rows] == ["1"]
    if CELL in changed:
        assert (await difference(viewer, world.dossier, "A1")).total == 1
        return
    with pytest.raises(Refused) as refused:
        await difference(viewer, world.dossier, "A1")
    assert refused.value.code == "DIFFERENCE_WITHHELD"
    assert "77" not in refused.value.message


@pytest.mark.parametrize(("login", "told"), [("ministere", 2), ("cdc", 2), ("ancols", 1)])
async def test_a_visa_of_a_tab_that_opens_late_is_not_told_either(login: str, told: int) -> None:
    place = await build_circuit()
    world = place.world
    await _late(world, place.form)
    at = datetime(2025, 1, 1, tzinfo=UTC)
    await Crossing.create(dossier_id=place.dossier, passage=1, move="m", source=3, target=4, at=at, reason="")
    # The form asks for this one where a cell of the first tab is filled.
    await place.write("L011.A", "1")
    await place.say("mission", "SUITE")
    await place.say("mission", "MISSION")
    await Dossier.filter(id=place.dossier).update(step=5)
    viewer = world[login]
    row = await dossiers.read(viewer, place.dossier)
    assert len(await circuits.history(viewer, row, 50)) == told
    kinds = [one.kind for one in (await timeline(viewer, row)).rows]
    assert kinds.count(Kind.VISA_GIVEN) == told


@pytest.mark.parametrize(
    ("login", "known", "reasons"),
    [
        ("saisie", 8, {SECRET, "À revoir"}),
        ("hierarchie", 8, {SECRET, "À revoir"}),
        ("ministere", 8, {SECRET, "À revoir"}),
        ("cdc", 4, {"À revoir"}),
        ("machine", 4, {"À revoir"}),
        ("ancols", 1, set[str]()),
    ],
)
async def test_the_passages_told_are_those_since_it_is_open(
    login: str, known: int, reasons: set[str]
) -> None:
    """On the screen, in the history and in what is taken away."""
    world = await build_world(step=1)
    for passage in WAY:
        await _cross(world, *passage)
    named = {"platform": "MIN", "form": "ER", "ref": "x"}
    lines = [
        line
        for right in (Right.READ, Right.EXPORT)
        for line in (
            convention_line(actor="partner:ANCOLS", organisms="all", steps="56", right=right, **named),  # type: ignore[arg-type]  # as they are named
            box_line(subject="user:ancols", right=right, **named),  # type: ignore[arg-type]  # likewise
        )
    ]
    await add_rows(lines, base=await read_version(), author_id=None, comment="Lecture tardive")
    await world.authority.refresh()
    await _cross(world, 4, 5, "ministere")
    await _cross(world, 5, 4, "ministere", "À revoir")
    await _cross(world, 4, 5, "ministere")
    viewer = world[login]
    row = await dossiers.read(viewer, world.dossier)
    crossed = await dossiers.crossings(row)
    assert len(crossed) == known
    assert {one.reason for one in crossed} - {""} == reasons
    passages = [one for one in (await timeline(viewer, row)).rows if one.source is not None]
    assert [(one.at, one.author, one.reason) for one in passages] == [
        (one.at, one.author, one.reason) for one in crossed
    ]
    taken = write_dossier(await export_jobs.content(viewer, world.dossier, ["A1"], readings.XML)).decode()
    assert taken.count("<passage ") == known
    assert (SECRET in taken) is (SECRET in reasons)
    assert ("Saisie Essai" in taken) is (SECRET in reasons)


async def test_a_dossier_that_crossed_nothing_known_tells_a_partner_nothing() -> None:
    world = await build_world(step=4)
    await _cross(world, 4, 4, "ministere", SECRET)
    assert await dossiers.crossings(await dossiers.read(world["cdc"], world.dossier)) == ()
    assert len(await dossiers.crossings(await dossiers.read(world["saisie"], world.dossier))) == 1
