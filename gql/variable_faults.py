"""What is wrong with the variables of a request, in French: graphql-core only says it in English.

Read again by the document's own types, once it is known that they cannot be read: a request in order pays
nothing for it.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from graphql import (
    GraphQLEnumType,
    GraphQLError,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    is_required_input_field,
    type_from_ast,
)

from models import Invalid, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graphql import GraphQLSchema, OperationDefinitionNode

# Two thousand writes that lack the same field are told by the first of them.
MOST_TOLD = 20
# Of a value that is told back to who sent it.
LONGEST_TOLD = 60
# How a value of each scalar is written.
FORMS: Final = {
    "Int": "un nombre entier de −2\u202f147\u202f483\u202f648 à 2\u202f147\u202f483\u202f647",
    "Float": "un nombre",
    "Boolean": "vrai ou faux, sans guillemets",
    "String": "un texte",
    "ID": "un identifiant, texte ou nombre entier",
    "DateTime": "un instant au format ISO 8601, par exemple 2026-11-21T22:30:00Z",
}
Path = tuple[str, ...]


def variable_faults(
    schema: GraphQLSchema, operation: OperationDefinitionNode, variables: Mapping[str, Any]
) -> list[GraphQLError]:
    """The first faults of the variables of a request, each by its place and its definition; none may be."""
    found: list[GraphQLError] = []
    for definition in operation.variable_definitions or ():
        name, type_ = definition.variable.name.value, type_from_ast(schema, definition.type)
        if name not in variables:
            missing = isinstance(type_, GraphQLNonNull) and definition.default_value is None
            faults = iter([_missing(name, type_)] if missing else [])
        else:
            faults = _faults(variables[name], type_, (name,))
        told = islice(faults, MOST_TOLD - len(found))
        found += [GraphQLError(one.message, definition, original_error=one) for one in told]
    return found


def null_given(argument: str, variable: str) -> Problem:
    """The refusal of a variable that may be null where its argument may not."""
    return _fault(
        f"La variable {_place((variable,))} est nulle, alors que l’argument «\u00a0{argument}\u00a0» attend"
        " une valeur\u00a0: donnez-la, ou retirez la variable de la demande.",
        (variable,),
        {"argument": argument},
    )


def shortened(value: object) -> str:
    """The start of a value, as its sender would know it again; a list or an object is only named."""
    if isinstance(value, list | dict):
        return "une liste" if isinstance(value, list) else "un objet"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    text = str(value)[: LONGEST_TOLD + 1]
    text = "".join(sign if sign.isprintable() else "\ufffd" for sign in text)
    return text if len(text) <= LONGEST_TOLD else f"{text[:LONGEST_TOLD]}…"


def _faults(value: object, type_: Any, path: Path) -> Iterator[Problem]:  # noqa: ANN401 - any type of input
    """As graphql-core coerces: a value alone stands for a list of itself."""
    if isinstance(type_, GraphQLNonNull):
        if value is None:
            yield _fault(
                f"La valeur de {_place(path)} est nulle, alors que le schéma en attend une"
                f" («\u00a0{type_}\u00a0»)\u00a0: donnez-la.",
                path,
                {"type": str(type_)},
            )
            return
        type_ = type_.of_type
    if value is None:
        return
    if isinstance(type_, GraphQLList):
        for number, one in enumerate(value) if isinstance(value, list) else ():
            yield from _faults(one, type_.of_type, (*path, str(number)))
        if not isinstance(value, list):
            yield from _faults(value, type_.of_type, path)
    elif isinstance(type_, GraphQLInputObjectType):
        yield from _of_object(value, type_, path)
    else:
        yield from _of_leaf(value, type_, path)


def _of_object(value: object, type_: GraphQLInputObjectType, path: Path) -> Iterator[Problem]:
    if not isinstance(value, dict):
        yield _wrong(value, f"un objet «\u00a0{type_}\u00a0»", type_, path)
        return
    for name, field in type_.fields.items():
        if name in value:
            yield from _faults(value[name], field.type, (*path, name))
        elif is_required_input_field(field):
            yield _fault(
                f"Il manque à {_place(path)} le champ «\u00a0{name}\u00a0», obligatoire\u00a0: donnez-lui une"
                f" valeur de type «\u00a0{field.type}\u00a0».",
                (*path, name),
                {"type": str(field.type)},
            )
    for name in value:
        if name not in type_.fields:
            yield _fault(
                f"Le champ «\u00a0{shortened(name)}\u00a0» de {_place(path)} n’existe pas dans"
                f" «\u00a0{type_}\u00a0»\u00a0: retirez-le, ou corrigez son nom d’après le schéma.",
                (*path, shortened(name)),
                {"type": str(type_)},
            )


def _of_leaf(value: object, type_: Any, path: Path) -> Iterator[Problem]:  # noqa: ANN401 - a scalar or an enum
    try:
        type_.coerce_input_value(value)
    except Problem as problem:
        yield Invalid(problem.code, problem.message, path=("variables", *path), details=problem.details)
    except Exception:  # noqa: BLE001 - whatever the reader of a scalar says of what it cannot read
        if not isinstance(type_, GraphQLEnumType):
            wanted = FORMS.get(type_.name, f"une valeur de type «\u00a0{type_}\u00a0»")
            yield _wrong(value, wanted, type_, path)
            return
        yield _fault(
            f"La valeur de {_place(path)} ne convient pas\u00a0: «\u00a0{shortened(value)}\u00a0» n’est pas"
            f" une valeur de «\u00a0{type_}\u00a0», dont le schéma donne la liste.",
            path,
            {"type": str(type_), "value": shortened(value)},
        )


def _missing(name: str, type_: object) -> Problem:
    return _fault(
        f"La variable {_place((name,))} manque\u00a0: donnez-lui une valeur de type «\u00a0{type_}\u00a0».",
        (name,),
        {"type": str(type_)},
    )


def _wrong(value: object, wanted: str, type_: object, path: Path) -> Problem:
    return _fault(
        f"La valeur de {_place(path)} ne convient pas\u00a0: au lieu de «\u00a0{shortened(value)}\u00a0»,"
        f" donnez {wanted}.",
        path,
        {"type": str(type_), "value": shortened(value)},
    )


def _place(path: Path) -> str:
    """A place as the document writes it: `$writes[3].cell`."""
    inner = "".join(f"[{one}]" if one.isdigit() else f".{one}" for one in path[1:])
    return f"«\u00a0${path[0]}{inner}\u00a0»"


def _fault(words: str, path: Path, details: dict[str, str]) -> Problem:
    return Invalid(
        "VARIABLE_INVALID", words, path=("variables", *path), details={"variable": path[0], **details}
    )
