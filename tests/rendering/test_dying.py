"""A Chromium that dies at every attempt: the export fails with a reason, and no file is left behind."""

from __future__ import annotations

import signal
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from models import Export, ExportState
from rendering.browsers import WarmBrowser
from resolvers import exports
from tests.rendering.processes import ours, send
from tests.rendering.working import ask, work

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Page

    from rendering.pdf import Printer
    from rendering.services import Services
    from tests.world import World

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.browser]
REASON = (
    "L’impression a échoué\u00a0: le moteur d’impression s’est arrêté à plusieurs reprises."
    " Relancez-la dans quelques minutes."
)


@pytest.fixture
def kills(strangers: frozenset[int], monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Every page that `own_printer` takes loses its browser at once; how many died each time."""
    take = WarmBrowser.take
    found: list[int] = []

    async def take_and_kill(self: WarmBrowser) -> Page:
        page = await take(self)
        victims = ours("browser", strangers)
        send(signal.SIGKILL, victims)
        found.append(len(victims))
        return page

    monkeypatch.setattr(WarmBrowser, "take", take_and_kill)
    return found


def kept_files(folder: Path) -> list[Path]:
    """What the object store of that folder holds."""
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("kind", ["print", "zip"])
async def test_a_chromium_that_always_dies_fails_the_export_with_a_reason_and_no_file(
    database: str,
    world: World,
    services: Services,
    own_printer: Printer,
    tmp_path: Path,
    kills: list[int],
    kind: str,
) -> None:
    if kind == "print":
        export = await ask(world, tabs=["A1"])
    else:
        export = await exports.request_zip(world["cdc"], world.dossier, "z")
    await work(database, replace(services, printer=own_printer))
    assert kills[0] > 0
    failed = await Export.get(id=export.id)
    assert (failed.state, failed.error_code, failed.error) == (ExportState.FAILED, "PRINT_FAILED", REASON)
    assert (failed.file_name, failed.file_key, failed.sha256) == ("", "", "")
    assert failed.finished_at is not None
    assert kept_files(tmp_path) == []
