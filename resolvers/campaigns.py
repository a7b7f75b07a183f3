"""Campaigns as whoever conducts them meets them: how far their dossiers are, and their last days."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from authz import Right, require_on_form
from forms import Step, load_pack
from models import Conflict, Deadline, Invalid, NotFound, fetch, transaction
from resolvers import idempotency, journal, packs
from resolvers.campaign_rows import Asked, CampaignRow, DeadlineRow
from resolvers.campaigning import managed_forms
from resolvers.deadlines import LAST_STEP, Calendar
from resolvers.events import Kind
from resolvers.person import person_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from authz import Viewer

_CAMPAIGNS = """
SELECT c.id, c.platform_id AS platform, p.name AS platform_name, c.form, c.year, c.pack, c.opens_on,
       c.closes_on, kinds.categories
FROM campaign c JOIN platform p ON p.code = c.platform_id, LATERAL (
  SELECT array(SELECT DISTINCT d.category FROM dossier d WHERE d.campaign_id = c.id ORDER BY d.category)
         AS categories) kinds
WHERE (c.platform_id, c.form) IN (SELECT * FROM unnest(%s::text[], %s::text[]))
ORDER BY c.year DESC, c.form, c.platform_id
"""
# How far from the year of accounts a last day may be.
YEARS_AFTER = 5


async def campaigns(
    viewer: Viewer, platform: str | None = None, form: str | None = None, year: int | None = None
) -> list[CampaignRow]:
    """The campaigns that the viewer conducts, the latest year first; empty for whoever conducts none."""
    forms = await managed_forms(viewer)
    columns = [list(column) for column in zip(*forms, strict=True)] or [[], []]
    records = [
        record
        for record in await fetch(_CAMPAIGNS, columns)
        if platform in {None, record["platform"]}
        and form in {None, record["form"]}
        and year in {None, record["year"]}
    ]
    await packs.ensure({record["pack"] for record in records})
    days = await _deadlines([record["id"] for record in records])
    return [_row(record, days[record["id"]]) for record in records]


async def set_deadlines(
    viewer: Viewer, campaign_id: int, wanted: Sequence[DeadlineRow], seen: Sequence[DeadlineRow], key: str
) -> CampaignRow:
    """Replace all the last days of a campaign, as `seen` by whoever changes them.

    Raises NotFound CAMPAIGN_UNKNOWN, Refused, Conflict DEADLINES_STALE, Invalid PERSON_REQUIRED,
    DEADLINE_TWICE, DEADLINE_INVALID, DEADLINES_ORDER.
    """
    person_of(viewer)
    async with transaction():
        found = await fetch(
            "SELECT platform_id, form, year FROM campaign WHERE id = %s FOR UPDATE", [campaign_id]
        )
        if not found:
            raise unknown()
        asked = Asked(found[0]["platform_id"], found[0]["form"], found[0]["year"])
        require_on_form(viewer, Right.CAMPAIGN_MANAGE, asked.platform, asked.form)
        _check(wanted, asked.year)
        arguments = {"campaign": campaign_id, "deadlines": _lines(wanted)}
        claimed = {**arguments, "seen": _lines(seen)}
        if await idempotency.claim(viewer, key, "set_deadlines", claimed) is None:
            await _check_seen(campaign_id, seen)
            await Deadline.filter(campaign_id=campaign_id).delete()
            await Deadline.bulk_create(
                Deadline(
                    campaign_id=campaign_id, step=int(one.step), category=one.category, due_on=one.due_on
                )
                for one in wanted
            )
            await journal.record(viewer, Kind.DEADLINE_SET, asked.platform, arguments)
        return next(row for row in await campaigns(viewer, asked.platform, asked.form, asked.year))


def _lines(deadlines: Sequence[DeadlineRow]) -> list[tuple[int, str, str]]:
    return sorted((int(one.step), one.category, one.due_on.isoformat()) for one in deadlines)


async def _check_seen(campaign_id: int, seen: Sequence[DeadlineRow]) -> None:
    """The whole set is replaced: what somebody else has set since would be lost unseen."""
    if _lines((await _deadlines([campaign_id]))[campaign_id]) != _lines(seen):
        raise Conflict(
            "DEADLINES_STALE",
            "Les derniers jours de cette campagne ont été changés depuis que vous les avez lus : "
            "rien n’est enregistré. Relisez-les, puis refaites vos changements.",
            path=("seen",),
        )


def labels_of(row: CampaignRow) -> dict[Step, str]:
    """What the campaign's form calls its steps, in order."""
    return {one.step: one.label for one in load_pack(row.pack).cycle.steps}


async def _deadlines(campaign_ids: Sequence[int]) -> dict[int, tuple[DeadlineRow, ...]]:
    found: dict[int, tuple[DeadlineRow, ...]] = defaultdict(tuple)
    for one in await Deadline.filter(campaign_id__in=list(campaign_ids)).order_by("step", "category"):
        found[one.campaign_id] += (DeadlineRow(Step(one.step), one.category, one.due_on),)
    return found


def _row(record: dict[str, Any], deadlines: tuple[DeadlineRow, ...]) -> CampaignRow:
    same = ("id", "platform", "platform_name", "pack", "opens_on", "closes_on")
    return CampaignRow(
        asked=Asked(record["platform"], record["form"], record["year"]),
        deadlines=deadlines,
        categories=tuple(record["categories"]),
        **{name: record[name] for name in same},
    )


def _check(wanted: Sequence[DeadlineRow], year: int) -> None:
    for place, one in enumerate(wanted):
        check_day(int(one.step), one.due_on, year, ("deadlines", str(place)))
    days = {(int(one.step), one.category): one.due_on for one in wanted}
    if len(days) < len(wanted):
        raise Invalid(
            "DEADLINE_TWICE",
            "Une même étape a deux derniers jours pour la même famille d’organismes : gardez-en un.",
            path=("deadlines",),
        )
    for category in {category for _, category in days}:
        calendar = Calendar(days)
        ruled = [calendar.of_step(step, category) for step in range(LAST_STEP + 1)]
        known = [day for day in ruled if day is not None]
        if any(later < earlier for earlier, later in pairwise(known)):
            raise Invalid(
                "DEADLINES_ORDER",
                "Une étape a un dernier jour avant celui d’une étape qui la précède : "
                "remettez-les dans l’ordre.",
                path=("deadlines",),
            )


def check_day(step: int, day: date, year: int, path: tuple[str, ...]) -> None:
    """Nothing, or Invalid DEADLINE_INVALID: a step that is left, a day that its campaign may know."""
    if not 0 <= step <= LAST_STEP:
        raise Invalid(
            "DEADLINE_INVALID", f"Un dernier jour se donne pour une étape de 0 à {LAST_STEP}.", path=path
        )
    if not year <= day.year <= year + YEARS_AFTER:
        raise Invalid(
            "DEADLINE_INVALID",
            f"Le dernier jour d’une campagne {year} tombe entre {year} et {year + YEARS_AFTER} : "
            "corrigez la date.",
            path=path,
        )


def unknown() -> NotFound:
    """There is no such campaign."""
    return NotFound(
        "CAMPAIGN_UNKNOWN",
        "Cette campagne n’existe pas : rechargez la liste des campagnes.",
        path=("campaign",),
    )
