"""Who gains and who loses between two policies: compiled cells compared, for those whom the changes name.

Accounts of one body whose boxes leave the same steps share a cell: one of them is compared for all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from authz.lines import ANY_FORM, Line
from authz.names import KINDS
from authz.policy import Policy
from authz.reach import accounts_of
from authz.rights import Right
from authz.rules import OTHER_FORM, OTHER_YEAR


class Case(NamedTuple):
    """What cells are compared on. `form` "" and `year` 0 stand for those that no line or consent names."""

    platform: str
    form: str
    year: int
    right: str


@dataclass(slots=True)
class Shift:
    """What a body gains and loses in one case: sets of organisms × steps (a byte an organism), accounts."""

    organization: str
    case: Case
    gained: int = 0
    lost: int = 0
    accounts: set[str] = field(default_factory=set)


class Comparison:
    """Two policies on one day."""

    def __init__(self, before: Policy, after: Policy, day: date) -> None:
        self.before = before
        self.after = after
        self.day = day

    def shifts(self, lines: Iterable[Line]) -> list[Shift]:
        """What each body named by a changed line gains and loses."""
        found: dict[tuple[str, Case], Shift] = {}
        for case, subjects in self._asked(lines).items():
            for organization, group in self._alike(case, subjects):
                shift = found.setdefault((organization, case), Shift(organization, case))
                self._compare(shift, group)
        return [shift for shift in found.values() if shift.accounts]

    def of(self, subject: str, shifts: Sequence[Shift]) -> list[Shift]:
        """The part of `shifts` that one account has in them."""
        mine = []
        for shift in shifts:
            if subject in shift.accounts:
                own = Shift(shift.organization, shift.case)
                self._compare(own, [subject])
                mine.append(own)
        return mine

    def forms(self, platform: str) -> list[str]:
        """The forms that either policy names on a platform, then the case of all others."""
        named = self.before.buckets.forms(platform) | self.after.buckets.forms(platform)
        return [*sorted(named), OTHER_FORM]

    def years(self, platform: str, form: str) -> list[int]:
        """The years that either policy names for a form, then the case of all others."""
        named = self.before.buckets.years(platform, form) | self.after.buckets.years(platform, form)
        return [*sorted(named), OTHER_YEAR]

    def _asked(self, lines: Iterable[Line]) -> dict[Case, set[str]]:
        asked: dict[Case, set[str]] = defaultdict(set)
        for place, whom in self._places(lines).items():
            platform, form, right = place
            subjects = {subject for who in whom for subject in self._subjects(who, platform, form)}
            for one in self.forms(platform) if form == ANY_FORM else [form]:
                for year in self.years(platform, one):
                    asked[Case(platform, one, year, right)] |= subjects
        return asked

    def _places(self, lines: Iterable[Line]) -> dict[tuple[str, str, str], set[str]]:
        """Whom lines name, by platform, form and right: a profile given bears on every right."""
        places: dict[tuple[str, str, str], set[str]] = defaultdict(set)
        for line in lines:
            if line.ptype == "g":
                platform, _, form = line.field("domain").partition("/")
                for right in Right:
                    places[platform, form, right].add(line.values[0])
            else:
                places[line.field("dom"), line.field("form"), line.field("act")].add(line.values[0])
        return places

    def _subjects(self, who: str, platform: str, form: str) -> set[str]:
        """The accounts that a line on `who` bears on, in either policy."""
        found: set[str] = set()
        for policy in (self.before, self.after):
            if who in KINDS:
                kind = who.partition(":")[2]
                found |= {
                    subject
                    for subject, account in policy.accounts.items()
                    if policy.organizations[account.organization].kind == kind
                }
            elif who in policy.organizations:
                found.update(accounts_of(policy, who))
            else:
                forms = self.forms(platform) if form == ANY_FORM else [form]
                for one in forms:
                    found |= policy.enforcement.profiles.members(who, f"{platform}/{one}")
        return found & (self.before.accounts.keys() | self.after.accounts.keys())

    def _alike(self, case: Case, subjects: set[str]) -> Iterator[tuple[str, list[str]]]:
        groups: dict[tuple[str, object], list[str]] = defaultdict(list)
        for subject in sorted(subjects):
            account = self.after.accounts.get(subject) or self.before.accounts[subject]
            groups[account.organization, self._content(case, subject)].append(subject)
        for (organization, _), group in groups.items():
            yield organization, group

    def _content(self, case: Case, subject: str) -> object:
        """What tells the accounts of one body apart: their boxes, and rules on themselves."""
        content: list[int] = []
        for policy in (self.before, self.after):
            if subject not in policy.accounts:
                content.append(-1)
                continue
            form, _ = policy.buckets.sort(case.platform, case.form, case.year)
            if any(policy.conventions.about((subject,), case.platform, case.right, form)):
                return subject
            content.append(policy.table(subject, self.day).box_steps(case.platform, form, case.right))
        return tuple(content)

    def _compare(self, shift: Shift, group: Sequence[str]) -> None:
        before, after = (self._cell(policy, group[0], shift.case) for policy in (self.before, self.after))
        if before != after:
            shift.gained |= after & ~before
            shift.lost |= before & ~after
            shift.accounts.update(group)

    def _cell(self, policy: Policy, subject: str, case: Case) -> int:
        if subject not in policy.accounts:
            return 0
        form, year = policy.buckets.sort(case.platform, case.form, case.year)
        cell = policy.table(subject, self.day).cell(case.platform, form, year, case.right)
        return int.from_bytes(cell.steps, "little")
