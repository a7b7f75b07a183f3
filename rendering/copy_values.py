"""The values of a sealed copy, as its JSON says them and as its XML does: both must say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lxml import etree

from forms import split_key, with_key
from rendering.xml_format import strict_parser, tag
from rendering.xml_out import fixed_cells, writable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resolvers.rows import DossierContent, TabContent

# Cell → value; tab → key → column → value. Blank is absent.
Values = tuple[dict[str, str], dict[str, dict[str, dict[str, str]]]]


def written_values(content: DossierContent) -> dict[str, Any]:
    """`{"cellules": {cell: value}, "forcees": {cell: …}, "rangs": {tab: [{"cle", "valeurs"}]}}`."""
    cells: dict[str, str] = {}
    forced: dict[str, dict[str, str | None]] = {}
    rows: dict[str, list[dict[str, Any]]] = {}
    for tab in content.tabs:
        if tab.hidden:
            continue
        for name, place, value in _filled(content, tab):
            cells[name] = value
            if place in tab.forced:
                kept = tab.forced[place]
                forced[name] = {"calculee": kept.automatic, "motif": kept.reason}
        if tab.rows:
            rows[tab.code] = [
                {"cle": row.key, "valeurs": {code: value for code, value in row.values.items() if value}}
                for row in tab.rows
            ]
    return {"cellules": cells, "forcees": forced, "rangs": rows}


def _filled(content: DossierContent, tab: TabContent) -> Iterator[tuple[str, str, str]]:
    plain, key = split_key(tab.code)
    for cell in fixed_cells(content, plain):
        place = f"{cell.line}.{cell.column}"
        kept = tab.forced.get(place)
        value = kept.value if kept else tab.values.get(place)
        if value:
            yield (with_key(cell.id, key) if key else cell.id), place, value


def said_by_json(found: dict[str, Any]) -> Values:
    """What `valeurs.json` says, as XML can carry it. Raises KeyError, TypeError or AttributeError."""
    cells = {cell: writable(value) for cell, value in found["cellules"].items()}
    rows = {
        tab: {row["cle"]: {code: writable(value) for code, value in row["valeurs"].items()} for row in listed}
        for tab, listed in found["rangs"].items()
    }
    return cells, rows


def said_by_xml(xml: bytes) -> Values:
    """What `dossier.xml` says. Raises lxml's XMLSyntaxError."""
    root = etree.fromstring(xml, parser=strict_parser())
    cells = {str(one.get("id")): str(one.get("v")) for one in root.iter(tag("c"))}
    rows: dict[str, dict[str, dict[str, str]]] = {}
    for row in root.iter(tag("rang")):
        parent = row.getparent()
        code = "" if parent is None else str(parent.get("code"))
        said = {str(one.get("k")): str(one.get("v")) for one in row if one.get("v")}
        rows.setdefault(code, {})[str(row.get("cle"))] = said
    return cells, rows


def differences(one: Values, other: Values) -> list[str]:
    """The cells and rows that two files do not say alike, by name."""
    names = {cell for cell in {*one[0], *other[0]} if one[0].get(cell) != other[0].get(cell)}
    for tab in {*one[1], *other[1]}:
        ours, theirs = one[1].get(tab, {}), other[1].get(tab, {})
        names |= {f"{tab}[{key}]" for key in {*ours, *theirs} if ours.get(key) != theirs.get(key)}
    return sorted(names)
