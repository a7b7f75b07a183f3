"""Whoever reads a dossier at some steps, or some of its tabs, is not told elsewhere what he does not read."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from authz import Right, add_rows, box_line, convention_line, read_version
from forms import Step
from models import (
    CopyKind,
    Crossing,
    Dossier,
    Event,
    NotFound,
    Notification,
    Refused,
    SealedCopy,
    transaction,
)
from rendering.xml_out import write_dossier
from resolvers import (
    circuits,
    copies,
    copy_sealing,
    direct_access,
    dossiers,
    hand_backs,
    steps,
    visa_notices,
)
from resolvers.copy_rows import copy_file
from resolvers.events import Kind
from resolvers.timeline import timeline
from tests.circuit_world import build_circuit
from tests.resolvers.filled import filled
from tests.world import CONTACTS, PASSWORD, SIREN, World

if TYPE_CHECKING:
    from collections.abc import Sequence


pytestmark = pytest.mark.usefixtures("database")
SECRET = "Les provisions ne sont pas prêtes"


async def _give(
    world: World, rights: Sequence[Right], at: str, form: str = "ER", tabs: Sequence[str] = ()
) -> None:
    """To ANCOLS, which has nothing else."""
    lines = []
    for right in rights:
        named = {"platform": "MIN", "form": form, "right": right, "ref": "x"}
        only = list(tabs) if right is Right.READ else []
        lines.append(
            convention_line(actor="partner:ANCOLS", organisms="all", steps=at, tabs=only, **named)  # type: ignore[arg-type]  # as they are named
        )
        lines.append(box_line(subject="user:ancols", **named))  # type: ignore[arg-type]  # the same
    await add_rows(lines, base=await read_version(), author_id=None, comment="Lecture tardive")
    await world.authority.refresh()


async def _sent(world: World) -> SealedCopy:
    """What was returned to entry with a reason, then transmitted; its copy is made."""
    await Crossing.create(
        dossier_id=world.dossier,
        passage=1,
        move="return_to_entry",
        source=2,
        target=1,
        at=datetime.now(UTC),
        author_id=world["comptable"].user_id,
        reason=SECRET,
    )
    row = await dossiers.read(world["hierarchie"], world.dossier)
    accepted = [True] * len(row.definition.cycle.commitments)
    await steps.transmit(world["hierarchie"], world.dossier, accepted, PASSWORD, "t", contacts=CONTACTS)
    return await SealedCopy.get(dossier_id=world.dossier)


async def test_a_copy_does_not_tell_what_the_organism_said_to_itself() -> None:
    world = await filled(step=3)
    copy = await _sent(world)
    task = await copy_sealing.begin(copy.id)
    assert task is not None
    assert [(one.source, one.author, one.reason) for one in task.content.crossings] == [
        (Step.HIERARCHICAL_VALIDATION, "Hierarchie Essai", "")
    ]
    written = write_dossier(task.content, written_at=task.at).decode()
    assert SECRET not in written
    assert "Comptable Essai" not in written
    await Crossing.create(
        dossier_id=world.dossier,
        passage=5,
        move="finalise",
        source=4,
        target=5,
        at=datetime.now(UTC),
        reason="Relu par la mission",
    )
    await Dossier.filter(id=world.dossier).update(step=5, passes=5)
    await steps.advance(world["ministere"], world.dossier, "close", None, "c")
    later = await SealedCopy.get(dossier_id=world.dossier, number=2)
    # Whoever takes it may read the closure alone: the history tells him why, where he reads there.
    assert [one["reason"] for one in later.frozen["crossings"]] == ["", "", ""]
    assert [one["target"] for one in later.frozen["crossings"]] == [6, 5, 4]


@pytest.mark.parametrize("rights", ["456", "56", "6"])
async def test_a_copy_is_taken_by_whoever_reads_the_step_that_it_holds(rights: str) -> None:
    world = await filled(step=3)
    copy = await _sent(world)
    name = copy_file(2024, SIREN, CopyKind.TRANSMITTED)
    await SealedCopy.filter(id=copy.id).update(made_at=datetime.now(UTC), file_name=name)
    await _give(world, (Right.READ, Right.EXPORT, Right.DIRECT_READ), rights)
    await Dossier.filter(id=world.dossier).update(step=6)
    viewer, wanted = world["ancols"], direct_access.Wanted("MIN", "ER", 2024)
    row = await dossiers.read(viewer, world.dossier)
    listed = (await copies.of_many(viewer, [row]))[row.id]
    assert not isinstance(listed, Refused)
    page, folders = await direct_access.files(viewer, wanted), await direct_access.folders(viewer, wanted)
    reads = rights == "456"
    assert (len(listed), len(page.rows), len(folders)) == (reads, reads, reads)
    if reads:
        async with transaction():
            assert (await copies.take(viewer, copy.id, "zip")).copy.id == copy.id
            assert (await direct_access.take(viewer, wanted, "Transmis", name)).copy.id == copy.id
        return
    with pytest.raises(Refused):
        await copies.take(viewer, copy.id, "zip")
    with pytest.raises(NotFound):
        await direct_access.take(viewer, wanted, "Transmis", name)
    assert not await Event.filter(kind=Kind.COPY_TAKEN).exists()


async def test_a_reason_is_told_at_the_step_where_it_was_given_alone() -> None:
    world = await filled(step=4)
    at = datetime(2025, 1, 1, tzinfo=UTC)
    await Crossing.create(dossier_id=world.dossier, passage=4, move="m", source=3, target=4, at=at, reason="")
    await _give(world, (Right.READ,), "5")
    await steps.advance(world["ministere"], world.dossier, "finalise", SECRET, "f")
    for login, reason in (("ancols", ""), ("cdc", SECRET), ("saisie", SECRET)):
        row = await dossiers.read(world[login], world.dossier)
        (crossed,) = [one for one in (await timeline(world[login], row)).rows if one.source is Step.REVIEW]
        assert crossed.reason == reason


async def test_hand_backs_are_told_to_whoever_reads_the_exchange_of_the_review() -> None:
    world = await filled(step=4)
    await hand_backs.hand_back(world["ministere"], world.dossier, SECRET, None, "h")
    await hand_backs.take_back(world["ministere"], world.dossier, "Merci.", "t")
    await Dossier.filter(id=world.dossier).update(step=6)
    for at, told in (("6", []), ("456", [SECRET])):
        await _give(world, (Right.READ, Right.EXCHANGE_READ), at)
        row = await dossiers.read(world["ancols"], world.dossier)
        found = await hand_backs.hand_backs_many(world["ancols"], [row])
        assert [one.reason for one in found[row.id]] == told
    row = await dossiers.read(world["saisie"], world.dossier)
    assert len((await hand_backs.hand_backs_many(world["saisie"], [row]))[row.id]) == 1


async def test_a_visa_asked_for_by_a_closed_tab_is_not_told_of() -> None:
    place = await build_circuit()
    world = place.world
    await place.write("L011.A", "1")
    await _give(world, (Right.READ, Right.EXCHANGE_WRITE), "0123456", place.form, ["A2"])
    at = datetime(2025, 1, 1, tzinfo=UTC)
    await Crossing.create(dossier_id=place.dossier, passage=1, move="m", source=3, target=4, at=at, reason="")
    await place.say("mission", "SUITE")
    await place.say("mission", "MISSION")
    for login, count in (("ancols", 1), ("cdc", 2), ("ministere", 2)):
        row = await dossiers.read(world[login], place.dossier)
        rows = (await timeline(world[login], row)).rows
        assert [one.kind for one in rows].count(Kind.VISA_GIVEN) == count, login
    row = await dossiers.read(world["ministere"], place.dossier)
    whole = replace(row, reader=None, open_tabs=None, insider=True)
    for code, count in (("MISSION", 1), ("SUITE", 0)):
        visa = circuits.visa_of(row.definition, "RELECTURE", code)
        assert visa is not None
        before = await Notification.filter(user_id=world["ancols"].user_id).count()
        async with transaction():
            await visa_notices.tell(world.authority, whole, [replace(visa, role=Right.EXCHANGE_WRITE)])
        after = await Notification.filter(user_id=world["ancols"].user_id).count()
        assert after - before == count, code
