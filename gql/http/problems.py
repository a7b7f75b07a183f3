"""A Problem as an HTTP answer: one status per kind, one JSON form outside GraphQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
from starlette.exceptions import HTTPException
from starlette.responses import Response

from gql.errors import masked, problem_body
from models import Conflict, NotFound, Problem, Refused, Unauthenticated

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

_BY_CODE = {
    "BODY_TOO_LARGE": 413,
    "ATTACHMENT_TOO_LARGE": 413,
    "ATTACHMENT_RANGE": 416,
    "RANGE_UNSATISFIABLE": 416,
    "ATTACHMENT_GONE": 410,
    "MEDIA_TYPE_UNSUPPORTED": 415,
    "METHOD_NOT_ALLOWED": 405,
    "NOT_ACCEPTABLE": 406,
    "TOO_MANY_ATTEMPTS": 429,
    "EXPORT_EXPIRED": 410,
    "AUTHORITY_UNAVAILABLE": 503,
    "LISTS_BUSY": 503,
    "QUERY_TOO_LONG": 503,
    "COPY_ALTERED": 500,
    "INTERNAL": 500,
}
_BY_KIND: tuple[tuple[type[Problem], int], ...] = (
    (Unauthenticated, 401),
    (Refused, 403),
    (NotFound, 404),
    (Conflict, 409),
)
_WORDS = {
    404: ("NOT_FOUND", "Cette adresse n’existe pas\u00a0: vérifiez le lien."),
    405: ("METHOD_NOT_ALLOWED", "Cette adresse ne répond pas à cette méthode HTTP."),
}


def status_of(problem: Problem) -> int:
    """The HTTP status of a Problem; 400 for what the caller can correct."""
    by_kind = next((status for kind, status in _BY_KIND if isinstance(problem, kind)), 400)
    return _BY_CODE.get(problem.code, by_kind)


def headers_of(problem: Problem) -> dict[str, str]:
    """What a status asks for beside it: how to authenticate, when to try again."""
    status = status_of(problem)
    headers = {"cache-control": "no-store"}
    if status == 401:  # noqa: PLR2004 - HTTP's own number
        headers["www-authenticate"] = 'Bearer realm="harmonia"'
    if "seconds" in problem.details:
        headers["retry-after"] = str(problem.details["seconds"])
    return headers


def problem_response(problem: Problem, headers: Mapping[str, str] | None = None) -> Response:
    """The JSON answer of every door but GraphQL's: `{"message", "extensions": {"code", …}}`."""
    return Response(
        orjson.dumps(problem_body(problem)),
        status_of(problem),
        {**headers_of(problem), **(headers or {})},
        media_type="application/json",
    )


async def on_problem(_: Request, error: Exception) -> Response:
    """A Problem that a door let through."""
    return problem_response(error if isinstance(error, Problem) else masked(error))


async def on_http_error(_: Request, error: Exception) -> Response:
    """The router's own refusals, in our form."""
    status = error.status_code if isinstance(error, HTTPException) else 400
    code, message = _WORDS.get(status, ("HTTP_ERROR", f"La demande est refusée (HTTP {status})."))
    body = problem_body(Problem(code, message))
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
    return Response(orjson.dumps(body), status, headers, media_type="application/json")
