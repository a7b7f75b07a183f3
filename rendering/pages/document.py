"""From a dossier's content to the HTML of its print: pure, the same content gives the same page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from forms import Nature, split_key
from rendering.pages.annex import Annex, annex_of
from rendering.pages.columns import GUTTER
from rendering.pages.density import PAGE_HEIGHT, PART_BAND, TAB_HEAD
from rendering.pages.dynamic import dynamic_sheet
from rendering.pages.environment import environment
from rendering.pages.fixed import FixedSheet
from rendering.pages.legend import legend
from rendering.pages.measure import shortened, width
from rendering.pages.words import CATEGORIES, NB, day, day_and_hour, siren
from resolvers.tabs import tab_title

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from rendering.pages.sheet import Sheet
    from resolvers.rows import DossierContent, TabContent


# Ems on the left of a page's head, and of its foot (see print.css).
_MARGIN: Final = 47.5


@dataclass(frozen=True, slots=True)
class PrintedPart:
    """A part of the form with those of its tabs that are printed; `head`: the tab that opens it, if any."""

    code: str
    title: str
    sheets: tuple[Sheet, ...]
    head: str


@dataclass(frozen=True, slots=True)
class Identity:
    """What the cover and the margins of each page say of the dossier."""

    form: str
    year: int
    organism: str
    siren: str
    category: str
    code: str
    place: str
    federation: str
    platform: str
    step: str
    since: str
    transmitted: str
    running: str
    foot: str


@dataclass(frozen=True, slots=True)
class Layout:
    """A dossier set tab by tab, ready to be written: whole, or some of its tabs; with values, or `blank`."""

    content: DossierContent
    parts: tuple[PrintedPart, ...]
    whole: bool
    blank: bool = False

    @property
    def tabs(self) -> list[str]:
        """The tabs that are printed, in order."""
        return [sheet.code for part in self.parts for sheet in part.sheets]

    @property
    def cells(self) -> int:
        """How many cells are shown, about: what the time limit is counted on."""
        return sum(sheet.weight for part in self.parts for sheet in part.sheets)


def titles_of(
    content: DossierContent, only: Collection[str] | None = None
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Each part with its printed tabs, by code and title: what the bookmarks say."""
    pack, found = content.pack, []
    shown = [tab.code for tab in printed_tabs(content) if only is None or tab.code in only]
    for part in pack.parts:
        codes = [code for code in shown if split_key(code)[0] in part.tabs]
        if codes:
            tabs = [(code, f"{code} {tab_title(pack, code)}") for code in codes]
            found.append((f"{part.code} {part.title}", tabs))
    return found


def lay_out(content: DossierContent, only: Collection[str] | None = None, *, blank: bool = False) -> Layout:
    """Set the tabs of a dossier, or `only` some of them, which then look as they do in the whole.

    `blank`: the form to be filled by hand; `content` is then `blanked`.
    """
    return Layout(content, _parts(content, only), content.whole and only is None, blank)


def html_of(layout: Layout, *, halves: bool = False) -> tuple[str, ...]:
    """The HTML documents to print one after the other, two of about the same weight where `halves`.

    Nothing in them is fetched from anywhere. Each tab is a section whose id is its code. A dossier printed
    whole has a cover, its contents and an annex (checks, steps); some of its tabs come alone, for each page
    says what it is part of. Neither the date of the print nor the pages' numbers are there (`stamps`).
    """
    cuts = _halves(layout.parts) if halves else [layout.parts]
    template = environment().get_template("document.html.jinja")
    content, all_parts = layout.content, layout.parts
    shared = {
        "identity": _identity(content),
        "mark": _mark(layout),
        "whole": layout.whole,
        "blank": layout.blank,
        "annex": annex_of(content) if layout.whole else Annex("", (), ()),
        "all_parts": all_parts,
        "legend": legend(sign for part in all_parts for sheet in part.sheets for sign in sheet.signs),
        "sheet_legend": legend,
        "gutter": GUTTER,
    }
    last = len(cuts) - 1
    return tuple(
        template.render(
            **shared,
            parts=parts,
            first=number == 0,
            last=number == last,
            elsewhere=[code for code in layout.tabs if code not in _codes(parts)],
        )
        for number, parts in enumerate(cuts)
    )


def _codes(parts: Sequence[PrintedPart]) -> set[str]:
    return {sheet.code for part in parts for sheet in part.sheets}


def _mark(layout: Layout) -> str:
    """What every page says of a document that nobody may take for what was transmitted."""
    if layout.blank:
        return "Formulaire vierge"
    return "Document provisoire — dossier non transmis" if layout.content.draft else ""


def _halves(parts: Sequence[PrintedPart]) -> list[tuple[PrintedPart, ...]]:
    """The parts in two runs of about as many lines each, cut between two tabs."""
    sheets = [(part, sheet) for part in parts for sheet in part.sheets]
    weights = list(accumulate(sheet.weight for _, sheet in sheets))
    cut = next((at for at, weight in enumerate(weights, start=1) if 2 * weight >= weights[-1]), 0)
    return [_regrouped(parts, {sheet.code for _, sheet in run}) for run in (sheets[:cut], sheets[cut:])]


def _regrouped(parts: Sequence[PrintedPart], codes: Collection[str]) -> tuple[PrintedPart, ...]:
    kept = (
        replace(part, sheets=tuple(sheet for sheet in part.sheets if sheet.code in codes)) for part in parts
    )
    return tuple(part for part in kept if part.sheets)


def printed_cells(content: DossierContent) -> int:
    """How many cells a print of `content` shows, about: what its time limit is counted on."""
    known = [(content.pack.tabs[split_key(tab.code)[0]], tab) for tab in printed_tabs(content)]
    return sum(len(tab.columns) * (len(tab.lines) + len(values.rows)) for tab, values in known)


def printed_tabs(content: DossierContent) -> list[TabContent]:
    """The tabs that a print of `content` holds: those that conditions hide are left out."""
    return [tab for tab in content.tabs if not tab.hidden]


def _parts(content: DossierContent, only: Collection[str] | None) -> tuple[PrintedPart, ...]:
    """The parts with their tabs; the one that opens a part is so whichever tabs are printed."""
    shown = {tab.code: tab for tab in printed_tabs(content)}
    parts: list[PrintedPart] = []
    for part in content.pack.parts:
        codes = [code for code in shown if split_key(code)[0] in part.tabs]
        asked = [code for code in codes if only is None or code in only]
        sheets = [_sheet(content, shown[code], first=code == codes[0]) for code in asked]
        if sheets:
            parts.append(PrintedPart(part.code, part.title, tuple(sheets), codes[0]))
    return tuple(parts)


def _sheet(content: DossierContent, values: TabContent, *, first: bool) -> Sheet:
    """A tab; the first of its part leaves room for the part's title."""
    room = PAGE_HEIGHT - TAB_HEAD - (PART_BAND if first else 0)
    plain, _ = split_key(values.code)
    tab = replace(content.pack.tabs[plain], title=tab_title(content.pack, values.code))
    if tab.nature is Nature.DYNAMIC:
        return dynamic_sheet(tab, values, room)
    return FixedSheet(content.pack, values, content.dossier.organism.category).sheet(room)


def _identity(content: DossierContent) -> Identity:
    dossier, organism = content.dossier, content.dossier.organism
    transmitted = dossier.transmitted_at
    step = f"{int(dossier.step)}{NB}– {content.pack.cycle.label(dossier.step)}"
    named = f" · SIREN{NB}{siren(organism.siren)}"
    form = f"{content.pack.form_label} {dossier.year} · Étape{NB}{step} · "
    return Identity(
        form=content.pack.form_label,
        year=dossier.year,
        organism=organism.name,
        siren=siren(organism.siren),
        category=CATEGORIES.get(organism.category, organism.category),
        code=organism.code,
        place=f"{organism.city} ({organism.department})",
        federation=organism.federation or "",
        platform=dossier.platform_name,
        step=step,
        since=day(dossier.step_since),
        transmitted=day_and_hour(transmitted) if transmitted else "",
        running=shortened(organism.name, _MARGIN - width(named)) + named,
        foot=shortened(form + dossier.platform_name, _MARGIN),
    )
