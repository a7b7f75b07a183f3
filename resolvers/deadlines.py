"""The last day of a dossier: one rule, as an SQL expression for lists and as Python for what is at hand.

A campaign gives each step its last day, for a kind of organism or for all others; an exception, dated and
with its reason, wins for its dossier. Whoever has several steps before him must have left each by its day:
the last day of a dossier is the first of those of the step where it stands and of the steps that follow
(docs/decisions/0017).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from forms import Step
from models import fetch

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from resolvers.rows import DossierRow

# Nothing leaves the step after it.
LAST_STEP = int(Step.FINALISATION)
_DAY = """(SELECT min(coalesce(x.due_on, own.due_on, rest.due_on)) FROM generate_series({since}, {until}) s
LEFT JOIN deadline_exception x ON x.dossier_id = d.id AND x.step = s AND x.removed_at IS NULL
LEFT JOIN deadline own ON own.campaign_id = d.campaign_id AND own.step = s AND own.category = d.category
LEFT JOIN deadline rest ON rest.campaign_id = d.campaign_id AND rest.step = s AND rest.category = '')"""
# Over the alias `d` of table dossier: its last day, and the one that it had to be transmitted by.
DUE_ON = _DAY.format(since="d.step", until=LAST_STEP)
TRANSMISSION_DUE_ON = _DAY.format(
    since=int(Step.HIERARCHICAL_VALIDATION), until=int(Step.HIERARCHICAL_VALIDATION)
)
# The `%s` is today's day in Paris (`authz.clock`).
LATE = f"({DUE_ON} < %s)"
_DEADLINES = """
SELECT c.platform_id AS platform, c.form, c.year, l.step, l.category, l.due_on
FROM deadline l JOIN campaign c ON c.id = l.campaign_id
WHERE (c.platform_id, c.form, c.year) IN
      (SELECT * FROM unnest(%s::text[], %s::text[], %s::int[]))
"""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days that a dossier is held to: `campaign` by step and kind ("" for others), its own by step."""

    campaign: Mapping[tuple[int, str], date] = field(default_factory=dict)
    granted: Mapping[int, date] = field(default_factory=dict)

    def of_step(self, step: int, category: str) -> date | None:
        """The last day to leave a step; None where nothing says it."""
        ruled = self.campaign.get((step, category)) or self.campaign.get((step, ""))
        return self.granted.get(step) or ruled

    def due_on(self, step: int, category: str) -> date | None:
        """The last day of a dossier of that kind that stands at `step`; None where it has none."""
        days = (self.of_step(one, category) for one in range(step, LAST_STEP + 1))
        return min((day for day in days if day is not None), default=None)


def late(due_on: date | None, today: date) -> bool:
    """Whether the last day has passed: one has until the end of it."""
    return due_on is not None and due_on < today


async def due_dates(dossiers: Sequence[DossierRow]) -> dict[UUID, date | None]:
    """The last day of each dossier, where it stands."""
    calendars = await calendars_of(dossiers)
    return {one.id: calendars[one.id].due_on(int(one.step), one.organism.category) for one in dossiers}


async def calendars_of(dossiers: Sequence[DossierRow]) -> dict[UUID, Calendar]:
    """The days that each dossier is held to."""
    places = sorted({(one.platform, one.form, one.year) for one in dossiers})
    ruled: dict[tuple[str, str, int], dict[tuple[int, str], date]] = defaultdict(dict)
    for record in await fetch(
        _DEADLINES, [list(column) for column in zip(*places, strict=True)] or [[], [], []]
    ):
        place = record["platform"], record["form"], record["year"]
        ruled[place][record["step"], record["category"]] = record["due_on"]
    granted: dict[UUID, dict[int, date]] = defaultdict(dict)
    for record in await fetch(
        "SELECT dossier_id, step, due_on FROM deadline_exception "
        "WHERE dossier_id = ANY(%s) AND removed_at IS NULL",
        [[one.id for one in dossiers]],
    ):
        granted[record["dossier_id"]][record["step"]] = record["due_on"]
    return {one.id: Calendar(ruled[one.platform, one.form, one.year], granted[one.id]) for one in dossiers}
