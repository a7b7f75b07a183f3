"""Proving who one is: a password, five tries, then ten minutes of waiting (manual §4)."""

from __future__ import annotations

import asyncio
import hashlib
from datetime import UTC, datetime, timedelta
from uuid import UUID
from weakref import WeakValueDictionary

from authz import Viewer
from models import Invalid, SignInFailure, Unauthenticated, User, execute, transaction
from resolvers import journal, passwords
from resolvers.events import Kind
from resolvers.person import person_of

MOST_FAILURES = 5
LOCK = timedelta(minutes=10)
FORGET = timedelta(days=1)

_turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()


async def prove(login: str, password: str, *, now: datetime | None = None) -> User:
    """The account whose name and password these are.

    Raises Unauthenticated INVALID_CREDENTIALS, or ACCOUNT_LOCKED from the fifth failure on, in the
    manual's words. A name that nobody has answers in the same words, as slowly, and is locked alike.
    A failure is counted in a transaction of its own: the refusal must not undo it. Tries under one
    name take turns: sent all at once, they would be looked at before the fifth failure is counted.
    """
    at = now or datetime.now(UTC)
    name = login.strip().casefold()
    key = _key(name)
    async with _turns.setdefault(key, asyncio.Lock()):
        await _refuse_locked(key, at)
        user = await User.get_or_none(login=name, closed_at=None)
        right = await passwords.matches(user.password_hash if user else passwords.nobodys_hash(), password)
        if user is not None and right:
            await _refuse_locked(key, at)  # another process may have counted the fifth failure meanwhile
            await SignInFailure.filter(id=key).delete()
            return user
        await _count_failure(key, at, user)
        await _refuse_locked(key, at)
    raise Unauthenticated("INVALID_CREDENTIALS", "Authentification refusée : Connexion impossible.")


async def forget_failures(login: str) -> None:
    """A new password makes a new start: the failures under the old one no longer count."""
    await SignInFailure.filter(id=_key(login)).delete()


def _key(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


async def confirm_password(viewer: Viewer, password: str) -> None:
    """The password typed again by someone signed in; failures count as those of a sign-in do.

    Raises Invalid PERSON_REQUIRED, WRONG_PASSWORD, Unauthenticated ACCOUNT_LOCKED.
    """
    user = await User.get(id=person_of(viewer))
    try:
        proved: UUID = (await prove(user.login, password)).id
    except Unauthenticated as problem:
        if problem.code == "ACCOUNT_LOCKED":
            raise
        raise wrong_password() from problem
    if proved != viewer.user_id:
        raise wrong_password()


def wrong_password() -> Invalid:
    """What a declarant reads when the password typed again is not his."""
    return Invalid(
        "WRONG_PASSWORD",
        "Le mot de passe saisi n’est pas le vôtre : rien n’est signé ni transmis. Saisissez-le de nouveau.",
        path=("password",),
    )


async def _refuse_locked(key: str, at: datetime) -> None:
    failure = await SignInFailure.get_or_none(id=key)
    if failure is not None and failure.locked_until is not None and failure.locked_until > at:
        raise Unauthenticated(
            "ACCOUNT_LOCKED",
            "Authentification refusée : Vous avez dépassé le nombre de tentative de connexion. "
            "Votre compte a été bloqué pour une durée de 10 minutes.",
            details={"until": failure.locked_until.isoformat()},
        )


async def _count_failure(key: str, at: datetime, user: User | None) -> None:
    """One statement, so that no two processes lose a failure; after a lock that ran out, five new tries."""
    async with transaction():
        await SignInFailure.filter(last_at__lt=at - FORGET).delete()
        await execute(
            "INSERT INTO sign_in_failure AS kept (id, count, last_at) VALUES (%s, 1, %s) "
            "ON CONFLICT (id) DO UPDATE SET last_at = EXCLUDED.last_at, locked_until = NULL, "
            "count = CASE WHEN kept.locked_until IS NULL THEN kept.count + 1 ELSE 1 END",
            [key, at],
        )
        await SignInFailure.filter(id=key, count__gte=MOST_FAILURES).update(locked_until=at + LOCK)
        # Not even by its hash where nobody has it: what was typed as a name may be a password.
        await journal.record(None, Kind.SIGN_IN_REFUSED, "", {"account": user.id} if user else {})
