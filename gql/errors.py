"""What leaves of an error: a Problem as it is, the document's own faults, and nothing else."""

from __future__ import annotations

import secrets
from typing import Any

import structlog
from graphql import GraphQLError

from gql.document_faults import document_fault, null_variable
from models import Invalid, Problem, cut_short

log = structlog.stdlib.get_logger("gql.errors")


def problem_body(problem: Problem) -> dict[str, Any]:
    """A Problem as `{"message", "extensions": {"code", "path", "details"}}`."""
    extensions: dict[str, Any] = {"code": problem.code, "path": list(problem.path)}
    if problem.details:
        extensions["details"] = problem.details
    return {"message": problem.message, "extensions": extensions}


def nul_refused(name: str) -> Invalid:
    """The refusal of U+0000 in `name`: PostgreSQL keeps it in no text, and would fail unforeseen."""
    return Invalid(
        "NUL_REFUSED",
        "La demande contient un caractère nul (U+0000), qui ne peut pas être enregistré\u00a0:"
        " retirez-le, puis recommencez.",
        path=(name,),
    )


def masked(error: BaseException) -> Problem:
    """An unforeseen error, logged whole under a reference; only the reference leaves the server.

    A statement cut for its length is foreseen: QUERY_TOO_LONG.
    """
    if (cut := cut_short(error)) is not None:
        log.warning("statement cut", error=type(error).__name__)
        return cut
    reference = secrets.token_hex(4).upper()
    log.error("unforeseen error", reference=reference, exc_info=error)
    problem = Problem(
        "INTERNAL",
        f"Une erreur inattendue s’est produite (référence {reference}). Réessayez\u202f; si elle persiste,"
        " communiquez cette référence au support.",
    )
    problem.details = {"reference": reference}
    return problem


def present(error: GraphQLError) -> dict[str, Any]:
    """One entry of a response's `errors`, with GraphQL's own path and locations."""
    body = _explain(error)
    if error.locations:
        body["locations"] = [location.formatted for location in error.locations]
    if error.path is not None:
        body["path"] = error.path
    return body


def _explain(error: GraphQLError) -> dict[str, Any]:
    cause: BaseException | None = error
    while isinstance(cause, GraphQLError):
        cause = cause.original_error
    if isinstance(cause, Problem):
        told = problem_body(cause)
        if error.path is None and not cause.path:
            # A value that is written in the document itself.
            told["extensions"]["path"] = ["query"]
        return told
    if cause is None and error.path is None:
        # Syntax, validation and variables.
        return problem_body(document_fault(error))
    if cause is None and (null := null_variable(error)) is not None:
        return problem_body(null)
    body = problem_body(masked(cause or error))
    if reference := body["extensions"]["details"].get("reference"):
        body["extensions"]["reference"] = reference
    return body
