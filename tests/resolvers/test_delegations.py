"""Delegations: a colleague answers for another, on its days, and only as long as he himself could."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest

from authz import close_rows
from authz.clock import today
from models import Conflict, Delegation, Invalid, NotFound, PolicyRow, Problem, User, VisaAct, fetch
from resolvers import circuits, delegations, dossiers
from resolvers.delegations import Asked
from resolvers.visas import visas
from tests.circuit_world import Place, build_circuit

if TYPE_CHECKING:
    from authz import Viewer
    from resolvers.circuit_rows import DelegationRow

pytestmark = pytest.mark.usefixtures("database")
DAY = timedelta(days=1)


@pytest.fixture
async def place(database: str) -> Place:
    assert database
    return await build_circuit()


def account(viewer: Viewer) -> UUID:
    assert viewer.user_id is not None
    return viewer.user_id


async def given(
    place: Place, holder: str, to: str, *, form: str | None = None, since: int = 0, days: int = 9
) -> DelegationRow:
    first = today().date + since * DAY
    asked = Asked(
        account(place.world[to]), "MIN", place.form if form is None else form, first, first + days * DAY
    )
    return await delegations.delegate(place.world[holder], asked, str(uuid4()))


async def stands_for(place: Place, login: str) -> dict[str, list[str]]:
    row = await circuits.read_one(await dossiers.read(place.world[login], place.dossier))
    assert row is not None
    found = await visas(place.world[login], row)
    return {one.visa.code: [person.name for person in one.stands_for] for one in found if one.stands_for}


async def code_of(place: Place, login: str, holder: str) -> str:
    before = await VisaAct.all().count()
    with pytest.raises(Problem) as caught:
        await place.say(login, "MISSION", stands_for=account(place.world[holder]))
    assert await VisaAct.all().count() == before
    return caught.value.code


async def test_a_delegate_answers_for_the_holder_once_for_both(place: Place) -> None:
    row = await given(place, "mission", "ministere")
    assert (row.holder.name, row.delegate.name, row.form) == ("Mission Essai", "Ministere Essai", place.form)
    assert await stands_for(place, "ministere") == {"MISSION": ["Mission Essai"]}
    await place.say("ministere", "MISSION", stands_for=account(place.world["mission"]))
    act = await VisaAct.get().select_related("holder", "author")
    assert (act.holder.login, act.author.login) == ("mission", "ministere")
    assert await stands_for(place, "ministere") == {}
    assert await code_of(place, "ministere", "mission") == "ALREADY_ANSWERED"
    with pytest.raises(Conflict) as caught:
        await place.say("mission", "MISSION")
    assert caught.value.code == "ALREADY_ANSWERED"
    # Two opinions are two people's.
    assert await code_of(place, "ministere", "ministere") == "SAME_PERSON"
    await place.say("adjoint", "MISSION")


async def test_it_covers_its_days_its_form_and_what_is_delegated(place: Place) -> None:
    await given(place, "mission", "ministere", since=1)
    await given(place, "adjoint", "ministere", form="ER")
    assert await stands_for(place, "ministere") == {}
    assert await code_of(place, "ministere", "mission") == "DELEGATION_MISSING"
    assert await code_of(place, "ministere", "adjoint") == "DELEGATION_MISSING"
    every = await given(place, "ministere", "mission", form="")
    await place.opined()
    await place.say("adjoint", "VALIDATION", "approved")
    assert await stands_for(place, "mission") == {}  # the signature is personal
    with pytest.raises(Problem) as caught:
        await place.say("mission", "SIGNATURE", "approved", stands_for=every.holder.id)
    assert caught.value.code == "DELEGATION_MISSING"


async def test_what_the_holder_cannot_do_any_more_his_delegate_cannot(place: Place) -> None:
    await given(place, "mission", "ministere")
    rows = await PolicyRow.filter(ptype="g", until_version=None)
    gone = [row.id for row in rows if row.values[0] == "user:mission"]
    await close_rows(gone, base=place.world.authority.version, author_id=None, comment="Parti")
    await place.world.authority.refresh()
    assert await code_of(place, "ministere", "mission") == "DELEGATION_MISSING"


async def test_an_account_that_closes_or_leaves_delegates_no_more(place: Place) -> None:
    await given(place, "mission", "ministere")
    elsewhere = place.world["saisie"].organization_id
    here = place.world["mission"].organization_id
    await User.filter(login="mission").update(organization_id=elsewhere)
    assert await delegations.held(place.world["ministere"]) == ()
    await User.filter(login="mission").update(organization_id=here)
    assert len(await delegations.held(place.world["ministere"])) == 1
    await User.filter(login="mission").update(closed_at="2026-01-01T00:00:00Z")
    assert await delegations.held(place.world["ministere"]) == ()


async def test_taking_it_back_ends_it_and_is_its_holders_only(place: Place) -> None:
    row = await given(place, "mission", "ministere")
    for other in ("ministere", "saisie"):
        with pytest.raises(NotFound) as caught:
            await delegations.revoke(place.world[other], row.id, f"r-{other}")
        assert caught.value.code == "DELEGATION_UNKNOWN"
    assert (await Delegation.get()).revoked_at is None
    for key in ("once", "once", "again"):
        assert (await delegations.revoke(place.world["mission"], row.id, key)).revoked_at is not None
    assert await code_of(place, "ministere", "mission") == "DELEGATION_MISSING"
    events = await fetch("SELECT details FROM event WHERE kind = 'delegation_changed' ORDER BY id")
    assert [event["details"].get("revoked") for event in events] == [None, True]
    assert [one.id for one in await delegations.of_person(place.world["ministere"])] == [row.id]
    assert await delegations.of_person(place.world["saisie"]) == ()
    assert await delegations.of_person(place.world["machine"]) == ()


async def test_what_cannot_be_delegated_is_not(place: Place) -> None:
    world, day = place.world, today().date
    mission, lecteur = world["mission"], account(world["lecteur"])
    wrong = {
        "DELEGATION_DATES": [
            Asked(lecteur, "MIN", "", day, day - DAY),
            Asked(lecteur, "MIN", "", day - 9 * DAY, day - DAY),
            Asked(lecteur, "MIN", "", day, day + 367 * DAY),
        ],
        "COLLEAGUE_UNKNOWN": [
            Asked(account(world["saisie"]), "MIN", "", day, day),
            Asked(account(mission), "MIN", "", day, day),
            Asked(uuid4(), "MIN", "", day, day),
        ],
        "DELEGATION_FORM_UNKNOWN": [
            Asked(lecteur, "MIN", "AUTRE", day, day),
            Asked(lecteur, "COOP", "", day, day),
        ],
    }
    for code, asked in wrong.items():
        for number, one in enumerate(asked):
            with pytest.raises(Problem) as caught:
                await delegations.delegate(mission, one, f"{code}{number}")
            assert caught.value.code == code
    with pytest.raises(Invalid) as caught:
        await delegations.delegate(world["machine"], Asked(lecteur, "MIN", "", day, day), "m")
    assert caught.value.code == "PERSON_REQUIRED"
    assert await Delegation.all().count() == 0


async def test_there_is_an_end_to_them(place: Place) -> None:
    mission, lecteur = account(place.world["mission"]), account(place.world["lecteur"])
    row = {"holder_id": mission, "delegate_id": lecteur, "platform": "MIN", "at": "2026-01-01"}
    days = {"since": date(2026, 1, 1), "until": date(2099, 1, 1)}
    await Delegation.bulk_create([Delegation(**row, **days) for _ in range(delegations.MOST)])
    with pytest.raises(Conflict) as caught:
        await given(place, "mission", "lecteur")
    assert caught.value.code == "TOO_MANY_DELEGATIONS"


async def test_colleagues_are_those_of_ones_own_organization(place: Place) -> None:
    found = await delegations.colleagues(place.world["mission"])
    assert [one.name for one in found] == ["Adjoint Essai", "Lecteur Essai", "Ministere Essai"]
    assert [one.name for one in await delegations.colleagues(place.world["mission"], "LECT")] == [
        "Lecteur Essai"
    ]
