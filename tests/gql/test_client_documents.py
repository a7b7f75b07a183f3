"""What the web client asks is never too much for the server: each of its documents, twenty at a time."""

from __future__ import annotations

from graphql import DocumentNode, parse, separate_operations, validate

from gql.guard import Guard, Limits
from gql.schema import build_schema, field_weights, list_sizes
from gql.settings import ROOT

SCHEMA = build_schema()
GUARD = Guard(Limits(), list_sizes(SCHEMA), field_weights(SCHEMA))
SOURCES = sorted((ROOT / "web-client" / "src" / "graphql").glob("*.graphql"))


def documents() -> dict[str, DocumentNode]:
    """Each operation with the fragments that it spreads, by its name."""
    return separate_operations(parse("\n".join(one.read_text(encoding="utf-8") for one in SOURCES)))


def test_each_document_of_the_client_is_answered() -> None:
    found = documents()
    assert {"DeskOverview", "ProposalImpact", "SimulateProfile", "SimulateRollback"} <= found.keys()
    for document in found.values():
        GUARD.check(document, {"first": 20})
        assert validate(SCHEMA._schema, document) == []  # noqa: SLF001 - graphql-core's own schema
