"""What the schema found wrong in a file, in French, with the line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from models import Invalid

if TYPE_CHECKING:
    from lxml import etree

MOST_FAULTS: Final = 5
_ELEMENT: Final = re.compile(r"Element '(?:\{[^}]*\})?([^']*)'")
_ATTRIBUTE: Final = re.compile(r"attribute '([^']*)'")
_VALUE: Final = re.compile(r"(?:value |key-sequence \[)'([^']*)'")
# The attributes that name a part of the form; of what they might have said, libxml2 tells thousands.
_NAMING: Final = frozenset({"id", "k", "code"})
_FOREIGN: Final = (
    "«\u00a0{value}\u00a0», dans l’attribut «\u00a0{attribute}\u00a0», n’est pas de ce formulaire"
)
_WANTED: Final = re.compile(r"Expected is(?: one of)? \(([^)]*)\)")
_NAMESPACE: Final = re.compile(r"\{[^}]*\}")
# libxml2's names of what it checks, and what each means to the reader of the file.
_SENTENCES: Final = {
    "SCHEMAV_CVC_COMPLEX_TYPE_4": "l’attribut «\u00a0{attribute}\u00a0» manque à «\u00a0{element}\u00a0»",
    "SCHEMAV_CVC_COMPLEX_TYPE_3_2_1": "«\u00a0{element}\u00a0» n’a pas d’attribut «\u00a0{attribute}\u00a0»",
    "SCHEMAV_CVC_COMPLEX_TYPE_3_2_2": "«\u00a0{element}\u00a0» n’a pas d’attribut «\u00a0{attribute}\u00a0»",
    "SCHEMAV_CVC_IDC": "«\u00a0{value}\u00a0» figure deux fois",
}
_VALUE_SENTENCE: Final = (
    "la valeur «\u00a0{value}\u00a0» de «\u00a0{attribute}\u00a0» n’a pas la forme attendue"
)
_MISPLACED: Final = "«\u00a0{element}\u00a0» n’est pas à sa place ou ce qui suit y manque{wanted}"


def faulty(
    found: list[tuple[int, str]], *, count: int | None = None, more_may_follow: bool = False
) -> Invalid:
    """The Problem of faults known by their line and sentence; the details hold the first ones.

    `count`: how many there are, where more than those were seen; `more_may_follow`: reading stopped there.
    """
    first = found[:MOST_FAULTS]
    told = "\u202f; ".join(f"ligne {line}, {sentence}" for line, sentence in first)
    rest = (len(found) if count is None else count) - len(first)
    at_least = "au moins " if more_may_follow else ""
    more = f" (et {at_least}{rest} autres)" if rest > 0 else ""
    return Invalid(
        "XML_INVALID",
        f"Ce fichier ne suit pas le format d’échange\u00a0: {told}{more}. Corrigez-le ou"
        " exportez-le de nouveau.",
        path=("xml",),
        details={"faults": [{"line": line, "message": sentence} for line, sentence in first]},
    )


def named_element(error: etree._LogEntry) -> str:
    """The name of the element that a fault of the schema is about."""
    return _first(_ELEMENT, error.message) or "dossier"


def sentence(error: etree._LogEntry) -> str:
    """A fault of the schema, in French."""
    kind, message = error.type_name, error.message
    names = {
        "element": named_element(error),
        "attribute": _first(_ATTRIBUTE, message) or "contenu",
        "value": _first(_VALUE, message),
        "wanted": _wanted(message),
    }
    if kind == "SCHEMAV_CVC_ENUMERATION_VALID" and names["attribute"] in _NAMING:
        return _FOREIGN.format_map(names)
    if kind in _SENTENCES:
        return _SENTENCES[kind].format_map(names)
    return (_VALUE_SENTENCE if names["value"] else _MISPLACED).format_map(names)


def _wanted(message: str) -> str:
    expected = _NAMESPACE.sub("", _first(_WANTED, message)).strip()
    return f" (attendu\u00a0: {expected})" if expected else ""


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    # A value may be as long as the file.
    return found[1][:60] if found else ""
