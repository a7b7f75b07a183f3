"""Tokens for the partners' systems: OAuth 2 client credentials (RFC 6749 §4.4), with its own errors."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote_plus

import orjson
from starlette.responses import Response

from gql.errors import nul_refused
from gql.http.gates import Throttle, read_body
from gql.http.problems import headers_of, status_of
from models import Invalid, Problem, Unauthenticated
from resolvers import clients

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

FORM = "application/x-www-form-urlencoded"


class TokenDoor:
    """POST /oauth/token. Only a client's own secret opens it: no cookie is read."""

    def __init__(self, throttle: Throttle, most: int) -> None:
        self._throttle = throttle
        self._most = most

    async def answer(self, request: Request) -> Response:
        """A token, or the reason for none (RFC 6749 §5)."""
        try:
            require_post(request)
            self._throttle.take(request)
            form = await self._form(request)
            client_id, secret = credentials(request, form)
            require_text(client_id, secret, *form.values())
            if form.get("grant_type") != "client_credentials":
                return error(
                    400, "unsupported_grant_type", "Seul «\u202fclient_credentials\u202f» est accepté."
                )
            scopes = form["scope"].split() if form.get("scope") else None
            grant = await clients.grant(client_id, secret, scopes)
        except Unauthenticated as problem:
            return error(401, "invalid_client", problem.message)
        except Problem as problem:
            word = "invalid_scope" if problem.code == "SCOPE_INVALID" else "invalid_request"
            return error(status_of(problem), word, problem.message, headers_of(problem))
        return _json(
            200,
            {
                "access_token": grant.token,
                "token_type": "Bearer",
                "expires_in": grant.expires_in,
                "scope": " ".join(grant.scopes),
            },
        )

    async def _form(self, request: Request) -> dict[str, str]:
        """The form's fields; one given twice is refused (RFC 6749 §3.2)."""
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
            raise Invalid("FORM_EXPECTED", f"Le corps de la demande doit être annoncé comme `{FORM}`.")
        body = await read_body(request, self._most)
        try:
            pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=20)
        except ValueError as cause:
            raise Invalid(
                "FORM_MALFORMED", "Le corps de la demande n’est pas un formulaire valide."
            ) from cause
        form = dict(pairs)
        if len(form) != len(pairs):
            raise Invalid("FORM_MALFORMED", "Un champ du formulaire est donné deux fois.")
        return form


def require_post(request: Request) -> None:
    """A token is asked for in a body, which no log keeps. Raises Problem METHOD_NOT_ALLOWED."""
    if request.method != "POST":
        raise Problem("METHOD_NOT_ALLOWED", "Un jeton se demande par la méthode POST.")


def require_text(*texts: str) -> None:
    """Nothing that the database could not even look up. Raises Invalid NUL_REFUSED."""
    if any("\0" in text for text in texts):
        raise nul_refused("form")


def credentials(request: Request, form: Mapping[str, str]) -> tuple[str, str]:
    """The client's name and secret, by Basic or in the form, never both. Raises Unauthenticated, Invalid."""
    authorization = request.headers.get("authorization")
    if authorization is None:
        return form.get("client_id", ""), form.get("client_secret", "")
    if "client_secret" in form:
        raise Invalid("CREDENTIALS_TWICE", "Le secret est donné deux fois\u00a0: en-tête et formulaire.")
    scheme, _, encoded = authorization.partition(" ")
    if scheme.lower() != "basic":
        raise Unauthenticated("CLIENT_UNKNOWN", "Un client machine se nomme par «\u202fBasic\u202f».")
    try:
        name, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (ValueError, binascii.Error) as cause:
        raise Unauthenticated(
            "CLIENT_UNKNOWN", "L’en-tête «\u202fAuthorization\u202f» ne peut pas être lu."
        ) from cause
    return unquote_plus(name), unquote_plus(secret)


def error(status: int, word: str, description: str, headers: Mapping[str, str] | None = None) -> Response:
    """RFC 6749 §5.2; a failed client is told how it may prove itself."""
    basic = {"www-authenticate": 'Basic realm="harmonia"'} if status == 401 else {}  # noqa: PLR2004 - HTTP's own number
    body = {"error": word, "error_description": description}
    return _json(status, body, {**(headers or {}), **basic})


def _json(status: int, body: Mapping[str, object], headers: Mapping[str, str] | None = None) -> Response:
    return Response(
        orjson.dumps(body),
        status,
        {**(headers or {}), "cache-control": "no-store", "pragma": "no-cache"},
        media_type="application/json",
    )
