"""Writing the dossiers of the ER's campaigns: where each stands, how it got there; most hold an identity."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from uuid import UUID

from forms import Data, Step, load_pack
from models import Campaign, Crossing, Dossier, Snapshot, TabDocument, Transmission
from resolvers.demo.accounts import ACCOUNTING, ADMIN, ENTRY, HIERARCHY, MANAGER, Role, login_of
from resolvers.demo.case import pack_key
from resolvers.demo.cast import cast
from resolvers.demo.identifiers import stable_id
from resolvers.demo.identity import identity
from resolvers.demo.journeys import OPENS, Journey, journey, usual_step
from resolvers.demo.keeping import snapshot
from resolvers.demo.organisms import Invented, organisms
from resolvers.demo.platforms import PLATFORMS
from resolvers.documents import hash_of
from resolvers.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from models.documents import TabValues
    from resolvers.demo.journeys import Passage

BATCH = 500
FORM = "ER"
YEARS = (2023, 2024)
# How many writes a filled dossier has seen, and one that holds an identity.
WRITES, ONE_WRITE = 12, 1
AUTHORS = {
    "initialise": ENTRY,
    "submit_entry": ENTRY,
    "return_to_entry": ACCOUNTING,
    "validate_entry": ACCOUNTING,
    "transmit": HIERARCHY,
}


@dataclass(frozen=True, slots=True)
class Filed:
    """One dossier as it stands. `filled`: its tabs are; otherwise it holds an identity, or nothing."""

    organism: Invented
    year: int
    step: Step
    journey: Journey
    filled: bool
    blank: bool
    form: str = FORM
    platform: str = "MIN"

    @property
    def id(self) -> UUID:
        """The identifier of its row."""
        form = () if self.form == FORM else (self.form,)
        return stable_id("dossier", *form, self.organism.siren, self.year)

    @property
    def pack(self) -> str:
        """The definition that it is kept under."""
        return f"{self.form}/{self.year}/1"

    @property
    def version(self) -> int:
        """How many times it was written."""
        if self.filled:
            return WRITES
        return ONE_WRITE if self.identified else 0

    @property
    def identified(self) -> bool:
        """Whether it holds its organism's identity and nothing else."""
        return not self.filled and not self.blank and self.step > Step.TO_INITIALISE

    @property
    def declarant(self) -> UUID:
        """The account that transmits."""
        return _author(self.organism, HIERARCHY)


@cache
def filed() -> tuple[Filed, ...]:
    """The dossiers of every organism that declares, for both years."""
    return tuple(_filed(body, year) for body in organisms() if body.declares for year in YEARS)


def _filed(body: Invented, year: int) -> Filed:
    parts = {part.organism.siren: part for part in cast().parts}
    part, blank = parts.get(body.siren), body.siren == cast().blank.siren
    if part:
        step = part.step if year == YEARS[1] else part.first_step
    elif blank:
        step = Step.ENTRY if year == YEARS[1] else Step.CLOSURE
    else:
        step = usual_step(body, year)
    empty = blank and year == YEARS[1]
    return Filed(
        body, year, step, journey(body, year, step), filled=bool(part) or (blank and not empty), blank=empty
    )


async def write_dossiers() -> None:
    """Campaigns, dossiers, the steps they crossed."""
    campaigns = {
        year: await Campaign.create(
            platform_id="MIN", form=FORM, year=year, pack=pack_key(year), opens_on=OPENS[year], closes_on=None
        )
        for year in YEARS
    }
    await Dossier.bulk_create([dossier_of(one, campaigns[one.year]) for one in filed()], batch_size=BATCH)
    await Crossing.bulk_create([row for one in filed() for row in crossings_of(one)], batch_size=BATCH)


async def write_identities() -> None:
    """The identity sheet of the dossiers that hold nothing else, and their transmissions."""
    identified = [one for one in filed() if one.identified]
    await TabDocument.bulk_create([_identity(one) for one in identified], batch_size=BATCH)
    transmissions, snapshots = [], []
    for one in identified:
        if one.journey.transmitted:
            data = _identity_data(one)
            data_hash = hash_of(one.pack, data)
            transmissions.append(transmission(one, data_hash))
            documents: list[TabValues] = [("G01", _in_tab(data.cells), {}, {}, [])]
            snapshots.append(snapshot(one, documents, data.previous, data_hash))
    await Transmission.bulk_create(transmissions, batch_size=BATCH)
    await Snapshot.bulk_create(snapshots, batch_size=BATCH)


def dossier_of(one: Filed, campaign: Campaign) -> Dossier:
    """Its row, in the campaign that it answers."""
    body, code = one.organism, one.organism.codes[one.platform]
    return Dossier(
        id=one.id,
        campaign_id=campaign.id,
        organism_id=stable_id("organism", body.siren),
        platform=one.platform,
        form=one.form,
        year=one.year,
        pack=one.pack,
        code=code,
        category=body.category,
        search=fold(f"{body.name} {body.siren} {code} {body.department.code} {body.town.name}"),
        step=one.step,
        step_since=one.journey.since,
        passes=len(one.journey.passages),
        version=one.version,
        transmitted_at=one.journey.transmitted,
    )


def crossings_of(one: Filed) -> Iterator[Crossing]:
    """Every step that it crossed, and who carried it over."""
    for rank, passage in enumerate(one.journey.passages, 1):
        yield Crossing(
            dossier_id=one.id,
            passage=rank,
            move=passage.move,
            source=passage.source,
            target=passage.target,
            at=passage.at,
            author_id=_crossed_by(one, passage),
            reason=passage.reason,
        )


def _crossed_by(one: Filed, passage: Passage) -> UUID:
    role = AUTHORS.get(passage.move)
    if role:
        return _author(one.organism, role)
    return stable_id("user", f"{PLATFORMS[one.platform].login}.{MANAGER.word}")


def _author(body: Invented, role: Role) -> UUID:
    """The person of that role; where a body has one account only, its administrator."""
    listed = {other.siren for other in cast().listed}
    return stable_id("user", login_of(body, role if body.siren in listed else ADMIN))


def transmission(one: Filed, data_hash: str) -> Transmission:
    """The declarant's commitment, on what he saw."""
    return Transmission(
        dossier_id=one.id,
        user_id=one.declarant,
        at=one.journey.transmitted,
        pack=one.pack,
        data_hash=data_hash,
        commitments=list(load_pack(one.pack).cycle.commitments),
    )


def _identity(one: Filed) -> TabDocument:
    cells = _in_tab(identity(one.organism, one.year))
    return TabDocument(dossier_id=one.id, tab="G01", cells=cells, forced={}, computed={}, rows=[])


def _in_tab(cells: Mapping[str, str]) -> dict[str, str]:
    return {cell.removeprefix("G01."): value for cell, value in cells.items()}


def _identity_data(one: Filed) -> Data:
    """The year before counts once it was transmitted, as when `#` is read."""
    before = usual_step(one.organism, one.year - 1) if one.year > YEARS[0] else Step.TO_INITIALISE
    return Data(
        kind=one.organism.category,
        cells=identity(one.organism, one.year),
        previous=load_pack(one.pack).from_last_year(
            identity(one.organism, one.year - 1) if before >= Step.REVIEW else {}
        ),
    )
