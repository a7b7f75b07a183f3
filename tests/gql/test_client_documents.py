"""What the web client asks is never too much for the server: each of its documents, twenty at a time."""

from __future__ import annotations

from graphql import validate

from gql.guard import Guard, Limits
from gql.schema import build_schema, field_weights, list_sizes, longest_pages
from tests.gql.client_documents import documents

SCHEMA = build_schema()
GUARD = Guard(Limits(), list_sizes(SCHEMA), field_weights(SCHEMA), longest_pages(SCHEMA))


def test_each_document_of_the_client_is_answered() -> None:
    found = documents()
    assert {"DeskOverview", "ProposalImpact", "SimulateProfile", "SimulateRollback"} <= found.keys()
    for document in found.values():
        GUARD.check(document, {"first": 20})
        assert validate(SCHEMA._schema, document) == []  # noqa: SLF001 - graphql-core's own schema
