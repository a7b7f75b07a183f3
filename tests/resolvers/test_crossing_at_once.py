"""A step crossed twice at the same moment: one crosses, the other is told where the dossier stands."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from forms import Step
from models import Conflict, Crossing, Dossier
from resolvers import sessions
from resolvers.rows import DossierRow
from resolvers.steps import advance, transmit
from tests.resolvers.filled import filled, state
from tests.world import CONTACTS, PASSWORD, World

if TYPE_CHECKING:
    from collections.abc import Sequence

pytestmark = pytest.mark.usefixtures("database")

ACCEPTED = [True, True, True]


def ended(tries: Sequence[DossierRow | BaseException]) -> tuple[list[DossierRow], list[BaseException]]:
    """Those that crossed and those that were refused."""
    return (
        [result for result in tries if isinstance(result, DossierRow)],
        [result for result in tries if isinstance(result, BaseException)],
    )


async def at_once(world: World, tries: Sequence[tuple[str, str]]) -> list[DossierRow | BaseException]:
    """Every (login, move) of `tries` from a session of its own, all at the same moment."""
    signed = [await sessions.sign_in(world.authority, login, PASSWORD) for login, _ in tries]
    assert len({session.token for session in signed}) == len(tries)
    return await asyncio.gather(
        *(
            advance(session.viewer, world.dossier, move, "Motif.", f"session-{number}")
            for number, (session, (_, move)) in enumerate(zip(signed, tries, strict=True))
        ),
        return_exceptions=True,
    )


@pytest.mark.parametrize(
    ("step", "tries", "target", "told", "label"),
    [
        (
            1,
            [("saisie", "submit_entry"), ("comptable", "submit_entry")],
            Step.ENTRY_VALIDATION,
            0,
            "2 «\u00a0Validation de la saisie\u00a0»",
        ),
        (
            1,
            [("saisie", "submit_entry"), ("saisie", "submit_entry"), ("comptable", "submit_entry")] * 2,
            Step.ENTRY_VALIDATION,
            0,
            "2 «\u00a0Validation de la saisie\u00a0»",
        ),
        (
            2,
            [("comptable", "validate_entry"), ("comptable", "validate_entry")],
            Step.HIERARCHICAL_VALIDATION,
            0,
            "3 «\u00a0Validation hiérarchique\u00a0»",
        ),
        (
            3,
            [("hierarchie", "return_to_validation"), ("hierarchie", "return_to_validation")],
            Step.ENTRY_VALIDATION,
            0,
            "2 «\u00a0Validation de la saisie\u00a0»",
        ),
        (
            4,
            [("ministere", "finalise"), ("ministere", "finalise")],
            Step.FINALISATION,
            2,
            "5 «\u00a0Finalisation\u00a0»",
        ),
    ],
)
async def test_two_sessions_that_advance_at_once_cross_once(
    step: int, tries: list[tuple[str, str]], target: Step, told: int, label: str
) -> None:
    world = await filled(step=step)
    crossed, refused = ended(await at_once(world, tries))
    assert [row.step for row in crossed] == [target]
    assert len(refused) == len(tries) - 1
    for problem in refused:
        assert isinstance(problem, Conflict)
        assert (problem.code, problem.details) == ("STEP_CONFLICT", {"step": target.name})
        assert problem.message == (
            f"Le dossier est à l’étape {label}\u00a0: ce passage n’est pas possible "
            "depuis cette étape. Rechargez le dossier."
        )
    assert await state(world) == (int(target), 1, 0, told)
    assert (await Dossier.get(id=world.dossier)).passes == step + 1


async def test_of_two_different_moves_at_once_one_is_made() -> None:
    """One sends the dossier back while another sends it on: it goes one way, and only one."""
    world = await filled(step=2)
    crossed, refused = ended(
        await at_once(world, [("comptable", "validate_entry"), ("comptable", "return_to_entry")])
    )
    assert [getattr(problem, "code", problem) for problem in refused] == ["STEP_CONFLICT"]
    (row,) = crossed
    (kept,) = await Crossing.all()
    assert (kept.target, kept.move) in {(3, "validate_entry"), (1, "return_to_entry")}
    assert await state(world) == (kept.target, 1, 0, 0)
    assert int(row.step) == kept.target


async def test_two_sessions_that_cross_at_once_cross_once() -> None:
    world = await filled(step=3)
    tries = await asyncio.gather(
        *(
            transmit(
                world["hierarchie"], world.dossier, ACCEPTED, PASSWORD, f"session-{number}", contacts=CONTACTS
            )
            for number in range(6)
        ),
        return_exceptions=True,
    )
    crossed = [result for result in tries if not isinstance(result, BaseException)]
    refused = [result for result in tries if isinstance(result, BaseException)]
    assert len(crossed) == 1
    assert {getattr(problem, "code", problem) for problem in refused} == {"STEP_CONFLICT"}
    assert await state(world) == (4, 1, 1, 2)
