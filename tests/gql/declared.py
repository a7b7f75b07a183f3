"""What the schema and the routes declare to require, and one valid way of asking for each of it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

from gql.fields import GUARD, Requires
from gql.schema import build_schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from authz import Right
    from gql.http.routes import GuardedRoute

# Who asks: the organism of the world, the platform that collects, the partner with a convention.
ORGANISM, OPERATOR, PARTNER = "organism", "operator", "partner"
Rights = frozenset["Right"]


@dataclass(frozen=True, slots=True)
class Case:
    """One valid way to ask for a declared field, mutation or route; `text` names what is there by `$…`.

    `refused`: the code that whoever has none of its rights reads, or EMPTY for a list of nothing. `passes`:
    what whoever has one of them reads. `machine`: both for a system, where they are others. `rights`: of
    several that are declared, those that these arguments ask for. `step`: where the dossier stands;
    `handed_back`: whether its organism may correct it there.
    """

    field: str
    text: str
    place: str = ORGANISM
    refused: str = "REFUSED"
    passes: str = "OK"
    machine: tuple[str, str] = ("", "")
    step: int = 1
    rights: Rights = frozenset()
    handed_back: bool = False

    @property
    def name(self) -> str:
        """Its name among the tests; variants of a field differ by the right that they ask for."""
        return "-".join([self.field.strip("/"), *sorted(self.rights)]) + f"-{self.step}"

    @property
    def route(self) -> bool:
        """Whether it is a file, and not a field."""
        return "/" in self.field

    def lacking(self, declared: Rights) -> Iterator[Rights]:
        """What one may lack, and is refused: all that is declared; all that these arguments ask for."""
        yield declared
        if self.rights:
            yield self.rights

    def sparing(self, declared: Rights) -> Iterator[Rights]:
        """What one may lack, and is answered: nothing; all that is declared but one that suffices."""
        yield frozenset()
        for right in sorted(self.rights or declared):
            if len(declared) > 1:
                yield declared - {right}


def declared_fields() -> dict[str, Rights]:
    """Every field and mutation that declares the rights that it requires, as `Type.field`."""
    schema = build_schema()
    found = {}
    for kind in schema._schema.type_map:  # noqa: SLF001 - graphql-core's own schema
        definition: Any = schema.get_type_by_name(kind)
        for field in getattr(definition, "fields", ()):
            guard = getattr(field, "metadata", {}).get(GUARD)
            if isinstance(guard, Requires):
                name = schema.config.name_converter.get_graphql_name(field)
                found[f"{kind}.{name}"] = frozenset(guard.rights)
    return found


def declared_routes(routes: Iterable[GuardedRoute]) -> dict[str, Rights]:
    """Every route that declares the rights that it requires, by its path; one that writes, after `PUT`."""
    return {
        each.path if "GET" in (each.methods or ()) else f"PUT {each.path}": frozenset(each.guard.rights)
        for each in routes
        if isinstance(each.guard, Requires)
    }


def askers(cases: Iterable[Case], declared: dict[str, Rights]) -> set[tuple[str, Rights]]:
    """Whoever the cases need: where they are, and what they lack."""
    return {
        (case.place, lost)
        for case in cases
        for lost in chain(case.lacking(declared[case.field]), case.sparing(declared[case.field]))
    }
