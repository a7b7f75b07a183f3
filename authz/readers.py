"""Who may, the other way round: the accounts that hold a right on one dossier, and the rule that gives it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from authz.lines import ALWAYS, SELF
from authz.names import kind_name
from authz.rights import STEP_BIT, Right
from models import OrganizationKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from authz.decision import Target
    from authz.facts import AccountFact
    from authz.policy import Policy
    from authz.rules import Rule

_ORGANISM = kind_name(OrganizationKind.ORGANISM)


@dataclass(frozen=True, slots=True)
class Holder:
    """An account that holds the right; `since` is a day (ISO), empty for a rule without a first day."""

    subject: str
    organization: str
    ref: str
    since: str


def outside(policy: Policy, right: Right, target: Target) -> Iterator[Holder]:
    """The accounts and machine clients outside the target's organism that hold a right on it today."""
    place, bit = policy.organisms.places.get(target.organism), STEP_BIT.get(target.step, 0)
    if place is None or not bit:
        return
    for account in _candidates(policy, right, target):
        table = policy.table(account.subject)
        if not table[target.platform, target.form, target.year, right].steps[place] & bit:
            continue
        gives = next(
            rule
            for rule in table.conventions(target.platform, target.form, right)
            if not rule.denies and rule.steps & bit and _covers(policy, account, rule, target, place)
        )
        first = "" if gives.since == ALWAYS[0].isoformat() else gives.since
        yield Holder(account.subject, account.organization, gives.ref, first)


def _covers(policy: Policy, account: AccountFact, rule: Rule, target: Target, place: int) -> bool:
    reached = policy.table(account.subject).reached(rule, target.platform, target.form, target.year)
    return bool(reached >> (8 * place) & 1)


def _candidates(policy: Policy, right: Right, target: Target) -> Iterator[AccountFact]:
    """The open accounts that some rule of the first layer names: organisms’ thousands are not looked at."""
    where = (target.platform, right, target.form)
    named = policy.conventions.named(*where)
    if not any(rule.organisms != SELF for rule in policy.conventions.about([_ORGANISM], *where)):
        # Organisms read themselves only, unless a rule names one of them.
        named = named - {_ORGANISM}
    for subject in sorted(policy.accounts):
        account = policy.accounts[subject]
        names = {subject, account.organization, kind_name(policy.organizations[account.organization].kind)}
        if account.organization != target.organism and not names.isdisjoint(named):
            yield account
