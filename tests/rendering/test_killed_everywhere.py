"""Every job of the workers, killed at each of its points, is run again and has one effect, never two."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from typing import TYPE_CHECKING

import pytest

from models import fetch
from models.jobs import (
    FORGET_ATTACHMENT,
    SCAN_ATTACHMENT,
    SEAL_COPY,
    SEND_DIGEST,
    SEND_NOTIFICATION,
    SEND_SUPPORT,
)
from rendering.tasks import TASKS
from tests.rendering import test_copies, test_killed, test_mail_faults
from tests.rendering.killed_cases import CASES, Ground, Killed, forms_of
from tests.rendering.killer import NAME, ROOT, Order, run

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import AsyncIterator
    from pathlib import Path

# Jobs that have their own tests of it, with the peers that they speak to.
ELSEWHERE = {
    SEAL_COPY: test_copies.test_a_worker_killed_at_any_point_leaves_one_copy_and_no_other_file,
    SEND_NOTIFICATION: (
        test_mail_faults.test_a_worker_killed_at_any_point_of_a_mail_loses_none_and_names_it_alike
    ),
    SEND_DIGEST: test_mail_faults.test_a_worker_killed_at_any_point_of_a_digest_sends_the_same_one,
    SEND_SUPPORT: test_killed.test_a_worker_killed_while_it_mails_a_question_loses_none_and_names_it_alike,
    SCAN_ATTACHMENT: (
        test_killed.test_a_worker_killed_while_a_document_is_scanned_leaves_it_in_quarantine_or_refused_once
    ),
    FORGET_ATTACHMENT: (
        test_killed.test_a_worker_killed_while_it_forgets_a_document_leaves_its_files_to_the_next
    ),
}
AT_ITS_END = ""
POINTS = [(case, point) for case in CASES for point in (*case.points, AT_ITS_END)]


@pytest.fixture(scope="module")
async def killer() -> AsyncIterator[Process]:
    """The process whose children are killed."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.rendering.killer",
        cwd=ROOT,
        env={**os.environ, "PGAPPNAME": NAME},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    yield process
    # With the child that it waits for, if any.
    os.killpg(process.pid, signal.SIGKILL)
    await process.wait()


async def _killed(killer: Process, order: Order) -> None:
    """The order is obeyed until its point; then its connections are gone, and what they held with them."""
    assert killer.stdin is not None
    assert killer.stdout is not None
    async with asyncio.timeout(60):
        killer.stdin.write(json.dumps(order).encode() + b"\n")
        assert int(await killer.stdout.readline()) == -signal.SIGKILL
        while await fetch("SELECT 1 FROM pg_stat_activity WHERE application_name = %s", [NAME]):
            pass


@pytest.mark.parametrize(("case", "point"), POINTS, ids=[f"{case.task} {point}" for case, point in POINTS])
async def test_a_worker_killed_at_any_point_is_replaced_and_its_job_has_one_effect(
    case: Killed, point: str, database: str, killer: Process, tmp_path: Path
) -> None:
    ground = Ground(tmp_path)
    arguments = await case.begin(ground)
    assert await case.effect(ground) != case.left
    order = Order(
        url=database,
        folder=str(tmp_path),
        task=case.task,
        arguments=arguments,
        place=point.removeprefix("-"),
        after=not point.startswith("-"),
        forms=forms_of(ground),
    )
    await _killed(killer, order)
    if point != AT_ITS_END:
        assert await case.effect(ground) != case.left
    for _ in range(2):
        await run(case.task, arguments, tmp_path)
        assert await case.effect(ground) == case.left


def test_every_job_of_the_workers_is_killed() -> None:
    told = [case.task for case in CASES]
    assert sorted([*told, *ELSEWHERE]) == sorted(task.name for task in TASKS)
