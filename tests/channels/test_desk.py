"""Desk, conventions, consents, cards: whoever may is answered; a stranger cannot tell some from none."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from tests.channels.asked import Question
from tests.channels.asking import NONE
from tests.channels.desk import CONVENTIONS, DESKS, KEPT
from tests.channels.offices import CARDS, PEOPLE, SEEN
from tests.channels.oracle import ASKERS, Asker
from tests.channels.things import NOBODY
from tests.channels.trying import SECRETS, tried

if TYPE_CHECKING:
    from tests.channels.setting import Setting

QUESTIONS = {"conventions": CONVENTIONS, "desk": DESKS, "cards": CARDS, "people": PEOPLE, "seen": SEEN}
# The dossier's convention changes nothing of these but for those whom a convention names: one of each.
STRANGERS = {
    "ouverte",
    "accorde",
    "suspendue",
    "onglets",
    "autre-convention",
    "sans-case",
    "machine",
    "machine-exporte",
}
DESKED = tuple(asker for asker in ASKERS if asker.kind != "partner" or asker.name in STRANGERS)


async def faults(setting: Setting, asker: Asker, question: Question) -> str:
    """What is wrong with one case; empty where all is right."""
    expected = question.world(asker)
    target = setting.things.get(question.thing, "")
    answer, clean = await tried(setting, question.ask(setting, asker, target))
    wrong = "" if answer.code == expected else f"answered {answer.code} instead of {expected}"
    if answer.code == "OK":
        return wrong
    wrong += "" if clean else " and something changed"
    if answer.code not in question.hiding:
        return wrong
    if any(secret in answer.told for secret in (*SECRETS, *KEPT)):
        wrong += " and something leaked"
    if question.thing:
        none = NONE if isinstance(target, UUID) else NOBODY[question.thing]
        of_none = (await tried(setting, question.ask(setting, asker, none)))[0].told
        if answer.told != of_none:
            wrong += f" and tells {answer.told!r} instead of {of_none!r}"
    return wrong


@pytest.mark.parametrize("group", QUESTIONS)
@pytest.mark.parametrize("asker", DESKED, ids=[asker.name for asker in DESKED])
async def test_each_question_is_answered_as_the_world_says(
    setting: Setting, asker: Asker, group: str
) -> None:
    await setting.put(4)
    before = await setting.state()
    wrong = []
    for question in QUESTIONS[group]:
        found = await faults(setting, asker, question)
        if found:
            wrong.append(f"{question.name} of {question.thing} {found}")
    assert wrong == []
    assert await setting.state() == before
