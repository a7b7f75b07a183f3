"""Who really loses what when a convention is suspended, resumed, ended or redated: nobody what he keeps."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from authz.clock import today
from models import Conflict, Invalid, NotFound, Refused
from resolvers import convention_edits, convention_simulating, conventions
from resolvers.convention_rows import Pause
from resolvers.convention_stops import ended, resumed, suspended
from tests.agreements import DAY, article, build_agreements, content, everything, published
from tests.rights_desk import changed, number_of, reads

if TYPE_CHECKING:
    from uuid import UUID

    from resolvers.convention_rows import ConventionRow
    from resolvers.policy_impact import Impact
    from tests.world import World

pytestmark = pytest.mark.usefixtures("database")
NOTHING = "ucun dossier ni aucun compte ne change de main."
TODAY = today().date


def day(days: int) -> str:
    return f"{TODAY + days * DAY:%d/%m/%Y}"


async def suspension(world: World, row: ConventionRow, since: int, until: int | None = None) -> Impact:
    pause = Pause(TODAY + since * DAY, None if until is None else TODAY + until * DAY)
    return await convention_simulating.simulate_stop(
        world["admin"], row.id, lambda found: suspended(found, pause)
    )


async def end(world: World, convention: UUID, on: int) -> Impact:
    last = TODAY + on * DAY
    return await convention_simulating.simulate_stop(
        world["admin"], convention, lambda found: ended(found, last)
    )


async def test_what_a_partner_keeps_by_another_convention_is_not_lost() -> None:
    """One from ten days ago to a month from now, another to ten days from now."""
    world = await build_agreements()
    row = await published(world)
    alone = await suspension(world, row, 0)
    assert (alone.gained, alone.lost) == (0, 1)
    assert alone.sentence == "ANCOLS perd la lecture et l’export de 1 dossier ER."
    other = await published(world, article(), title="Seconde convention", until=TODAY + 10 * DAY)
    before = await everything()
    # While the other holds, nothing is lost; once it is over, what it kept is.
    short = await suspension(world, row, 2, 10)
    assert (short.lost, short.rows) == (0, ())
    assert short.sentence == f"À partir du {day(2)}\u00a0: a{NOTHING}"
    long = await suspension(world, row, 2, 20)
    assert (
        long.sentence
        == f"Du {day(11)} au {day(20)}\u00a0: ANCOLS perd la lecture et l’export de 1 dossier ER."
    )
    for impact in (await suspension(world, row, 2), await end(world, row.id, 1)):
        assert (impact.lost, {gain.span for gain in impact.rows}) == (1, {(TODAY + 11 * DAY, None)})
        assert impact.sentence.startswith(f"À partir du {day(11)}\u00a0: ANCOLS perd")
    # The other one gives nothing by itself.
    assert (await end(world, other.id, -1)).sentence == f"A{NOTHING}"
    assert (await suspension(world, other, 0)).lost == 0
    assert await everything() == before
    row = await convention_edits.suspend(world["admin"], row.id, Pause(TODAY, None), "Audit", row.revision)
    await world.authority.refresh()
    assert (await suspension(world, other, 3, 5)).sentence == (
        f"Du {day(3)} au {day(5)}\u00a0: ANCOLS perd la lecture et l’export de 1 dossier ER."
    )
    back = await convention_simulating.simulate_stop(world["admin"], row.id, resumed)
    assert (
        back.sentence == f"À partir du {day(11)}\u00a0: ANCOLS gagne la lecture et l’export de 1 dossier ER."
    )


async def test_what_a_partner_keeps_by_a_common_rule_is_not_lost_and_new_dates_tell_each_of_their_days() -> (
    None
):
    world = await build_agreements()
    row = await published(world)
    await changed(world["admin"], reads())
    await world.authority.refresh()
    assert (await suspension(world, row, 0)).sentence == "ANCOLS perd l’export de 1 dossier ER."
    await changed(world["admin"], close=(await number_of(reads()),))
    await world.authority.refresh()
    redated = replace(content(), since=TODAY + 5 * DAY, until=TODAY + 60 * DAY)
    impact = await convention_simulating.simulate(world["admin"], row.id, redated)
    assert impact.sentence == (
        f"Jusqu’au {day(4)}\u00a0: ANCOLS perd la lecture et l’export de 1 dossier ER. "
        f"À partir du {day(31)}\u00a0: ANCOLS gagne la lecture et l’export de 1 dossier ER."
    )
    assert (impact.gained, impact.lost) == (1, 1)
    # Another name, other words: nothing moves.
    renamed = await convention_simulating.simulate(world["admin"], row.id, content(title="Autre intitulé"))
    assert (len(renamed.add) > 0, renamed.sentence) == (True, f"A{NOTHING}")


async def test_what_cannot_be_done_is_refused_when_it_is_measured_and_to_whoever_does_not_edit() -> None:
    world = await build_agreements()
    row = await published(world)
    for wrong in (suspension(world, row, -1), suspension(world, row, 3, 2), end(world, row.id, 31)):
        with pytest.raises(Invalid) as refusal:
            await wrong
        assert refusal.value.code == "CONVENTION_DATES_REVERSED"
    with pytest.raises(Invalid, match="n’est pas suspendue"):
        await convention_simulating.simulate_stop(world["admin"], row.id, resumed)
    for login, refused in (("ministere", Refused), ("comptable", Refused), ("cdc", NotFound)):
        with pytest.raises(refused):
            await convention_simulating.simulate_stop(world[login], row.id, resumed)
    drafted = await convention_edits.create(world["admin"], content(title="Projet"), "k")
    with pytest.raises(Conflict) as draft:
        await end(world, drafted.id, 3)
    assert draft.value.code == "CONVENTION_NOT_IN_FORCE"
    assert (await conventions.read(world["admin"], row.id)).revision == row.revision
