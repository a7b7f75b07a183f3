"""The matrix forgets nothing: whatever is opened is asked there, or is of no dossier nor convention."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING, NamedTuple

import pytest
import strawberry
from graphql import GraphQLError
from starlette.applications import Starlette
from starlette.routing import Route

from gql.__main__ import parser
from gql.schema import build_schema
from gql.settings import ROOT
from rendering.jobs import build_app as build_queue
from tests.channels.channels import CHANNELS, OTHERS
from tests.channels.every import APART, asked, asked_fields, commands, fields, forgotten, jobs, routes
from tests.channels.test_desk import QUESTIONS

if TYPE_CHECKING:
    from strawberry import Schema

    from tests.channels.setting import Setting

NEW_TABLES = {
    "convention",
    "convention_revision",
    "consent",
    "consent_change",
    "dossier_reading",
    "policy_proposal",
    "policy_test",
    "policy_row",
    "policy_version",
}


class Walk(NamedTuple):
    """What there is, and what is asked of it."""

    schema: Schema
    walked: list[str]
    matrix: set[str]


@pytest.fixture(scope="module")
def walk(setting: Setting) -> Walk:
    schema = build_schema()
    queue = build_queue("postgresql://nowhere/none")
    walked = [*fields(schema), *routes(setting.app), *commands(parser()), *jobs(queue)]
    asks = [one.ask for one in (*CHANNELS, *OTHERS)]
    asks += [question.ask for group in QUESTIONS.values() for question in group]
    return Walk(schema, walked, asked(schema, setting.app, asks))


def test_whatever_is_opened_is_asked_in_the_matrix_or_set_apart_with_a_reason(walk: Walk) -> None:
    assert forgotten(walk.walked, walk.matrix, APART) == []
    assert all(len(reason.split()) > 2 for reason in APART.values())
    named = {name for reason in APART.values() for name in re.findall(r"tests/[\w/]+\.py", reason)}
    assert [name for name in sorted(named) if not (ROOT / name).is_file()] == []
    assert len(walk.walked) > 150


def test_the_guard_sees_what_nobody_thought_of(walk: Walk) -> None:
    """A field, an address, a command and a job made up here are each found, as is what is apart in vain."""

    async def leak(_: object) -> None: ...

    @strawberry.type
    class Query:
        @strawberry.field
        def made_up(self) -> str:
            return ""

    top = argparse.ArgumentParser()
    top.add_subparsers().add_parser("export-all")
    queue = build_queue("postgresql://nowhere/none")
    queue.task(name="send_everything")(leak)
    new = [
        *fields(strawberry.Schema(Query)),
        *routes(Starlette(routes=[Route("/leak", leak)])),
        *commands(top),
        *jobs(queue),
    ]
    found = {line.partition(":")[0] for line in forgotten([*walk.walked, *new], walk.matrix, APART)}
    address = next(routes(Starlette(routes=[Route("/leak", leak)]))).partition(":")[0]
    assert found == {"Query.madeUp", address, "command export-all", "job send_everything"}
    assert forgotten(walk.walked, walk.matrix, [*APART, "Query.gone", "Query.dossier"]) == [
        "Query.dossier: no longer apart",
        "Query.gone: no longer apart",
    ]


def test_a_mention_is_not_a_question(walk: Walk) -> None:
    """A name in an alias, an argument or a comment does not count as asked."""
    found = asked_fields(walk.schema._schema, '{ viewer { dossiers: name } } # convention(id: "policyDesk")')  # noqa: SLF001 - graphql-core's own schema
    assert found == {"Query.viewer", "Viewer.name"}
    with pytest.raises(GraphQLError):
        asked_fields(walk.schema._schema, "{ viewer")  # noqa: SLF001 - graphql-core's own schema


def test_what_a_refusal_may_not_change_is_every_table(setting: Setting) -> None:
    assert set(setting.tables) >= NEW_TABLES
