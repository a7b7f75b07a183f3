"""The federations' QDIS of 2024 for the forty: what it shares with the ER, but for two divergences."""

from __future__ import annotations

from datetime import UTC, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from forms import Data, Step, evaluate, load_pack
from models import Campaign, Dossier
from models.documents import save_documents
from resolvers.common_core import shared_cells, summed
from resolvers.demo.cast import cast
from resolvers.demo.filling import by_tab
from resolvers.demo.identifiers import stable_id
from resolvers.demo.journeys import OPENS
from resolvers.demo.platforms import PLATFORMS
from resolvers.folding import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from resolvers.demo.case import CompleteSet
    from resolvers.demo.organisms import Invented

FORM, YEAR = "QDIS", 2024
PACK = f"{FORM}/{YEAR}/1"
# By how much the first shared amount was typed over; the last one was forgotten.
EXCESS = Decimal("1250.4")


async def write_surveys() -> None:
    """One campaign a federation, and its members' dossiers in entry, empty as yet."""
    federations = [code for code in PLATFORMS if code != "MIN"]
    campaigns = {
        code: await Campaign.create(
            platform_id=code, form=FORM, year=YEAR, pack=PACK, opens_on=OPENS[YEAR], closes_on=None
        )
        for code in federations
    }
    pack = load_pack(PACK)
    await Dossier.bulk_create(
        _dossier(part.organism, campaigns[part.organism.federation])
        for part in cast().parts
        if part.organism.federation and pack.is_for(part.organism.category)
    )


def _dossier(body: Invented, campaign: Campaign) -> Dossier:
    code = body.codes[campaign.platform_id]
    return Dossier(
        id=survey_id(body),
        campaign_id=campaign.id,
        organism_id=stable_id("organism", body.siren),
        platform=campaign.platform_id,
        form=FORM,
        year=YEAR,
        pack=PACK,
        code=code,
        category=body.category,
        search=fold(f"{body.name} {body.siren} {code} {body.department.code} {body.town.name}"),
        step=Step.ENTRY,
        step_since=datetime.combine(OPENS[YEAR], time(7), UTC),
        version=1,
    )


def survey_id(body: Invented) -> UUID:
    """The identifier of a body's survey."""
    return stable_id("dossier", FORM, body.siren, YEAR)


async def fill_survey(complete: CompleteSet) -> None:
    """Write what the survey shares with the accounts of the year, and what follows from it."""
    body = complete.organism
    data = Data(kind=body.category, cells=_typed(body.category, complete.effective))
    evaluation = evaluate(load_pack(PACK), data)
    cells = by_tab(data.cells)
    computed = by_tab({cell: value for cell, value in evaluation.cells.items() if value is not None})
    await save_documents(
        survey_id(body),
        [(tab, cells.get(tab, {}), {}, computed.get(tab, {}), []) for tab in {**cells, **computed}],
    )


def _typed(kind: str, accounts: Mapping[str, str]) -> dict[str, str]:
    """The shared values; one amount was typed over, and one forgotten."""
    shared = [cell for cell in shared_cells(PACK) if cell.kind.typed and cell.applies_to(kind)]
    found = {
        cell.id: value for cell in shared if (value := summed(cell.common, accounts, cell.unit)) is not None
    }
    amounts = [cell.id for cell in shared if cell.id in found and cell.unit == "eur"]
    over = amounts[0]
    found[over] = f"{Decimal(found[over]) + EXCESS:f}"
    del found[amounts[-1]]
    return found
