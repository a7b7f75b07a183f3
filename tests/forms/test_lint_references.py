"""What the linter says of lines that are not always seen, and of what last year's pack held."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from forms import lint, read_pack_texts
from tests.forms.tiny import tiny_files, write_pack

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """\
@partie 01 | Partie
@onglet A1 | 01 | Onglet | État | eur | H | fixe
@col N | n | S
L011 | | Un | S
L012 | | Capital | S | pour=SA
L013 | | Détail | S | si=A1.L011.N > 0
"""


def told(part: str, checks: str = "") -> list[tuple[int, int]]:
    found = lint(read_pack_texts(tiny_files(HEAD + part, checks)))
    return [(item.line, item.column) for item in found if item.code == "HIDDEN_REFERENCE"]


@pytest.mark.parametrize(
    ("line", "columns"),
    [
        ("L019 | | Total | C | S(L011:L013)", []),
        ("L019 | | Somme | C | L011 - L012 + L013", []),
        ("L019 | | Copie | C | L012", []),
        ("L019 | | L’an dernier | C | L012# * 2", []),
        ("L019 | | Produit | C | L011 * L012", [31]),
        ("L019 | | Choix | C | SI(L013 > 0; L011; 0)", [25]),
        ("L019 | | Les mêmes | C | L012 * 2 | pour=SA", []),
        ("L019 | | D’autres aussi | C | L012 * 2 | pour=SA,OPH", [31]),
        ("L019 | | Avec lui | C | L013 * 2 | si=A1.L011.N > 0", []),
        ("L019 | | Autrement | C | L013 * 2 | si=A1.L011.N > 1", [26]),
        ("L019 | | Vu si | C | L011 | si=A1.L012.N > 1", [32]),
    ],
)
def test_a_formula_that_reads_what_some_do_not_see(line: str, columns: list[int]) -> None:
    assert told(line + "\n") == [(7, column) for column in columns]


@pytest.mark.parametrize(
    ("sides", "places"),
    [
        ("A1.L013.N | >= | 0", []),
        ("A1.L011.N | >= | A1.L013.N", [(1, 17)]),
        ("A1.L011.N | >= | A1.L011.N#", []),
    ],
)
def test_a_rule_that_goes_on_without_a_line(sides: str, places: list[tuple[int, int]]) -> None:
    assert told("", f"T-1 | majeure | {sides} | 0 | toujours | r\n") == places


def test_years_are_compared_with_the_pack_of_last_year(shelf: Path) -> None:
    other = "@onglet B1 | 01 | o | e | eur | H | fixe\n@col N | n | S\nL011 | | l | S\n"
    part = f"{HEAD}L019 | | Total | C | S(L011:L013)\n{other}"
    write_pack(shelf / "ESSAI" / "2023" / "1", part, pack="@formulaire ESSAI | 2023 | 1 | t | t\n")
    years = "A1.L012 | A1.L011\nA1.L099 | A1.L011\nA1.L013 | A1.L098\n- | A1.L097\n"
    files = tiny_files("".join(HEAD.splitlines(keepends=True)[:4]), years=years)
    found = [item for item in lint(read_pack_texts(files)) if item.code.startswith("YEARS")]
    assert [(item.file, item.line, item.column, item.code) for item in found] == [
        ("years.txt", 0, 0, "YEARS_FORGET"),
        ("years.txt", 0, 0, "YEARS_FORGET"),
        ("years.txt", 2, 1, "YEARS_UNKNOWN"),
        ("years.txt", 3, 11, "YEARS_UNKNOWN"),
        ("years.txt", 4, 5, "YEARS_UNKNOWN"),
    ]
    assert [item.message.split(" ")[0] for item in found[:2]] == ["A1.L019", "B1"]


def test_years_are_read_for_unknown_places_without_a_pack_of_last_year() -> None:
    files = tiny_files(HEAD, years="A1.L012 | A1.L098\n- | A1.L097\n- | A1.L011\n")
    found = [(item.line, item.column, item.code) for item in lint(files) if item.code.startswith("YEARS")]
    assert found == [(1, 11, "YEARS_UNKNOWN"), (2, 5, "YEARS_UNKNOWN")]
