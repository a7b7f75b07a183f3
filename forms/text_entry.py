"""Reading dates, codes, list values and free text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache

from forms.errors import EntryError
from forms.french import quoted
from forms.luhn import is_luhn

_MAX_LENGTH = {"texte": 500, "code": 40}
_LONGEST = 500
_FRENCH_DATE = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SIREN_LENGTH = 9
_POSTCODE = re.compile(r"[0-9]{5}")
_DEPARTMENT = re.compile(r"0[1-9]|[1-8][0-9]|9[0-5]|2[AB]|97[1-8]|98[4-9]")
_TELEPHONE = re.compile(r"\+?[0-9][0-9 .()/-]{5,24}")
_MAIL = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s.]{2,}")


def read_text(text: str, unit: str) -> str:
    """The text, composed (NFC) and on one line; EntryError CELL_TOO_LONG or CELL_NOT_TEXT."""
    composed = " ".join(unicodedata.normalize("NFC", text).split())
    limit = _MAX_LENGTH.get(unit, _LONGEST)
    if len(composed) > limit:
        message = f"Ce texte a {len(composed)} caractères : raccourcissez-le à {limit} au plus."
        raise EntryError("CELL_TOO_LONG", message)
    # Controls, surrogates and non-characters pass neither through XML nor through PostgreSQL;
    # what is printable has none, and a file of thousands of texts is not looked at letter by letter.
    if not composed.isprintable() and any(
        unicodedata.category(character) in {"Cc", "Cs", "Cn"} for character in composed
    ):
        message = "Ce texte contient des caractères invisibles : tapez-le au lieu de le coller."
        raise EntryError("CELL_NOT_TEXT", message)
    return composed


def read_exact_text(text: str, unit: str) -> str:
    """A text of a unit that has a form: date, SIREN, post code, department, telephone, mail."""
    reader = _READERS.get(unit)
    return reader(text) if reader else text


def read_choice(text: str, values: tuple[str, ...]) -> str:
    """The value of the list that the text writes, whatever its capitals; CELL_NOT_IN_LIST."""
    found = _by_folded(values).get(text.casefold())
    if found is not None:
        return found
    shown = " ; ".join(values)
    raise EntryError(
        "CELL_NOT_IN_LIST", f"{quoted(text)} n’est pas dans la liste : choisissez parmi {shown}."
    )


@lru_cache
def _by_folded(values: tuple[str, ...]) -> Mapping[str, str]:
    # The first of two that differ by their capitals alone.
    return {value.casefold(): value for value in reversed(values)}


def _date(text: str) -> str:
    match = _FRENCH_DATE.fullmatch(text)
    try:
        if match:
            day, month, year = (int(part) for part in match.groups())
            return date(year, month, day).isoformat()
        if _ISO_DATE.fullmatch(text):
            return date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    message = f"{quoted(text)} n’est pas une date : écrivez jour/mois/année, par exemple 31/12/2024."
    raise EntryError("CELL_NOT_DATE", message)


def _siren(text: str) -> str:
    digits = "".join(text.split())
    if len(digits) != _SIREN_LENGTH or not is_luhn(digits):
        message = (
            f"{quoted(text)} n’est pas un SIREN : ses neuf chiffres finissent par une clé, vérifiez-les."
        )
        raise EntryError("CELL_NOT_SIREN", message)
    return digits


def _matching(pattern: re.Pattern[str], code: str, advice: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if not pattern.fullmatch(text):
            raise EntryError(code, f"{quoted(text)} n’est pas {advice}.")
        return text

    return read


def _department(text: str) -> str:
    return _matching(
        _DEPARTMENT, "CELL_NOT_DEPARTMENT", "un département : écrivez par exemple 75, 2A ou 974"
    )(text.upper())


_READERS: dict[str, Callable[[str], str]] = {
    "date": _date,
    "siren": _siren,
    "cp": _matching(_POSTCODE, "CELL_NOT_POSTCODE", "un code postal : écrivez cinq chiffres"),
    "dept": _department,
    "tel": _matching(_TELEPHONE, "CELL_NOT_TELEPHONE", "un téléphone : écrivez par exemple 01 23 45 67 89"),
    "courriel": _matching(_MAIL, "CELL_NOT_MAIL", "une adresse : écrivez par exemple nom@organisme.fr"),
}
