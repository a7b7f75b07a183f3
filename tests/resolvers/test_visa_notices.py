"""Who is told of a circuit: when a rank opens, when a deadline opens one, and when all is over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from authz import Authority, close_rows, read_version
from models import Conflict, Delegation, Dossier, Notification, PolicyRow, VisaAct
from resolvers import circuits, dossiers, notifications, visa_notices
from resolvers.hand_backs import hand_back
from resolvers.steps import advance
from resolvers.visas import visas
from tests.circuit_world import Place, build_circuit

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
async def place(database: str) -> Place:
    assert database
    return await build_circuit()


async def test_holders_are_told_when_a_rank_opens(place: Place) -> None:
    world = place.world
    await Dossier.filter(id=place.dossier).update(step=5, passes=5)
    await advance(world["ministere"], place.dossier, "reopen_from_finalisation", "Erreur", "k")
    told = Notification.filter(event="visa_waited_for").select_related("user")
    opinions = ["adjoint", "ministere", "mission", "saisie"]
    assert sorted(one.user.login for one in await told) == opinions
    await place.opined()
    holder, delegate = world["ministere"].user_id, world["lecteur"].user_id
    since, until = "2026-01-01", "2099-12-31"
    await Delegation.create(
        holder_id=holder, delegate_id=delegate, platform="MIN", since=since, until=until, at="2026-01-01"
    )
    await place.say("adjoint", "VALIDATION", "approved")
    # Validations were waited for by three; the signature is the account manager's, and is not delegated.
    assert len(await told) == 4 + 3 + 1


async def test_a_rank_that_a_deadline_opens_is_told_once(place: Place) -> None:
    authority = place.world.authority
    told = Notification.filter(event="visa_waited_for")
    assert (await visa_notices.tell_due(authority), await visa_notices.tell_due(authority)) == (4, 0)
    await place.say("mission", "MISSION")
    await place.say("adjoint", "MISSION")
    await place.age(11)
    await told.update(at=datetime.now(UTC) - timedelta(days=11))
    assert (await visa_notices.tell_due(authority), await visa_notices.tell_due(authority)) == (3, 0)
    await told.delete()
    await hand_back(place.world["ministere"], place.dossier, "Corrigez", None, "k")
    assert await visa_notices.tell_due(authority) == 0


async def test_a_rank_that_opens_is_told_by_the_rights_of_that_day(place: Place) -> None:
    authority = await Authority.load()
    rows = await PolicyRow.filter(ptype="g", values__contains=["user:mission"])
    assert rows
    await close_rows([row.id for row in rows], base=await read_version(), author_id=None, comment="Parti")
    gone = place.world["mission"].user_id
    await visa_notices.tell_due(authority)
    assert await Notification.filter(event="visa_waited_for", user_id=gone).count() == 0


async def test_who_validated_does_not_sign_and_the_end_is_told(place: Place) -> None:
    await place.opined()
    await place.say("ministere", "VALIDATION", "approved")
    with pytest.raises(Conflict) as caught:
        await place.say("ministere", "SIGNATURE", "approved")
    assert caught.value.code == "SAME_PERSON"
    dossier = await dossiers.read(place.world["ministere"], place.dossier)
    row = await circuits.read_one(dossier)
    assert row is not None
    assert not any(one.own for one in await visas(place.world["ministere"], row))
    assert await VisaAct.filter(visa="SIGNATURE").count() == 0
    assert await Notification.filter(event__startswith="circuit_").count() == 0
    await VisaAct.filter(visa="VALIDATION").delete()
    await place.say("adjoint", "VALIDATION", "approved")
    await place.say("ministere", "SIGNATURE", "refused", reason="Non")
    told = await Notification.filter(event__startswith="circuit_").select_related("user")
    assert {one.event for one in told} == {"circuit_refused"}
    # Those who answered, be they contacts or not; « lecteur » and « voisin » are neither.
    assert sorted(one.user.login for one in told) == ["adjoint", "ministere", "mission", "saisie"]
    assert await notifications.pending(place.world.authority, told[0].id) is not None
