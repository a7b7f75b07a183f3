"""The GraphQL door: form, origin and caller are checked, in this order, before a word of it is parsed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import orjson
from starlette.responses import Response

from gql.context import unauthenticated
from gql.errors import problem_body
from gql.execution import Outcome, looks_like_login
from gql.http.door import Admission, Door, lay_cookie
from gql.http.gates import Throttle, read_body, require_json, require_origin
from gql.http.payload import JSON, RESPONSE_JSON, media_type, read_posted, read_queried
from gql.http.problems import headers_of, status_of
from models import Problem, Unauthenticated

if TYPE_CHECKING:
    from starlette.requests import Request

    from gql.execution import Engine
    from gql.execution import Request as Asked
    from gql.settings import Settings


class GraphQLDoor:
    """POST for everything; GET for queries by token only, since a cookie may travel with a link."""

    def __init__(self, settings: Settings, engine: Engine, door: Door, throttle: Throttle) -> None:
        self._settings = settings
        self._engine = engine
        self._door = door
        self._throttle = throttle

    async def answer(self, request: Request) -> Response:
        """Answer one request, in the media type that the client prefers."""
        kind, admission = JSON, Admission(None)
        try:
            kind = media_type(request.headers.get("accept", ""))
            self._check(request)
            admission = await self._door.admit(request)
            asked = await self._read(request, admission)
            outcome = await self._run(request, asked, admission)
        except Problem as problem:
            response = refusal(problem, kind)
            lay_cookie(response, admission.cookie)
            return response
        response = respond(outcome, kind)
        lay_cookie(response, outcome.cookie or admission.cookie)
        return response

    def _check(self, request: Request) -> None:
        if request.method == "GET":
            if "authorization" not in request.headers:
                raise Problem("METHOD_NOT_ALLOWED", "L’interface GraphQL répond à la méthode POST.")
            return
        require_json(request)
        require_origin(request, self._settings.origins)

    async def _read(self, request: Request, admission: Admission) -> Asked:
        if request.method == "GET":
            return read_queried(request.query_params, self._engine.documents)
        known = admission.viewer is not None
        most = self._settings.body_bytes if known else self._settings.small_body_bytes
        return read_posted(await read_body(request, most), self._engine.documents)

    async def _run(self, request: Request, asked: Asked, admission: Admission) -> Outcome:
        """Each password tried counts once, whoever tries it; nobody's, even before it is parsed."""
        count_try = partial(self._throttle.take, request)
        if admission.viewer is not None:
            return await self._engine.run(asked, admission.viewer, admission.session, count_try=count_try)
        if not looks_like_login(asked.query):
            raise admission.refusal or unauthenticated()
        count_try()
        return await self._engine.run(asked, None, admission.session)


def refusal(problem: Problem, kind: str) -> Response:
    """A request that was not run, as a GraphQL response without data, under its own status."""
    return Response(
        orjson.dumps({"errors": [problem_body(problem)]}),
        status_of(problem),
        headers_of(problem),
        media_type=f"{kind}; charset=utf-8",
    )


def respond(outcome: Outcome, kind: str) -> Response:
    """What came out. In plain JSON a request that could not run is still HTTP 200, as clients expect."""
    problem = outcome.problem
    if problem is not None and (isinstance(problem, Unauthenticated) or problem.code == "TOO_MANY_ATTEMPTS"):
        return refusal(problem, kind)
    status = 400 if outcome.invalid and kind == RESPONSE_JSON else 200
    if problem is not None and problem.code in {"INTERNAL", "METHOD_NOT_ALLOWED", "AUTHORITY_UNAVAILABLE"}:
        status = status_of(problem)
    return Response(
        orjson.dumps(outcome.body, default=dict),
        status,
        {"cache-control": "no-store"},
        media_type=f"{kind}; charset=utf-8",
    )
