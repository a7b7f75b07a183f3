"""The compiler is exact: on random policies, its tables and its SQL say what Casbin's enforce() says."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from authz import Allowed, Line, Right, Target, decide, scope
from authz.facts import ConsentFact
from authz.policy import Policy
from authz.rights import ALL_STEPS
from models import execute, fetch, transaction
from tests.authz.sample import CLOSED, COOP, ESH, OPEN, OPH, ORGANISMS, SEM, policy, viewer

SUBJECTS = [*OPEN, *CLOSED]
ORGANIZATIONS = [OPH, ESH, "operator:MIN", "partner:CDC", "partner:ANCOLS"]
KINDS = ["kind:organism", "kind:operator", "kind:partner"]
GROUPS = ["all", "category:OPH", "category:SAC", "department:75", "federated", "federated:ESH", "unfederated"]
PROFILES = ["profile:one", "profile:two"]
DATES = ["1900-01-01", "2026-11-20", "2026-11-21", "2026-11-22", "9999-12-31"]
FORMS = ["ER", "QDIS"]
YEARS = [2023, 2024]
RIGHTS = [Right.READ, Right.EXPORT]

platforms = st.sampled_from(["MIN", "MIN", "MIN", "ESH"])
forms = st.sampled_from(["*", "*", *FORMS])
acts = st.sampled_from([right.value for right in RIGHTS])
steps = st.one_of(st.just(ALL_STEPS), st.sets(st.sampled_from(ALL_STEPS), min_size=1).map("".join))
effects = st.sampled_from(["allow", "allow", "allow", "deny"])
refs = st.sampled_from(["art. 1", "art. 2", 'l\'article "3", b'])
spans = st.tuples(st.sampled_from(DATES), st.sampled_from(DATES)).map(lambda pair: tuple(sorted(pair)))


def _line(ptype: str, *fields: st.SearchStrategy[str]) -> st.SearchStrategy[Line]:
    return st.tuples(*fields).map(lambda values: Line(ptype, tuple(values)))


@st.composite
def conventions(draw: st.DrawFn) -> Line:
    actor = draw(st.sampled_from([*SUBJECTS, *ORGANIZATIONS, *ORGANIZATIONS, *KINDS, *KINDS]))
    organisms = draw(st.sampled_from(["@self", *GROUPS, OPH, SEM, ESH, COOP]))
    since, until = draw(spans)
    consent = draw(st.sampled_from(["no", "no", "yes"]))
    head = (actor, draw(platforms), draw(forms), organisms, draw(acts), draw(steps))
    return Line("p", (*head, since, until, consent, draw(effects), draw(refs)))


boxes = _line("p2", st.sampled_from([*SUBJECTS, *PROFILES]), platforms, forms, acts, steps, effects, refs)
ceilings = _line("p3", st.sampled_from(KINDS), platforms, forms, acts, steps, effects, refs)
holdings = _line(
    "g",
    st.sampled_from(SUBJECTS),
    st.sampled_from(PROFILES),
    st.sampled_from(["MIN/ER", "MIN/QDIS", "ESH/ER"]),
)
consents = st.builds(
    ConsentFact,
    st.sampled_from([OPH, SEM, ESH, COOP]),
    st.sampled_from(["partner:CDC", "partner:ANCOLS"]),
    platforms,
    st.sampled_from(FORMS),
    st.sampled_from(YEARS),
)


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """Half of them with two layers wide open, or the conjunction would refuse nearly everything."""
    opened = [
        *(
            Line("p2", (name, "MIN", "*", right, ALL_STEPS, "allow", "x"))
            for name in SUBJECTS
            for right in RIGHTS
        ),
        *(
            Line("p3", (kind, "MIN", "*", right, ALL_STEPS, "allow", "x"))
            for kind in KINDS
            for right in RIGHTS
        ),
    ]
    named = [Line("p2", (name, "ESH", "QDIS", "notify", "6", "allow", "x")) for name in PROFILES]
    lines = [
        *draw(st.lists(conventions(), max_size=8)),
        *draw(st.lists(boxes, max_size=5)),
        *draw(st.lists(ceilings, max_size=4)),
        *draw(st.lists(holdings, max_size=6)),
        *(opened if draw(st.booleans()) else []),
    ]
    return policy([*lines, *named], draw(st.lists(consents, max_size=6)))


days = st.sampled_from([date(2026, 11, day) for day in (19, 20, 21, 22, 23)])
targets = st.builds(
    Target,
    st.sampled_from(["MIN", "MIN", "ESH", "NONE"]),
    st.sampled_from([*FORMS, "ZZ", "er", ""]),
    st.sampled_from([*YEARS, 2030, 0, -1]),
    st.sampled_from([OPH, SEM, ESH, COOP, "organism:999999999", "all", "partner:CDC"]),
    st.integers(-1, 8),
)
requests = st.tuples(st.sampled_from([*SUBJECTS, "user:nobody", ""]), st.sampled_from(RIGHTS), targets, days)


@settings(max_examples=120, deadline=None)
@given(policies(), st.lists(requests, min_size=10, max_size=30))
def test_a_compiled_decision_is_the_three_enforce(found: Policy, asked: list[Any]) -> None:
    for subject, right, target, day in asked:
        decision = decide(viewer(found, subject), right, target, day)
        layers = found.enforce(subject, right, target, day)
        assert isinstance(decision, Allowed) is all(layers)
        if not isinstance(decision, Allowed) and found.knows(subject, right, target):
            named = {"convention": layers[0], "boxes": layers[1], "ceiling": layers[2]}
            assert named[decision.layer] is False


COLUMNS = "platform varchar, form varchar, year smallint, organism_id uuid, step smallint, organism varchar"
ROWS = [
    Target(platform, form, year, organism.key, step)
    for platform, form, year, organism, step in product(
        ["MIN", "ESH"], [*FORMS, "ZZ"], [*YEARS, 2030], ORGANISMS, range(7)
    )
] + [
    Target("MIN", "er", 2024, OPH, 4),
    Target("NONE", "ER", 2024, OPH, 4),
    Target("MIN", "ER", 1800, OPH, 4),
    Target("MIN", "ER", 2024, OPH, 7),
]


@pytest.fixture
async def sample(database: str) -> str:
    """A table with the columns that a scope may name, and rows that no sound dossier would have."""
    ids = {organism.key: organism.id for organism in ORGANISMS}
    await execute(f"CREATE TABLE sample ({COLUMNS})")
    async with transaction():
        for row in ROWS:
            values = [row.platform, row.form, row.year, ids[row.organism], row.step, row.organism]
            await execute("INSERT INTO sample VALUES (%s, %s, %s, %s, %s, %s)", values)
    return database


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found=policies(), subject=st.sampled_from(SUBJECTS), day=days)
async def test_a_list_holds_exactly_what_is_decided_one_by_one(
    sample: str, found: Policy, subject: str, day: date
) -> None:
    assert sample
    who = viewer(found, subject)
    for right in RIGHTS:
        where = scope(who, right, day)
        query = f"SELECT platform, form, year, organism, step FROM sample AS d WHERE {where.sql}"  # noqa: S608 - the scope
        listed = {Target(**row) for row in await fetch(query, where.values)}
        assert listed == {row for row in ROWS if isinstance(decide(who, right, row, day), Allowed)}
