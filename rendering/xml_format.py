"""The exchange format `urn:harmonia:dossier:1`, as its writer and its reader share it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, Final

from lxml import etree

NAMESPACE: Final = "urn:harmonia:dossier:1"
FORMAT: Final = "1.0"
SCHEMA: Final = Path(__file__).parent / "schemas" / "harmonia-dossier-1.xsd"
# What the format calls an amount: what a forced cell's formula gave, and the gap of a check.
AMOUNT: Final = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")
# Neither DTD, entities nor network, under libxml2's own limits of depth and size.
OPTIONS: Final[dict[str, Any]] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
_PACK: Final = re.compile(r"([A-Z][A-Z0-9]*)-([0-9]{4})\.([0-9]+)")


def schema(rules: bytes | None = None) -> etree.XMLSchema:
    """The compiled schema of the format, or of `rules`.

    Another at each call: one shared would mix its users' faults.
    """
    if rules is not None:
        return etree.XMLSchema(etree.fromstring(rules, parser=strict_parser()))
    return etree.XMLSchema(etree.parse(SCHEMA, parser=strict_parser()))


def strict_parser() -> etree.XMLParser:
    """A parser of OPTIONS."""
    return etree.XMLParser(**OPTIONS)


@cache
def tag(name: str) -> str:
    """The name of an element in the format's namespace."""
    return f"{{{NAMESPACE}}}{name}"


def written_pack(key: str) -> str:
    """`ER/2024/1` as the format writes it: `ER-2024.1`."""
    form, year, revision = key.split("/")
    return f"{form}-{year}.{revision}"


def read_pack(written: str) -> str:
    """`ER-2024.1` as the product writes it: `ER/2024/1`; anything else is left as it stands."""
    found = _PACK.fullmatch(written)
    return "/".join(found.groups()) if found else written
