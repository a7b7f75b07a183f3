"""What the demonstration's users keep to find dossiers again: lists, searches, an organization's labels."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from forms import Step
from models import (
    DossierLabel,
    Label,
    LabelTone,
    ListView,
    Organization,
    SavedSearch,
    WorkList,
    WorkListItem,
)
from resolvers.demo.accounts import MANAGER, OFFICER, PARTNER_USER, Role
from resolvers.demo.cast import cast
from resolvers.demo.filing import YEARS, filed
from resolvers.demo.identifiers import stable_id
from resolvers.demo.platforms import PLATFORMS
from resolvers.folding import fold
from resolvers.list_views import ListPlace
from resolvers.work_list_rows import default_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resolvers.demo.filing import Filed

AT: Final = datetime(2025, 10, 6, 9, tzinfo=UTC)
MINISTRY, CDC = "operator:MIN", "partner:CDC"
YEAR: Final = YEARS[-1]


@dataclass(frozen=True, slots=True)
class Kept:
    """A work list: whose ("" for the one that each person has), and the dossiers at a step that it holds."""

    body: str
    login: str
    step: Step
    most: int
    name: str = ""
    shared: bool = False
    sort: str = "code"
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Sticker:
    """A label of an organization, on one in so many of the dossiers at a step."""

    body: str
    login: str
    name: str
    tone: LabelTone
    step: Step
    one_in: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A search kept by a person, as the schema writes its criteria."""

    login: str
    name: str
    criteria: dict[str, Any] = field(hash=False)
    sort: str = "code"
    descending: bool = False


def _staff(role: Role) -> str:
    return f"{PLATFORMS['MIN'].login}.{role.word}"


_OFFICER, _MANAGER, _READER = _staff(OFFICER), _staff(MANAGER), f"cdc.{PARTNER_USER.word}"
LISTS: Final = (
    Kept(MINISTRY, _OFFICER, Step.REVIEW, 12),
    Kept(MINISTRY, _OFFICER, Step.HIERARCHICAL_VALIDATION, 15, "Relances avant l’échéance", sort="category"),
    Kept(MINISTRY, _MANAGER, Step.FINALISATION, 20, "À clore cet automne", shared=True, sort="step_since"),
    Kept(MINISTRY, _MANAGER, Step.REVIEW, 5),
    Kept(CDC, _READER, Step.REVIEW, 8, sort="name"),
    Kept(CDC, _READER, Step.CLOSURE, 10, "Échantillon d’étude 2024", shared=True, descending=True),
)
STICKERS: Final = (
    Sticker(MINISTRY, _OFFICER, "À rappeler", LabelTone.AMBER, Step.REVIEW, 4),
    Sticker(MINISTRY, _OFFICER, "Relu", LabelTone.GREEN, Step.FINALISATION, 2),
    Sticker(MINISTRY, _MANAGER, "Point avec la direction", LabelTone.RED, Step.REVIEW, 9),
    Sticker(MINISTRY, _MANAGER, "Fusion annoncée", LabelTone.VIOLET, Step.ENTRY, 12),
    Sticker(CDC, _READER, "Prêt à l’étude", LabelTone.BLUE, Step.REVIEW, 3),
    Sticker(CDC, _READER, "Archivé", LabelTone.GREY, Step.CLOSURE, 3),
)
SEARCHES: Final = (
    Asked(_OFFICER, "ER 2024 en revue", {"forms": ["ER"], "years": [YEAR], "steps": ["REVIEW"]}),
    Asked(_OFFICER, "En retard", {"years": [YEAR], "late": True}, "category"),
    Asked(
        _OFFICER, "Offices de l’Hérault", {"categories": ["OPH"], "department": "34"}, "year", descending=True
    ),
    Asked(
        _MANAGER,
        "Transmis en juillet 2025",
        {"forms": ["ER"], "passedStep": "REVIEW", "passedSince": "2025-07-01", "passedUntil": "2025-07-31"},
        "transmitted",
        descending=True,
    ),
    Asked(_READER, "Clos depuis 2024", {"forms": ["ER"], "steps": ["CLOSURE"], "years": list(YEARS)}, "name"),
)


async def write_keepsakes() -> None:
    """Everything, always the same; what a reader may not see is not shown to him, here as elsewhere."""
    bodies = {key: (await Organization.get(key=key)).id for key in (MINISTRY, CDC)}
    await _lists(bodies)
    await _labels(bodies)
    for asked in SEARCHES:
        await SavedSearch.create(
            id=stable_id("saved search", asked.login, asked.name),
            user_id=_user(asked.login),
            name=asked.name,
            criteria=asked.criteria,
            sort=asked.sort,
            descending=asked.descending,
            created_at=AT,
        )
    columns = ["code", "name", "step", "due_on", "officer", "labels"]
    await ListView.create(user_id=_user(_OFFICER), place=ListPlace.WORK_LIST.value, columns=columns)


async def _lists(bodies: dict[str, UUID]) -> None:
    for kept in LISTS:
        owner = _user(kept.login)
        made = await WorkList.create(
            id=stable_id("work list", kept.login, kept.name) if kept.name else default_id(owner),
            organization_id=bodies[kept.body],
            owner_id=owner,
            name=kept.name,
            shared=kept.shared,
            sort=kept.sort,
            descending=kept.descending,
            created_at=AT,
        )
        await WorkListItem.bulk_create(
            WorkListItem(work_list_id=made.id, dossier_id=one.id, author_id=owner, added_at=AT)
            for one in islice(_standing(kept.step), kept.most)
        )


async def _labels(bodies: dict[str, UUID]) -> None:
    for sticker in STICKERS:
        made = await Label.create(
            id=stable_id("label", sticker.body, sticker.name),
            organization_id=bodies[sticker.body],
            name=sticker.name,
            folded=fold(sticker.name),
            tone=sticker.tone,
            created_at=AT,
        )
        await DossierLabel.bulk_create(
            DossierLabel(label_id=made.id, dossier_id=one.id, author_id=_user(sticker.login), at=AT)
            for one in islice(_standing(sticker.step), 0, None, sticker.one_in)
        )


def _standing(step: Step) -> Iterator[Filed]:
    """Of the last year, those that anyone who reads that step may know."""
    hidden = {cast().unconsenting.siren, cast().denied.siren}
    return (
        one for one in filed() if one.year == YEAR and one.step is step and one.organism.siren not in hidden
    )


def _user(login: str) -> UUID:
    return stable_id("user", login)
