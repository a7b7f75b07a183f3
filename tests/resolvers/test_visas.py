"""A circuit under way: who answers, once; what is decided holds for what was seen; deadlines; rounds."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from authz import Right, add_rows, close_rows, read_version
from forms import Answer, Outcome, Step
from models import (
    Conflict,
    Dossier,
    HandBack,
    Invalid,
    NotFound,
    Notification,
    PolicyRow,
    Problem,
    Refused,
    VisaAct,
    fetch,
)
from resolvers import circuits, dossiers
from resolvers.hand_backs import hand_back, take_back
from resolvers.steps import advance
from resolvers.visas import Given, give, visas
from tests.circuit_world import Place, build_circuit, convention
from tests.world import PASSWORD

if TYPE_CHECKING:
    from resolvers.circuit_rows import CircuitRow, VisaRow

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
async def place(database: str) -> Place:
    assert database
    return await build_circuit()


async def circuit(place: Place, login: str = "ministere") -> CircuitRow:
    row = await circuits.read_one(await dossiers.read(place.world[login], place.dossier))
    assert row is not None
    return row


async def shown(place: Place, login: str = "ministere") -> dict[str, VisaRow]:
    row = await circuit(place, login)
    return {one.visa.code: one for one in await visas(place.world[login], row)}


async def states(place: Place) -> dict[str, str]:
    return {code: row.state.value for code, row in (await shown(place)).items()}


async def kept() -> dict[str, Any]:
    """All that a refusal leaves as it was."""
    return {
        "acts": await VisaAct.all().order_by("id").values(),
        "dossiers": await Dossier.all().order_by("id").values("id", "step", "passes"),
        # A password mistyped is kept, as that of a sign-in is: it says nothing of the dossier.
        "events": (await fetch("SELECT count(*) AS n FROM event WHERE kind <> 'sign_in_refused'"))[0]["n"],
        "told": await Notification.all().count(),
        "keys": (await fetch("SELECT count(*) AS n FROM idempotency_key"))[0]["n"],
    }


async def refused(place: Place, login: str, visa: str, answer: str = "favourable", **more: Any) -> Problem:  # noqa: ANN401 - fields of Given
    before = await kept()
    with pytest.raises(Problem) as caught:
        await place.say(login, visa, answer, **more)
    assert await kept() == before
    return caught.value


async def test_from_two_opinions_to_a_signature_and_out_of_the_step(place: Place) -> None:
    with pytest.raises(Invalid) as pending:
        await advance(place.world["ministere"], place.dossier, "finalise", None, "too-early")
    assert (pending.value.code, pending.value.details["visas"]) == (
        "CIRCUIT_PENDING",
        ["ORGANISME", "MISSION"],
    )
    await place.say("saisie", "ORGANISME", "unfavourable", reason="Trop tôt")
    await place.say("mission", "MISSION")
    assert await states(place) == {
        "ORGANISME": "settled",
        "MISSION": "open",
        "VALIDATION": "waiting",
        "SIGNATURE": "waiting",
    }
    await place.say("adjoint", "MISSION", "abstained")
    await place.say("adjoint", "VALIDATION", "approved")
    assert (await states(place))["SIGNATURE"] == "open"
    await place.say("ministere", "SIGNATURE", "approved", key="signed")
    row = await circuit(place)
    assert row.outcome is Outcome.APPROVED
    assert [act.answer.value for act in row.acts][-1] == "approved"
    assert [bool(act.data_hash) for act in row.acts] == [False, False, False, True, True]
    moved = await advance(place.world["ministere"], place.dossier, "finalise", None, "now")
    assert moved.step is Step.FINALISATION
    assert await circuits.read_one(moved) is None
    assert [act.visa for act in await circuits.history(place.world["ministere"], moved, 2)] == [
        "SIGNATURE",
        "VALIDATION",
    ]
    # A retry after all that gives what it gave, and answers nothing more.
    await place.say("ministere", "SIGNATURE", "approved", key="signed")
    events = await fetch("SELECT kind, details FROM event WHERE kind = 'visa_given' ORDER BY id")
    assert len(events) == await VisaAct.all().count() == 5
    assert set(events[0]["details"]) == {"circuit", "visa", "answer", "holder"}


REFUSALS: tuple[tuple[str, str, str, dict[str, Any], str], ...] = (
    ("cdc", "MISSION", "favourable", {}, "REFUSED"),
    ("hierarchie", "ORGANISME", "favourable", {}, "REFUSED"),
    ("saisie", "MISSION", "favourable", {}, "REFUSED"),
    ("lecteur", "MISSION", "favourable", {}, "NOT_FOUND"),
    ("voisin", "ORGANISME", "favourable", {}, "NOT_FOUND"),
    ("mission", "AUTRE", "favourable", {}, "VISA_UNKNOWN"),
    ("mission", "SUITE", "favourable", {}, "VISA_UNKNOWN"),
    ("mission", "VALIDATION", "approved", {}, "VISA_NOT_OPEN"),
    ("mission", "MISSION", "approved", {}, "ANSWER_UNFIT"),
    ("mission", "MISSION", "unfavourable", {}, "REASON_MISSING"),
    ("mission", "MISSION", "favourable", {"reason": "x" * 2001}, "REASON_TOO_LONG"),
    ("mission", "MISSION", "favourable", {"version": 7}, "VISA_STALE"),
    ("ministere", "SIGNATURE", "approved", {"password": "pas le bon"}, "WRONG_PASSWORD"),
)


async def test_what_is_refused_changes_nothing(place: Place) -> None:
    found = [(await refused(place, *said, **more)).code for *said, more, _ in REFUSALS]
    assert found == [code for *_, code in REFUSALS]


async def test_a_machine_answers_nothing(place: Place) -> None:
    before = await kept()
    with pytest.raises(Invalid) as caught:
        await give(place.world["machine"], place.dossier, Given("MISSION", Answer.FAVOURABLE), None, "k")
    assert caught.value.code == "PERSON_REQUIRED"
    assert await kept() == before


async def test_each_answers_once_even_at_once(place: Place) -> None:
    tries = [place.say("mission", "MISSION") for _ in range(4)]
    found = await asyncio.gather(*tries, return_exceptions=True)
    codes = sorted(one.code for one in found if isinstance(one, Conflict))
    assert (codes, found.count(None), await VisaAct.all().count()) == (["ALREADY_ANSWERED"] * 3, 1, 1)
    same = [place.say("adjoint", "MISSION", key="same") for _ in range(4)]
    assert await asyncio.gather(*same) == [None] * 4
    assert (await VisaAct.all().count(), (await states(place))["MISSION"]) == (2, "settled")
    assert (await refused(place, "ministere", "MISSION")).code == "VISA_SETTLED"


async def test_a_late_opinion_is_waited_for_no_longer_and_a_late_decision_is(place: Place) -> None:
    await place.say("mission", "MISSION")
    await place.say("adjoint", "MISSION")
    await place.age(10)
    assert (await states(place))["ORGANISME"] == "open"
    await place.age(11)
    found = await shown(place)
    assert (found["ORGANISME"].state.value, found["VALIDATION"].state.value) == ("late", "open")
    assert (await refused(place, "saisie", "ORGANISME")).code == "VISA_SETTLED"
    await place.age(40)
    validation = (await shown(place))["VALIDATION"]
    assert (validation.state.value, validation.standing.late) == ("open", True)
    await place.say("adjoint", "VALIDATION", "approved")


async def test_a_return_keeps_the_step_shut_until_the_dossier_was_handed_back(place: Place) -> None:
    world = place.world
    await place.opined()
    await place.say("adjoint", "VALIDATION", "returned", reason="Tableau à revoir")
    assert (await circuit(place)).outcome is Outcome.RETURNED
    assert (await refused(place, "ministere", "SIGNATURE", "approved")).code == "CIRCUIT_ENDED"
    with pytest.raises(Invalid) as shut:
        await advance(world["ministere"], place.dossier, "finalise", None, "k1")
    assert shut.value.code == "CIRCUIT_RETURNED"
    await hand_back(world["ministere"], place.dossier, "Corrigez le tableau", None, "k2")
    assert (await circuit(place)).suspended
    assert not any(row.own for row in (await shown(place, "mission")).values())
    assert (await refused(place, "mission", "MISSION")).code == "HANDED_BACK"
    await take_back(world["ministere"], place.dossier, "", "k3")
    row = await circuit(place)
    assert (row.round, row.outcome, row.acts) == (1, None, ())
    assert await HandBack.all().count() == 1
    await place.signed()
    assert (await circuit(place)).outcome is Outcome.APPROVED


async def test_a_refusal_is_told_by_its_own_words(place: Place) -> None:
    await place.opined()
    await place.say("adjoint", "VALIDATION", "approved")
    await place.say("ministere", "SIGNATURE", "refused", reason="Non")
    with pytest.raises(Invalid) as shut:
        await advance(place.world["ministere"], place.dossier, "finalise", None, "k1")
    assert shut.value.code == "CIRCUIT_REFUSED"
    assert "refusé" in shut.value.message


async def test_reopening_begins_a_new_round(place: Place) -> None:
    world = place.world
    await place.signed()
    await advance(world["ministere"], place.dossier, "finalise", None, "k1")
    await advance(world["ministere"], place.dossier, "reopen_from_finalisation", "Erreur", "k2")
    assert (await circuit(place)).outcome is None
    with pytest.raises(Invalid) as shut:
        await advance(world["ministere"], place.dossier, "finalise", None, "k3")
    assert shut.value.code == "CIRCUIT_PENDING"
    await place.signed()


async def test_what_was_decided_lapses_once_the_data_are_others(place: Place) -> None:
    await place.write("L011.B", "1")
    await place.signed()
    await place.write("L011.B", "2")
    found = await shown(place)
    assert [(code, row.acts[0].lapsed) for code, row in found.items() if row.acts[0].data_hash] == [
        ("VALIDATION", True),
        ("SIGNATURE", True),
    ]
    assert (await states(place))["VALIDATION"] == "open"
    with pytest.raises(Invalid) as shut:
        await advance(place.world["ministere"], place.dossier, "finalise", None, "k")
    assert shut.value.code == "CIRCUIT_PENDING"
    await place.say("adjoint", "VALIDATION", "approved")
    await place.say("ministere", "SIGNATURE", "approved")
    moved = await advance(place.world["ministere"], place.dossier, "finalise", None, "k")
    assert moved.step is Step.FINALISATION


async def test_a_visa_is_asked_for_by_a_cell(place: Place) -> None:
    assert "SUITE" not in await shown(place)
    await place.write("L011.A", "12")
    assert (await states(place))["SUITE"] == "open"
    await place.opined()
    assert (await states(place))["VALIDATION"] == "waiting"
    await place.say("ministere", "SUITE")
    assert (await states(place))["VALIDATION"] == "open"


async def test_what_was_answered_at_a_step_that_one_does_not_read_is_not_told(place: Place) -> None:
    await place.opined()
    rows = await PolicyRow.filter(ptype="p", until_version=None)
    mine = [row for row in rows if row.values[:3] == ["partner:CDC", "MIN", place.form]]
    await close_rows([row.id for row in mine], base=await read_version(), author_id=None, comment="Fin")
    line = convention(place.form, Right.READ, "56")
    await add_rows([line], base=await read_version(), author_id=None, comment="Après la fiabilisation")
    await place.world.authority.refresh()
    await Dossier.filter(id=place.dossier).update(step=5, passes=5)
    for login, count in (("ministere", 3), ("cdc", 0)):
        dossier = await dossiers.read(place.world[login], place.dossier)
        assert len(await circuits.history(place.world[login], dossier, 50)) == count


async def test_who_may_not_know_of_the_dossier_learns_nothing(place: Place) -> None:
    with pytest.raises(NotFound):
        await give(place.world["voisin"], place.dossier, Given("MISSION", Answer.FAVOURABLE), PASSWORD, "k")
    with pytest.raises(Refused):
        await place.say("cdc", "SIGNATURE", "approved")
    partner = await shown(place, "cdc")
    assert not any(row.own or row.stands_for for row in partner.values())
