"""The database cut in the middle of a transmission: nothing is half written, and the retry transmits once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from tortoise.exceptions import DBConnectionError, OperationalError

from models import Event, IdempotencyKey, Snapshot, Verification, fetch
from resolvers import crossing
from resolvers.steps import transmit
from tests.resolvers.filled import filled, state
from tests.world import CONTACTS, PASSWORD, World

if TYPE_CHECKING:
    from resolvers.rows import DossierRow

pytestmark = pytest.mark.usefixtures("database")


async def everything(world: World) -> tuple[int, ...]:
    """The state of the dossier, and what else a transmission writes."""
    kinds = (Event, Snapshot, Verification, IdempotencyKey)
    return (*await state(world), *[await kind.all().count() for kind in kinds])


async def sent(world: World) -> DossierRow:
    """The same transmission each time, under one key."""
    return await transmit(world["hierarchie"], world.dossier, [True] * 3, PASSWORD, "key", contacts=CONTACTS)


@pytest.mark.parametrize("point", ["prepare", "_swap", "_note", "_keep", "_tell"])
async def test_a_cut_undoes_all_of_it_and_the_retry_transmits_once(
    point: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = await filled(step=3)
    before = await everything(world)
    whole = getattr(crossing, point)

    async def cut(*given: Any) -> object:  # noqa: ANN401 - whatever the step of the path takes
        done = await whole(*given)
        await fetch("SELECT pg_terminate_backend(pg_backend_pid())")
        return done

    place = "resolvers.steps.prepare" if point == "prepare" else f"resolvers.crossing.{point}"
    with monkeypatch.context() as patch:
        patch.setattr(place, cut)
        with pytest.raises((psycopg.OperationalError, OperationalError, DBConnectionError)):
            await sent(world)
    assert await everything(world) == before
    for _ in range(2):
        assert (await sent(world)).transmitted_at is not None
    assert await state(world) == (4, 1, 1, 2)
    assert await Snapshot.all().count() == 1
