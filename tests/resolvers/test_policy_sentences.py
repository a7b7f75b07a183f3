"""The sentences that must stay true: written, tried, and run before each change of the desk."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest

from authz import Right
from models import PolicyTest
from resolvers import policy_sentences, policy_simulating
from resolvers.policy_changes import Change
from resolvers.policy_findings import findings, findings_after
from resolvers.policy_sentences import SentenceInput
from tests.rights_desk import OPH, TOMORROW, build_desk, changed, editor, number_of, reads, refusal
from tests.world import World

NEVER = SentenceInput(
    "L’ANCOLS ne lit jamais un dossier",
    "partner:ANCOLS",
    "dossier:read",
    "*",
    None,
    "all",
    "0123456",
    expected=False,
)
# The field that each is refused for.
WRONG = (
    ("sentence", replace(NEVER, sentence=" ")),
    ("actor", replace(NEVER, actor="partner:RIEN")),
    ("right", replace(NEVER, right="dossier:raed")),
    ("form", replace(NEVER, form="er")),
    ("year", replace(NEVER, year=1789)),
    ("organisms", replace(NEVER, organisms="category:RIEN")),
    ("steps", replace(NEVER, steps="47")),
)


@pytest.fixture
async def world(database: str) -> World:  # noqa: ARG001 - opened for the world to be built in
    return await build_desk()


async def test_a_sentence_is_written_tried_and_guards_each_change(world: World) -> None:
    admin = await editor()
    kept = await policy_sentences.save(admin, "MIN", None, NEVER)
    assert kept.passes
    told = await refusal("POLICY_TEST_FAILED", changed(admin, reads()))
    assert told.details["tests"][0]["test"] == str(kept.test.id)
    assert "ANCOLS peut lire ce dossier" in told.details["tests"][0]["counterexample"]
    await refusal("POLICY_TEST_FAILED", changed(admin, reads(), on=TOMORROW))
    impact = await policy_simulating.simulate(
        admin, Change("MIN", (reads(),), (), admin.authority.version, "")
    )
    assert [one.passes for one in impact.tests] == [False]
    assert NEVER.sentence in impact.blocking[0]
    narrower = await policy_sentences.save(admin, "MIN", kept.test.id, replace(NEVER, steps="3210"))
    assert (narrower.test.id, narrower.test.steps) == (kept.test.id, "0123")
    await changed(admin, reads())
    (outcome,) = await policy_sentences.outcomes(await editor(), "MIN")
    assert outcome.passes
    # It may be false when it is written: nothing is forbidden until it is true.
    false = await policy_sentences.save(await editor(), "MIN", None, NEVER)
    assert not false.passes
    await changed(await editor(), reads(right=Right.EXPORT))
    for stranger in ("cdc", "ministere"):
        viewer = world[stranger]
        await refusal("POLICY_DESK_UNKNOWN", policy_sentences.save(viewer, "MIN", None, NEVER))
        for key in (kept.test.id, uuid4()):
            await refusal("POLICY_TEST_UNKNOWN", policy_sentences.delete(viewer, key))
    await refusal("POLICY_TEST_UNKNOWN", policy_sentences.save(admin, "MIN", uuid4(), NEVER))
    for field, bad in WRONG:
        told = await refusal("POLICY_TEST_INVALID", policy_sentences.save(admin, "MIN", None, bad))
        assert told.path == (field,)
    await policy_sentences.delete(admin, kept.test.id)
    (last,) = await PolicyTest.all()
    for _ in range(policy_sentences.MOST_TESTS - 1):
        last.id, last._saved_in_db = uuid4(), False  # noqa: SLF001 - one more row alike
        await last.save(force_create=True)
    await refusal("POLICY_TESTS_TOO_MANY", policy_sentences.save(admin, "MIN", None, NEVER))


@pytest.mark.usefixtures("world")
async def test_findings_are_told_of_the_rules_and_of_those_that_a_change_adds() -> None:
    await changed(await editor(), reads())
    admin = await editor()
    here = await findings(admin.authority.policy, "MIN")
    narrow = reads(organisms=OPH)
    found = await findings_after(admin.authority.policy, [narrow], [])
    assert [row.finding.code.value for row in found] == ["RULE_REDUNDANT"]
    assert f"la règle n°\u00a0{await number_of(reads())} dit déjà" in found[0].sentence
    assert narrow.values not in [row.finding.line.values for row in here]
    assert all(row.sentence and row.place for row in here)
