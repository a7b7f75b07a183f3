"""A published pack is the one that its folder names; another one there is refused, not used."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from forms import PackError, catalogue, load_pack
from tests.forms.tiny import FORMULA, HEADER, write_pack

if TYPE_CHECKING:
    from pathlib import Path

PART = FORMULA.format(unit="eur", formula="A")


def test_a_pack_is_read_once_from_the_folder_of_its_name(shelf: Path) -> None:
    write_pack(shelf / "ESSAI" / "2024" / "1", PART)
    assert str(load_pack("ESSAI/2024").key) == "ESSAI/2024/1"
    assert load_pack("ESSAI/2024") is load_pack("ESSAI/2024/1")


@pytest.mark.parametrize(
    ("folder", "header"),
    [
        ("ESSAI/2025/1", HEADER),
        ("ESSAI/2024/2", HEADER),
        ("AUTRE/2024/1", HEADER),
        ("ESSAI/2024/1", HEADER.replace("ESSAI", "FAUX")),
    ],
)
def test_a_pack_in_the_folder_of_another_is_misplaced(shelf: Path, folder: str, header: str) -> None:
    files = {"pack": header}
    written = write_pack(shelf / folder, PART, **files)
    before = {file.name: file.read_bytes() for file in written.iterdir()}
    for _ in range(2):
        with pytest.raises(PackError) as caught:
            load_pack(folder)
        assert caught.value.code == "PACK_MISPLACED"
        real = "FAUX/2024/1" if "FAUX" in header else "ESSAI/2024/1"
        assert caught.value.message.startswith(f"Le dossier {folder} contient le formulaire {real}")
    assert {file.name: file.read_bytes() for file in written.iterdir()} == before
    assert catalogue._load.cache_info().currsize == 0  # noqa: SLF001 - a refused pack is not kept
