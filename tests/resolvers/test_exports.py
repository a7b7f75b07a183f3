"""Exports: asked for by right, made as their requester, given to nobody else."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from authz import viewer_of_client
from models import (
    Dossier,
    Export,
    ExportState,
    Invalid,
    NotFound,
    Problem,
    Refused,
    Unauthenticated,
    User,
    fetch,
)
from resolvers import export_jobs, exports
from resolvers.cells import CellWrite, write
from resolvers.paging import encode
from resolvers.rows import ExportRow
from tests.world import World, build_world

pytestmark = pytest.mark.usefixtures("database")


async def _print(world: World, login: str = "saisie", key: str = "k", **options: Any) -> ExportRow:  # noqa: ANN401 - of a request
    given = {"tabs": None, "accessible": False, **options}
    return await exports.request_print(
        world[login], world.dossier, given["tabs"], accessible=given["accessible"], key=key
    )


async def _jobs() -> list[dict[str, Any]]:
    return await fetch("SELECT args FROM procrastinate_jobs WHERE task_name = 'render_export'")


async def test_a_request_leaves_one_job_however_often_it_is_retried() -> None:
    world = await build_world()
    first = await _print(world)
    again = await _print(world)
    assert first == again
    assert await _jobs() == [{"args": {"export": str(first.id)}}]


@pytest.mark.parametrize(
    ("login", "step", "problem"),
    [("ancols", 4, NotFound), ("voisin", 4, NotFound), ("cdc", 3, NotFound), ("machine", 3, NotFound)],
)
async def test_who_may_not_read_asks_for_nothing(login: str, step: int, problem: type[Problem]) -> None:
    world = await build_world(step=step)
    with pytest.raises(problem):
        await _print(world, login)
    assert (await Export.all().count(), await _jobs()) == (0, [])


async def test_an_unknown_tab_is_refused_before_any_job() -> None:
    world = await build_world()
    with pytest.raises(NotFound) as refusal:
        await _print(world, tabs=["A1", "ZZ"])
    assert refusal.value.code == "TAB_UNKNOWN"
    assert (await Export.all().count(), await _jobs()) == (0, [])


@pytest.mark.parametrize("login", ["comptable", "voisin", "ministere", "cdc", "machine"])
async def test_another_s_export_is_as_good_as_none(login: str) -> None:
    world = await build_world(step=4)
    export = await _print(world)
    for export_id in (export.id, uuid4()):
        with pytest.raises(NotFound) as refusal:
            await exports.read(world[login], export_id)
        assert refusal.value.code == "NOT_FOUND"
    assert (await exports.list_exports(world[login]))[0] == ()


async def test_the_worker_reads_as_the_requester_with_the_rights_of_today() -> None:
    world = await build_world(step=4)
    export = await _print(world, "cdc")
    await Dossier.filter(id=world.dossier).update(step=3)
    task = await export_jobs.begin(world.authority, export.id)
    assert task is not None
    assert task.viewer.login == "cdc"
    with pytest.raises(NotFound):
        await export_jobs.content(task.viewer, world.dossier, None)
    with pytest.raises(NotFound):
        await exports.read(world["cdc"], export.id)


async def test_the_account_closed_meanwhile_prints_nothing() -> None:
    world = await build_world()
    export = await _print(world)
    await User.filter(login="saisie").update(closed_at=datetime.now(UTC))
    with pytest.raises(Unauthenticated):
        await export_jobs.begin(world.authority, export.id)


async def test_a_job_interrupted_three_times_fails_with_a_reason() -> None:
    world = await build_world()
    export = await _print(world)
    for _ in range(3):
        assert await export_jobs.begin(world.authority, export.id) is not None
    assert await export_jobs.begin(world.authority, export.id) is None
    failed = await exports.read(world["saisie"], export.id)
    assert (failed.state, failed.error_code) == (ExportState.FAILED, "JOB_ABANDONED")
    assert failed.error.endswith(".")


async def test_an_ended_export_is_not_begun_again() -> None:
    world = await build_world()
    export = await _print(world)
    await export_jobs.finish(export.id, "er.pdf", "exports/er.pdf", 3, "0" * 64, ["A1"])
    assert await export_jobs.begin(world.authority, export.id) is None
    await export_jobs.fail(export.id, "LATE", "Trop tard.")
    assert (await exports.read(world["saisie"], export.id)).state is ExportState.READY


async def test_the_content_holds_the_tabs_asked_for_and_no_other() -> None:
    world = await build_world()
    await write(world["saisie"], world.dossier, [CellWrite("A1.L011.B", "5", None)])
    content = await export_jobs.content(world["saisie"], world.dossier, ["P2", "A1"])
    assert [tab.code for tab in content.tabs] == ["P2", "A1"]
    assert content.tabs[1].values["L019.B"] == "5"
    assert content.draft


async def test_lists_of_exports_are_paged_latest_first() -> None:
    world = await build_world()
    made = [(await _print(world, key=f"k{number}")).id for number in range(5)]
    seen, after, more = [], None, True
    while more:
        rows, cursors, more = await exports.list_exports(world["saisie"], 2, after)
        seen += [row.id for row in rows]
        after = cursors[-1]
    assert seen == made[::-1]


async def test_export_right_is_asked_apart_from_reading() -> None:
    world = await build_world(step=4)
    reader = await viewer_of_client(world.authority, "cdc-machine", ["dossier:read"])
    with pytest.raises(Refused) as refusal:
        await exports.request_zip(reader, world.dossier, "k")
    assert refusal.value.details["layer"] == "scope"
    assert (await Export.all().count(), await _jobs()) == (0, [])


async def test_the_list_leaves_out_what_may_no_longer_be_read_or_exported() -> None:
    world = await build_world(step=4)
    made = await _print(world, "cdc")
    assert [row.id for row in (await exports.list_exports(world["cdc"]))[0]] == [made.id]
    await Dossier.filter(id=world.dossier).update(step=3)
    assert (await exports.list_exports(world["cdc"]))[0] == ()


@pytest.mark.parametrize("text", ["garbage", "2026-13-45", "", "2026-01-01\x00"])
async def test_a_forged_cursor_of_the_list_is_refused(text: str) -> None:
    world = await build_world()
    with pytest.raises(Invalid) as refusal:
        await exports.list_exports(world["saisie"], 5, encode(text, uuid4()))
    assert refusal.value.code == "CURSOR_INVALID"
