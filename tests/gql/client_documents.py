"""What the web client asks, as it is written there."""

from __future__ import annotations

from graphql import DocumentNode, parse, separate_operations

from gql.settings import ROOT

_SOURCES = sorted((ROOT / "web-client" / "src" / "graphql").glob("*.graphql"))


def documents() -> dict[str, DocumentNode]:
    """Each operation with the fragments that it spreads, by its name."""
    return separate_operations(parse("\n".join(one.read_text(encoding="utf-8") for one in _SOURCES)))
