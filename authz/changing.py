"""A newer version from an older one and what changed: made aside in one step, the older one left as it was.

Casbin's loaded lists and role managers come first, the compiled half from them; the result is proven equal
to the same version read whole. What cannot be followed for certain raises PolicyFault: read everything then.
"""

from __future__ import annotations

from copy import copy

from authz.affected import affected
from authz.buckets import Buckets, Eras
from authz.derived import link_changes
from authz.facts import Delta
from authz.lines import Line
from authz.loaded import unclear
from authz.names import NO_PROFILE, is_profile
from authz.organisms import Organisms
from authz.policy import Policy
from authz.shelf import Shelf
from authz.table import Cell
from authz.validation import validate_consents, validate_lines

LAYERS = {"p": "conventions", "p2": "boxes", "p3": "ceilings"}


def changed(old: Policy, delta: Delta) -> Policy:
    """The policy after the change, without a compiled table; `hand_over` gives it those of the older one.

    PolicyFault when a line is not right, or when the change does not fit the older policy.
    """
    if delta.base != old.version:
        raise unclear("version")
    new = copy(old)
    new.version = delta.version
    new.shelf = Shelf(new)
    _change_names(new, delta)
    filled = {line.values[0] for line in delta.added if line.ptype == "p2" and line.values}
    validate_lines(delta.added, new.names, old.boxes.names.keys() | filled)
    validate_consents((consent for consent, given in delta.consents if given), new.names)
    new.enforcement = old.enforcement.changed(delta.added, delta.closed, link_changes(old, delta))
    for ptype, name in LAYERS.items():
        added, closed = _of(ptype, delta.added), _of(ptype, delta.closed)
        if added or closed:
            setattr(new, name, getattr(old, name).changed(added, closed))
    _check_profiles(new, delta)
    _sort_again(new, old, delta)
    return new


def hand_over(old: Policy, new: Policy, delta: Delta) -> None:
    """Give the newer policy the tables on which the change has no bearing; the older one compiles anew."""
    subjects = affected(old, new, delta)
    if subjects is not None:
        new.shelf, old.shelf = old.shelf, Shelf(old)
        new.shelf.hand_over(new, subjects, old.shelf)


def _change_names(new: Policy, delta: Delta) -> None:
    new.names = new.names.and_those_of(delta)
    if delta.organizations:
        new.organizations = new.organizations | {item.key: item for item in delta.organizations}
    if delta.accounts:
        shut = {account.subject for account in delta.accounts if not account.open}
        opened = {account.subject: account for account in delta.accounts if account.open}
        kept = {subject: account for subject, account in new.accounts.items() if subject not in shut}
        new.accounts = kept | opened


def _of(ptype: str, lines: tuple[Line, ...]) -> list[Line]:
    return [line for line in lines if line.ptype == ptype]


def _check_profiles(new: Policy, delta: Delta) -> None:
    """A profile held must still be filled by some box, or the policy read whole would be refused."""
    named = {line.values[0] for line in _of("p2", delta.closed) if is_profile(line.values[0])}
    named |= {line.values[1] for line in _of("g", delta.added)}
    profiles = new.enforcement.profiles
    for profile in sorted(named - new.boxes.names.keys() - {NO_PROFILE}):
        if any(len(profiles.members(profile, domain)) > 1 for domain in profiles.domains()):
            raise unclear("profile", profile)


def _sort_again(new: Policy, old: Policy, delta: Delta) -> None:
    """What the compiler tells apart: forms and years, spans of days, places of organisms."""
    new.buckets = Buckets(new.enforcement, (new.conventions, new.boxes, new.ceilings))
    if new.conventions.dates.keys() != old.conventions.dates.keys():
        new.eras = Eras(new.conventions.dates)
    if delta.organisms:
        known = old.organisms.known | {item.key: item for item in delta.organisms}
        new.organisms = Organisms((known[key] for key in sorted(known)), new.enforcement)
        new.nothing = Cell(new.organisms.table(0), None)
    else:
        domains = {f"{one.platform}/{one.form}/{one.year}" for one, _ in delta.consents}
        new.organisms = old.organisms.after(new.enforcement, domains)
