"""The schema, put together once a process, and its text as it is committed beside this file."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import strawberry
from graphql import get_named_type, is_leaf_type
from strawberry.extensions import SchemaExtension
from strawberry.schema.config import StrawberryConfig

from gql.fields import ALONE, EACH, LONGEST, OWN_TRANSACTION, SIZE, WEIGHT
from gql.guard import PLAIN, Cost
from gql.mutation import Mutation
from gql.query import Query
from gql.types.scalars import SCALARS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphql import GraphQLError
    from strawberry.types import ExecutionContext

SDL = Path(__file__).with_name("schema.graphql")
# A list that says nothing of its size is taken to hold this many items.
ASSUMED = 10


class Handover(SchemaExtension):
    """Hands Strawberry the document that gql/documents.py has made ready, in place of its own steps."""

    def on_parse(self) -> Iterator[None]:
        """The document is already parsed."""
        self.execution_context.graphql_document = self.execution_context.context.prepared.document
        yield

    def on_validate(self) -> Iterator[None]:
        """The document is already validated."""
        self.execution_context.pre_execution_errors = []
        yield


class Schema(strawberry.Schema):
    """Strawberry's schema, silent: errors are logged once, where they are masked."""

    def process_errors(
        self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None
    ) -> None:
        """Nothing: see gql/errors.py."""


@lru_cache(maxsize=1)
def build_schema() -> Schema:
    """The one schema of the process; it holds no state of any request."""
    return Schema(
        query=Query,
        mutation=Mutation,
        extensions=[Handover],
        config=StrawberryConfig(scalar_map=SCALARS, disable_field_suggestions=False),
    )


def sdl() -> str:
    """The schema in GraphQL's own language, as the web client and the partners read it."""
    return str(build_schema()) + "\n"


def list_sizes(schema: Schema) -> dict[str, int]:
    """How many items each list field is taken to hold, by field name; namesakes share the largest.

    Besides, by what it stands in, `type.field` and `parent field.field`, where its namesakes are larger.
    """
    sizes: dict[str, int] = {}
    parents = _parents(schema)
    for kind, field, graphql_field in _typed_fields(schema):
        size = field.metadata.get(SIZE)
        arguments = getattr(graphql_field, "args", {})
        if "first" in arguments:
            size = arguments["first"].default_value
        if size is None and "[" in str(graphql_field.type):
            size = ASSUMED
        if size is not None:
            name = schema.config.name_converter.get_graphql_name(field)
            for key in (name, f"{kind}.{name}", *(f"{parent}.{name}" for parent in parents.get(kind, ()))):
                sizes[key] = max(sizes.get(key, 1), size)
    return sizes


def longest_pages(schema: Schema) -> dict[str, int]:
    """The longest page that a field gives where that is not the common one; namesakes share the largest."""
    found: dict[str, int] = {}
    for field, _ in _fields(schema):
        for argument in field.arguments:
            if LONGEST in argument.metadata:
                name = schema.config.name_converter.get_graphql_name(field)
                found[name] = max(found.get(name, 0), argument.metadata[LONGEST])
    return found


def _parents(schema: Schema) -> dict[str, set[str]]:
    """The names of the fields that give each type."""
    found: dict[str, set[str]] = {}
    for field, graphql_field in _fields(schema):
        name = schema.config.name_converter.get_graphql_name(field)
        found.setdefault(get_named_type(graphql_field.type).name, set()).add(name)
    return found


def field_weights(schema: Schema) -> dict[tuple[str, bool], Cost]:
    """What a field costs by itself where that is more than one, by its name and whether it is a leaf."""
    weights: dict[tuple[str, bool], Cost] = {}
    for field, graphql_field in _fields(schema):
        cost = Cost(field.metadata.get(WEIGHT, 1), field.metadata.get(EACH, 0))
        if cost != PLAIN:
            name = schema.config.name_converter.get_graphql_name(field)
            key = name, is_leaf_type(get_named_type(graphql_field.type))
            weights[key] = Cost(*map(max, weights.get(key, PLAIN), cost))
    return weights


def own_transactions(schema: Schema) -> frozenset[str]:
    """The mutations that run outside the request's transaction."""
    return _marked(schema, OWN_TRANSACTION)


def with_passwords(schema: Schema) -> frozenset[str]:
    """The mutations that take a password, whose documents may hold one."""
    root = schema._schema.mutation_type  # noqa: SLF001 - graphql-core's own schema
    fields = {} if root is None else root.fields
    return frozenset(name for name, field in fields.items() if "password" in field.args)


def alone(schema: Schema) -> frozenset[str]:
    """The mutations that are alone in their document, those of own_transactions among them."""
    return _marked(schema, ALONE)


def _marked(schema: Schema, mark: str) -> frozenset[str]:
    return frozenset(
        schema.config.name_converter.get_graphql_name(field)
        for field, _ in _fields(schema)
        if field.metadata.get(mark)
    )


def _fields(schema: Schema) -> Iterator[tuple[Any, Any]]:
    return ((field, graphql_field) for _, field, graphql_field in _typed_fields(schema))


def _typed_fields(schema: Schema) -> Iterator[tuple[str, Any, Any]]:
    for name, graphql_type in schema._schema.type_map.items():  # noqa: SLF001 - graphql-core's own schema
        shown: dict[str, Any] = getattr(graphql_type, "fields", {})
        for field in getattr(schema.get_type_by_name(name), "fields", ()):
            graphql_name = schema.config.name_converter.get_graphql_name(field)
            if graphql_name in shown:
                yield name, field, shown[graphql_name]
