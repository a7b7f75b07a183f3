"""A faulty pack file is refused at the place of its fault, in one French sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms import PackError, Step, read_pack
from tests.forms.tiny import CYCLE, HEADER, LISTS, tiny_pack, write_pack

TAB = "@partie 01 | Partie\n@onglet A1 | 01 | Onglet | État | eur | H | fixe\n"
COLUMN = TAB + "@col N | n | S\n"
ROWS = TAB.replace("fixe", "dyn")


@pytest.mark.parametrize(
    ("stem", "text", "line", "column", "words"),
    [
        ("pack", "", 1, 1, "commence par"),
        ("pack", "@formulaire ESSAI | an 24 | 1 | t | t", 1, 21, "sont des nombres"),
        ("pack", HEADER + "@autre x", 3, 1, "@autre"),
        ("pack", HEADER + "@parametre x | cher | eur | x", 3, 16, "cher"),
        ("pack", HEADER + "@parametre x | 1 | texte | x", 3, 20, "texte"),
        ("part_01", "", 1, 1, "commence par"),
        ("part_01", "# rien\n@onglet A1 | 01", 2, 1, "commence par"),
        ("part_01", "@partie 01 | Partie\n@col N | n | S", 2, 1, "@onglet"),
        ("part_01", "@partie 01 | Partie\n@onglet a | 01 | o | e | eur | H | fixe", 2, 1, "code"),
        ("part_01", "@partie 01 | Partie\n@onglet A1 | 02 | o | e | eur | H | fixe", 2, 14, "02"),
        ("part_01", "@partie 01 | Partie\n@onglet A1 | 01 | o | e | franc | H | fixe", 2, 27, "franc"),
        (
            "part_01",
            "@partie 01 | Partie\n@onglet A1 | 01 | o | e | eur | H | rond",
            2,
            37,
            "fixe, dyn ou id",
        ),
        ("part_01", TAB + "@autre", 3, 1, "@autre"),
        ("part_01", TAB + "@col n | n | S", 3, 1, "code"),
        ("part_01", TAB + "@col N | n | Z", 3, 14, "genre"),
        ("part_01", TAB + "@col N | n | S | franc", 3, 18, "franc"),
        ("part_01", COLUMN + "@col N | n | S", 4, 1, "déjà"),
        ("part_01", ROWS + "@col N | n | C", 3, 14, "tableau dynamique"),
        ("part_01", ROWS + "@col N | n | F | 1", 3, 14, "tableau dynamique"),
        ("part_01", ROWS + "@col N | n | S\nL011 | | l | S", 4, 1, "dynamique"),
        ("part_01", COLUMN + "L11 | | l | S", 4, 1, "code"),
        ("part_01", COLUMN + "L011 | | l | S\nL011 | | l | S", 5, 1, "déjà"),
        ("part_01", COLUMN + "L011 | | l | Z", 4, 14, "genre"),
        ("part_01", COLUMN + "L011 | | l | S | couleur=bleu", 4, 18, "couleur"),
        ("part_01", COLUMN + "L011 | | l | S | unite=franc", 4, 18, "franc"),
        ("part_01", COLUMN + "L011 | | l | S | pour=OPH,XYZ", 4, 18, "XYZ"),
        ("part_01", COLUMN + "L011 | | l | S | unite=liste:fruit", 4, 1, "fruit"),
        ("part_02", TAB.replace("01", "02"), 2, 1, "déjà"),
        ("checks", "T-1 | majeure | 1 | = | 1", 1, 1, "8 champs"),
        ("checks", "T-1 | grave | 1 | = | 1 | 0 | toujours | x", 1, 7, "grave"),
        ("checks", "T-1 | majeure | | = | 1 | 0 | toujours | x", 1, 17, "deux côtés"),
        ("checks", "T-1 | majeure | 1 | ~ | 1 | 0 | toujours | x", 1, 21, "~"),
        ("checks", "T-1 | majeure | 1 | = | 1 | peu | toujours | x", 1, 29, "peu"),
        ("checks", "T-1 | majeure | 1 | = | 1 | -0.5 | toujours | x", 1, 29, "négative"),
        ("checks", "T-1 | majeure | 1 | = | 1 | 0 | jamais | x", 1, 33, "jamais"),
        ("checks", "T-1 | majeure | 1 | = | 1 | 0 | toujours | x\n" * 2, 2, 1, "déjà"),
        ("checks", "T-1 | majeure | N | = | 1 | 0 | toujours | x", 1, 17, "en entier"),
        ("checks", "T-1 | majeure | 1 | = | A1.L099.N | 0 | toujours | x", 1, 25, "A1.L099.N"),
        ("lists", "rouge", 1, 1, "@liste"),
        ("lists", LISTS + "@liste couleur | c", 4, 1, "déjà"),
        ("selections", "Choix | A1 Z9", 1, 9, "Z9"),
        ("attachments", "rapport | OPH,XYZ", 1, 11, "XYZ"),
        ("cycle", "@etape 9 | x", 1, 1, "« 9 »"),
        ("cycle", "@etape x | x", 1, 1, "« x »"),
        ("cycle", "@pas 1 | x", 1, 1, "@etape"),
        ("cycle", CYCLE + CYCLE.splitlines()[2], 4, 1, "déjà"),
        ("cycle", "@mouvement m | x | 0 | 1 | r | hasard", 1, 32, "hasard"),
        ("cycle", "@mouvement m | x | 0 | 7 | r |", 1, 24, "« 7 »"),
    ],
)
def test_a_fault_has_its_place(
    tmp_path: Path, stem: str, text: str, line: int, column: int, words: str
) -> None:
    files = {"part_01": COLUMN + "L011 | | l | S\n", stem: text}
    with pytest.raises(PackError) as caught:
        tiny_pack(tmp_path, files.pop("part_01"), **files)
    error = caught.value
    assert (error.file, error.line, error.column) == (f"{stem.replace('_', '-')}.txt", line, column)
    assert words in error.message.replace("\u00a0", " ")
    assert str(error).startswith(f"{error.file}:{line}:{column}")
    assert error.message.endswith(".")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    write_pack(tmp_path, TAB)
    (tmp_path / "checks.txt").unlink()
    with pytest.raises(PackError, match="manque") as caught:
        read_pack(tmp_path)
    assert caught.value.file == "checks.txt"


def test_a_file_in_another_encoding_is_refused_at_its_line(tmp_path: Path) -> None:
    write_pack(tmp_path, TAB)
    (tmp_path / "lists.txt").write_bytes("@liste a | b\nété\n".encode("latin-1"))
    with pytest.raises(PackError, match="UTF-8") as caught:
        read_pack(tmp_path)
    assert (caught.value.file, caught.value.line) == ("lists.txt", 2)


def test_the_cycle_is_read_as_data(tmp_path: Path) -> None:
    move = tiny_pack(tmp_path, TAB).cycle.move("initialise")
    assert (move.source, move.target, move.right) == (Step.TO_INITIALISE, Step.ENTRY, "dossier:initialise")
    assert move.guards == ()
