"""The SQL of a scope, wronged in one place at a time: the comparison with enforce() notices every time."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from random import Random
from typing import Any

import pytest

from authz import Effect, Line, Right, Target, Viewer, convention_line, decide, scope
from authz.facts import ConsentFact
from authz.policy import Policy
from authz.rights import STEP_BIT
from models import close_database, execute, fetch, open_database, transaction
from tests.authz.mutating import mutant
from tests.authz.random_policies import DAYS, RIGHTS, SUBJECTS, YEARS, Dice
from tests.authz.random_policies import ROWS as EVERY_ROW
from tests.authz.sample import COOP, OPH, ORGANISMS, open_boxes, policy, viewer

COLUMNS = "platform varchar, form varchar, year smallint, organism_id uuid, step smallint, organism varchar"
NONE = frozenset[Any]()
# Few policies, in which many kinds of rule meet: what costs is Casbin's own answer on each row.
SEEDS = (8, 11, 23)
ROWS = [row for row in EVERY_ROW if row.step in {0, 3, 4, 6, 7}]

MUTANTS: list[tuple[str, str, str]] = [
    # The platform, the form and the year.
    ("_platform", '_all([Condition("d.platform = %s", (platform,)), _any(branches)])', "_any(branches)"),
    ("_platform", "d.platform = %s", "d.platform <> %s"),
    ("_platform", "d.platform = %s", "d.form <> %s"),
    ("_platform", 'return _all([Condition("d.platform', 'return _any([Condition("d.platform'),
    ("_platform", '_column("year", which, _YEARS), ', ""),
    ("_platform", '_column("form", chosen, _FORMS), ', ""),
    ("_platform", '_column("year"', '_column("step"'),
    ("_platform", '_column("form"', '_column("organism"'),
    ("_platform", '_any([_all([_column("year"', '_any([_any([_column("year"'),
    ("_platform", "inner = _any(", "inner = _all("),
    ("_platform", "branches.append(_all(", "branches.append(_any("),
    ("_platform", "years(OTHER_FORM)", 'years("ER")'),
    ("Scope._condition", "for code in policy.platforms", 'for code in ("ESH",)'),
    ("Scope._condition", "for code in policy.platforms", 'for code in ("MIN",)'),
    ("Scope._condition", "return _any([_platform", "return _all([_platform"),
    # What an organism consented to, by the year.
    ("_platform", "policy.buckets.years(platform, form)", "set()"),
    ("_platform", "table.cell(platform, form, year, right)", "table.cell(platform, form, OTHER_YEAR, right)"),
    (
        "_platform",
        "_alike(cells, table.cell(platform, form, OTHER_YEAR",
        "_alike(cells, table.cell(platform, form, 2024",
    ),
    ("_alike", "yield (True, tuple(values)), content", "yield (True, tuple(values[:1])), content"),
    ("_alike", "yield (True, tuple(values)), content", "continue"),
    ("_alike", "tuple(left_out)", "()"),
    ("_alike", "tuple(left_out)", "tuple(left_out[1:])"),
    ("_column", "if taken:", "if not taken:"),
    ("_column", "_all([plausible, ", "_all(["),
    ("_column", "if values else plausible", "if values else _EVERYTHING"),
    ("_column", "<> ALL", "<> ANY"),
    ("_column", "<> ALL", "= ANY"),
    ("_among", "= %s", ">= %s"),
    ("_among", "= ANY", "<> ANY"),
    # The steps and the organisms.
    ("_cell", 'Condition(f"d.step IN ({seen})", ())', "_EVERYTHING"),
    ("_cell", "d.step IN", "d.step NOT IN"),
    ("_cell", "if bits & bit", "if bits & (bit << 1)"),
    ("_cell", "if bits & bit", "if bits & (bit >> 1)"),
    ("_cell", "if bits & bit", "if bits >= bit"),
    ("_cell", "if found == bits", "if found & bits"),
    ("_cell", "if found == bits", "if found >= bits"),
    ("_cell", "set(steps) - {0}", "set(steps[1:]) - {0}"),
    ("_cell", "set(steps) - {0}", "set(steps[:-1]) - {0}"),
    ("_cell", "_organisms(ids) if len(ids) < len(steps) else _EVERYTHING", "_EVERYTHING"),
    ("_cell", "len(ids) < len(steps)", "len(ids) < len(steps) - 1"),
    ("_cell", "_all([Condition", "_any([Condition"),
    ("_cell", "return _any(terms)", "return _all(terms)"),
    ("_organisms", "d.organism_id = %s", "d.organism_id <> %s"),
    ("_organisms", "map(str, ids)", "map(str, ids[1:])"),
    ("_organisms", "= ANY(%s::uuid[])", "<> ALL(%s::uuid[])"),
    # How they are joined.
    ("_any", '" OR "', '" AND "'),
    ("_any", "else NOTHING", "else _EVERYTHING"),
    ("_any", "if part != NOTHING", "if part == NOTHING"),
    ("_all", '" AND "', '" OR "'),
    ("_all", '_join(live, " AND ")', "live[0]"),
    ("_join", 'f"({word.join', 'f"{word.join'),
    ("_join", "for part in parts for v", "for part in reversed(parts) for v"),
    # Whose they are, of which day and of which function.
    ("scope", "right not in viewer.scopes", "False"),
    ("scope", "policy.table(viewer.subject, day)", "policy.table(viewer.subject, date.max)"),
    ("scope", "table.scopes.get(right)", "next(iter(table.scopes.values()), None)"),
    (
        "scope",
        "table.scopes[right] = Scope(table, right)",
        'table.scopes[right] = Scope(table, "dossier:export")',
    ),
    # The same, as a cell of a campaign.
    ("Scope.steps", "platform, form, year, self", 'platform, "ER", year, self'),
    ("Scope.steps", "platform, form, year, self", "platform, form, 2024, self"),
    ("Scope.steps", "self._table[platform,", 'self._table["MIN",'),
    ("Scope.organisms", ".organisms.ids", ".organisms.ids[::-1]"),
]


@dataclass(frozen=True, slots=True)
class Asked:
    """Who searches with which right on which day, and what Casbin lets him find."""

    viewer: Viewer
    right: Right
    day: date
    expected: frozenset[Target]


@pytest.fixture(scope="module")
async def asked(template: str, new_database: Callable[[str], str]) -> AsyncIterator[list[Asked]]:
    """A table with the columns that a scope may name, and the searches, with Casbin's own answers."""
    await open_database(new_database(template))
    try:
        ids = {organism.key: organism.id for organism in ORGANISMS}
        await execute(f"CREATE TABLE sample ({COLUMNS})")
        async with transaction():
            for row in ROWS:
                values = [row.platform, row.form, row.year, ids[row.organism], row.step, row.organism]
                await execute("INSERT INTO sample VALUES (%s, %s, %s, %s, %s, %s)", values)
        yield [each for policy, day in _worlds() for each in _searches(policy, day)]
    finally:
        await close_database()


def _worlds() -> Iterator[tuple[Policy, date]]:
    agreed = [ConsentFact(OPH, "partner:CDC", "MIN", "ER", year) for year in YEARS]
    yield policy(_written(), agreed), DAYS[2]
    for seed in SEEDS:
        dice = Dice(Random(seed))  # noqa: S311 - a draw that is the same each time
        yield dice.policy(), dice.one(DAYS)


def _written() -> list[Line]:
    """On two platforms, by a consent and without, on days, and on forms that no rule names."""

    def given(right: Right, steps: str, platform: str = "MIN", **more: Any) -> Line:  # noqa: ANN401 - of a line
        rule = {"organisms": "all", "ref": "art. 1", **more}
        return convention_line(actor="partner:CDC", platform=platform, right=right, steps=steps, **rule)

    read, export = RIGHTS
    return [
        *open_boxes(*RIGHTS),
        *open_boxes(*RIGHTS, platform="ESH"),
        given(read, "46", form="ER", organisms="category:OPH", consent=True),
        given(read, "4", form="QDIS"),
        given(read, "6", "ESH", organisms="department:75"),
        given(read, "0"),
        given(read, "0", form="ER", effect=Effect.DENY),
        given(read, "0", form="QDIS", effect=Effect.DENY),
        given(read, "3", organisms=COOP, dates=(DAYS[2], DAYS[2])),
        given(export, "6"),
    ]


def _searches(policy: Policy, day: date) -> list[Asked]:
    """Under one policy, whoever finds something, and not all of it: most of a random policy gives little."""
    made = []
    for subject, right in product(SUBJECTS, RIGHTS):
        who = viewer(policy, subject)
        if 0 < sum(decide(who, right, row, day).allowed for row in ROWS) < len(ROWS):
            expected = frozenset(row for row in ROWS if all(policy.enforce(subject, right, row, day)))
            made.append(Asked(who, right, day, expected))
    # A token bounds its bearer to its words, whatever he may.
    return made + [replace(one, viewer=replace(one.viewer, scopes=NONE), expected=NONE) for one in made[:1]]


async def agrees(asked: list[Asked]) -> bool:
    """Whether each finds what Casbin lets him find: by the condition, and by the cells."""
    for one in asked:
        one.viewer.authority.policy.table(one.viewer.subject, one.day).scopes.clear()
    for one in asked:
        where = scope(one.viewer, one.right, one.day)
        query = f"SELECT platform, form, year, organism, step FROM sample AS d WHERE {where.sql}"  # noqa: S608 - the scope
        if {Target(**row) for row in await fetch(query, where.values)} != one.expected:
            return False
        if _by_cells(one) != one.expected:
            return False
    return True


def _by_cells(one: Asked) -> set[Target]:
    where = scope(one.viewer, one.right, one.day)
    places = {id_: place for place, id_ in enumerate(where.organisms)}
    ids = {organism.key: organism.id for organism in ORGANISMS}
    found = set()
    for row in ROWS:
        cells = where.steps(row.platform, row.form, row.year)
        if cells and cells[places[ids[row.organism]]] & STEP_BIT.get(row.step, 0):
            found.add(row)
    return found


async def caught(asked: list[Asked], name: str, was: str, becomes: str) -> bool:
    """Whether the comparison notices: another list, or an error where none is due."""
    with mutant(f"scope:{name}", was, becomes):
        try:
            return not await agrees(asked)
        except Exception:  # noqa: BLE001 - an error finds nothing, which is noticed
            return True


async def test_no_wrong_condition_goes_unnoticed(asked: list[Asked]) -> None:
    assert await agrees(asked)
    survivors = [one for one in MUTANTS if not await caught(asked, *one)]
    assert survivors == [], survivors
    assert await agrees(asked)


async def test_the_searches_find_something_and_miss_something(asked: list[Asked]) -> None:
    """Were all of them empty, every mutant that forgets would pass."""
    assert len({one.expected for one in asked}) >= 8
    assert {one.right for one in asked} == set(RIGHTS)
    assert all(len(one.expected) < len(ROWS) for one in asked)
