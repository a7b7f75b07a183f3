"""The demonstration's sealed copies: frozen by the seed, left for the worker."""

from __future__ import annotations

import pytest

from models import CopyKind, SealedCopy, fetch

pytestmark = pytest.mark.usefixtures("demo")


async def test_a_few_dossiers_have_copies_that_wait_for_the_worker() -> None:
    copies = await SealedCopy.all()
    assert {copy.kind for copy in copies} == set(CopyKind)
    assert all(copy.number == 1 and copy.made_at is None for copy in copies)
    waiting = await fetch("SELECT count(*) AS n FROM procrastinate_jobs WHERE task_name = 'seal_copy'")
    assert waiting[0]["n"] == len(copies)
    changed = await fetch("SELECT count(*) AS n FROM cell_change WHERE cell LIKE 'G01.%%'")
    assert changed[0]["n"] >= 2
