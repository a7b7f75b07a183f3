"""Which may she? The SQL condition of a list, exact to the decision on each row."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from authz.names import FORM, YEARS
from authz.policy import Policy
from authz.rights import STEP_BIT, Right
from authz.rules import OTHER_FORM, OTHER_YEAR
from authz.table import Table
from authz.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Scope:
    """A boolean SQL expression over the alias `d` of table dossier, and its values for `%s`."""

    sql: str
    values: tuple[Any, ...]


NOTHING = Scope("FALSE", ())
_EVERYTHING = Scope("TRUE", ())
_FORMS = Scope("d.form ~ %s", (f"^{FORM.pattern}$",))
_YEARS = Scope("d.year BETWEEN %s AND %s", (YEARS.start, YEARS.stop - 1))

# Values of one column, and whether they are those taken in (True) or those left out (False).
Choice = tuple[bool, tuple[Any, ...]]


def scope(viewer: Viewer, right: Right, day: date | None = None) -> Scope:
    """The condition of the dossiers on which `decide` says yes, on `day` (today in Paris when None).

    Raises Problem (AUTHORITY_UNAVAILABLE) while the rights in force cannot be confirmed.
    """
    policy = viewer.authority.policy
    if viewer.scopes is not None and right not in viewer.scopes:
        return NOTHING
    table = policy.table(viewer.subject, day)
    found = table.scopes.get(right) if table.actors else NOTHING
    if found is None:
        found = table.scopes[right] = _any(
            [_platform(policy, table, right, code) for code in policy.platforms]
        )
    return found


def _platform(policy: Policy, table: Table, right: Right, platform: str) -> Scope:
    """One branch a platform: forms that read alike share a branch, and so do years within a form."""

    def years(form: str) -> Hashable:
        named = policy.buckets.years(platform, form)
        cells = {year: table.cell(platform, form, year, right).steps for year in named}
        return tuple(_alike(cells, table.cell(platform, form, OTHER_YEAR, right).steps))

    forms = {form: years(form) for form in policy.buckets.forms(platform)}
    branches = []
    for chosen, parts in _alike(forms, years(OTHER_FORM)):
        inner = _any([_all([_column("year", which, _YEARS), _cell(policy, steps)]) for which, steps in parts])
        branches.append(_all([_column("form", chosen, _FORMS), inner]))
    return _all([Scope("d.platform = %s", (platform,)), _any(branches)])


def _alike(named: Mapping[Any, Hashable], other: Hashable) -> Iterator[tuple[Choice, Any]]:
    """The named values that have one content, content by content; all other values go with `other`."""
    groups: dict[Hashable, list[Any]] = {}
    for value in sorted(named):
        groups.setdefault(named[value], []).append(value)
    groups.pop(other, None)
    left_out = [value for values in groups.values() for value in values]
    for content, values in groups.items():
        yield (True, tuple(values)), content
    yield (False, tuple(left_out)), other


def _column(name: str, choice: Choice, plausible: Scope) -> Scope:
    """A condition on a column; what is not named must at least be what a decision would admit."""
    taken, values = choice
    if taken:
        return _among(name, values)
    return _all([plausible, Scope(f"d.{name} <> ALL(%s)", (list(values),))]) if values else plausible


def _cell(policy: Policy, steps: bytes) -> Scope:
    """The organisms by the steps that they may be seen at: terms that exclude each other.

    Organisms are named by id, never by the dossier's columns: those repeat what the organism was when
    the dossier was opened, and `g2` says what it is today. The whole set alone needs no condition.
    """
    terms = []
    for bits in sorted(set(steps) - {0}):
        seen = ", ".join(str(step) for step, bit in STEP_BIT.items() if bits & bit)
        ids = [id_ for id_, found in zip(policy.organisms.ids, steps, strict=True) if found == bits]
        named = _organisms(ids) if len(ids) < len(steps) else _EVERYTHING
        terms.append(_all([Scope(f"d.step IN ({seen})", ()), named]))
    return _any(terms)


def _organisms(ids: list[UUID]) -> Scope:
    """As one text: a list of a thousand identifiers would be written anew for each query."""
    if len(ids) == 1:
        return Scope("d.organism_id = %s", (ids[0],))
    return Scope("d.organism_id = ANY(%s::uuid[])", ("{" + ",".join(map(str, ids)) + "}",))


def _among(name: str, values: tuple[Any, ...]) -> Scope:
    if len(values) == 1:
        return Scope(f"d.{name} = %s", values)
    return Scope(f"d.{name} = ANY(%s)", (list(values),))


def _any(parts: list[Scope]) -> Scope:
    live = [part for part in parts if part != NOTHING]
    if _EVERYTHING in live:
        return _EVERYTHING
    return _join(live, " OR ") if live else NOTHING


def _all(parts: list[Scope]) -> Scope:
    if NOTHING in parts:
        return NOTHING
    live = [part for part in parts if part != _EVERYTHING]
    return _join(live, " AND ") if live else _EVERYTHING


def _join(parts: list[Scope], word: str) -> Scope:
    if len(parts) == 1:
        return parts[0]
    return Scope(
        f"({word.join(part.sql for part in parts)})", tuple(v for part in parts for v in part.values)
    )
