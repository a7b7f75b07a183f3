"""What the database finds is of one moment: whoever moves meanwhile is counted, and no old policy answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from authz import Authority, bump
from forms import Step
from models import Consent, Dossier, Problem, fetch_planned, transaction
from resolvers import finding_facets, listing, listing_rows
from resolvers.criteria import Criteria, Sort
from resolvers.finding_facets import facets
from resolvers.finding_relation import found_ids
from tests.world import build_world

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from authz import Viewer

pytestmark = pytest.mark.usefixtures("database")

LATER = Criteria(steps=(Step.ENTRY_VALIDATION,))
NOT_LATE = Criteria(late=False)


def _while_asked(monkeypatch: pytest.MonkeyPatch, moves: list[Callable[[], Awaitable[object]]]) -> None:
    """Each move happens between what the process knows and what the database finds."""

    async def moved(query: str, values: Sequence[Any] = ()) -> list[dict[str, Any]]:
        if moves:
            await moves.pop(0)()
        return await fetch_planned(query, values)

    for room in (listing_rows, finding_facets):
        monkeypatch.setattr(room, "fetch_planned", moved)


async def _found(viewer: Viewer, criteria: Criteria) -> int:
    page = await listing.search(viewer, criteria, sort=Sort.STEP_SINCE)
    assert page.total == len(page.rows)
    return page.total


async def test_whoever_moves_while_the_database_finds_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    world = await build_world(step=1)
    reader = world["saisie"]
    assert (await _found(reader, LATER), await _found(reader, Criteria(late=False))) == (0, 1)

    async def move(step: int) -> None:
        await Dossier.filter(id=world.dossier).update(step=step)

    _while_asked(monkeypatch, [lambda: move(2)])
    assert await _found(reader, LATER) == 1
    _while_asked(monkeypatch, [lambda: move(1)])
    assert await _found(reader, LATER) == 0
    # However often it moves, an answer comes, and it is of its moment.
    _while_asked(monkeypatch, [lambda: move(2), lambda: move(1), lambda: move(2), lambda: move(1)])
    assert await _found(reader, LATER) == 0
    _while_asked(monkeypatch, [lambda: move(2)])
    assert (await facets(reader, NOT_LATE)).steps == ((Step.ENTRY_VALIDATION, 1),)


async def test_what_the_database_finds_is_never_of_a_replaced_policy(monkeypatch: pytest.MonkeyPatch) -> None:
    world = await build_world(step=4)
    reader = world["cdc"]
    assert await _found(reader, Criteria()) == 1

    async def withdrawn() -> None:
        async with transaction():
            await Consent.all().update(given=False)
            await bump(None, "L'organisme retire son accord")

    _while_asked(monkeypatch, [withdrawn])
    assert await _found(reader, Criteria()) == 0
    assert await found_ids(reader, Criteria()) == []
    async with transaction():
        await bump(None, "Rien")

    async def blind(_: Authority) -> None:
        """A process that never hears of the newer policy."""

    monkeypatch.setattr(Authority, "refresh", blind)
    for asked in (_found(reader, Criteria()), found_ids(reader, Criteria()), facets(reader, NOT_LATE)):
        with pytest.raises(Problem) as refusal:
            await asked
        assert refusal.value.code == "AUTHORITY_UNAVAILABLE"
