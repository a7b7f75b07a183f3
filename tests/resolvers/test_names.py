"""A name is read as it is written: in Latin letters, whose look-alikes of other alphabets are faulted."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolvers.legible import as_name, look_alike

ACCENTED = "àâäåáãæçéèêëíìîïñóòôöõøœúùûüýÿšžčćđłńśźżąęěřťďőűğışțăļķņģėųūī"
EUROPEAN = st.text(
    alphabet="abcdefghijklmnopqrstuvwxyz0123456789 '’-.&()°ªº" + ACCENTED + ACCENTED.upper(), max_size=40
)
# Cyrillic, Greek, Armenian, Cherokee, fullwidth, mathematical, phonetic and modifier letters, other digits.
ALIKE = "аеорсухАВЕКМНОРСТХіјѕԁοαΑΒΕΗΙΚΜΝΟΡΤΥΧνօՍᏟᎪＡａ𝐀𝒂ℂ𝟎０٠ɑɡʀᴀᴄʟǀʰ"


@given(name=EUROPEAN)
def test_names_of_europe_are_accepted_however_their_accents_are_typed(name: str) -> None:
    for form in ("NFC", "NFD"):
        typed = unicodedata.normalize(form, name)
        assert look_alike(typed) is None
        assert as_name(typed) == as_name(name)


@given(before=EUROPEAN, char=st.sampled_from(ALIKE), after=EUROPEAN)
def test_a_letter_that_looks_like_another_is_faulted_wherever_it_stands(
    before: str, char: str, after: str
) -> None:
    assert look_alike(f"{before}{char}{after}") == char


@pytest.mark.parametrize(
    "name", ["Office de l’Hérault", "O'Brien-Müller", "Škoda Łukasz", "3F Résidences", "Nº 1", "Lò Đặng"]
)
def test_such_names_are_those_of_people(name: str) -> None:
    assert look_alike(name) is None
    assert as_name("Ker ar c\u02bchoad") == "Ker ar c’hoad"
