"""Last days, exceptions, followers and hand-backs of the demonstration: a campaign that somebody conducts."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from forms import Step
from models import Assignment, AssignmentRole, Campaign, Deadline, DeadlineException
from resolvers.demo.accounts import MANAGER, OFFICER, OPERATOR
from resolvers.demo.filing import FORM, YEARS, filed
from resolvers.demo.identifiers import stable_id
from resolvers.demo.platforms import PLATFORMS

if TYPE_CHECKING:
    from resolvers.demo.filing import Filed

# Last days: step, kind of organism ("" for all others), years after that of the accounts, month, day.
SEND = Step.HIERARCHICAL_VALIDATION
DAYS = ((SEND, "", 1, 7, 15), (SEND, "COOP", 1, 9, 30), (Step.REVIEW, "", 2, 12, 31))
ASKED_ON, UNTIL = date(2025, 7, 3), date(2027, 1, 31)
# One in so many of those who have not transmitted has been given more time; its reasons, in turn.
GRANTED = 4
REASONS = (
    "Changement de commissaire aux comptes en cours d’exercice.",
    "Fusion en cours avec un autre organisme.",
    "Sinistre du système d’information signalé par l’organisme.",
)
AT = time(9, tzinfo=UTC)


def staff(word: str) -> str:
    """The login of somebody of the Ministry."""
    return f"{PLATFORMS['MIN'].login}.{word}"


async def write_campaigning() -> None:
    """Everything that whoever conducts the ER's campaigns has decided."""
    for year in YEARS:
        campaign = await Campaign.get(platform_id="MIN", form=FORM, year=year)
        await Deadline.bulk_create(_deadlines(campaign))
    latest = [one for one in filed() if one.year == YEARS[-1]]
    await DeadlineException.bulk_create(_exceptions(latest))
    await Assignment.bulk_create(_followers(latest))


def _deadlines(campaign: Campaign) -> list[Deadline]:
    return [
        Deadline(
            campaign_id=campaign.id,
            step=int(step),
            category=category,
            due_on=date(campaign.year + after, month, day),
        )
        for step, category, after, month, day in DAYS
    ]


def _exceptions(dossiers: list[Filed]) -> list[DeadlineException]:
    """Some have longer, and are not late; the others who have not transmitted are."""
    author = stable_id("user", staff(OPERATOR.word))
    late = [one for one in dossiers if one.step <= SEND]
    return [
        DeadlineException(
            dossier_id=one.id,
            step=int(SEND),
            due_on=UNTIL,
            reason=REASONS[place % len(REASONS)],
            author_id=author,
            at=datetime.combine(ASKED_ON, AT),
        )
        for place, one in enumerate(late[::GRANTED])
    ]


def _followers(dossiers: list[Filed]) -> list[Assignment]:
    """Each has its « responsable d'affaire », and two in three their « chargé de mission »."""
    author = stable_id("user", staff(OPERATOR.word))
    at = datetime.combine(date(YEARS[-1] + 1, 4, 2), AT)
    roles = ((AssignmentRole.ACCOUNT_MANAGER, MANAGER, 1), (AssignmentRole.OFFICER, OFFICER, 3))
    return [
        Assignment(
            dossier_id=one.id, role=role, user_id=stable_id("user", staff(who.word)), at=at, author_id=author
        )
        for role, who, left_out in roles
        for place, one in enumerate(dossiers)
        if left_out == 1 or place % left_out
    ]
