"""Whether the process lives, and whether it may be sent requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import JSONResponse

from gql.errors import masked
from models import Problem, fetch

if TYPE_CHECKING:
    from starlette.requests import Request

    from authz import Authority


async def live(_: Request) -> JSONResponse:
    """The event loop answers."""
    return JSONResponse({"status": "ok"}, headers={"cache-control": "no-store"})


class Readiness:
    """The database answers and the policy in force is confirmed."""

    def __init__(self, authority: Authority) -> None:
        self._authority = authority

    async def answer(self, _: Request) -> JSONResponse:
        """200 with the policy's version, or 503 with the reason."""
        try:
            await fetch("SELECT 1")
            await self._authority.refresh()
        except Exception as error:  # noqa: BLE001 - whatever it is, this process is not ready
            problem = error if isinstance(error, Problem) else masked(error)
            body = {"status": "unavailable", "code": problem.code, "message": problem.message}
            return JSONResponse(body, 503, {"cache-control": "no-store"})
        body = {"status": "ok", "policy_version": str(self._authority.version)}
        return JSONResponse(body, headers={"cache-control": "no-store"})
