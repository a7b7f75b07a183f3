"""Dossiers inside their circuit: one waits for an opinion, one for a validation, one for a signature."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from forms import Answer, Step
from models import Delegation, Transmission, VisaAct
from resolvers.demo.accounts import ADMIN, ENTRY, MANAGER, OFFICER, login_of
from resolvers.demo.cast import cast
from resolvers.demo.identifiers import stable_id
from resolvers.demo.others import filed_others
from resolvers.demo.platforms import PLATFORMS

if TYPE_CHECKING:
    from resolvers.demo.filing import Filed

FORM, PLATFORM, CIRCUIT = "ACTIONNARIAT", "COOP", "RELECTURE"
_AGREED = ("AVIS_COOP", Answer.FAVOURABLE, "")
_DOUBTED = ("AVIS_MISSION", Answer.UNFAVOURABLE, "La part des collectivités est à justifier par une pièce.")
_SEEN = ("AVIS_MISSION", Answer.FAVOURABLE, "")
_VALID = ("VALIDATION", Answer.APPROVED, "")
# What was answered, dossier after dossier, a few days apart.
ANSWERS = ((), (_AGREED, _DOUBTED), (_AGREED, _SEEN, _VALID))
# The first day and the last of the account manager's absence.
AWAY = (date(2026, 11, 2), date(2027, 10, 29))


async def write_circuits() -> None:
    """The answers and the delegation."""
    inside = [one for one in filed_others() if one.form == FORM and one.step is Step.REVIEW]
    for one, said in zip(inside, ANSWERS, strict=True):
        seal = (await Transmission.get(dossier_id=one.id)).data_hash
        await VisaAct.bulk_create(
            [_act(one, rank, answer, seal) for rank, answer in enumerate(said, 1)],
        )
    first, last = AWAY
    await Delegation.create(
        holder_id=_operator(MANAGER.word),
        delegate_id=_operator(OFFICER.word),
        platform=PLATFORM,
        since=first,
        until=last,
        at=datetime(first.year, first.month, first.day, tzinfo=UTC),
    )


def _act(one: Filed, rank: int, said: tuple[str, Answer, str], seal: str) -> VisaAct:
    visa, answer, reason = said
    operator = MANAGER if visa == "VALIDATION" else OFFICER
    author = _organism(one) if visa == "AVIS_COOP" else _operator(operator.word)
    return VisaAct(
        dossier_id=one.id,
        passage=len(one.journey.passages),
        circuit=CIRCUIT,
        visa=visa,
        holder_id=author,
        author_id=author,
        answer=answer.value,
        reason=reason,
        data_hash=seal if visa == "VALIDATION" else "",
        at=one.journey.since + timedelta(days=2 * rank),
    )


def _organism(one: Filed) -> UUID:
    listed = {body.siren for body in cast().listed}
    return stable_id("user", login_of(one.organism, ENTRY if one.organism.siren in listed else ADMIN))


def _operator(word: str) -> UUID:
    return stable_id("user", f"{PLATFORMS[PLATFORM].login}.{word}")
