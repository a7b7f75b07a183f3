"""What a user types, French or English, becomes canonical text or one sentence that helps."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms import EntryError, Pack, format_value, is_luhn, read_entry, read_row_entry
from forms.units import DECIMALS
from forms.values import CANONICAL, decimal, rounded

EUROS, COUNT, THOUSANDS = "A1.L011.B", "G04.L011.A", "G08.L011.E"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 234,56", "1234.56"),
        ("1\u00a0234,56", "1234.56"),
        ("1\u202f234\u202f567,8", "1234567.8"),
        ("1 234\u00a0567", "1234567"),
        ("1'234.50", "1234.5"),
        ("1234.56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1.234,56", "1234.56"),
        ("1,234,567", "1234567"),
        ("(2 500)", "-2500"),
        ("( 2 500,10 )", "-2500.1"),
        ("−5", "-5"),
        ("- 5", "-5"),
        ("–5", "-5"),
        ("+5", "5"),
        ("-0", "0"),
        ("-0,004", "0"),
        (",5", "0.5"),
        ("5,", "5"),
        ("007", "7"),
        ("  12  ", "12"),
        ("2,345", "2.35"),
        ("-2,345", "-2.35"),
        ("10 000 000 000 000", "10000000000000"),
        ("-10000000000000", "-10000000000000"),
        ("0,0000000000001", "0"),
        ("", ""),
        (" \u00a0 ", ""),
    ],
)
def test_a_number_is_read(er: Pack, text: str, value: str) -> None:
    assert read_entry(er, EUROS, text) == value


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("douze", "CELL_NOT_NUMBER"),
        ("1e5", "CELL_NOT_NUMBER"),
        ("12k", "CELL_NOT_NUMBER"),
        ("1 2 3", "CELL_NOT_NUMBER"),
        ("1 23", "CELL_NOT_NUMBER"),
        ("1,2,3", "CELL_NOT_NUMBER"),
        ("1.23,456.7", "CELL_NOT_NUMBER"),
        ("--5", "CELL_NOT_NUMBER"),
        ("()", "CELL_NOT_NUMBER"),
        ("(-5)", "CELL_NOT_NUMBER"),
        ("-", "CELL_NOT_NUMBER"),
        (".", "CELL_NOT_NUMBER"),
        ("٣", "CELL_NOT_NUMBER"),
        ("½", "CELL_NOT_NUMBER"),
        ("NaN", "CELL_NOT_NUMBER"),
        ("inf", "CELL_NOT_NUMBER"),
        ("0x10", "CELL_NOT_NUMBER"),
        ("1_000", "CELL_NOT_NUMBER"),
        ("=1+1", "CELL_NOT_NUMBER"),
        ("\ud800", "CELL_NOT_NUMBER"),
        ("9" * 61, "CELL_NOT_NUMBER"),
        ("10000000000000,01", "CELL_OUT_OF_RANGE"),
        ("-99999999999999", "CELL_OUT_OF_RANGE"),
    ],
)
def test_a_text_that_is_no_number_is_refused(er: Pack, text: str, code: str) -> None:
    with pytest.raises(EntryError) as caught:
        read_entry(er, EUROS, text)
    assert caught.value.code == code
    assert caught.value.message.endswith(".")
    caught.value.message.encode()


@pytest.mark.parametrize(("cell", "value"), [(EUROS, "1234.57"), (COUNT, "1235"), (THOUSANDS, "1234.568")])
def test_a_number_is_rounded_to_the_scale_of_its_unit(er: Pack, cell: str, value: str) -> None:
    assert read_entry(er, cell, "1234,5678") == value


@pytest.mark.parametrize(
    ("cell", "text", "value"),
    [
        ("G01.L011.V", "  Office \n public  ", "Office public"),
        ("G01.L011.V", "e\u0301", "é"),
        ("G01.L013.V", "732 829 320", "732829320"),
        ("G01.L015.V", "oph", "OPH"),
        ("G01.L018.V", "75013", "75013"),
        ("G01.L020.V", "2a", "2A"),
        ("G01.L021.V", "01 23 45 67 89", "01 23 45 67 89"),
        ("G01.L022.V", "compta@oph.fr", "compta@oph.fr"),
        ("G01.L028.V", "31/12/2024", "2024-12-31"),
        ("G01.L028.V", "1.2.2024", "2024-02-01"),
        ("G01.L028.V", "2024-02-29", "2024-02-29"),
        ("G01.L028.V", "", ""),
    ],
)
def test_a_text_is_read(er: Pack, cell: str, text: str, value: str) -> None:
    assert read_entry(er, cell, text) == value


@pytest.mark.parametrize(
    ("cell", "text", "code"),
    [
        ("Z9.L011.B", "1", "CELL_UNKNOWN"),
        ("A1.L010.B", "1", "CELL_UNKNOWN"),
        ("A1.L011.N", "1", "CELL_COMPUTED"),
        ("G01.L011.V", "x" * 501, "CELL_TOO_LONG"),
        ("G01.L014.V", "x" * 41, "CELL_TOO_LONG"),
        ("G01.L011.V", "a\x00b", "CELL_NOT_TEXT"),
        ("G01.L011.V", "\ud800", "CELL_NOT_TEXT"),
        ("G01.L013.V", "732829321", "CELL_NOT_SIREN"),
        ("G01.L013.V", "7328293", "CELL_NOT_SIREN"),
        ("G01.L015.V", "EPL", "CELL_NOT_IN_LIST"),
        ("G01.L018.V", "7501", "CELL_NOT_POSTCODE"),
        ("G01.L020.V", "96", "CELL_NOT_DEPARTMENT"),
        ("G01.L021.V", "néant", "CELL_NOT_TELEPHONE"),
        ("G01.L022.V", "compta@", "CELL_NOT_MAIL"),
        ("G01.L028.V", "31/02/2024", "CELL_NOT_DATE"),
        ("G01.L028.V", "fin 2024", "CELL_NOT_DATE"),
        ("G01.L028.V", "31/12/24", "CELL_NOT_DATE"),
    ],
)
def test_an_entry_is_refused(er: Pack, cell: str, text: str, code: str) -> None:
    with pytest.raises(EntryError) as caught:
        read_entry(er, cell, text)
    assert caught.value.code == code
    assert caught.value.message.endswith(".")
    caught.value.message.encode()


def test_a_forcible_cell_is_read_like_an_input(er: Pack) -> None:
    assert read_entry(er, "A1.L011.P", "1 000,5") == "1000.5"


def test_a_row_is_read_by_its_columns(er: Pack) -> None:
    assert read_row_entry(er, "F01", "C07", "2 500 000") == "2500000"
    assert read_row_entry(er, "F01", "C04", "plai/llts") == "PLAI/LLTS"
    assert read_row_entry(er, "F03", "C05", "15/3/2024") == "2024-03-15"


@pytest.mark.parametrize(
    ("tab", "column", "code"),
    [
        ("F01", "C13", "CELL_COMPUTED"),
        ("F01", "C99", "CELL_UNKNOWN"),
        ("F99", "C01", "CELL_UNKNOWN"),
        ("A1", "B", "CELL_UNKNOWN"),
    ],
)
def test_a_column_that_cannot_be_typed_is_refused(er: Pack, tab: str, column: str, code: str) -> None:
    with pytest.raises(EntryError) as caught:
        read_row_entry(er, tab, column, "1")
    assert caught.value.code == code


def test_a_file_may_hold_texts_out_of_form_but_never_a_false_number(er: Pack) -> None:
    assert read_entry(er, "G01.L028.V", "x", lenient=True) == "x"
    assert read_row_entry(er, "F01", "C04", "texte 0", lenient=True) == "texte 0"
    with pytest.raises(EntryError) as caught:
        read_entry(er, EUROS, "x", lenient=True)
    assert caught.value.code == "CELL_NOT_NUMBER"
    with pytest.raises(EntryError) as caught:
        read_entry(er, "G01.L028.V", "x" * 501, lenient=True)
    assert caught.value.code == "CELL_TOO_LONG"


@pytest.mark.parametrize(
    ("text", "unit", "shown"),
    [
        ("1234.5", "eur", "1\u202f234,50"),
        ("-1234567.89", "eur", "-1\u202f234\u202f567,89"),
        ("0", "eur", "0,00"),
        ("0", "nb", "0"),
        ("12000", "nb", "12\u202f000"),
        ("1.2", "keur", "1,200"),
        ("97.220107", "pct", "97,220107"),
        ("1975", "annee", "1975"),
        ("2026-03-12", "date", "12/03/2026"),
        ("bientôt", "date", "bientôt"),
        ("Office public", "texte", "Office public"),
        ("", "eur", ""),
        (None, "eur", ""),
    ],
)
def test_a_value_is_shown_in_french(text: str | None, unit: str, shown: str) -> None:
    assert format_value(text, unit) == shown


UNITS = {"eur": 10_000, "nb": 1_000_000, "keur": 1_000}
CELLS = {"eur": EUROS, "nb": COUNT, "keur": THOUSANDS}


@settings(deadline=None)
@given(st.integers(-(10**19), 10**19), st.sampled_from(sorted(UNITS)))
def test_a_value_shown_and_typed_again_is_the_same(er: Pack, value: int, unit: str) -> None:
    text = decimal(rounded(value, UNITS[unit]))
    assert read_entry(er, CELLS[unit], format_value(text, unit)) == text


@settings(deadline=None)
@given(st.text(alphabet="0123456789 ,.-()'\u00a0\u202f−", max_size=25) | st.text(max_size=12))
def test_whatever_is_typed_is_a_canonical_number_or_a_sentence(er: Pack, text: str) -> None:
    try:
        value = read_entry(er, EUROS, text)
    except EntryError:
        return
    assert value == "" or CANONICAL.fullmatch(value)
    assert read_entry(er, EUROS, value) == value
    assert len(value.partition(".")[2]) <= DECIMALS["eur"]


@pytest.mark.parametrize(
    ("text", "holds"), [("732829320", True), ("732829321", False), ("", False), ("x", False)]
)
def test_the_key_of_a_siren(text: str, holds: bool) -> None:
    assert is_luhn(text) is holds
