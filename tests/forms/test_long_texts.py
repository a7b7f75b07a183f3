"""What is sent in is read in time that grows with its length, and no faster; what is too large is refused."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from forms import Data, PackError, evaluate, lint, read_pack_texts, script
from forms.french import typeset
from forms.inclusion_options import read_changes
from forms.options import read_options
from forms.source import read_records, record_of
from tests.forms.tiny import FORMULA, HEADER, tiny_files

LONG = 200_000
PART = FORMULA.format(formula="A", unit="eur")


def _options(text: str) -> None:
    with pytest.raises(PackError):
        read_options(record_of("part-01.txt", 1, text), 0)


def _changes(text: str) -> None:
    with pytest.raises(PackError):
        read_changes(record_of("part-01.txt", 1, f"@inclure X A | x{text}"))


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (typeset, "a" + " " * LONG + "b"),
        (typeset, "« " * (LONG // 2)),
        (typeset, " :" * (LONG // 2)),
        (_options, "er=" + "+" * LONG),
        (_options, "er=+" + " " * LONG + "x"),
        (_options, ";" * LONG + "x"),
        (_changes, ";" * LONG),
        (_changes, ";" + " " * LONG),
    ],
)
def test_a_long_text_is_read_at_once(read: Callable[[str], object], text: str) -> None:
    start = time.perf_counter()
    read(text)
    # A fraction of a second on any machine; what takes the square of the length takes minutes.
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("a\n" + "x" * LONG, 2, 1, "20000 caractères"),
        ("a\n" + "|" * 100, 2, 1, "100 champs"),
        ("un\ndeux\x01", 2, 5, "invisible"),
        ("un\x0bdeux", 1, 3, "invisible"),
        ("un\nd\x9feux", 2, 2, "invisible"),
        ("\ufffe", 1, 1, "invisible"),
    ],
)
def test_a_line_that_nothing_needs_is_refused_at_its_place(
    text: str, line: int, column: int, words: str
) -> None:
    with pytest.raises(PackError, match=words) as caught:
        read_records(text, "help.txt")
    place = caught.value.place
    assert (place.file, place.line, place.column) == ("help.txt", line, column)


def test_a_label_with_a_control_character_makes_no_pack() -> None:
    texts = tiny_files(PART.replace("Ligne", "Li\x02gne"))
    with pytest.raises(PackError, match=r"part-01\.txt:8:12"):
        read_pack_texts(texts)
    assert (
        read_pack_texts(tiny_files(PART, pack=HEADER.replace(" | ", "\t|\t"))).title == "Formulaire d’essai"
    )


def test_a_chain_of_a_thousand_cells_is_read_linted_computed_and_served() -> None:
    columns = "".join(f"@col B{number} | b | C | B{number - 1} + 1\n" for number in range(1, 1000))
    part = PART.replace("@col X | x | C | A\n", f"@col B0 | b | C | A\n{columns}")
    checks = "T-1 | mineure | A1.L011.B999 | = | A1.L011.B998 | 0 | toujours | r\n"
    pack = read_pack_texts(tiny_files(part, checks))
    assert evaluate(pack, Data("OPH", {"A1.L011.A": "1"})).cells["A1.L011.B999"] == "1000"
    assert "EQUALITIES_CLASH" in {finding.code for finding in lint(pack)}
    assert "A1.L011.B999" in script(pack)
