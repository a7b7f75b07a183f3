"""Which may she? What a list may hold, exact to the decision on each row: as SQL, or as a cell a campaign."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from authz.names import CODE, LONGEST_CODE, YEARS
from authz.policy import Policy
from authz.rights import STEP_BIT, Right
from authz.rules import OTHER_FORM, OTHER_YEAR
from authz.table import Table
from authz.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Condition:
    """A boolean SQL expression over the alias `d` of table dossier, and its values for `%s`."""

    sql: str
    values: tuple[Any, ...]


NOTHING = Condition("FALSE", ())
_EVERYTHING = Condition("TRUE", ())
# FORM, its length apart: asked of each of a million dossiers, a bounded pattern takes twice as long.
_FORMS = Condition("(length(d.form) <= %s AND d.form ~ %s)", (LONGEST_CODE, f"^{CODE}*$"))
_YEARS = Condition("d.year BETWEEN %s AND %s", (YEARS.start, YEARS.stop - 1))

# Values of one column, and whether they are those taken in (True) or those left out (False).
Choice = tuple[bool, tuple[Any, ...]]


class Scope:
    """The dossiers on which one subject has one right: a condition in SQL, or a cell for each campaign.

    `memo` is the caller's: whatever it made of the cells, which stands as long as the scope does.
    """

    def __init__(self, table: Table | None, right: str) -> None:
        self._table = table
        self._right = right
        self.memo: dict[str, Any] = {}

    @property
    def sql(self) -> str:
        """A boolean expression over the alias `d` of table dossier."""
        return self._condition.sql

    @property
    def values(self) -> tuple[Any, ...]:
        """The values of the expression's `%s`."""
        return self._condition.values

    @property
    def organisms(self) -> tuple[UUID, ...]:
        """Whom the bytes of `steps` speak of, in their order."""
        return self._policy(self._table).organisms.ids if self._table is not None else ()

    def steps(self, platform: str, form: str, year: int) -> bytes:
        """The steps at which a campaign's dossiers may be seen: a byte of step bits an organism."""
        return self._table[platform, form, year, self._right].steps if self._table is not None else b""

    @cached_property
    def limited(self) -> bool:
        """Whether a convention gives some of the dossiers by a few of their tabs only."""
        if self._table is None:
            return False
        table, policy = self._table, self._policy(self._table)
        forms = [
            (code, form) for code in policy.platforms for form in {*policy.buckets.forms(code), OTHER_FORM}
        ]
        return any(
            table.cell(code, form, year, self._right).limited
            for code, form in forms
            for year in {*policy.buckets.years(code, form), OTHER_YEAR}
        )

    # Only a viewer of single dossiers asks for it: a list of many consents would be a long text.
    @cached_property
    def _condition(self) -> Condition:
        if self._table is None:
            return NOTHING
        policy = self._policy(self._table)
        return _any([_platform(policy, self._table, self._right, code) for code in policy.platforms])

    @staticmethod
    def _policy(table: Table) -> Policy:
        return table.policy  # kept here, each scope would keep an old policy alive


def scope(viewer: Viewer, right: Right, day: date | None = None) -> Scope:
    """The dossiers on which `decide` says yes, on `day` (today in Paris when None).

    Raises Problem (AUTHORITY_UNAVAILABLE) while the rights in force cannot be confirmed.
    """
    policy = viewer.authority.policy
    if viewer.scopes is not None and right not in viewer.scopes:
        return Scope(None, right)
    table = policy.table(viewer.subject, day)
    if not table.actors:
        return Scope(None, right)
    shadow = viewer.authority.shadow
    if shadow is not None:
        shadow.listed(table, right, day or policy.shelf.day.date)
    found = table.scopes.get(right)
    if found is None:
        found = table.scopes[right] = Scope(table, right)
    return found


def _platform(policy: Policy, table: Table, right: str, platform: str) -> Condition:
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
    return _all([Condition("d.platform = %s", (platform,)), _any(branches)])


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


def _column(name: str, choice: Choice, plausible: Condition) -> Condition:
    """A condition on a column; what is not named must at least be what a decision would admit."""
    taken, values = choice
    if taken:
        return _among(name, values)
    return _all([plausible, Condition(f"d.{name} <> ALL(%s)", (list(values),))]) if values else plausible


def _cell(policy: Policy, steps: bytes) -> Condition:
    """The organisms by the steps that they may be seen at: terms that exclude each other.

    Organisms are named by id, never by the dossier's columns: those repeat what the organism was when
    the dossier was opened, and `g2` says what it is today. The whole set alone needs no condition.
    """
    terms = []
    for bits in sorted(set(steps) - {0}):
        seen = ", ".join(str(step) for step, bit in STEP_BIT.items() if bits & bit)
        ids = [id_ for id_, found in zip(policy.organisms.ids, steps, strict=True) if found == bits]
        named = _organisms(ids) if len(ids) < len(steps) else _EVERYTHING
        terms.append(_all([Condition(f"d.step IN ({seen})", ()), named]))
    return _any(terms)


def _organisms(ids: list[UUID]) -> Condition:
    """As one text: a list of a thousand identifiers would be written anew for each query."""
    if len(ids) == 1:
        return Condition("d.organism_id = %s", (ids[0],))
    return Condition("d.organism_id = ANY(%s::uuid[])", ("{" + ",".join(map(str, ids)) + "}",))


def _among(name: str, values: tuple[Any, ...]) -> Condition:
    if len(values) == 1:
        return Condition(f"d.{name} = %s", values)
    return Condition(f"d.{name} = ANY(%s)", (list(values),))


def _any(parts: list[Condition]) -> Condition:
    live = [part for part in parts if part != NOTHING]
    if _EVERYTHING in live:
        return _EVERYTHING
    return _join(live, " OR ") if live else NOTHING


def _all(parts: list[Condition]) -> Condition:
    if NOTHING in parts:
        return NOTHING
    live = [part for part in parts if part != _EVERYTHING]
    return _join(live, " AND ") if live else _EVERYTHING


def _join(parts: list[Condition], word: str) -> Condition:
    if len(parts) == 1:
        return parts[0]
    return Condition(
        f"({word.join(part.sql for part in parts)})", tuple(v for part in parts for v in part.values)
    )
