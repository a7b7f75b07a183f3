"""Desk, conventions, consents, cards: whoever may is answered; a stranger cannot tell some from none."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from authz import Right
from gql.execution import Request
from tests.channels.asked import Question
from tests.channels.asking import NONE, Answer, Operation, fetched
from tests.channels.desk import CONVENTIONS, DESKS, KEPT
from tests.channels.offices import CARDS, PEOPLE, SEEN
from tests.channels.oracle import ASKERS, Asker
from tests.channels.things import NOBODY
from tests.channels.trying import SECRETS, tells_none_alike, tried

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

CLOSED = tuple(asker for asker in ASKERS if asker.closed)


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
        wrong += await tells_none_alike(
            setting, asker, answer.told, lambda: question.ask(setting, asker, none), question
        )
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


async def test_whoever_reads_today_is_named_to_the_organism_and_nobody_else(setting: Setting) -> None:
    """Accounts by their own rights, systems by those that they are registered for."""
    text = '{ readersToday(form: "ER", year: 2024) { subject } }'
    for step in (1, 4, 5):
        await setting.put(step)
        answer = await setting.engine.run(Request(text), setting.viewers["saisie"])
        assert {row["subject"] for row in answer.body["data"]["readersToday"]} == {
            f"{'client' if asker.machine else 'user'}:{asker.name}"
            for asker in ASKERS
            if asker.place != "ours" and asker.may(Right.READ, step, worker=True)
        }


@pytest.mark.parametrize("asker", CLOSED, ids=[asker.name for asker in CLOSED])
async def test_a_closed_account_is_told_that_it_is_and_nothing_else(setting: Setting, asker: Asker) -> None:
    """Asked through the door, as his browser still would."""
    await setting.put(4)
    before = await setting.state()
    told = set()
    for question in (one for group in QUESTIONS.values() for one in group):
        answer = await _posted(setting, asker, question)
        told.add(answer.code)
    assert told == {"ACCOUNT_CLOSED"}
    assert await setting.state() == before


async def _posted(setting: Setting, asker: Asker, question: Question) -> Answer:
    target, ask = setting.things.get(question.thing, ""), question.ask
    if not isinstance(ask, Operation):
        return await fetched(setting, asker, ask.path.format(id=target))  # type: ignore[attr-defined]  # each is a file
    asked = {"query": ask.text, "variables": {"id": str(target), "base": 1}}
    headers = {**setting.proofs[asker.name], "origin": "http://localhost:8000"}
    answer = await setting.http.post("/graphql", json=asked, headers=headers)
    return Answer(str(answer.json()["errors"][0]["extensions"]["code"]), answer.content)


def test_the_desk_is_asked_by_enough_people_about_enough() -> None:
    cases = len(DESKED) * sum(len(group) for group in QUESTIONS.values())
    assert cases >= 1_100
    for group in QUESTIONS.values():
        for question in group:
            answers = {question.world(asker) for asker in DESKED}
            assert question.name == "viewer" or len(answers) > 1, question.name
