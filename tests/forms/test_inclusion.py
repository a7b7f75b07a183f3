"""What a pack takes over from another: whole files, tabs, rules, and what goes with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from forms import Pack, PackError, lint, read_pack_texts
from tests.forms.tiny import CYCLE, HEADER, tiny_files, write_pack

if TYPE_CHECKING:
    from pathlib import Path

BASE_PART = """\
@partie 01 | Bilan
@onglet A1 | 01 | Actif | État | eur | H | fixe
@col B | Brut | S
@col D | Amorti | S
@col N | Net | C | B - D
L010 | | Titre | -
L011 | 20 | Un | S
L012 | 21 | Deux | S
L013 | 22 | Trois | S | f.N=A1.L013.B
L019 | | Total | C | S(L011:L013)
@onglet A2 | 01 | Passif | État | eur | H | fixe
@col N | n | S
L011 | | Un | S | unite=liste:couleur
"""
BASE_CHECKS = """\
T-1 | majeure | A1.L019.N | = | A1.L011.N | 0 | toujours | un
T-2 | majeure | A1.L012.B | >= | 0 | 0 | toujours | deux
T-3 | mineure | VIDEQ(A2.L011.N) | = | 0 | 0 | toujours | trois
"""
BASE = {"help": "A1 | L'actif\nA1.L011 | Le premier\nA2 | Passif", "functions": "dossier:write | Saisir | 12"}
NEXT = "@formulaire ESSAI | 2025 | 1 | Essai 2025 | Essai\n@reprend ESSAI/2024/1\n"
PART = "@partie 01 | Tout\n"


@pytest.fixture
def base(shelf: Path) -> Path:
    """ESSAI/2024/1, which others take over."""
    return write_pack(shelf / "ESSAI" / "2024" / "1", BASE_PART, BASE_CHECKS, **BASE)


def following(part: str, header: str = NEXT, **files: str) -> Pack:
    texts = {"pack.txt": header, "part-01.txt": part}
    return read_pack_texts(texts | {f"{stem}.txt": text for stem, text in files.items()})


@pytest.mark.usefixtures("base")
def test_a_pack_takes_over_whole_files_and_tabs() -> None:
    header = NEXT + "@parametre seuil | 5 | pct | Seuil\n@parametre autre | 1 | nb | Autre\n"
    pack = following(PART + "@inclure ESSAI/2024/1 A1,A2\n", header)
    assert str(pack.key) == "ESSAI/2025/1"
    assert {name: item.value for name, item in pack.params.items()} == {"seuil": "5", "autre": "1"}
    assert [check.id for check in pack.checks] == ["T-1", "T-2", "T-3"]
    assert pack.lists["couleur"] == ("rouge", "Bleu")
    assert pack.cycle.move("initialise").label == "Initialiser"
    assert pack.functions[0].steps == (1, 2)
    assert pack.help == {"A1": "L’actif", "A1.L011": "Le premier", "A2": "Passif"}
    assert pack.tabs["A1"].lines[3].accounts == "22"
    assert pack.cells["A1.L011.N"].formula == "B - D"


@pytest.mark.usefixtures("base")
def test_own_files_go_before_those_of_the_base() -> None:
    pack = following(PART + "@inclure ESSAI/2024/1 A1,A2\n", checks="", cycle=CYCLE, help="A1 | Autre")
    assert pack.checks == ()
    # The help of an included tab comes with it, whoever writes the file.
    assert pack.help == {"A1": "Autre", "A1.L011": "Le premier", "A2": "Passif"}


@pytest.mark.usefixtures("base")
def test_an_included_tab_is_added_to_and_replaced_by_code() -> None:
    part = """\
@inclure ESSAI/2024/1 A1 | titre=L'actif ; net;etat=Autre
@col P | Passé | F | N#
L011 | 20 | Premier | S
L0125 | | x | -
L014 | 23 | Quatre | S
"""
    with pytest.raises(PackError, match="n’est pas un code"):
        following(PART + part, checks="")
    tab = following(PART + part.replace("L0125 | | x | -\n", ""), checks="").tabs["A1"]
    assert (tab.title, tab.statement) == ("L’actif\u202f; net", "Autre")
    assert [column.code for column in tab.columns] == ["B", "D", "N", "P"]
    assert [(line.code, line.label) for line in tab.lines][1:5] == [
        ("L011", "Premier"), ("L012", "Deux"), ("L013", "Trois"), ("L014", "Quatre"),
    ]  # fmt: skip


@pytest.mark.usefixtures("base")
def test_a_tab_is_renamed_with_its_formulas_and_cut_to_lines_and_columns() -> None:
    options = "code=Z1;lignes=L010-L012,L013;sauf=L012;colonnes=N,B,D"
    part = f"@inclure ESSAI/2024/1 A1 | {options}\nL019 | | Total | C | L011 + L013\n"
    pack = following(PART + part, checks="", selections="Tout | Z1")
    tab = pack.tabs["Z1"]
    assert [column.code for column in tab.columns] == ["N", "B", "D"]
    assert [line.code for line in tab.lines] == ["L010", "L011", "L013", "L019"]
    assert pack.cells["Z1.L013.N"].formula == "Z1.L013.B"
    assert pack.help == {"Z1": "L’actif", "Z1.L011": "Le premier"}


@pytest.mark.usefixtures("base")
def test_rules_come_with_their_cells_and_are_replaced_by_id() -> None:
    checks = (
        "@inclure ESSAI/2024/1 | sauf=T-2\nT-1 | mineure | A1.L011.B | >= | 0 | 0 | toujours | le nôtre\n"
    )
    files = {"checks": checks, "help": "A9 | rien"}
    pack = following(PART + "@inclure ESSAI/2024/1 A1\n", **files)
    assert [(check.id, check.label) for check in pack.checks] == [("T-1", "le nôtre")]
    told = [item for item in lint(pack) if item.code in {"CHECK_DROPPED", "HELP_UNKNOWN"}]
    assert [(item.file, item.line, item.code) for item in told] == [
        ("ESSAI/2024/1/checks.txt", 3, "CHECK_DROPPED"),
        ("help.txt", 1, "HELP_UNKNOWN"),
    ]
    assert "T-3" in told[0].message


@pytest.mark.usefixtures("base")
def test_rules_that_lack_the_same_thing_are_told_together() -> None:
    pack = following(
        PART + "@onglet Z9 | 01 | o | e | eur | H | fixe\n@col N | n | S\n",
        checks="@inclure ESSAI/2024/1\n",
        selections="",
    )
    told = [item.message for item in lint(pack) if item.code == "CHECK_DROPPED"]
    assert told == [
        "2 règles ne sont pas reprises, dont T-1, T-2\u00a0: L’onglet A1 n’existe pas.",
        "La règle T-3 n’est pas reprise\u00a0: L’onglet A2 n’existe pas.",
    ]


@pytest.mark.usefixtures("base")
@pytest.mark.parametrize(
    ("part", "checks", "place", "words"),
    [
        ("@inclure ESSAI/2024 A1", "", "part-01.txt:2:1", "quelle révision"),
        ("@inclure AUTRE/2024/1 A1", "", "part-01.txt:2:1", "n’est pas publié"),
        ("@inclure rien A1", "", "part-01.txt:2:1", "ne désigne pas"),
        ("@inclure ESSAI/2024/1", "", "part-01.txt:2:1", "quels onglets"),
        ("@inclure ESSAI/2024/1 B7", "", "part-01.txt:2:1", "B7 n’existe pas"),
        ("@inclure ESSAI/2024/1 A1 | lignes=L099", "", "part-01.txt:2:28", "L099"),
        ("@inclure ESSAI/2024/1 A1 | colonnes=Q", "", "part-01.txt:2:28", "« Q »"),
        ("@inclure ESSAI/2024/1 A1 | couleur=bleu", "", "part-01.txt:2:28", "couleur"),
        ("@inclure ESSAI/2024/1 A1,A2 | code=Z1", "", "part-01.txt:2:31", "inclus seul"),
        ("@inclure ESSAI/2024/1 A1,A2\nL020 | | l | -", "", "part-01.txt:3:1", "inclus seul"),
        ("@inclure ESSAI/2024/1 A1\nL020 | | l | -\nL020 | | l | -", "", "part-01.txt:4:1", "déjà"),
        ("@inclure ESSAI/2024/1 A1,A1", "", "ESSAI/2024/1/part-01.txt:2:1", "déjà"),
        ("@inclure ESSAI/2024/1 A1 | lignes=L019", "", "ESSAI/2024/1/part-01.txt:10:22", "L011"),
        ("@inclure ESSAI/2024/1 A1", "@inclure ESSAI/2024/1 | sauf=T-9", "checks.txt:1:25", "T-9"),
        ("@inclure ESSAI/2024/1 A1", "@inclure ESSAI/2024/1 | avec=T-1", "checks.txt:1:25", "avec"),
        ("@inclure ESSAI/2024/1 A1", "@reprend ESSAI/2024/1", "checks.txt:1:1", "@reprend"),
    ],
)
def test_a_faulty_inclusion_has_its_place(part: str, checks: str, place: str, words: str) -> None:
    with pytest.raises(PackError) as caught:
        following(PART + part + "\n", checks=checks)
    assert str(caught.value.place) == place
    assert words.replace(" »", "\u00a0»").replace("« ", "«\u00a0") in caught.value.message
    assert caught.value.message.endswith(".")


@pytest.mark.usefixtures("base")
@pytest.mark.parametrize(
    ("header", "line", "words"),
    [
        (NEXT + "@reprend ESSAI/2024/1\n", 3, "qu’une fois"),
        (NEXT.replace("2024/1", "2023/1"), 2, "n’est pas publié"),
        (HEADER + "@reprend ESSAI/2024/1\n", 3, "« @reprend »"),
    ],
)
def test_a_faulty_base_has_its_place(header: str, line: int, words: str) -> None:
    with pytest.raises(PackError) as caught:
        following(PART + "@inclure ESSAI/2024/1 A1\n", header)
    assert (caught.value.file, caught.value.line) == ("pack.txt", line)
    assert words.replace(" »", "\u00a0»").replace("« ", "«\u00a0") in caught.value.message


def test_packs_that_take_over_each_other_are_refused(shelf: Path) -> None:
    for year, other in (("2024", "2025"), ("2025", "2024")):
        header = f"@formulaire ESSAI | {year} | 1 | t | t\n@reprend ESSAI/{other}/1\n"
        part = f"{PART}@inclure ESSAI/{other}/1 A1\n"
        checks = f"@inclure ESSAI/{other}/1\n"
        folder = shelf / "ESSAI" / year / "1"
        write_pack(folder, part, checks, pack=header if year == "2024" else header.splitlines()[0])
    texts = {file.name: file.read_text(encoding="utf-8") for file in (shelf / "ESSAI/2024/1").iterdir()}
    with pytest.raises(PackError, match="en rond"):
        read_pack_texts(texts)
    alone = tiny_files(BASE_PART, "@inclure ESSAI/2025/1\n")
    with pytest.raises(PackError, match="en rond"):
        read_pack_texts(alone)
    ring = {**texts, "pack.txt": "@formulaire X | 2024 | 1 | t | t\n@reprend ESSAI/2024/1\n"}
    (shelf / "ESSAI/2025/1/pack.txt").write_text(
        "@formulaire ESSAI | 2025 | 1 | t | t\n@reprend ESSAI/2024/1\n", encoding="utf-8"
    )
    with pytest.raises(PackError, match="en rond"):
        read_pack_texts(ring)
