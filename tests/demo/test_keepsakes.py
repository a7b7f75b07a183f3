"""The demonstration's people have lists, searches and labels, and each sees those that are his."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from graphql import GraphQLInputObjectType
from graphql.utilities import coerce_input_value

from authz import Authority, viewer_of_user
from gql.schema import build_schema
from models import User
from resolvers import labels, list_views, saved_searches, work_list_rows
from resolvers.criteria import Criteria, Sort
from resolvers.demo.keepsakes import LISTS, SEARCHES, STICKERS
from resolvers.finding_relation import found_ids
from resolvers.list_columns import Column
from resolvers.list_views import ListPlace

if TYPE_CHECKING:
    from authz import Viewer

pytestmark = pytest.mark.usefixtures("demo")


async def viewer_of(login: str) -> Viewer:
    account = await User.get(login=login)
    return await viewer_of_user(await Authority.load(), account.id)


@pytest.mark.parametrize(
    ("login", "names", "words"),
    [
        ("ministere.mission", ["", "Relances avant l’échéance", "À clore cet automne"], 4),
        ("ministere.affaire", ["", "À clore cet automne"], 4),
        ("cdc.lecture", ["", "Échantillon d’étude 2024"], 2),
        ("cdc.admin", ["", "Échantillon d’étude 2024"], 2),
        ("ancols.lecture", [""], 0),
    ],
)
async def test_each_finds_his_lists_with_dossiers_and_his_organizations_labels(
    login: str, names: list[str], words: int
) -> None:
    viewer = await viewer_of(login)
    rows = await work_list_rows.every(viewer)
    assert [row.name for row in rows] == names
    counted = await work_list_rows.counts(viewer, [row.id for row in rows])
    written = [row for row in rows if row.created_at is not None]
    assert all(counted.get(row.id, 0) >= 4 for row in written)
    assert {row.sort for row in rows} <= set(Sort)
    found = await labels.labels(viewer)
    assert len(found) == words
    for label in found:
        assert await found_ids(viewer, Criteria(labels=(label.id,)))


async def test_kept_searches_are_their_owners_and_there_are_enough_of_all() -> None:
    viewer = await viewer_of("ministere.mission")
    kept = await saved_searches.saved_searches(viewer)
    assert [row.name for row in kept] == ["En retard", "ER 2024 en revue", "Offices de l’Hérault"]
    schema = build_schema()._schema  # noqa: SLF001 - graphql-core's own schema
    kind = schema.type_map["DossierCriteria"]
    assert isinstance(kind, GraphQLInputObjectType)
    for asked in SEARCHES:
        given = coerce_input_value(asked.criteria, kind)
        assert {name for name, value in given.items() if value is not None} == asked.criteria.keys()
    view = await list_views.read(viewer, ListPlace.WORK_LIST)
    assert set(view.columns) <= set(Column)
    assert len(LISTS) + len(SEARCHES) + len(STICKERS) > 15
