"""The strict schema of one pack: the format's own, narrowed to the cells, columns and tabs that the pack has.

XSD 1.0 cannot make the type of `v` depend on `id`: the schema names the unit of each cell beside it, and the
strict load reads each value by it (`resolvers.loading`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lxml import etree

from forms import Nature
from rendering.xml_format import SCHEMA, strict_parser, written_pack

if TYPE_CHECKING:
    from collections.abc import Iterable

    from forms import Pack

_XS: Final = "{http://www.w3.org/2001/XMLSchema}"
# What the loader takes in one cell: a number to six decimals, a date, or a text on one line.
_INSTANCE: Final = r"[A-Za-z0-9_\-]{1,64}"
_VALUE: Final = "\\P{Cc}{0,500}"


def pack_schema(pack: Pack) -> bytes:
    """The strict XSD of a pack, in UTF-8; every file that follows it follows the format's too."""
    root = etree.parse(SCHEMA, parser=strict_parser()).getroot()
    types = {each.get("name"): each for each in root.iterchildren(f"{_XS}simpleType", f"{_XS}complexType")}
    _enumerate(types["CelluleId"], [each for each in _cells(pack) if not _in_group(pack, each[0])])
    _or_instances(types["CelluleId"], [cell for cell, _ in _cells(pack) if _in_group(pack, cell)])
    column, value = types["Rang"].iter(f"{_XS}attribute").__iter__(), types["Cellule"]
    _enumerate(next(column)[0], _columns(pack))
    _type_values(root, [next(column), *(each for each in value if each.get("name") == "v")])
    code, tabs = _attribute(types["Onglet"], "code"), pack.tabs.values()
    _narrow(code, [(tab.code, tab.title) for tab in tabs if tab.group is None])
    _or_instances(code[0], [tab.code for tab in tabs if tab.group is not None])
    part = next(each for each in root.iter(f"{_XS}element") if each.get("name") == "partie")
    _narrow(_attribute(part[0], "code"), [(one.code, one.title) for one in pack.parts])
    dossier = next(root.iterchildren(f"{_XS}element"))[0]
    key = pack.key
    for name, fixed in (
        ("type", key.form),
        ("exercice", str(key.year)),
        ("pack", written_pack(str(key))),
    ):
        _attribute(dossier, name).set("fixed", fixed)
    # XML takes no two hyphens in a comment, and a label may have them.
    words = f" {pack.form_label} {key.year}, définition {key}. ".replace("--", "- -").replace("--", "- -")
    root.insert(0, etree.Comment(words))
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _cells(pack: Pack) -> Iterable[tuple[str, str]]:
    for cell in pack.cells.values():
        tab = pack.tabs[cell.tab]
        line = next(line for line in tab.lines if line.code == cell.line)
        column = tab.column(cell.column)
        label = f"{line.label} – {column.label}" if column is not None else line.label
        yield cell.id, f"{label} ({cell.unit}, {cell.kind})"


def _columns(pack: Pack) -> Iterable[tuple[str, str]]:
    dynamic = (tab for tab in pack.tabs.values() if tab.nature is Nature.DYNAMIC)
    codes: dict[str, list[str]] = {}
    for tab in dynamic:
        for column in tab.columns:
            codes.setdefault(column.code, []).append(f"{tab.code}\u00a0: {column.label} ({column.unit})")
    return [(code, "\u202f; ".join(labels)) for code, labels in codes.items()]


def _enumerate(simple: etree._Element, values: Iterable[tuple[str, str]]) -> None:
    """Make a simple type a list of values, each with what it says."""
    restriction = simple[0]
    for facet in list(restriction):
        restriction.remove(facet)
    for value, words in values:
        facet = etree.SubElement(restriction, f"{_XS}enumeration", value=value)
        annotation = etree.SubElement(facet, f"{_XS}annotation")
        etree.SubElement(annotation, f"{_XS}documentation").text = words


def _in_group(pack: Pack, cell: str) -> bool:
    return pack.tabs[cell.partition(".")[0]].group is not None


def _or_instances(simple: etree._Element, names: list[str]) -> None:
    """Let a simple type, a list of values, also take these names in any instance of their group."""
    if not names:
        return
    union = etree.Element(f"{_XS}union")
    listed, instances = (etree.SubElement(union, f"{_XS}simpleType") for _ in range(2))
    listed.append(simple[0])
    restriction = etree.SubElement(instances, f"{_XS}restriction", base="xs:string")
    for name in names:
        tab, dot, place = name.partition(".")
        rest = (dot + place).replace(".", r"\.")
        text = rf"{tab}\[{_INSTANCE}\]{rest}"
        etree.SubElement(restriction, f"{_XS}pattern", value=text)
    simple.append(union)


def _type_values(root: etree._Element, attributes: Iterable[etree._Element]) -> None:
    kind = etree.Element(f"{_XS}simpleType", name="Valeur")
    restriction = etree.SubElement(kind, f"{_XS}restriction", base="xs:string")
    etree.SubElement(restriction, f"{_XS}pattern", value=_VALUE)
    root.insert(0, kind)
    for attribute in attributes:
        attribute.set("type", "h:Valeur")


def _narrow(attribute: etree._Element, values: Iterable[tuple[str, str]]) -> None:
    """Make an attribute of free text one of these values."""
    del attribute.attrib["type"]
    simple = etree.SubElement(attribute, f"{_XS}simpleType")
    etree.SubElement(simple, f"{_XS}restriction", base="xs:string")
    _enumerate(simple, values)


def _attribute(kind: etree._Element, name: str) -> etree._Element:
    return next(each for each in kind.iterchildren(f"{_XS}attribute") if each.get("name") == name)
