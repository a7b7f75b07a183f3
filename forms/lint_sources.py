"""Advice on what a pack says of other packs and of its own places: inclusions, ER, years, help."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from forms.binding import Binding, Dropped
from forms.catalogue import load_pack
from forms.draft import Draft
from forms.errors import PackError, Place
from forms.finding import Finding
from forms.help import places
from forms.key import PackKey, list_packs
from forms.pack import Pack
from forms.structure import Cell, CommonTerm
from forms.tabs import TabSpec
from forms.years import Years, levels

COMMON_FORM = "ER"
_MOST_NAMED = 3


def lint_sources(draft: Draft, binding: Binding) -> Iterator[Finding]:
    """CHECK_DROPPED, CHECK_DISABLED, COMMON_…, YEARS_… and HELP_UNKNOWN."""
    yield from _dropped(binding)
    for spec in binding.disabled:
        message = f"La règle {spec.id} est désactivée : elle lit une année précédente qui n’existe pas."
        yield Finding.at(spec.left.place, "CHECK_DISABLED", message)
    yield from _common(draft)
    yield from _years(draft)
    known = places(draft.tabs)
    for name, entry in draft.help.items():
        if entry.place is not None and name not in known:
            message = f"L’aide parle de {name}, qui n’existe pas dans ce formulaire."
            yield Finding.at(entry.place, "HELP_UNKNOWN", message)


def _dropped(binding: Binding) -> Iterator[Finding]:
    """One finding for all the rules that lack the same thing, at the first of them."""
    by_cause: dict[str, list[Dropped]] = {}
    for dropped in binding.dropped:
        by_cause.setdefault(dropped.fault.message, []).append(dropped)
    for cause, found in by_cause.items():
        names = ", ".join(dropped.spec.id for dropped in found[:_MOST_NAMED])
        message = f"La règle {names} n’est pas reprise : {cause}"
        if len(found) > 1:
            message = f"{len(found)} règles ne sont pas reprises, dont {names} : {cause}"
        yield Finding.at(found[0].spec.left.place, "CHECK_DROPPED", message)


def _common(draft: Draft) -> Iterator[Finding]:
    concerned = [spec.cell for spec in draft.cells.values() if spec.cell.common]
    if not concerned:
        return
    common = _latest(COMMON_FORM, draft.key.year)
    for cell in concerned:
        place = _line_place(draft.tabs[cell.tab], cell.line)
        for term in cell.common:
            yield from _common_term(cell, term, common, place)


def _common_term(cell: Cell, term: CommonTerm, common: Pack | None, place: Place) -> Iterator[Finding]:
    if common is None or term.cell not in common.cells:
        message = f"{cell.id} renvoie à {term.cell}, que l’ER de cette année n’a pas."
        yield Finding.at(place, "COMMON_UNKNOWN", message)
    elif common.cells[term.cell].unit != cell.unit:
        unit = common.cells[term.cell].unit
        message = f"{cell.id} est en {cell.unit} ; {term.cell} de l’ER est en {unit}."
        yield Finding.at(place, "COMMON_UNIT", message)


def _line_place(tab: TabSpec, code: str) -> Place:
    """Where the line says what it has in common."""
    record = next(line.record for line in tab.lines if line.line.code == code)
    found = (index for index, text in enumerate(record.fields) if text.startswith(("er=", "er.")))
    within = (index for index, text in enumerate(record.fields) if ";er" in text.replace(" ", ""))
    return record.place(next(found, next(within, 0)))


def _years(draft: Draft) -> Iterator[Finding]:
    years, known = draft.years, places(draft.tabs)
    for new in years.moved.values():
        yield from _unknown_places(draft, years, new, known)
    yield from _unknown_places(draft, years, tuple(sorted(years.fresh)), known)
    last = _latest(draft.key.form, draft.key.year - 1)
    if last is None:
        return
    before = places(last.draft.tabs)
    for old in years.moved:
        if old not in before and old not in last.cells:
            message = f"« {old} » n’existe pas dans {last.key}."
            yield Finding.at(years.sources[old], "YEARS_UNKNOWN", message)
    yield from _forgotten(draft, last, known)


def _unknown_places(
    draft: Draft, years: Years, names: tuple[str, ...], known: frozenset[str]
) -> Iterator[Finding]:
    for name in names:
        if name not in known and name not in draft.cells:
            message = f"« {name} » n’existe pas dans ce formulaire."
            yield Finding.at(years.sources[name], "YEARS_UNKNOWN", message)


def _forgotten(draft: Draft, last: Pack, known: frozenset[str]) -> Iterator[Finding]:
    """Cells of last year that have no place here, told at their highest place that is gone."""
    told: dict[str, None] = {}
    for cell in last.cells:
        if cell not in draft.cells and not any(place in draft.years.moved for place in levels(cell)):
            gone = [place for place in levels(cell) if place not in known and place not in draft.cells]
            told.setdefault(gone[-1])
    for place in told:
        message = f"{place} de {last.key} n’existe plus : dites dans « years.txt » ce qu’il devient."
        yield Finding("years.txt", 0, 0, "YEARS_FORGET", message)


def _latest(form: str, year: int) -> Pack | None:
    """The latest pack of the form and year that can be read."""
    keys: Mapping[PackKey, None] = dict.fromkeys(list_packs())
    for key in sorted(keys, reverse=True):
        if (key.form, key.year) == (form, year):
            try:
                return load_pack(key)
            except PackError:
                return None
    return None
