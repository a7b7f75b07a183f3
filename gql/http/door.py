"""Who is at the door: a browser with its session's cookie, a partner's system with its token, or nobody."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from gql.context import Cookie, unauthenticated
from gql.errors import nul_refused
from models import Unauthenticated
from resolvers import clients, sessions

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.responses import Response

    from authz import Authority, Viewer

Made = TypeVar("Made")
COOKIE = "__Host-harmonia"
# A workbook takes a second of computing: more at once would only make each other wait.
AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class Admission:
    """Who was recognised, by which session, and what becomes of its cookie; `refusal` for nobody."""

    viewer: Viewer | None
    session: str | None = None
    cookie: Cookie | None = None
    refusal: Unauthenticated | None = None

    def required(self) -> Viewer:
        """The viewer. Raises Unauthenticated where there is none."""
        if self.viewer is None:
            raise self.refusal or unauthenticated()
        return self.viewer


class Door:
    """Recognises callers, each under the policy as it stands at that moment."""

    def __init__(self, authority: Authority) -> None:
        self._authority = authority
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def made(self, make: Callable[[], Made]) -> Made:
        """A file that takes computing, made in its turn while others are answered."""
        async with self._turns:
            return await asyncio.to_thread(make)

    async def admit(self, request: Request) -> Admission:
        """Recognise the caller; a token wins over a cookie.

        Raises Unauthenticated for a false token, Invalid NUL_REFUSED for an address that no text can hold.
        """
        _refuse_nul(request)
        await self._authority.refresh()
        admission = await self._recognise(request)
        if admission.viewer is not None:
            request.state.viewer = admission.viewer.subject
        return admission

    async def _recognise(self, request: Request) -> Admission:
        authorization = request.headers.get("authorization")
        if authorization is not None:
            scheme, _, token = authorization.partition(" ")
            if scheme.lower() != "bearer":
                raise unauthenticated()
            return Admission(await clients.viewer_of_token(self._authority, token.strip()))
        token = request.cookies.get(COOKIE, "")
        return await self._resume(token) if token else Admission(None)

    async def _resume(self, token: str) -> Admission:
        try:
            signed = await sessions.resume(self._authority, token)
        except Unauthenticated as ended:
            # An old cookie must not keep anyone from signing in again.
            return Admission(None, cookie=Cookie("", 0), refusal=ended)
        if signed.token is None:
            return Admission(signed.viewer, token)
        return Admission(signed.viewer, signed.token, Cookie.of(signed))


def _refuse_nul(request: Request) -> None:
    if "\0" in request.scope["path"]:
        raise nul_refused("path")
    for name, value in request.query_params.multi_items():
        if "\0" in value:
            raise nul_refused(name)


def lay_cookie(response: Response, cookie: Cookie | None) -> None:
    """Set or clear the session's cookie; `__Host-` binds it to this host, TLS (or localhost) and `/`."""
    if cookie is not None:
        response.set_cookie(
            COOKIE,
            cookie.token,
            max_age=cookie.seconds,
            path="/",
            secure=True,
            httponly=True,
            samesite="lax",
        )
