"""Circuits: who is asked for an opinion, who validates, who signs before a step is left, as data.

An opinion, favourable or not, late or not, never decides: only validations and signatures do. Visas of one
rank run side by side; a rank opens when all of the ranks before are settled.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby

from forms.cycle import Step


class VisaNature(StrEnum):
    """What a visa is; only the last two decide."""

    OPINION = "opinion"
    VALIDATION = "validation"
    SIGNATURE = "signature"

    @property
    def decides(self) -> bool:
        """Whether the circuit stops at its no."""
        return self is not VisaNature.OPINION


class Answer(StrEnum):
    """What is said: the first three are opinions, the others decisions."""

    FAVOURABLE = "favourable"
    UNFAVOURABLE = "unfavourable"
    ABSTAINED = "abstained"
    APPROVED = "approved"
    REFUSED = "refused"
    RETURNED = "returned"


class Outcome(StrEnum):
    """How a circuit ends."""

    APPROVED = "approved"
    REFUSED = "refused"
    RETURNED = "returned"


class Hindrance(StrEnum):
    """Why an answer cannot be taken."""

    VISA_UNKNOWN = "VISA_UNKNOWN"
    CIRCUIT_ENDED = "CIRCUIT_ENDED"
    VISA_NOT_OPEN = "VISA_NOT_OPEN"
    VISA_SETTLED = "VISA_SETTLED"
    ALREADY_ANSWERED = "ALREADY_ANSWERED"
    SAME_PERSON = "SAME_PERSON"
    ANSWER_UNFIT = "ANSWER_UNFIT"
    REASON_MISSING = "REASON_MISSING"


OPINIONS = (Answer.FAVOURABLE, Answer.UNFAVOURABLE, Answer.ABSTAINED)
# What has to be said why, to those who asked for it.
REASONED = frozenset({Answer.UNFAVOURABLE, Answer.REFUSED, Answer.RETURNED})
# What ends a circuit, the heavier first.
_STOPS = (Answer.REFUSED, Answer.RETURNED)
# What one person does not do alone, be it in another's place.
_APART = frozenset({VisaNature.VALIDATION, VisaNature.SIGNATURE})
_NOES = frozenset({"", "0", "non"})


@dataclass(frozen=True, slots=True)
class Visa:
    """One place of a circuit: the role that answers, how many of them, within how many days.

    `refusals`: the noes that a deciding visa may say. `overruled`: whoever decides against this opinion
    has to say why. `delegable`: whether a delegate may answer for the holder of the role. `condition`: the
    cell that says whether the visa is asked for at all (`asked_for`), None if it always is.
    """

    code: str
    label: str
    role: str
    nature: VisaNature
    rank: int
    days: int | None = None
    quorum: int = 1
    refusals: frozenset[Answer] = frozenset()
    overruled: bool = False
    delegable: bool = True
    condition: str | None = None

    @property
    def answers(self) -> tuple[Answer, ...]:
        """What may be answered, in the order that screens show."""
        if not self.nature.decides:
            return OPINIONS
        return (Answer.APPROVED, *(one for one in reversed(_STOPS) if one in self.refusals))


@dataclass(frozen=True, slots=True)
class Circuit:
    """The visas that a step asks for, by rank. The last rank decides."""

    code: str
    label: str
    step: Step
    visas: tuple[Visa, ...]


@dataclass(frozen=True, slots=True)
class Act:
    """One answer: of which visa, by whom (for whom, if he is a delegate), what, on which day, and why."""

    visa: str
    by: str
    answer: Answer
    on: date
    reason: str = ""
    stands_for: str | None = None

    @property
    def holder(self) -> str:
        """Whose answer it is: a delegate and the holder of the role are not two."""
        return self.stands_for or self.by


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one visa stands; `opened` and `due` are None as long as its rank is not open."""

    visa: Visa
    acts: tuple[Act, ...] = ()
    opened: date | None = None
    due: date | None = None
    settled: date | None = None
    late: bool = False

    @property
    def open(self) -> bool:
        """Whether an answer is waited for."""
        return self.opened is not None and self.settled is None


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a circuit stands on a day; `outcome` is None as long as it is under way."""

    standings: tuple[Standing, ...]
    outcome: Outcome | None

    @property
    def waited_for(self) -> tuple[Standing, ...]:
        """The visas that an answer is waited for, none once the circuit has ended."""
        return () if self.outcome else tuple(one for one in self.standings if one.open)

    @property
    def unfavourable(self) -> tuple[Act, ...]:
        """The unfavourable opinions against which nobody decides without saying why."""
        return tuple(
            act
            for one in self.standings
            if one.visa.overruled
            for act in one.acts
            if act.answer is Answer.UNFAVOURABLE
        )

    def same_person(self, visa: Visa, by: str) -> bool:
        """Whether he has answered this visa already, or another that takes another person, for anyone."""
        return any(
            act.by == by
            for one in self.standings
            if one.visa.code == visa.code or {one.visa.nature, visa.nature} == _APART
            for act in one.acts
        )

    def hindrance(self, act: Act) -> Hindrance | None:
        """Why the act cannot be taken where the circuit stands; None if it can."""
        standing = next((one for one in self.standings if one.visa.code == act.visa), None)
        if standing is None:
            return Hindrance.VISA_UNKNOWN
        if self.outcome is not None:
            return Hindrance.CIRCUIT_ENDED
        if standing.opened is None:
            return Hindrance.VISA_NOT_OPEN
        if standing.settled is not None:
            return Hindrance.VISA_SETTLED
        return self._unfit(standing, act)

    def _unfit(self, standing: Standing, act: Act) -> Hindrance | None:
        if act.holder in {before.holder for before in standing.acts}:
            return Hindrance.ALREADY_ANSWERED
        if self.same_person(standing.visa, act.by):
            return Hindrance.SAME_PERSON
        if act.answer not in standing.visa.answers or (act.stands_for and not standing.visa.delegable):
            return Hindrance.ANSWER_UNFIT
        overrules = act.answer is Answer.APPROVED and bool(self.unfavourable)
        if (act.answer in REASONED or overrules) and not act.reason.strip():
            return Hindrance.REASON_MISSING
        return None


def asked_for(circuit: Circuit, values: Mapping[str, str | None]) -> frozenset[str]:
    """The visas that the dossier's values ask for: none where the cell is blank, 0 or « non »."""
    return frozenset(
        visa.code for visa in circuit.visas if visa.condition is None or _holds(values.get(visa.condition))
    )


def _holds(value: str | None) -> bool:
    return value is not None and value.strip().lower() not in _NOES


def progress(
    circuit: Circuit, acts: Sequence[Act], opened: date, today: date, applied: Collection[str] | None = None
) -> Progress:
    """Where a circuit opened on a day stands today, after the acts of its present round, in their order.

    `applied`: the codes of the visas whose condition holds, all of them if None.
    """
    visas = [visa for visa in circuit.visas if applied is None or visa.code in applied]
    standings: list[Standing] = []
    since: date | None = opened
    outcome: Outcome | None = None
    for _, rank in groupby(sorted(visas, key=lambda visa: visa.rank), key=lambda visa: visa.rank):
        here = [_standing(visa, acts, since, today) for visa in rank]
        standings += here
        outcome = outcome or _refused(here)
        over = outcome is None and all(one.settled for one in here)
        since = max(one.settled for one in here if one.settled) if over else None
    return Progress(tuple(standings), outcome or (Outcome.APPROVED if since is not None else None))


def _standing(visa: Visa, acts: Sequence[Act], since: date | None, today: date) -> Standing:
    if since is None:
        return Standing(visa)
    own = tuple(act for act in acts if act.visa == visa.code)
    due = None if visa.days is None else since + timedelta(days=visa.days)
    # By day, whatever the order in which they come: those of a rank answer side by side.
    given = sorted(act.on for act in own if act.answer not in _STOPS)
    settled = given[visa.quorum - 1] if len(given) >= visa.quorum else None
    late = due is not None and (settled or today) > due
    if late and not visa.nature.decides and due is not None:
        # Nobody waits for an opinion beyond its day; a validation or a signature is waited for.
        settled = due + timedelta(days=1)
    return Standing(visa, own, since, due, settled, late=late)


def _refused(standings: Sequence[Standing]) -> Outcome | None:
    """The first no of those who decide, of two on one day the heavier one; an opinion is none."""
    noes = [act for act in _decisions(standings) if act.answer in _STOPS]
    return (
        Outcome(min(noes, key=lambda act: (act.on, _STOPS.index(act.answer))).answer.value) if noes else None
    )


def _decisions(standings: Sequence[Standing]) -> Iterator[Act]:
    for one in standings:
        if one.visa.nature.decides:
            yield from one.acts
