"""Manifests that nobody of ours wrote: what is wrong with them is said in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gql.__main__ import main
from rendering import copy_files
from tests.rendering.copies import zipped

if TYPE_CHECKING:
    from pathlib import Path


def test_an_archive_that_asks_for_a_newer_reader_is_unreadable_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    newer = bytearray(zipped({"manifeste.json": b"{}"}))
    # The version that a reader must know stands in the directory, six bytes after its mark.
    newer[newer.index(b"PK\1\2") + 6] = 0xFF
    (tmp_path / "un.zip").write_bytes(newer)
    assert main(["verify-seal", str(tmp_path / "un.zip")]) == 2
    assert "Ce n’est pas une archive ZIP lisible" in capsys.readouterr().out


@pytest.mark.parametrize("number", ["deux", None, True, 1.5])
def test_a_copy_whose_rank_is_no_number_is_a_fault_in_words(
    number: object, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    manifest = {"format": copy_files.FORMAT, "fichiers": {}, "numero": number}
    for name in ("un.zip", "deux.zip"):
        made = copy_files.canonical(manifest)
        (tmp_path / name).write_bytes(zipped({"manifeste.json": made}))
    assert main(["verify-seal", str(tmp_path / "un.zip"), str(tmp_path / "deux.zip")]) == 1
    assert capsys.readouterr().out.count("ne donne pas le rang de la copie en chiffres") == 2
