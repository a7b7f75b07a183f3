"""A dossier of a form with a repeated group, conditions and personal data, which the CDC reads too."""

from __future__ import annotations

from datetime import date
from itertools import count
from uuid import UUID

from authz import Right, add_rows, convention_line, profile_line, read_version
from forms import PackKey, pack_texts, publish
from models import Campaign, Consent, Dossier, Organism, Organization
from resolvers.cells import CellWrite, write
from resolvers.group_writes import write_group
from resolvers.row_writes import RowAction, RowChange
from resolvers.rows import WriteResult
from tests.forms.family import CHECKS, PART
from tests.forms.tiny import tiny_files
from tests.world import SIREN, World

# A published key names one text for as long as the process lives.
_numbers = count(1)


async def build_household(world: World, *, sensitive: str = "") -> UUID:
    """The dossier, in entry, written by « saisie » and `show`n to « cdc »; `sensitive` tabs are personal."""
    form = f"FAMILLE{next(_numbers)}"
    head = f"@formulaire {form} | 2024 | 1 | Famille | Famille\n@reglage onglets_sensibles | {sensitive}\n"
    cycle = pack_texts(PackKey("ER", 2024, 1))["cycle.txt"]
    publish(PackKey(form, 2024, 1), tiny_files(PART, CHECKS, pack=head, cycle=cycle))
    organism = await Organism.get(siren=SIREN)
    campaign = await Campaign.create(
        platform_id="MIN", form=form, year=2024, pack=f"{form}/2024/1", opens_on=date(2025, 3, 1)
    )
    known = await Dossier.get(id=world.dossier)
    made = await Dossier.create(
        campaign=campaign,
        organism=organism,
        platform="MIN",
        form=form,
        year=2024,
        pack=campaign.pack,
        code="001",
        category="OPH",
        search="essai",
        step=1,
        step_since=known.step_since,
    )
    await _policy(world, organism, form)
    return made.id


async def _policy(world: World, organism: Organism, form: str) -> None:
    partner = await Organization.get(key="partner:CDC")
    await Consent.create(
        organism=organism, partner=partner, platform_id="MIN", form=form, year=2024, given=True
    )
    profiles = {"saisie": "entry", "ministere": "account_manager", "cdc": "partner_user"}
    lines = [
        profile_line(subject=f"user:{login}", profile=f"profile:{profile}", platform="MIN", form=form)
        for login, profile in profiles.items()
    ]
    lines += [
        convention_line(
            actor="partner:CDC",
            platform="MIN",
            form=form,
            organisms="category:OPH",
            right=right,
            steps="456",
            consent=True,
            ref="convention",
        )
        for right in (Right.READ, Right.EXPORT)
    ]
    await add_rows(lines, base=await read_version(), author_id=None, comment="Famille")
    await world.authority.refresh()


async def show(dossier: UUID) -> None:
    """Put the dossier at a step that the CDC reads."""
    await Dossier.filter(id=dossier).update(step=4, passes=4)


async def put(world: World, dossier: UUID, values: dict[str, str]) -> WriteResult:
    """Write cells over blanks."""
    return await write(
        world["saisie"], dossier, [CellWrite(cell, text, None) for cell, text in values.items()]
    )


async def born(world: World, dossier: UUID, *keys: str) -> WriteResult:
    """Add children."""
    changes = [RowChange(RowAction.ADD, key) for key in keys]
    return await write_group(world["saisie"], dossier, "ENFANT", changes)
