"""The whole product under way, as a browser meets it: its address, its accounts, a file to load."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from resolvers.demo import complete_set

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Site:
    """Where the product answers, and who can sign in (login → password).

    `siren` is the organism whose dossier is still empty, `filled` one whose dossier is full and in entry;
    `untouched` is such a one too, which no journey works on.
    """

    url: str
    passwords: Mapping[str, str]
    siren: str
    filled: str
    untouched: str = ""


def complete_xml() -> str:
    """A complete set of values for the empty dossier, in the exchange format."""
    complete = complete_set()
    tabs: dict[str, list[str]] = {}
    for cell, value in complete.data.cells.items():
        tabs.setdefault(cell.partition(".")[0], []).append(f'<c id="{cell}" v={quoteattr(value)}/>')
    for tab, rows in complete.data.rows.items():
        for number, row in enumerate(rows, 1):
            typed = "".join(f'<x k="{column}" v={quoteattr(value)}/>' for column, value in row.values.items())
            tabs.setdefault(tab, []).append(f'<rang n="{number}" cle="{row.key}">{typed}</rang>')
    body = "".join(f'<onglet code="{tab}">{"".join(content)}</onglet>' for tab, content in tabs.items())
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<dossier xmlns="urn:harmonia:dossier:1" format="1.0" type="ER" exercice="2024" pack="ER-2024.1">'
        f'<organisme siren="{complete.organism.siren}" type="OPH">'
        "<raisonSociale>Office</raisonSociale></organisme>"
        f'<formulaire><partie code="01">{body}</partie></formulaire></dossier>'
    )
