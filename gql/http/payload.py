"""The parameters of a GraphQL request (GraphQL over HTTP), read strictly, and the answer's media type."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import orjson

from gql.execution import Request as Asked
from models import Invalid

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gql.documents import Documents

RESPONSE_JSON = "application/graphql-response+json"
JSON = "application/json"
_DIGEST = re.compile(r"[0-9a-f]{64}")


def media_type(accept: str) -> str:
    """Which of the two media types the client prefers. Raises Invalid NOT_ACCEPTABLE."""
    ranges = [part.strip().lower().split(";") for part in accept.split(",")] if accept.strip() else [["*/*"]]
    for kind in sorted(ranges, key=_quality, reverse=True):
        if _quality(kind) > 0 and kind[0].strip() == RESPONSE_JSON:
            return RESPONSE_JSON
        if _quality(kind) > 0 and kind[0].strip() in {JSON, "application/*", "*/*"}:
            return JSON
    raise Invalid(
        "NOT_ACCEPTABLE", f"Le serveur répond en `{JSON}` ou en `{RESPONSE_JSON}`.", path=("accept",)
    )


def _quality(kind: list[str]) -> float:
    for parameter in kind[1:]:
        name, _, value = parameter.strip().partition("=")
        if name == "q" and re.fullmatch(r"[01](\.\d{0,3})?", value):
            return float(value)
    return 1.0


def read_posted(body: bytes, documents: Documents) -> Asked:
    """The request in a POST's body. Raises Invalid JSON_MALFORMED or REQUEST_INVALID."""
    try:
        parameters = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise Invalid("JSON_MALFORMED", "Le corps de la demande n’est pas du JSON valide.") from error
    if not isinstance(parameters, dict):
        raise Invalid("REQUEST_INVALID", "Le corps de la demande doit être un objet JSON.")
    return _read(parameters, documents, read_only=False)


def read_queried(parameters: Mapping[str, str], documents: Documents) -> Asked:
    """The request in a GET's address. Raises Invalid JSON_MALFORMED or REQUEST_INVALID."""
    read: dict[str, Any] = dict(parameters)
    try:
        for name in ("variables", "extensions"):
            if read.get(name):
                read[name] = orjson.loads(read[name])
    except orjson.JSONDecodeError as error:
        raise Invalid("JSON_MALFORMED", "Un paramètre de l’adresse n’est pas du JSON valide.") from error
    return _read(read, documents, read_only=True)


def _read(parameters: Mapping[str, Any], documents: Documents, *, read_only: bool) -> Asked:
    operation = _typed(parameters, "operationName", str)
    variables = _typed(parameters, "variables", dict) or {}
    digest = _digest(parameters)
    query = _typed(parameters, "query", str)
    if not query:
        if digest is None:
            raise _invalid("query")
        query = documents.trusted(digest)
    return Asked(query, operation, variables, read_only=read_only)


def _digest(parameters: Mapping[str, Any]) -> str | None:
    """The hash of a trusted document, in either of the two forms that clients use."""
    extensions = _typed(parameters, "extensions", dict) or {}
    persisted = extensions.get("persistedQuery")
    named = persisted.get("sha256Hash") if isinstance(persisted, dict) else parameters.get("documentId")
    if named is None:
        return None
    digest = str(named).removeprefix("sha256:")
    if not _DIGEST.fullmatch(digest):
        raise _invalid("extensions")
    return digest


def _typed(parameters: Mapping[str, Any], name: str, kind: type) -> Any:  # noqa: ANN401 - of that kind, or None
    value = parameters.get(name)
    if value is not None and not isinstance(value, kind):
        raise _invalid(name)
    return value


def _invalid(name: str) -> Invalid:
    return Invalid(
        "REQUEST_INVALID",
        f"Le paramètre «\u202f{name}\u202f» manque ou n’est pas du type attendu.",
        path=(name,),
    )
