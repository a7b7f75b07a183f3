"""A published pack is the one that its folder names; another one there is refused, not used."""

from __future__ import annotations

from threading import Thread
from typing import TYPE_CHECKING

import pytest

from forms import (
    PackError,
    PackKey,
    catalogue,
    list_packs,
    load_pack,
    pack_texts,
    publish,
    read_pack_texts,
)
from tests.forms.tiny import FORMULA, HEADER, tiny_files, write_pack

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


NEW = PackKey("ESSAI", 2024, 2)
FILES = tiny_files(PART, pack=HEADER.replace("2024 | 1", "2024 | 2"))


def test_a_pack_published_at_run_time_is_found_like_any_other(shelf: Path) -> None:
    write_pack(shelf / "ESSAI" / "2024" / "1", PART)
    first = load_pack("ESSAI/2024")
    pack = publish(NEW, FILES)
    assert list_packs() == (first.key, NEW)
    assert load_pack("ESSAI/2024") is load_pack(NEW) is pack
    assert PackKey.parse("ESSAI/2024") == NEW
    assert dict(pack_texts(NEW)) == FILES
    assert load_pack("ESSAI/2024/1") is first
    header = "@formulaire ESSAI | 2025 | 1 | t | t\n@reprend ESSAI/2024/2\n"
    taken = read_pack_texts({"pack.txt": header, "part-01.txt": "@partie 01 | P\n@inclure ESSAI/2024/2 A1\n"})
    assert list(taken.cells) == list(pack.cells)


def test_a_published_pack_is_frozen(shelf: Path) -> None:
    write_pack(shelf / "ESSAI" / "2024" / "1", PART)
    pack = publish(NEW, FILES)
    changed = FILES | {"part-01.txt": PART.replace("Ligne", "Autre")}
    as_first = tiny_files(PART.replace("Ligne", "Autre"))
    for key, files in ((NEW, changed), (PackKey("ESSAI", 2024, 1), as_first)):
        with pytest.raises(PackError) as caught:
            publish(key, files)
        assert caught.value.code == "PACK_FROZEN"
    # The same files again are no other pack.
    assert publish(NEW, dict(FILES)) is pack
    assert dict(pack_texts(NEW)) == FILES
    assert load_pack("ESSAI/2024/1").tabs["A1"].lines[0].label == "Ligne"


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    ("key", "files", "code"),
    [
        (PackKey("ESSAI", 2025, 1), FILES, "PACK_MISPLACED"),
        (NEW, FILES | {"checks.txt": "T-1"}, "PACK_UNREADABLE"),
        (NEW, {}, "PACK_UNREADABLE"),
    ],
)
def test_what_cannot_be_published_leaves_the_catalogue_as_it_was(
    key: PackKey, files: dict[str, str], code: str
) -> None:
    with pytest.raises(PackError) as caught:
        publish(key, files)
    assert caught.value.code == code
    assert list_packs() == ()


@pytest.mark.usefixtures("shelf")
def test_of_two_who_publish_the_same_revision_at_once_one_does() -> None:
    outcomes: list[str] = []

    def attempt(label: str) -> None:
        try:
            publish(NEW, FILES | {"part-01.txt": PART.replace("Ligne", label)})
        except PackError as error:
            outcomes.append(error.code)
        else:
            outcomes.append(label)

    threads = [Thread(target=attempt, args=(label,)) for label in ("une", "deux", "trois")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes)[:2] == ["PACK_FROZEN"] * 2
    assert load_pack(NEW).tabs["A1"].lines[0].label == sorted(outcomes)[2]
