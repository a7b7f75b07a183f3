"""Server-side sessions: a random token for the browser, its SHA-256 for us, renewed as it is used."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from authz import Authority, Viewer, viewer_of_user
from models import Session, Unauthenticated, execute, transaction
from resolvers import journal
from resolvers import sign_in as door
from resolvers.events import Kind


@dataclass(frozen=True, slots=True)
class Lifetimes:
    """How long a session lives: in all, unused, before its token is renewed; and the old token's grace."""

    whole: timedelta = timedelta(hours=12)
    idle: timedelta = timedelta(hours=2)
    renewal: timedelta = timedelta(minutes=15)
    grace: timedelta = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A viewer, and the token that proves it; a token of None means the one sent still serves."""

    viewer: Viewer
    token: str | None
    expires_at: datetime


async def sign_in(
    authority: Authority, login: str, password: str, lifetimes: Lifetimes | None = None
) -> SignedIn:
    """Open a session. Raises Unauthenticated INVALID_CREDENTIALS or ACCOUNT_LOCKED."""
    user = await door.prove(login, password)
    return await open_session(authority, user.id, lifetimes)


async def open_session(authority: Authority, user_id: UUID, lifetimes: Lifetimes | None = None) -> SignedIn:
    """Open a session for someone who has just proved who he is."""
    now = datetime.now(UTC)
    expires_at = now + (lifetimes or Lifetimes()).whole
    async with transaction():
        await Session.filter(expires_at__lt=now).delete()
        token = await _open(user_id, now, now, expires_at)
        viewer = await viewer_of_user(authority, user_id)
        await journal.record(viewer, Kind.SIGNED_IN)
        return SignedIn(viewer, token, expires_at)


async def resume(authority: Authority, token: str, lifetimes: Lifetimes | None = None) -> SignedIn:
    """The viewer behind a session's token, and its successor when the token is due for renewal.

    Raises Unauthenticated SESSION_ENDED when the session is unknown, too old or left unused.
    """
    lives, now = lifetimes or Lifetimes(), datetime.now(UTC)
    async with transaction():
        session = await Session.get_or_none(id=session_key(token))
        if session is None or session.expires_at <= now or session.seen_at <= now - lives.idle:
            raise session_ended()
        viewer = await viewer_of_user(authority, session.user_id)
        fresh = None
        if session.created_at <= now - lives.renewal:
            # Requests already under way still carry the old token; of two that renew it, one does.
            renewed = await Session.filter(id=session.id, created_at=session.created_at).update(
                expires_at=min(session.expires_at, now + lives.grace), created_at=now
            )
            if renewed:
                fresh = await _open(session.user_id, now, now, session.expires_at)
                # What the session shows to a hotline goes on under its new key.
                follow = "UPDATE supervision_trail SET session = %s WHERE session = %s AND ended_at IS NULL"
                await execute(follow, [session_key(fresh), session.id])
        elif session.seen_at <= now - timedelta(minutes=1):
            await Session.filter(id=session.id).update(seen_at=now)
        return SignedIn(viewer, fresh, session.expires_at)


async def sign_out(token: str, lifetimes: Lifetimes | None = None) -> None:
    """End the session, and the predecessors of its token that were given a moment longer.

    An unknown token is as good as ended.
    """
    async with transaction():
        session = await Session.get_or_none(id=session_key(token))
        if session is None:
            return
        until = datetime.now(UTC) + (lifetimes or Lifetimes()).grace
        await Session.filter(user_id=session.user_id, expires_at__lte=until).delete()
        await session.delete()
        await journal.record(None, Kind.SIGNED_OUT, "", {"user": session.user_id})


def session_ended() -> Unauthenticated:
    """What a caller without a valid session reads."""
    return Unauthenticated("UNAUTHENTICATED", "Votre session est terminée : connectez-vous de nouveau.")


async def _open(user_id: UUID, created: datetime, seen: datetime, expires: datetime) -> str:
    token = secrets.token_urlsafe(32)
    await Session.create(
        id=session_key(token), user_id=user_id, created_at=created, seen_at=seen, expires_at=expires
    )
    return token


def session_key(token: str) -> str:
    """What a session is kept under: nobody who reads the database can take it up."""
    return hashlib.sha256(token.encode()).hexdigest()
