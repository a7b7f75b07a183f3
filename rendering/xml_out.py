"""A dossier as an XML file of the exchange format (DOMAIN of the format: schemas/harmonia-dossier-1.xsd)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from lxml import etree

from forms import split_key, with_key
from rendering.xml_format import AMOUNT, FORMAT, NAMESPACE, tag, written_pack
from resolvers.tabs import tab_title

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from forms import Cell, Tab
    from resolvers.rows import AnomalyRow, CrossingRow, DossierContent, RowContent, TabContent

# What XML 1.0 cannot carry, and which nobody types on purpose.
_UNWRITABLE: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_dossier(content: DossierContent, *, written_at: datetime | None = None) -> bytes:
    """The XML file of the tabs of `content`, in UTF-8, valid against the format's schema.

    A blank cell is absent; a forced one carries what its formula gives; computed cells and the kinds of
    cells are told for the reader's information. The same content gives the same bytes.
    """
    dossier, pack = content.dossier, content.pack
    namespaces = {None: NAMESPACE}
    root = etree.Element(tag("dossier"), nsmap=namespaces, format=FORMAT)  # type: ignore[arg-type]  # the stubs know no default namespace
    root.set("type", dossier.form)
    root.set("exercice", str(dossier.year))
    root.set("pack", written_pack(str(pack.key)))
    root.set("empreintePack", f"sha256:{pack.sha256}")
    root.set("etape", str(int(dossier.step)))
    root.set("version", str(dossier.version))
    if written_at is not None:
        root.set("genereLe", written_at.isoformat(timespec="seconds"))
    _organism(root, content)
    _form(root, content)
    _verification(root, content)
    _history(root, content)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _organism(root: etree._Element, content: DossierContent) -> None:
    organism = content.dossier.organism
    element = _add(root, "organisme", siren=organism.siren, code=organism.code, type=organism.category)
    _add(element, "raisonSociale").text = writable(organism.name)


def _form(root: etree._Element, content: DossierContent) -> None:
    asked = {tab.code: tab for tab in content.tabs}
    form = _add(root, "formulaire")
    for part in content.pack.parts:
        codes = [code for code in asked if split_key(code)[0] in part.tabs]
        if not codes:
            continue
        element = _add(form, "partie", code=part.code, titre=part.title)
        for code in codes:
            plain, key = split_key(code)
            tab = content.pack.tabs[plain]
            onglet = _add(element, "onglet", code=code, titre=tab_title(content.pack, code))
            if asked[code].hidden:
                onglet.set("sansObjet", "true")
                continue
            for cell in fixed_cells(content, plain):
                _cell(onglet, cell, with_key(cell.id, key) if key else cell.id, asked[code])
            for number, row in enumerate(asked[code].rows, start=1):
                _row(onglet, tab, number, row)


def fixed_cells(content: DossierContent, code: str) -> Iterator[Cell]:
    """The fixed cells of a tab that the pack knows, in its order."""
    tab = content.pack.tabs[code]
    for line in tab.lines:
        for column in tab.columns:
            cell = content.pack.cells.get(f"{code}.{line.code}.{column.code}")
            if cell is not None:
                yield cell


def _cell(onglet: etree._Element, cell: Cell, name: str, values: TabContent) -> None:
    place = f"{cell.line}.{cell.column}"
    forced = values.forced.get(place)
    value = forced.value if forced else values.values.get(place)
    if not value:
        return
    element = _add(onglet, "c", id=name, v=value, g=str(cell.kind))
    if forced:
        element.set("force", "true")
        if forced.automatic and AMOUNT.fullmatch(forced.automatic):
            element.set("calc", forced.automatic)


def _row(onglet: etree._Element, tab: Tab, number: int, row: RowContent) -> None:
    element = _add(onglet, "rang", n=str(number), cle=row.key)
    filled = [(column.code, row.values.get(column.code, "")) for column in tab.columns]
    # The format wants a row to say something: a row wholly blank says so of its first column.
    for code, value in [each for each in filled if each[1]] or filled[:1]:
        _add(element, "x", k=code, v=value)


def _verification(root: etree._Element, content: DossierContent) -> None:
    verification = content.verification
    if verification is None:
        return
    element = _add(root, "verification", date=verification.at.isoformat(timespec="seconds"))
    for row in verification.anomalies:
        _anomaly(element, row)


def _anomaly(verification: etree._Element, row: AnomalyRow) -> None:
    anomaly = row.anomaly
    element = _add(verification, "anomalie", regle=anomaly.check, gravite=anomaly.severity.french)
    if anomaly.gap and AMOUNT.fullmatch(anomaly.gap):
        element.set("ecart", anomaly.gap)
    _add(element, "libelle").text = writable(anomaly.label)
    if row.justification:
        _add(element, "justification").text = writable(row.justification)


def _history(root: etree._Element, content: DossierContent) -> None:
    if content.crossings:
        history = _add(root, "historique")
        for row in content.crossings:
            _crossing(history, row)


def _crossing(history: etree._Element, row: CrossingRow) -> None:
    element = _add(history, "passage", etape=str(int(row.target)), date=row.at.isoformat(timespec="seconds"))
    if row.author:
        element.set("par", writable(row.author))
    if row.reason:
        element.set("motif", writable(row.reason))


def _add(parent: etree._Element, name: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, tag(name), {key: writable(value) for key, value in attributes.items()})


def writable(text: str) -> str:
    """The text with what XML cannot carry replaced by a sign that says so."""
    if text.isascii() and text.isprintable():
        # Nearly every value, and the search costs more than all the rest of writing it.
        return text
    return _UNWRITABLE.sub("\ufffd", text)
