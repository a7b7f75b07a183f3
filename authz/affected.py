"""On whose compiled tables a change bears: the others go on as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from authz.names import is_profile

if TYPE_CHECKING:
    from authz.facts import Delta
    from authz.lines import Line
    from authz.policy import Policy


def affected(old: Policy, new: Policy, delta: Delta) -> set[str] | None:
    """The subjects that the change bears on; None when it bears on everyone.

    It does when an organism's place or group moves, or what the policy tells apart. A table not affected
    is right for the spans of days that it was compiled for, even if they are now cut differently.
    """
    if delta.organisms or new.buckets != old.buckets:
        return None
    lines = (*delta.added, *delta.closed)
    actors = {line.values[0] for line in lines if line.ptype in ("p", "p3")}
    actors |= {organization.key for organization in delta.organizations}
    for consent, _ in delta.consents:
        domain = f"{consent.platform}/{consent.form}/{consent.year}"
        for policy in (old, new):
            actors |= policy.enforcement.consents.reach(consent.partner, domain)
    subjects = {account.subject for account in delta.accounts}
    for line in lines:
        subjects |= _boxed(line, old) | _boxed(line, new)
    for policy in (old, new):
        subjects = subjects.union(*(policy.enforcement.members.members(name) for name in actors))
    return subjects


def _boxed(line: Line, policy: Policy) -> frozenset[str]:
    """The accounts whose second layer a line is in."""
    profiles = policy.enforcement.profiles
    if line.ptype == "g":
        return profiles.members(line.values[0], line.values[2])
    if line.ptype != "p2":
        return frozenset()
    name, platform = line.values[0], line.values[1]
    if not is_profile(name):
        return frozenset({name})
    domains = [domain for domain in profiles.domains() if domain.partition("/")[0] == platform]
    return frozenset().union(*(profiles.members(name, domain) for domain in domains))
