"""Who may see this, and what may they see: the question the other way round."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from authz.decision import Target
from authz.lines import ALWAYS, SELF
from authz.names import kind_name
from authz.reach import accounts_of
from authz.rights import RIGHTS, STEP_BIT, Right
from authz.rules import OTHER_FORM
from authz.scope import NOTHING, Condition, Scope
from models import OrganizationKind

if TYPE_CHECKING:
    from authz.facts import AccountFact
    from authz.policy import Policy
    from authz.rules import Rule
    from authz.table import Table


@dataclass(frozen=True, slots=True)
class Holder:
    """An account that holds the right; `since` is a day (ISO), empty for a rule without a first day."""

    subject: str
    organization: str
    ref: str
    since: str


@dataclass(frozen=True, slots=True)
class Body:
    """An organization that may; `refs`: by which articles; `accounts`: who in it."""

    organization: str
    refs: tuple[str, ...]
    accounts: tuple[Holder, ...]


def who_can(policy: Policy, right: Right, target: Target, day: date | None = None) -> tuple[Body, ...]:
    """The organizations that have an open account holding a right on a dossier, by key."""
    place, bit = policy.organisms.places.get(target.organism), STEP_BIT.get(target.step, 0)
    if place is None:
        return ()
    found: dict[str, list[Holder]] = {}
    for account in sorted(_candidates(policy, right, target), key=lambda one: one.subject):
        table = policy.table(account.subject, day)
        if table[target.platform, target.form, target.year, right].steps[place] & bit:
            gives = _giving(table, right, target, place)
            since = "" if gives.since == ALWAYS[0].isoformat() else gives.since
            holder = Holder(account.subject, account.organization, gives.ref, since)
            found.setdefault(account.organization, []).append(holder)
    return tuple(
        Body(key, tuple(dict.fromkeys(holder.ref for holder in accounts)), tuple(accounts))
        for key, accounts in sorted(found.items())
    )


def _giving(table: Table, right: Right, target: Target, place: int) -> Rule:
    """The first rule that gives a right that the compiled table has said yes to."""
    where = (target.platform, target.form)
    return next(
        rule
        for rule in table.conventions(*where, right)
        if not rule.denies
        and rule.steps & STEP_BIT[target.step]
        and table.reached(rule, *where, target.year) >> 8 * place & 1
    )


def outside(policy: Policy, right: Right, target: Target) -> Iterator[Holder]:
    """The accounts and machine clients outside the target's organism that hold a right on it today."""
    for body in who_can(policy, right, target):
        if body.organization != target.organism:
            yield from body.accounts


def _candidates(policy: Policy, right: Right, target: Target) -> Iterator[AccountFact]:
    """The open accounts that some rule of the first layer names, itself or its organization or its kind.

    Organisms are thousands, and each reads itself: the others are looked at only where a rule says more.
    """
    if right not in RIGHTS or target.platform not in policy.platforms:
        return
    where = (target.platform, right, target.form)
    named = policy.conventions.named(*where)
    organisms = kind_name(OrganizationKind.ORGANISM)
    alone = all(rule.organisms == SELF for rule in policy.conventions.about([organisms], *where))
    for account in policy.accounts.values():
        kind = kind_name(policy.organizations[account.organization].kind)
        if alone and kind == organisms and account.organization != target.organism:
            names = {account.subject, account.organization}
        else:
            names = {account.subject, account.organization, kind}
        if not names.isdisjoint(named):
            yield account


def what_can(policy: Policy, organization: str, right: Right, day: date | None = None) -> Condition:
    """The dossiers on which some open account of an organization has a right, as SQL over the alias `d`.

    Accounts of one organization whose boxes leave the same steps see the same: one of them is asked.
    """
    seen: dict[object, Scope] = {}
    for subject in accounts_of(policy, organization):
        table = policy.table(subject, day)
        alike = (subject in policy.conventions.names and subject, tuple(_limits(policy, table, right)))
        seen.setdefault(alike, Scope(table, right))
    parts = {repr((one.sql, one.values)): one for one in seen.values() if one.sql != NOTHING.sql}.values()
    if not parts:
        return NOTHING
    sql = " OR ".join(f"({part.sql})" for part in parts)
    return Condition(sql, tuple(value for part in parts for value in part.values))


def _limits(policy: Policy, table: Table, right: Right) -> Iterator[int]:
    for platform in sorted(policy.platforms):
        for form in (OTHER_FORM, *sorted(policy.buckets.forms(platform))):
            yield table.box_steps(platform, form, right) & table.ceiling_steps(platform, form, right)


def articles(
    policy: Policy, organization: str, platform: str, right: Right, day: date
) -> dict[str, list[Rule]]:
    """The rules in force that give a right to an organization or to its accounts, by form or `*`."""
    whom = {*policy.enforcement.members.reach(organization), *accounts_of(policy, organization)}
    found: dict[str, list[Rule]] = {}
    for rule in policy.conventions.on(sorted(whom), platform, right):
        if not rule.denies and rule.holds_on(day.isoformat()):
            found.setdefault(rule.form, []).append(rule)
    return found
