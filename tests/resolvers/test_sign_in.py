"""Proving who one is: the manual's words (§4), five tries, ten minutes; and the sessions that follow."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from models import AccessToken, Session, SignInFailure, Unauthenticated, User
from resolvers import clients, sessions, sign_in
from resolvers.sessions import Lifetimes
from tests.world import PASSWORD, SECRET, World, build_world

pytestmark = pytest.mark.usefixtures("database")

REFUSED = "Authentification refusée : Connexion impossible."
LOCKED = (
    "Authentification refusée : Vous avez dépassé le nombre de tentative de connexion. "
    "Votre compte a été bloqué pour une durée de 10 minutes."
)


async def _refusal(login: str, password: str, now: datetime | None = None) -> Unauthenticated:
    with pytest.raises(Unauthenticated) as refusal:
        await sign_in.prove(login, password, now=now)
    return refusal.value


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("login", ["saisie", "personne"])
async def test_five_failures_lock_the_name_whether_it_exists_or_not(login: str) -> None:
    await build_world()
    answers = [_plain((await _refusal(login, "faux")).message) for _ in range(6)]
    assert answers == [REFUSED] * 4 + [LOCKED] * 2


@pytest.mark.parametrize("login", ["saisie", "personne"])
async def test_tries_sent_at_once_are_no_more_than_five(login: str) -> None:
    await build_world()
    tries = await asyncio.gather(*(sign_in.prove(login, "faux") for _ in range(12)), return_exceptions=True)
    codes = Counter(getattr(problem, "code", problem) for problem in tries)
    assert codes == {"INVALID_CREDENTIALS": 4, "ACCOUNT_LOCKED": 8}


async def test_a_locked_account_refuses_even_the_right_password_for_ten_minutes() -> None:
    await build_world()
    start = datetime.now(UTC)
    for _ in range(5):
        await _refusal("saisie", "faux", start)
    assert (
        await _refusal("saisie", PASSWORD, start + timedelta(minutes=9, seconds=59))
    ).code == "ACCOUNT_LOCKED"
    user = await sign_in.prove("saisie", PASSWORD, now=start + timedelta(minutes=10, seconds=1))
    assert user.login == "saisie"
    assert await SignInFailure.all().count() == 0


async def test_a_success_forgets_the_failures_before_it() -> None:
    await build_world()
    for _ in range(4):
        await _refusal("saisie", "faux")
    await sign_in.prove("saisie", PASSWORD)
    assert (await _refusal("saisie", "faux")).code == "INVALID_CREDENTIALS"


async def test_a_closed_account_answers_as_an_unknown_one() -> None:
    await build_world()
    await User.filter(login="saisie").update(closed_at=datetime.now(UTC))
    assert (await _refusal("saisie", PASSWORD)).code == "INVALID_CREDENTIALS"


async def test_the_password_typed_again_counts_its_failures_too() -> None:
    world = await build_world()
    for _ in range(4):
        with pytest.raises(Exception, match="n’est pas le vôtre"):
            await sign_in.confirm_password(world["hierarchie"], "faux")
    with pytest.raises(Unauthenticated) as refusal:
        await sign_in.confirm_password(world["hierarchie"], "faux")
    assert refusal.value.code == "ACCOUNT_LOCKED"


async def _age(**fields: datetime) -> None:
    await Session.all().update(**fields)


async def test_a_session_gives_its_viewer_and_keeps_only_a_hash() -> None:
    world = await build_world()
    signed = await sessions.sign_in(world.authority, "saisie", PASSWORD)
    assert signed.token is not None
    resumed = await sessions.resume(world.authority, signed.token)
    assert (resumed.viewer.login, resumed.token) == ("saisie", None)
    kept = await Session.get()
    assert signed.token not in kept.id
    assert len(kept.id) == 64


async def _ended(world: World, token: str) -> bool:
    try:
        await sessions.resume(world.authority, token)
    except Unauthenticated:
        return True
    return False


@pytest.mark.parametrize(
    "fields",
    [
        {"expires_at": timedelta(seconds=-1)},
        {"seen_at": -Lifetimes().idle - timedelta(seconds=1)},
    ],
)
async def test_a_session_ends_with_its_time(fields: dict[str, timedelta]) -> None:
    world = await build_world()
    signed = await sessions.sign_in(world.authority, "saisie", PASSWORD)
    await _age(**{name: datetime.now(UTC) + shift for name, shift in fields.items()})
    assert await _ended(world, signed.token or "")


async def test_a_token_is_renewed_and_its_predecessor_serves_a_moment_longer() -> None:
    world = await build_world()
    signed = await sessions.sign_in(world.authority, "saisie", PASSWORD)
    old = signed.token or ""
    await _age(created_at=datetime.now(UTC) - Lifetimes().renewal)
    fresh = (await sessions.resume(world.authority, old)).token
    assert fresh not in {None, old}
    assert (await sessions.resume(world.authority, old)).token is None
    assert not await _ended(world, fresh or "")
    await Session.filter(expires_at__lt=datetime.now(UTC) + timedelta(minutes=1)).update(
        expires_at=datetime.now(UTC)
    )
    assert await _ended(world, old)
    assert not await _ended(world, fresh or "")


async def test_of_two_requests_that_renew_a_token_at_once_one_does() -> None:
    world = await build_world()
    old = (await sessions.sign_in(world.authority, "saisie", PASSWORD)).token or ""
    await _age(created_at=datetime.now(UTC) - Lifetimes().renewal)
    found = await asyncio.gather(*(sessions.resume(world.authority, old) for _ in range(5)))
    assert sum(resumed.token is not None for resumed in found) == 1
    assert await Session.all().count() == 2


async def test_signing_out_ends_the_session_and_no_other() -> None:
    world = await build_world()
    tokens = [(await sessions.sign_in(world.authority, "saisie", PASSWORD)).token or "" for _ in range(2)]
    await sessions.sign_out(tokens[0])
    assert [await _ended(world, token) for token in tokens] == [True, False]


async def test_signing_out_ends_the_predecessor_of_a_renewed_token_too() -> None:
    world = await build_world()
    old = (await sessions.sign_in(world.authority, "saisie", PASSWORD)).token or ""
    await _age(created_at=datetime.now(UTC) - Lifetimes().renewal)
    fresh = (await sessions.resume(world.authority, old)).token or ""
    await sessions.sign_out(fresh)
    assert [await _ended(world, token) for token in (old, fresh)] == [True, True]


async def test_the_session_of_a_closed_account_is_over() -> None:
    world = await build_world()
    signed = await sessions.sign_in(world.authority, "saisie", PASSWORD)
    await User.filter(login="saisie").update(closed_at=datetime.now(UTC))
    assert await _ended(world, signed.token or "")


async def test_a_machine_client_gets_a_token_for_its_scopes() -> None:
    world = await build_world()
    grant = await clients.grant("cdc-machine", SECRET, ["dossier:read"])
    viewer = await clients.viewer_of_token(world.authority, grant.token)
    assert (viewer.subject, viewer.scopes) == ("client:cdc-machine", frozenset({"dossier:read"}))
    kept = await AccessToken.get()
    assert grant.token not in kept.id


@pytest.mark.parametrize(
    ("client", "secret", "scopes", "code"),
    [
        ("cdc-machine", "faux", None, "CLIENT_UNKNOWN"),
        ("personne", SECRET, None, "CLIENT_UNKNOWN"),
        ("personne", "", None, "CLIENT_UNKNOWN"),
        ("cdc-machine", SECRET, ["dossier:write"], "SCOPE_INVALID"),
        ("cdc-machine", SECRET, [], "SCOPE_INVALID"),
    ],
)
async def test_a_client_that_does_not_prove_itself_gets_none(
    client: str, secret: str, scopes: list[str] | None, code: str
) -> None:
    await build_world()
    with pytest.raises(Exception, match=r"\.") as refusal:
        await clients.grant(client, secret, scopes)
    assert getattr(refusal.value, "code", None) == code
    assert await AccessToken.all().count() == 0


async def test_an_expired_token_is_none() -> None:
    world = await build_world()
    grant = await clients.grant("cdc-machine", SECRET)
    await AccessToken.all().update(expires_at=datetime.now(UTC))
    with pytest.raises(Unauthenticated) as refusal:
        await clients.viewer_of_token(world.authority, grant.token)
    assert refusal.value.code == "TOKEN_INVALID"
