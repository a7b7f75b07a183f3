"""The other forms of 2024: SEM, MOI and the cooperatives' surveys, filled from the packs' stored tests."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from forms import Kind, Row, Step, case_data, evaluate, load_pack
from models import Campaign, Crossing, Dossier
from resolvers.demo.case import CompleteSet
from resolvers.demo.cast import cast
from resolvers.demo.filing import Filed, crossings_of, dossier_of
from resolvers.demo.filling import fill
from resolvers.demo.identity import identity
from resolvers.demo.journeys import OPENS, journey
from resolvers.demo.organisms import organisms

if TYPE_CHECKING:
    from collections.abc import Mapping

    from forms import Data, Pack
    from resolvers.demo.organisms import Invented

YEAR = 2024
# The surveys are answered in the winter, before the accounts are drawn up.
WINTER = date(2024, 11, 18)
# What the first bodies of each form have reached; the others have not begun.
STEPS = (Step.ENTRY, Step.REVIEW, Step.TO_INITIALISE, Step.TO_INITIALISE, Step.TO_INITIALISE)
ASKED = len(STEPS)
# Several are inside their circuit of visas (`circuits`).
CIRCULATING = (Step.REVIEW, Step.REVIEW, Step.REVIEW, Step.ENTRY, Step.TO_INITIALISE)
# Line of the form's own identity tab → line of G01 that says the same.
SURVEYED = {"L011": "L011", "L012": "L013", "L014": "L020", "L016": "L021", "L017": "L022"}
VOLUNTARY = {
    "L011": "L011",
    "L012": "L012",
    "L013": "L013",
    "L016": "L017",
    "L017": "L018",
    "L018": "L019",
    "L019": "L020",
    "L020": "L021",
    "L021": "L022",
    "L022": "L030",
    "L034": "L020",
}


@dataclass(frozen=True, slots=True)
class Collected:
    """A form and who collects it. `named`: lines of the tab `sheet` that name the body; none: it has G01."""

    form: str
    platform: str
    opens: date
    sheet: str = "G01"
    named: Mapping[str, str] | None = field(default=None, hash=False)
    steps: tuple[Step, ...] = STEPS

    @property
    def pack(self) -> str:
        """The definition in use."""
        return f"{self.form}/{YEAR}/1"


FORMS = (
    Collected("SEM", "MIN", OPENS[YEAR]),
    Collected("MOI", "MIN", OPENS[YEAR], "M01", VOLUNTARY),
    Collected("ACTIVITE", "COOP", WINTER, "AC01", SURVEYED),
    Collected("EFFECTIFS", "COOP", WINTER, "EF01", SURVEYED),
    Collected("ACTIONNARIAT", "COOP", WINTER, "SO01", SURVEYED, CIRCULATING),
)


@cache
def asked(form: Collected) -> tuple[Invented, ...]:
    """A few bodies that the form is for, those whose people sign in first."""
    pack = load_pack(form.pack)
    first = [*cast().listed, *(part.organism for part in cast().parts), *organisms()]
    known = {body.siren: body for body in first}.values()
    return tuple(body for body in known if pack.is_for(body.category) and form.platform in body.codes)[:ASKED]


def places(key: str) -> list[tuple[str, str]]:
    """The platform and the form of each of these dossiers of a body, by its name in the policies."""
    return [(one.platform, one.form) for one in FORMS if any(body.key == key for body in asked(one))]


def filed_others() -> tuple[Filed, ...]:
    """The dossiers of these forms as they stand."""
    return tuple(
        _filed(form, body, step) for form in FORMS for body, step in zip(asked(form), form.steps, strict=True)
    )


def _filed(form: Collected, body: Invented, step: Step) -> Filed:
    filled = step > Step.TO_INITIALISE
    way = journey(body, YEAR, step, form.opens)
    return Filed(
        body, YEAR, step, way, filled=filled, blank=not filled, form=form.form, platform=form.platform
    )


async def write_others() -> None:
    """Campaigns, dossiers, the steps they crossed, and what the filled ones hold."""
    campaigns = {
        form.form: await Campaign.create(
            platform_id=form.platform, form=form.form, year=YEAR, pack=form.pack, opens_on=form.opens
        )
        for form in FORMS
    }
    found = filed_others()
    await Dossier.bulk_create([dossier_of(one, campaigns[one.form]) for one in found])
    await Crossing.bulk_create([row for one in found for row in crossings_of(one)])
    for one in found:
        if one.filled:
            await fill(one, _complete(one))


def _complete(one: Filed) -> CompleteSet:
    """The stored test in this body's name; what it reads of the year before is forced: none was collected."""
    pack = load_pack(one.pack)
    case = json.loads(next(text for _, text in sorted(pack.tests.items())))
    data = case_data(pack, case)
    cells = {**data.cells, **_named(one)}
    data = replace(data, kind=one.organism.category, cells=cells, rows=_rows(data))
    alone = replace(data, previous={})
    data = replace(alone, forced={**_carried(pack, data, alone), **data.forced})
    return CompleteSet(one.organism, one.year, data, evaluate(pack, data))


def _carried(pack: Pack, data: Data, alone: Data) -> dict[str, str]:
    """The cells that can be forced and whose value comes from the year before."""
    told, blank = evaluate(pack, data).cells, evaluate(pack, alone).cells
    return {
        cell.id: value
        for cell in pack.cells.values()
        if cell.kind is Kind.FORCIBLE
        and (value := told.get(cell.id)) is not None
        and value != blank.get(cell.id)
    }


def _named(one: Filed) -> dict[str, str]:
    own = identity(one.organism, one.year)
    form = next(form for form in FORMS if form.form == one.form)
    if form.named is None:
        return {cell: value for cell, value in own.items() if cell in load_pack(one.pack).cells}
    return {f"{form.sheet}.{line}.V": own[f"G01.{same}.V"] for line, same in form.named.items()}


def _rows(data: Data) -> dict[str, tuple[Row, ...]]:
    return {
        tab: tuple(replace(row, key=f"{rank:04d}") for rank, row in enumerate(rows, 1))
        for tab, rows in data.rows.items()
    }
