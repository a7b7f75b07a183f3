"""`years.txt`: where the cells of last year's pack stand in this one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from forms.errors import Place
from forms.source import Record

NONE = "-"
_PLACE = re.compile(r"[A-Z][A-Z0-9]*(\.L[0-9]{3}(\.[A-Z][A-Z0-9]*)?)?")
# The key of a repeated group follows the code of its tab; it goes from year to year with the cell.
_INSTANCE = re.compile(r"([A-Z][A-Z0-9]*)(\[.*\])?(\..*)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Years:
    """Old place → new places, none where it is gone; all others keep their name.

    A place is a tab, a line or a cell, and the most precise rule holds. `fresh`: places whose name
    meant something else last year, or nothing. `sources`: each rule's place in its file.
    """

    moved: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fresh: frozenset[str] = frozenset()
    sources: Mapping[str, Place] = field(default_factory=dict, repr=False, compare=False)

    def new_places(self, old: str) -> tuple[str, ...]:
        """Where a tab, a line or a cell of last year stands now."""
        found = _INSTANCE.fullmatch(old)
        if found is None:
            return ()
        tab, key, rest = found[1], found[2] or "", found[3] or ""
        return tuple(_with_key(place, key) for place in self._new_places(tab + rest))

    def _new_places(self, old: str) -> tuple[str, ...]:
        places = levels(old)
        for place in places:
            if place in self.moved:
                return tuple(new + old[len(place) :] for new in self.moved[place])
        return (old,) if self.fresh.isdisjoint(places) else ()

    def has_past(self, cell: str) -> bool:
        """Whether some cell of last year stands in this cell now, as far as the rules tell."""
        reached = {new for places in self.moved.values() for new in places}
        return cell in self._new_places(cell) or any(place in reached for place in levels(cell))


def read_years(records: list[Record]) -> Years:
    """`old | new …`, `old | -` for what is gone, `- | new` for what had no past."""
    moved: dict[str, tuple[str, ...]] = {}
    fresh: set[str] = set()
    sources: dict[str, Place] = {}
    for record in records:
        old, places = record.field(0), record.field(1).replace(",", " ").split()
        _require_places(record, old, places)
        if old == NONE:
            fresh.update(places)
            sources.update((place, record.place(1)) for place in places)
            continue
        if old in moved:
            raise record.fault(f"« {old} » a déjà sa ligne.")
        moved[old] = () if places == [NONE] else tuple(places)
        sources[old] = record.place()
        sources |= {place: record.place(1) for place in moved[old] if place not in sources}
    return Years(moved, frozenset(fresh), sources)


def _require_places(record: Record, old: str, places: list[str]) -> None:
    if not places:
        raise record.fault("Il manque ce que la cellule devient ; « - » si elle n’existe plus.", 1)
    names = [name for name in (old, *places) if name != NONE]
    for index, name in ((0, old), *((1, place) for place in places)):
        if name != NONE and not _PLACE.fullmatch(name):
            message = (
                f"« {name} » n’est ni un onglet, ni une ligne, ni une cellule : A1, A1.L011 ou A1.L011.N."
            )
            raise record.fault(message, index)
    if not names or (NONE in places and (old == NONE or len(places) > 1)):
        raise record.fault("« - » est seul de son côté, et l’autre côté nomme une cellule.", 1)
    if old != NONE and len({name.count(".") for name in names}) > 1:
        raise record.fault("Un onglet devient un onglet, une ligne une ligne, une cellule une cellule.", 1)


def without_key(place: str) -> str:
    """The place in its tab, whatever the instance of its group."""
    found = _INSTANCE.fullmatch(place)
    return place if found is None else found[1] + (found[3] or "")


def levels(place: str) -> list[str]:
    """The cell, its line, its tab."""
    parts = place.split(".")
    return [".".join(parts[:count]) for count in range(len(parts), 0, -1)]


def _with_key(place: str, key: str) -> str:
    tab, dot, rest = place.partition(".")
    return f"{tab}{key}{dot}{rest}"
