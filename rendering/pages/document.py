"""From a dossier's content to the HTML of its print: pure, the same content gives the same page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from forms import Nature, split_key
from rendering.pages.annex import Annex, annex_of
from rendering.pages.columns import GUTTER
from rendering.pages.density import PAGE_HEIGHT, PART_BAND, TAB_HEAD
from rendering.pages.dynamic import dynamic_sheet
from rendering.pages.environment import environment
from rendering.pages.fixed import FixedSheet
from rendering.pages.legend import legend
from rendering.pages.words import CATEGORIES, NB, day, day_and_hour, siren
from resolvers.tabs import tab_title

if TYPE_CHECKING:
    from datetime import datetime

    from rendering.pages.sheet import Sheet
    from resolvers.rows import DossierContent, TabContent


@dataclass(frozen=True, slots=True)
class PrintedPart:
    """A part of the form with those of its tabs that are printed."""

    code: str
    title: str
    sheets: tuple[Sheet, ...]


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
    printed_at: str


def dossier_html(content: DossierContent, *, printed_at: datetime) -> str:
    """The whole HTML document to print: nothing in it is fetched from anywhere.

    Each tab is a section whose id is its code. A dossier printed whole has a cover and an annex (checks,
    steps); a selection of its tabs opens on a single page that lists them.
    """
    parts = _parts(content)
    whole = content.whole
    template = environment().get_template("document.html.jinja")
    return template.render(
        identity=_identity(content, printed_at),
        draft=content.draft,
        parts=parts,
        whole=whole,
        annex=annex_of(content) if whole else Annex("", (), ()),
        legend=legend(sign for part in parts for sheet in part.sheets for sign in sheet.signs),
        sheet_legend=legend,
        gutter=GUTTER,
    )


def printed_cells(content: DossierContent) -> int:
    """How many cells a print of `content` shows, about: what its time limit is counted on."""
    known = [(content.pack.tabs[split_key(tab.code)[0]], tab) for tab in printed_tabs(content)]
    return sum(len(tab.columns) * (len(tab.lines) + len(values.rows)) for tab, values in known)


def printed_tabs(content: DossierContent) -> list[TabContent]:
    """The tabs that a print of `content` holds: those that conditions hide are left out."""
    return [tab for tab in content.tabs if not tab.hidden]


def _parts(content: DossierContent) -> tuple[PrintedPart, ...]:
    asked = {tab.code: tab for tab in printed_tabs(content)}
    parts: list[PrintedPart] = []
    for part in content.pack.parts:
        codes = [code for code in asked if split_key(code)[0] in part.tabs]
        sheets = [_sheet(content, asked[code], first=code == codes[0]) for code in codes]
        parts.append(PrintedPart(part.code, part.title, tuple(sheets)))
    return tuple(part for part in parts if part.sheets)


def _sheet(content: DossierContent, values: TabContent, *, first: bool) -> Sheet:
    """A tab; the first of its part leaves room for the part's title."""
    room = PAGE_HEIGHT - TAB_HEAD - (PART_BAND if first else 0)
    plain, _ = split_key(values.code)
    tab = replace(content.pack.tabs[plain], title=tab_title(content.pack, values.code))
    if tab.nature is Nature.DYNAMIC:
        return dynamic_sheet(tab, values, room)
    return FixedSheet(content.pack, values, content.dossier.organism.category).sheet(room)


def _identity(content: DossierContent, printed_at: datetime) -> Identity:
    dossier, organism = content.dossier, content.dossier.organism
    transmitted = dossier.transmitted_at
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
        step=f"{int(dossier.step)}{NB}– {content.pack.cycle.label(dossier.step)}",
        since=day(dossier.step_since),
        transmitted=day_and_hour(transmitted) if transmitted else "",
        printed_at=day_and_hour(printed_at),
    )
