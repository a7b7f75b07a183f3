"""What a workbook says of itself on its hidden sheet: whose it is, of which form, by which definition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rendering.sheets.layout import VERSION
from rendering.sheets.squares import Row, at

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from resolvers.rows import DossierContent

FORMAT: Final = "harmonia-xlsx"
_LONGEST_NUMBER: Final = 9


@dataclass(frozen=True, slots=True)
class Passport:
    """Who a workbook is for."""

    format: str
    form: str
    year: int
    siren: str
    pack: str
    seal: str
    tabs: tuple[str, ...]


def passport_lines(content: DossierContent, tabs: Sequence[str]) -> list[tuple[str, str]]:
    """The lines of the passport: what is read back, then what may help who looks at the file."""
    dossier = content.dossier
    return [
        ("format", f"{FORMAT}/{VERSION}"),
        ("formulaire", dossier.form),
        ("annee", str(dossier.year)),
        ("siren", dossier.organism.siren),
        ("pack", str(content.pack.key)),
        ("sceau", content.pack.sha256),
        ("onglets", ",".join(tabs)),
        ("version", str(dossier.version)),
    ]


def read_passport(rows: Iterable[Row]) -> Passport | None:
    """The passport; None where something of it is missing, or a tab named twice."""
    found = {at(row, 0).text(): at(row, 1).text() for row in rows}
    year = found.get("annee", "")
    if not (year.isascii() and year.isdecimal() and len(year) <= _LONGEST_NUMBER):
        return None
    names = ("format", "formulaire", "siren", "pack", "sceau", "onglets")
    if any(not found.get(name) for name in names):
        return None
    tabs = tuple(found["onglets"].split(","))
    if len(set(tabs)) < len(tabs):
        return None
    return Passport(
        format=found["format"],
        form=found["formulaire"],
        year=int(year),
        siren=found["siren"],
        pack=found["pack"],
        seal=found["sceau"],
        tabs=tabs,
    )
