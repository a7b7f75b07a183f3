"""A name is read as it is written: in Latin letters, whose look-alikes of other alphabets are faulted."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import Invalid, User
from resolvers import people
from resolvers.legible import as_name, look_alike
from tests.settings import build_settings, person

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
    assert as_name("Ker ar c\u02bchoad, Tei\u02bbi") == "Ker ar c’hoad, Tei’i"


async def test_a_name_taken_over_as_it_is_faults_no_other_change(database: str) -> None:
    assert database
    desk = await build_settings()
    admin, user = desk["cdc.admin"], desk.users["cdc"]
    odd = "Ле"
    await User.filter(id=user).update(last_name=odd)
    changed = await people.update(admin, user, person(last_name=odd, phone="0140000009"), 0)
    assert (changed.entry.last_name, changed.entry.phone) == (odd, "0140000009")
    with pytest.raises(Invalid, match="n’est ni une lettre latine") as fault:
        await people.update(admin, user, person(first_name=odd, last_name=odd), 1)
    assert (fault.value.code, fault.value.path) == ("NAME_LOOKALIKE", ("account", "firstName"))
