"""Documents made ready once: scanned, parsed, guarded, validated, then kept for the next request."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson
from graphql import GraphQLError, OperationDefinitionNode, parse, validate

from gql.guard import scan
from models import NotFound

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from graphql import DocumentNode, GraphQLSchema

    from gql.guard import Guard


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document with its faults; `sized_by_variables` where its cost must be measured each time."""

    document: DocumentNode
    faults: tuple[GraphQLError, ...]
    selections: int
    sized_by_variables: bool

    def operation(self, name: str | None) -> OperationDefinitionNode | None:
        """The operation that a request runs: the one named, or the only one there is."""
        found = [
            node
            for node in self.document.definitions
            if isinstance(node, OperationDefinitionNode)
            and (name is None or (node.name is not None and node.name.value == name))
        ]
        return found[0] if len(found) == 1 else None


class Documents:
    """The cache of prepared documents, bounded by the selections that it holds, least used out first."""

    def __init__(
        self, schema: GraphQLSchema, guard: Guard, *, kept: int, trusted: Mapping[str, str] | None = None
    ) -> None:
        self._schema = schema
        self._guard = guard
        self._kept = kept
        self._held = 0
        self._cache: OrderedDict[str, Prepared] = OrderedDict()
        self._trusted = dict(trusted or {})

    def trusted(self, digest: str) -> str:
        """The text of a document that the web client was built with. Raises NotFound."""
        if digest not in self._trusted:
            raise NotFound(
                "PERSISTED_QUERY_NOT_FOUND",
                "Ce document n’est pas connu du serveur\u202f: rechargez la page,"
                " ou envoyez le texte de la requête.",
                path=("extensions",),
            )
        return self._trusted[digest]

    def prepare(self, text: str, variables: Mapping[str, Any]) -> Prepared:
        """The document ready to run. Raises GraphQLError on its syntax, Invalid DOCUMENT_TOO_COMPLEX."""
        prepared = self._cache.get(text)
        if prepared is None:
            return self._first_time(text, variables)
        self._cache.move_to_end(text)
        if prepared.sized_by_variables:
            self._guard.check(prepared.document, variables)
        return prepared

    def _first_time(self, text: str, variables: Mapping[str, Any]) -> Prepared:
        scan(text, self._guard.limits)
        document = parse(text, max_tokens=self._guard.limits.tokens)
        walk = self._guard.check(document, variables)
        faults = tuple(validate(self._schema, document))
        prepared = Prepared(document, faults, walk.visited, walk.sized_by_variables)
        if not faults:
            self._keep(text, prepared)
        return prepared

    def _keep(self, text: str, prepared: Prepared) -> None:
        self._cache[text] = prepared
        self._held += prepared.selections
        while self._held > self._kept and len(self._cache) > 1:
            self._held -= self._cache.popitem(last=False)[1].selections


def read_trusted(path: Path) -> dict[str, str]:
    """The documents built with the web client, SHA-256 → text; a text that its hash belies is left out."""
    if not path.is_file():
        return {}
    texts: dict[str, str] = orjson.loads(path.read_bytes())
    return {
        digest: text for digest, text in texts.items() if hashlib.sha256(text.encode()).hexdigest() == digest
    }
