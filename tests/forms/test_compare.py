"""What two packs differ in, each difference told once, and what a revision may not do."""

from __future__ import annotations

import pytest

from forms import Aspect, Pack, compare_packs, load_pack, read_pack_texts
from tests.forms.tiny import CYCLE, HEADER, LISTS, tiny_files

PART = """\
@partie 01 | Partie
@onglet A1 | 01 | Onglet | État | eur | H | fixe
@col A | a | S
@col X | x | C | A * 2
L011 | 20 | Un | S
L012 | | Deux | S | pour=SA
L019 | | Total | C | S(L011:L012)
@onglet D1 | 01 | Rangs | État | eur | H | dyn
@col C01 | a | S
@col C02 | b | C | C01 * 2
"""
CHECK = "T-1 | majeure | A1.L011.A | = | 1 | 0 | toujours | règle\n"
FILES = tiny_files(PART, CHECK, help="A1 | aide", functions="a | A | 1", years="A1.L020 | A1.L011")
REVISION = HEADER.replace("2024 | 1", "2024 | 2")


def pack(**changes: str) -> Pack:
    return read_pack_texts(FILES | {f"{stem.replace('_', '-')}.txt": text for stem, text in changes.items()})


def differences(**changes: str) -> list[tuple[Aspect, str, str | None, str | None, bool]]:
    found = compare_packs(pack(), pack(**{"pack": REVISION} | changes))
    assert [change for change in found.changes if change.breaking] == list(found.breaking)
    assert all(change.aspect.french for change in found.changes)
    return [
        (change.aspect, change.place, change.before, change.after, change.breaking)
        for change in found.changes
    ]


def test_a_pack_does_not_differ_from_itself() -> None:
    assert differences() == []
    assert compare_packs(load_pack("ER/2024"), load_pack("ER/2024")).changes == ()


SUM = "S(L011:L012)"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Un | S", "Premier | S", [(Aspect.LINE, "A1.L011", "20 – Un", "20 – Premier")]),
        ("A * 2", "A * 3", [(Aspect.COLUMN, "A1.X", "x – C – eur – A * 2", "x – C – eur – A * 3")]),
        ("pour=SA", "pour=SA,OPH", [(Aspect.ORGANISMS, "A1.L012", "SA", "OPH, SA")]),
        (
            "Un | S",
            "Un | S | unite=nb",
            [(Aspect.TYPE, "A1.L011.A", "S eur", "S nb"), (Aspect.TYPE, "A1.L011.X", "C eur", "C nb")],
        ),
        ("Un | S", "Un | S | si=NBLIG(D1) > 0", [(Aspect.CONDITION, "A1.L011", None, "NBLIG(D1) > 0")]),
        ("Un | S", "Un | S | er=A1.L011", [(Aspect.COMMON, "A1.L011.A", None, "A1.L011.A")]),
    ],
)
def test_a_change_is_told_where_it_is(
    old: str, new: str, expected: list[tuple[Aspect, str, str | None, str | None]]
) -> None:
    found = differences(part_01=PART.replace(old, new))
    assert [item[:4] for item in found] == expected
    # Another kind or unit is breaking, and nothing else here is.
    assert [item[4] for item in found] == [item[0] is Aspect.TYPE for item in expected]


def test_a_line_between_changes_the_sum_that_spans_it() -> None:
    part = PART.replace("L019 | |", "L013 | | Trois | S\nL019 | |").replace(SUM, "S(L011:L013)")
    assert differences(part_01=part) == [
        (Aspect.LINE, "A1.L013", None, "Trois", False),
        (Aspect.CELL, "A1.L013.A", None, "S eur", False),
        (Aspect.CELL, "A1.L013.X", None, "C eur", False),
        (
            Aspect.FORMULA,
            "A1.L019.A",
            f"{SUM} (2 cellules additionnées)",
            "S(L011:L013) (3 cellules additionnées)",
            False,
        ),
    ]


def test_what_is_gone_is_breaking_within_a_year_only() -> None:
    part = PART.replace("L012 | | Deux | S | pour=SA\n", "").replace(SUM, "S(L011:L011)")
    found = differences(part_01=part)
    assert [item[:2] for item in found if item[4]] == [(Aspect.CELL, "A1.L012.A"), (Aspect.CELL, "A1.L012.X")]
    later = pack(pack=HEADER.replace("2024 | 1", "2025 | 1"), part_01=part)
    assert compare_packs(pack(), later).breaking == ()
    column = differences(part_01=PART.replace("@col C02 | b | C | C01 * 2\n", ""))
    assert (Aspect.CELL, "D1.C02", "C eur – C01 * 2", None, True) in column
    (tab,) = [item for item in differences(part_01=PART[: PART.index("@onglet D1")]) if item[4]]
    assert tab[:2] == (Aspect.TAB, "D1")


@pytest.mark.parametrize(
    ("file", "text", "aspect", "place"),
    [
        ("pack", REVISION.replace("Formulaire d’essai", "Autre"), Aspect.FORM, "titre"),
        ("pack", REVISION.replace("| 3 |", "| 4 |"), Aspect.PARAMETER, "seuil"),
        ("pack", REVISION + "@reglage r | 1\n", Aspect.SETTING, "r"),
        ("checks", CHECK.replace("majeure", "mineure"), Aspect.CHECK, "T-1"),
        ("checks", CHECK.replace("règle", "autre"), Aspect.CHECK_LABEL, "T-1"),
        ("lists", LISTS + "vert\n", Aspect.LIST, "couleur"),
        ("selections", "Choix | A1", Aspect.SELECTION, "Choix"),
        ("attachments", "rapport | OPH", Aspect.ATTACHMENT, "rapport"),
        ("cycle", CYCLE.replace("Saisie", "Entrée"), Aspect.CYCLE, "étape 1"),
        ("cycle", CYCLE + "@engagement Oui.\n", Aspect.CYCLE, "engagement 1"),
        ("functions", "a | A | 12", Aspect.FUNCTION, "a"),
        ("help", "A1 | autre aide", Aspect.HELP, "A1"),
        ("years", "A1.L020 | -", Aspect.YEARS, "A1.L020"),
        ("part_01", PART.replace("| Onglet |", "| Titre |"), Aspect.TAB, "A1"),
        ("part_01", PART.replace("| Partie", "| Titre"), Aspect.PART, "01"),
    ],
)
def test_every_file_is_compared(file: str, text: str, aspect: Aspect, place: str) -> None:
    (found,) = differences(**{file: text})
    assert found[:2] == (aspect, place)
    assert not found[4]


def test_a_rule_that_is_gone_is_told_with_its_words() -> None:
    assert [item[:4] for item in differences(checks="")] == [
        (Aspect.CHECK, "T-1", "majeure\u00a0: A1.L011.A = 1 (toujours)", None),
        (Aspect.CHECK_LABEL, "T-1", "règle", None),
    ]


def test_the_chart_of_accounts_of_2026_is_another_pack() -> None:
    found = compare_packs(load_pack("ER/2025"), load_pack("ER/2026"))
    assert found.breaking == ()
    assert {"R1.L660", "R2.L678"} <= {change.place for change in found.changes if change.after is None}
