"""A worker that stood still while the hourly round began again: what he throws away is his own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from models import SealedCopy
from rendering import copy_files
from rendering.copy_job import seal_copy
from resolvers import copy_sealing
from tests.rendering.copies import transmitted
from tests.rendering.sealing import PlainPrinter

if TYPE_CHECKING:
    from rendering.services import Services
    from resolvers.copy_rows import Kept, SealTask
    from tests.world import World


@pytest.fixture
async def world(database: str) -> World:
    assert database
    return await transmitted()


async def test_a_try_of_the_same_number_keeps_its_files(
    world: World, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = await SealedCopy.get(dossier_id=world.dossier)
    made = type(services)(services.authority, PlainPrinter(), services.files, services.mailer)  # type: ignore[arg-type]  # what it prints with
    finish, attempts = copy_sealing.finish, list[int]()

    async def overtaken(task: SealTask, seal: str, file: Kept, receipt: Kept) -> bool:
        attempts.append(task.attempt)
        if len(attempts) == 1:
            await SealedCopy.filter(id=copy.id).update(attempts=task.attempt - 1)
            await seal_copy(made, copy.id)
        return await finish(task, seal, file, receipt)

    monkeypatch.setattr(copy_sealing, "finish", overtaken)
    await seal_copy(made, copy.id)
    kept = await SealedCopy.get(id=copy.id)
    assert attempts == [1, 1]
    assert copy_files.sha256(await made.files.read(kept.file_key)) == kept.file_sha256
    assert copy_files.sha256(await made.files.read(kept.receipt_key)) == kept.receipt_sha256
    found = {file.key async for file in made.files.listed("copies")}
    assert found == {kept.file_key, kept.receipt_key}
