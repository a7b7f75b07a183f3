"""The statement of a list, wronged in one place at a time: the comparison with enforce() notices every time.

What it reads beside the page is followed too: who moved since, and whether the policy stands still.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from authz import Right, Target, Viewer
from authz.policy import Policy
from models import Problem, execute, fetch
from resolvers import listing
from resolvers.criteria import Criteria
from tests.authz.random_policies import Dice
from tests.authz.sample import ORGANISMS, viewer

if TYPE_CHECKING:
    from uuid import UUID

SEEDS = (8, 11, 23)
# How the dossiers stand when a process first looks, and how when it looks again.
LAID = ("(campaign_id + ascii(category)) %% 7", "(campaign_id * 3 + ascii(category) + 1) %% 7")
_codes = count(1)
ROWS = "SELECT id, platform, form, year, organism_id, step FROM dossier"

MUTANTS = (
    ("d.campaign_id = asked.campaign_id AND ", ""),
    (" AND d.organism_id = asked.organism_id", ""),
    ("d.organism_id = asked.organism_id", "d.organism_id <> asked.organism_id"),
    ("ORDER BY asked.number", "ORDER BY asked.number DESC"),
    ("now ON asked.number = 1", "now ON asked.number = 2"),
    ("coalesce((SELECT max(version) FROM policy_version), 0)", "1"),
    ("SELECT max(id) FROM listed_organism", "SELECT 0"),
    ("clock.last_value <> known.last", "clock.last_value < known.last"),
    ("clock.last_value < known.last AS gone_back", "clock.last_value >= known.last AS gone_back"),
    ("WHERE moved > known.last OR", "WHERE moved < known.last OR"),
    ("WHERE moved > known.last OR", "WHERE moved > known.last + 1000 OR"),
    ("json_build_array(campaign, step, ", "json_build_array(campaign, (step + 1) %% 7, "),
    ("json_build_array(campaign, step, ", "json_build_array(1, step, "),
)


@dataclass(frozen=True, slots=True)
class Looked:
    """Who looks under which policy, and what Casbin lets him find each time."""

    policy: Policy
    subject: str
    expected: tuple[frozenset[UUID], ...]


async def _lay(place: str) -> None:
    """Each time under codes that no list has shown yet: names that a process has to learn."""
    code = f"{next(_codes):03}"
    await execute(f"UPDATE dossier SET step = {place}, code = %s || substr(search, 1, 1)", [code])  # noqa: S608 - our own constant


async def _looks() -> list[Looked]:
    keys = {fact.id: fact.key for fact in ORGANISMS}
    asked = [(Dice(Random(seed)).policy(), "user:cdc") for seed in SEEDS]  # noqa: S311 - the same draw each time
    found: list[list[frozenset[UUID]]] = [[] for _ in asked]
    for place in LAID:
        await _lay(place)
        rows = await fetch(ROWS)
        for (policy, subject), told in zip(asked, found, strict=True):
            told.append(frozenset(row["id"] for row in rows if _allowed(policy, subject, row, keys)))
    return [Looked(*one, tuple(told)) for one, told in zip(asked, found, strict=True)]


def _allowed(policy: Policy, subject: str, row: dict[str, Any], keys: dict[UUID, str]) -> bool:
    target = Target(row["platform"], row["form"], row["year"], keys[row["organism_id"]], row["step"])
    return all(policy.enforce(subject, Right.READ, target))


async def _pages(who: Viewer) -> list[UUID]:
    """Every page; AssertionError where a total is not the number of rows."""
    found: list[UUID] = []
    totals, after = set(), None
    while True:
        page = await listing.search(who, Criteria(), 20, after)
        totals.add(page.total)
        found += [row.id for row in page.rows]
        if not page.has_next:
            assert totals == {len(found)}
            return found
        after = page.cursors[-1]


async def agrees(looks: list[Looked]) -> bool:
    """Whether each finds what Casbin lets him find, at first and once all have moved, and no old policy's."""
    for look in looks:
        who = viewer(look.policy, look.subject)
        for place, expected in zip(LAID, look.expected, strict=True):
            await _lay(place)
            found = await _pages(who)
            if len(found) != len(set(found)) or set(found) != expected:
                return False
    return await _stands_back(looks[0])


async def _stands_back(look: Looked) -> bool:
    """Whether nothing is answered from a policy that has been replaced."""
    who = viewer(look.policy, look.subject)
    await execute("INSERT INTO policy_version (version, at, comment) VALUES (2, now(), 'x')")
    try:
        return not await _pages(who)
    except Problem as refused:
        return refused.code == "AUTHORITY_UNAVAILABLE"
    finally:
        await execute("DELETE FROM policy_version WHERE version = 2")


async def caught(looks: list[Looked]) -> bool:
    """Whether the comparison notices: another list, or an error where none is due."""
    try:
        return not await agrees(looks)
    except Exception:  # noqa: BLE001 - an error finds nothing, which is noticed
        return True


async def test_no_wrong_statement_goes_unnoticed(
    dossiers_of_the_sample: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert dossiers_of_the_sample
    looks = await _looks()
    assert all(one for look in looks for one in look.expected)
    sound = listing._QUERY  # noqa: SLF001 - what is wronged
    assert await agrees(looks)
    survivors = []
    for was, becomes in MUTANTS:
        assert was in sound, f"the statement no longer says {was!r}"
        monkeypatch.setattr(listing, "_QUERY", sound.replace(was, becomes, 1))
        if not await caught(looks):
            survivors.append((was, becomes))
    assert survivors == [], survivors
    monkeypatch.setattr(listing, "_QUERY", sound)
    assert await agrees(looks)
