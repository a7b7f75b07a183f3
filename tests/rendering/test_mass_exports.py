"""Exports of many dossiers: what is asked for is made, told line by line, and taken by right."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from models import MassExportKind, MassExportState
from tests.campaign import Conducted, conducted
from tests.rendering.massing import archive, made, manifest_of, one_tab, opened, services_of

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
async def many(database: str) -> Conducted:
    assert database
    return await conducted(4)


async def test_each_kind_has_its_files_under_the_manuals_names(many: Conducted, tmp_path: Path) -> None:
    viewer, services = many.world["ministere"], services_of(many.world, tmp_path)
    ends = {
        MassExportKind.PDF: ["pdf"],
        MassExportKind.XML: ["xml"],
        MassExportKind.DOSSIER: ["xml", "pdf"],
        MassExportKind.SHEET: ["xlsx"],
    }
    for kind, suffixes in ends.items():
        row = await made(services, viewer, one_tab(many.dossiers, kind), kind.value)
        assert (row.state, row.done, row.failed, row.total) == (MassExportState.READY, 4, 0, 4)
        content = await archive(services, viewer, row)
        names = [f"er/2024/er_2024_{300_000_000 + n}.{end}" for n in range(4) for end in suffixes]
        found = opened(content)
        assert found.namelist() == ["manifeste.csv", *names]
        assert content == await archive(services, viewer, row)
        for line in manifest_of(content):
            kept = found.read(line["Fichier"])
            assert (line["SHA-256"], line["Taille en octets"]) == (
                hashlib.sha256(kept).hexdigest(),
                str(len(kept)),
            )
            assert line["Article"]
