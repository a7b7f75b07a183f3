"""The compiler is exact: on random policies, its tables and its SQL say what Casbin's enforce() says."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from authz import Allowed, Target, decide, readable_tabs, scope
from authz.names import TAB
from models import execute, fetch, transaction
from tests.authz.random_policies import DAYS, RIGHTS, ROWS, SUBJECTS, TABS, Dice
from tests.authz.sample import ORGANISMS, viewer

COLUMNS = "platform varchar, form varchar, year smallint, organism_id uuid, step smallint, organism varchar"
randoms = st.randoms(use_true_random=True)


@settings(max_examples=50, deadline=None)
@given(randoms)
def test_a_compiled_decision_is_the_three_enforce(random: Random) -> None:
    dice = Dice(random)
    found = dice.policy()
    for subject, right, target, day in (dice.request() for _ in range(60)):
        decision = decide(viewer(found, subject), right, target, day)
        layers = found.enforce(subject, right, target, day)
        assert isinstance(decision, Allowed) is all(layers), (subject, right, target, day)
        if not isinstance(decision, Allowed) and found.knows(subject, right, target):
            answers = dict(zip(("convention", "boxes", "ceiling"), layers, strict=True))
            assert answers[decision.layer] is False


@settings(max_examples=50, deadline=None)
@given(randoms)
def test_the_tabs_open_are_those_that_enforce_opens_one_by_one(random: Random) -> None:
    dice = Dice(random)
    found = dice.policy()
    for subject, right, target, day in (dice.request() for _ in range(25)):
        tabs = readable_tabs(viewer(found, subject), right, target, day)
        for tab in TABS:
            sound = tab == "*" or TAB.fullmatch(tab) is not None
            opened = tabs is None or (bool(tabs) if tab == "*" else tab in tabs)
            assert all(found.enforce(subject, right, target, day, tab)) is (sound and opened), (tabs, tab)


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


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(random=randoms)
async def test_a_list_holds_exactly_what_is_decided_one_by_one(sample: str, random: Random) -> None:
    assert sample
    dice = Dice(random)
    found, day = dice.policy(), dice.one(DAYS)
    for who in (viewer(found, subject) for subject in SUBJECTS):
        where = scope(who, RIGHTS[0], day)
        query = f"SELECT platform, form, year, organism, step FROM sample AS d WHERE {where.sql}"  # noqa: S608 - the scope
        listed = {Target(**row) for row in await fetch(query, where.values)}
        assert listed == {row for row in ROWS if isinstance(decide(who, RIGHTS[0], row, day), Allowed)}
