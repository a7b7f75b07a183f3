"""An XML file of the exchange format, read but not yet believed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, cast

from models import Invalid
from rendering import xml_gate
from rendering.pack_schema import pack_schema
from rendering.xml_faults import faulty
from rendering.xml_format import NAMESPACE, read_pack, tag
from rendering.xml_rules import validated
from resolvers.loaded import LoadedCell, LoadedFile, LoadedRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from forms import Pack

_DECLARATION: Final = re.compile(r"\A\ufeff?<\?xml[^>]*\?>")
_KEY: Final = re.compile(r"[A-Za-z0-9_-]{1,40}")


def read_dossier(data: bytes | str, pack: Pack | None = None) -> LoadedFile:
    """The values of a file, each with its line; `str` is a file already decoded, whatever it declares.

    With `pack`, the file must follow the strict schema of that pack.

    Raises Invalid: XML_TOO_LARGE (5 Mo, 200 000 elements and attributes), XML_FORBIDDEN (DTD,
    entities, depth), XML_MALFORMED (line), XML_NAMESPACE, XML_INVALID (the first faults, with their lines).
    """
    content = _DECLARATION.sub("", data).encode() if isinstance(data, str) else data
    if xml_gate.check(content) != tag("dossier"):
        raise Invalid(
            "XML_NAMESPACE",
            f"Ce fichier n’est pas un dossier Harmonia\u00a0: sa racine doit être «\u00a0dossier\u00a0», dans"
            f" l’espace de noms «\u00a0{NAMESPACE}\u00a0».",
            path=("xml",),
        )
    return _file(validated(content, None if pack is None else pack_schema(pack)))


def _file(root: etree._Element) -> LoadedFile:
    faults: list[tuple[int, str]] = []
    tabs = list(root.iter(tag("onglet")))
    cells = tuple(cell for tab in tabs for cell in _cells(tab, faults))
    rows = tuple(row for tab in tabs for row in _rows(tab, faults))
    if faults:
        raise faulty(faults)
    return LoadedFile(
        form=_text(root, "type"),
        year=int(_digits(root, "exercice")),
        siren=_text(next(root.iter(tag("organisme"))), "siren"),
        pack=read_pack(_text(root, "pack")),
        cells=cells,
        rows=rows,
        instances=tuple(code for tab in tabs if "[" in (code := _text(tab, "code"))),
    )


def _cells(tab: etree._Element, faults: list[tuple[int, str]]) -> Iterator[LoadedCell]:
    code = _text(tab, "code")
    for element in tab.iterchildren(tag("c")):
        cell = _text(element, "id")
        if not cell.startswith(f"{code}."):
            faults.append((_line(element), f"la cellule {cell} n’est pas de l’onglet {code}"))
        yield LoadedCell(
            line=_line(element),
            id=cell,
            value=_text(element, "v"),
            forced=_text(element, "force") in {"true", "1"},
            calc=element.get("calc"),
        )


def _rows(tab: etree._Element, faults: list[tuple[int, str]]) -> Iterator[LoadedRow]:
    """The rows of a tab; one without a key of its own is named by its number."""
    seen: set[str] = set()
    for element in tab.iterchildren(tag("rang")):
        key = element.get("cle") or _digits(element, "n").zfill(4)
        if not _KEY.fullmatch(key):
            faults.append((_line(element), f"«\u00a0{key[:60]}\u00a0» n’est pas une clé de rang"))
        elif key in seen:
            faults.append((_line(element), f"le rang «\u00a0{key}\u00a0» figure deux fois"))
        seen.add(key)
        values = {_text(each, "k"): _text(each, "v") for each in element}
        if len(values) < len(element):
            faults.append((_line(element), f"une colonne du rang «\u00a0{key}\u00a0» figure deux fois"))
        yield LoadedRow(line=_line(element), tab=_text(tab, "code"), key=key, values=values)


def _line(element: etree._Element) -> int:
    return cast("int | None", element.sourceline) or 0


def _digits(element: etree._Element, attribute: str) -> str:
    """A positive integer of the schema without its sign nor leading zeros.

    The schema bounds its value but not its length, and Python refuses to read one of 4 300 digits.
    """
    return _text(element, attribute).strip().lstrip("+").lstrip("0")


def _text(element: etree._Element, attribute: str) -> str:
    return str(element.get(attribute, ""))
