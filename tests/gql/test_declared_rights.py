"""No field, mutation or route without a declared right: what is named here was not guarded by anyone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pytest
from graphql import GraphQLInputObjectType
from starlette.routing import Mount

from authz import Right
from gql.app import build_app
from gql.fields import GUARD, Anonymous, Declared, Inherits, Requires, SignedIn
from gql.http.routes import EachField, GuardedRoute
from gql.schema import build_schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from strawberry.types.field import StrawberryField

    from tests.gql.conftest import House

SCHEMA = build_schema()
ROOTS = ("Query", "Mutation")
# A resolver that turns a row already read into what is shown, and asks nobody: there is no such field yet.
AT_HAND: frozenset[str] = frozenset()
ADDRESS = {"id": "00000000-0000-0000-0000-000000000000", "tab": "F01", "form": "ER", "year": "2024"}


def fields() -> Iterator[tuple[str, str, StrawberryField]]:
    """Every field of every type of output: its type, its name in the schema, itself."""
    for name, kind in SCHEMA._schema.type_map.items():  # noqa: SLF001 - graphql-core's own schema
        if not isinstance(kind, GraphQLInputObjectType):
            for field in getattr(SCHEMA.get_type_by_name(name), "fields", ()):
                yield name, SCHEMA.config.name_converter.get_graphql_name(field), field


def guards() -> dict[str, Declared | None]:
    """The declaration of each field that runs code of its own or takes arguments."""
    return {
        f"{kind}.{name}": cast("Declared | None", field.metadata.get(GUARD))
        for kind, name, field in fields()
        if kind in ROOTS or field.base_resolver is not None or field.arguments
    }


def test_every_field_that_reaches_for_data_declares_its_right() -> None:
    undeclared = sorted(name for name, guard in guards().items() if guard is None and name not in AT_HAND)
    assert undeclared == [], "declare it: @resolved(description, Requires(Right…) | SignedIn() | Inherits(…))"


def test_a_root_declares_its_own_right_and_inherits_none() -> None:
    inherited = [
        name
        for name, guard in guards().items()
        if name.partition(".")[0] in ROOTS and not isinstance(guard, Requires | SignedIn | Anonymous)
    ]
    assert inherited == []
    assert [name for name, guard in guards().items() if isinstance(guard, Anonymous)] == ["Mutation.login"]


def test_what_a_field_declares_its_description_says() -> None:
    texts = {f"{kind}.{name}": field.description or "" for kind, name, field in fields()}
    silent = [name for name, guard in guards().items() if guard and not texts[name].endswith(guard.words)]
    assert silent == []
    assert texts["Query.dossier"].endswith("Requiert `dossier:read`.")
    assert texts["Dossier.tab"].endswith("Suit `dossier:read`.")


def test_a_declaration_names_rights() -> None:
    for name, guard in guards().items():
        if isinstance(guard, Requires | Inherits):
            assert guard.rights, name
            assert all(isinstance(right, Right) for right in guard.rights), name


@pytest.fixture
def routes(house: House) -> list[GuardedRoute]:
    app = build_app(house.settings, house.world.authority, house.files)
    assert not [each for each in app.routes if isinstance(each, Mount)], "walk what is mounted as well"
    bare = [str(getattr(each, "path", each)) for each in app.routes if not isinstance(each, GuardedRoute)]
    assert bare == [], "declare it: GuardedRoute(path, endpoint, guard)"
    return [each for each in app.routes if isinstance(each, GuardedRoute)]


def test_every_route_declares_its_right(routes: list[GuardedRoute]) -> None:
    assert len(routes) > 10
    assert [each.path for each in routes if isinstance(each.guard, EachField)] == ["/graphql"]


def test_what_is_open_to_nobody_in_particular_is_named(routes: list[GuardedRoute]) -> None:
    """A new route is not open to the world by an oversight: whoever adds one says so here too."""
    assert {each.path for each in routes if isinstance(each.guard, Anonymous)} == {
        "/oauth/token",
        "/packs/{form}/{year}/{revision}.json",
        "/packs/{form}/{year}/{revision}.js",
        "/packs/{form}/{year}/{revision}.xsd",
        "/health/live",
        "/health/ready",
        "/{path:path}",
    }


async def test_a_guarded_route_answers_nobody_who_has_not_signed_in(
    house: House, routes: list[GuardedRoute]
) -> None:
    guarded = [each for each in routes if isinstance(each.guard, Requires | SignedIn)]
    assert guarded
    for route in guarded:
        parts: dict[str, Any] = {name: ADDRESS.get(name, "1") for name in route.param_convertors}
        for method in route.methods or ():
            answer = await house.http.request(method, str(route.url_path_for(route.name, **parts)))
            assert answer.status_code == 401, (method, route.path)
            assert method == "HEAD" or answer.json()["extensions"]["code"] == "UNAUTHENTICATED"
