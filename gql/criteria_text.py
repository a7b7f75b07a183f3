"""Criteria written as JSON, as the schema spells its input: in the address of a list, in a saved search."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import orjson
from graphql import GraphQLInputObjectType, Undefined
from graphql.utilities import coerce_input_value
from strawberry.types.arguments import convert_argument

from gql.schema import build_schema
from gql.types.writing import DossierCriteria
from gql.variables import check_variables
from models import Invalid

if TYPE_CHECKING:
    from resolvers.criteria import Criteria

LONGEST = 16_000


def read_criteria(text: str) -> Criteria:
    """The criteria of a JSON text, read as the schema reads its input.

    Raises Invalid CRITERIA_UNREADABLE, CRITERIA_EMPTY, NUL_REFUSED, VARIABLES_TOO_LARGE.
    """
    if len(text) > LONGEST:
        raise _unreadable()
    try:
        given = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise _unreadable() from None
    check_variables({"q": given})
    schema = build_schema()
    kind = cast("GraphQLInputObjectType", schema._schema.type_map["DossierCriteria"])  # noqa: SLF001 - graphql-core's own schema
    coerced = coerce_input_value(given, kind)
    if coerced is Undefined or coerced is None:
        raise _unreadable()
    registry = schema.schema_converter.scalar_registry
    read = cast("DossierCriteria", convert_argument(coerced, DossierCriteria, registry, schema.config))
    return read.criteria()


def _unreadable() -> Invalid:
    return Invalid(
        "CRITERIA_UNREADABLE",
        "Ces critères ne se lisent pas\u00a0: écrivez-les comme ceux de la recherche, en JSON.",
        path=("q",),
    )
