"""One decision on every channel: who asks × what × at which step, against what the world says.

A case is one asker on one channel at one step. Whoever may is answered; whoever may not is refused in the
words of an unknown identifier, learns nothing of the dossier, and leaves everything as it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import pytest

from authz import Right, Target, decide, rights_on, scope
from forms import Step
from models import fetch, transaction
from resolvers import dossiers
from resolvers.events import Told
from resolvers.notifications import announce
from tests.channels.asking import ABSENT, NONE, Channel
from tests.channels.channels import CHANNELS, GROUPS, OTHERS
from tests.channels.oracle import ASKERS, FORM, OURS, YEAR, Asker
from tests.channels.setting import Setting
from tests.channels.trying import SECRETS, tells_none_alike, tried

if TYPE_CHECKING:
    from resolvers.rows import DossierRow

STEPS = tuple(range(7))
# The dossier of the world at each step, as a scope finds dossiers.
LAID = (
    "SELECT d.step FROM (SELECT d.platform, d.form, d.year, d.organism_id, s.step::smallint AS step "
    "FROM dossier d, generate_series(0, 6) AS s(step) WHERE d.id = %s) d WHERE {}"
)


async def faults(setting: Setting, asker: Asker, channel: Channel, step: int) -> str:
    """What is wrong with one case; empty where all is right."""
    expected = channel.expected(asker, step)
    answer, clean = await tried(setting, channel.ask(setting, asker, setting.dossier))
    wrong = "" if answer.code == expected else f"answered {answer.code} instead of {expected}"
    if answer.code == "OK":
        return wrong
    # An answer of nothing, given under a key, is kept under it.
    noted = channel.group == "job" or (channel.group == "kept" and answer.code == ABSENT)
    if not clean and not noted:
        wrong += " and something changed"
    if not asker.may(Right.READ, step, worker=channel.group == "job"):
        if any(secret in answer.told for secret in SECRETS):
            wrong += " and something leaked"
        if not channel.unlinked:
            wrong += await tells_none_alike(
                setting, asker, answer.told, lambda: channel.ask(setting, asker, NONE), channel
            )
    return wrong


def steps_of(asker: Asker, group: str) -> tuple[int, ...]:
    """All of them; of what no partner may ever do, and of exchanges, one before, one within, one after."""
    if group in {"exchange", "copy", "kept"}:
        return (3, 4, 6)
    return (1, 4, 6) if asker.kind == "partner" and group in {"writing", "life"} else STEPS


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("asker", ASKERS, ids=[asker.name for asker in ASKERS])
async def test_each_channel_answers_what_the_world_says(setting: Setting, asker: Asker, group: str) -> None:
    channels = [channel for channel in CHANNELS if channel.group == group]
    wrong = []
    *_, last = steps = steps_of(asker, group)
    before = ""
    for step in steps:
        await setting.put(step)
        if step == last:
            before = await setting.state()
        for channel in channels:
            found = await faults(setting, asker, channel, step)
            if found:
                wrong.append(f"{channel.name} at step {step} {found}")
    assert wrong == []
    assert await setting.state() == before


@pytest.mark.parametrize("asker", ASKERS, ids=[asker.name for asker in ASKERS])
async def test_an_identifier_that_others_hold_is_told_like_none(setting: Setting, asker: Asker) -> None:
    await setting.put(4)
    theirs = setting.exports["charge" if asker.name != "charge" else "saisie"]
    for channel in OTHERS:
        answers = [await channel.ask(setting, asker, target) for target in (theirs, NONE)]
        assert answers[0] == answers[1]
        assert answers[0].code == (channel.closed if asker.closed else "NOT_FOUND")


def target(step: int) -> Target:
    return Target(platform="MIN", form=FORM, year=YEAR, organism=f"organism:{OURS}", step=step)


@pytest.mark.parametrize("asker", ASKERS, ids=[asker.name for asker in ASKERS])
async def test_each_function_is_decided_and_searched_alike(setting: Setting, asker: Asker) -> None:
    """Those that no channel serves yet (exchanges, attachments, reopening) are asked of the authority."""
    viewer = setting.viewers[asker.name]
    for right in Right:
        told = {step for step in STEPS if asker.may(right, step)}
        assert {step for step in STEPS if decide(viewer, right, target(step)).allowed} == told, right
        assert {step for step in STEPS if right in rights_on(viewer, target(step))} == told, right
        condition = scope(viewer, right)
        query = LAID.format(condition.sql)
        rows = await fetch(query, [setting.dossier, *condition.values])
        assert {row["step"] for row in rows} == told, right


@pytest.mark.parametrize("step", STEPS)
async def test_those_who_are_written_to_are_those_who_may_read(setting: Setting, step: int) -> None:
    row = await dossiers.read(setting.viewers["ministere"], setting.dossier)
    try:
        await _announce(setting, row, step)
    except _ToldError as done:
        told = done.logins
    assert told == {
        asker.name
        for asker in ASKERS
        if asker.contact and asker.may(Right.NOTIFY, step) and asker.may(Right.READ, step)
    }


class _ToldError(Exception):
    """Carries the logins of those who were told out of the transaction that told them."""

    def __init__(self, logins: set[str]) -> None:
        super().__init__()
        self.logins = logins


async def _announce(setting: Setting, row: DossierRow, step: int) -> NoReturn:
    async with transaction():
        await announce(setting.authority, row, Told.TRANSMITTED, Step(step))
        rows = await fetch("SELECT u.login FROM notification n JOIN user_account u ON u.id = n.user_id")
        raise _ToldError({row["login"] for row in rows})
    raise AssertionError


def test_the_matrix_is_wide_enough_and_forgets_no_channel() -> None:
    asked = sum(len(steps_of(asker, channel.group)) for asker in ASKERS for channel in CHANNELS)
    functions = len(ASKERS) * len(Right) * len(STEPS)
    assert asked >= 11_000
    assert asked + functions >= 15_000
    # Each case of a right is somebody's yes at some step, and somebody else's no.
    served = {right for right in Right if any(asker.may(right, step) for asker in ASKERS for step in STEPS)}
    assert served == set(Right)
