"""Documents made ready once: scanned, parsed, guarded, validated, then kept for the next request."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson
from graphql import FieldNode, GraphQLError, OperationDefinitionNode, OperationType, parse, validate

from gql.guard import scan
from models import NotFound

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from graphql import DocumentNode, GraphQLSchema

    from gql.guard import Guard
SPREAD = "..."
# Beside the selections: a document may be almost all comment, and each text is kept with its tokens.
CHARACTERS_KEPT = 2_000_000


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
    """The cache of prepared documents, the least used out first.

    Bounded by the selections (`kept`) and by the characters that it holds. A mutation of one of
    `secret`, whose text may hold a password, is never kept.
    """

    def __init__(  # noqa: PLR0913 - the bounds of one cache, each named by its caller
        self,
        schema: GraphQLSchema,
        guard: Guard,
        *,
        kept: int,
        characters: int = CHARACTERS_KEPT,
        secret: Collection[str] = (),
        trusted: Mapping[str, str] | None = None,
    ) -> None:
        self._schema = schema
        self._guard = guard
        self._kept = kept
        self._characters = characters
        self._secret = frozenset({*secret, SPREAD})
        self._held = self._length = 0
        self._cache: OrderedDict[str, Prepared] = OrderedDict()
        self._trusted = dict(trusted or {})

    def trusted(self, digest: str) -> str:
        """The text of a document that the web client was built with. Raises NotFound."""
        if digest not in self._trusted:
            raise NotFound(
                "PERSISTED_QUERY_NOT_FOUND",
                "Ce document n’est pas connu du serveur\u00a0: rechargez la page,"
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
        if not faults and not self._is_secret(document):
            self._keep(text, prepared)
        return prepared

    def _is_secret(self, document: DocumentNode) -> bool:
        """Behind a fragment it could be any of them; such a mutation is refused, but after this."""
        return any(
            node.operation is OperationType.MUTATION and not self._secret.isdisjoint(roots_of(node))
            for node in document.definitions
            if isinstance(node, OperationDefinitionNode)
        )

    def _keep(self, text: str, prepared: Prepared) -> None:
        self._cache[text] = prepared
        self._held += prepared.selections
        self._length += len(text)
        while len(self._cache) > 1 and (self._held > self._kept or self._length > self._characters):
            oldest, gone = self._cache.popitem(last=False)
            self._held -= gone.selections
            self._length -= len(oldest)


def roots_of(operation: OperationDefinitionNode) -> list[str]:
    """The names of the root fields, and SPREAD for each fragment."""
    return [
        node.name.value if isinstance(node, FieldNode) else SPREAD
        for node in operation.selection_set.selections
    ]


def read_trusted(path: Path) -> dict[str, str]:
    """The documents built with the web client, SHA-256 → text; a text that its hash belies is left out."""
    if not path.is_file():
        return {}
    texts: dict[str, str] = orjson.loads(path.read_bytes())
    return {
        digest: text for digest, text in texts.items() if hashlib.sha256(text.encode()).hexdigest() == digest
    }
