"""« May she? » and « which may she? » are one table of cases: a decision a row, and the list of the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from authz import Allowed, Effect, Line, Right, Target, convention_line, decide, scope
from authz.facts import ConsentFact
from authz.lines import SELF
from models import fetch
from tests.authz.sample import COOP, DAY, ESH, OPH, ORGANISMS, SEM, holds, open_boxes, policy, target, viewer

READ = Right.READ
OPEN_BOXES = tuple(open_boxes(READ))
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)
EVERY = (OPH, SEM, ESH, COOP)
# Not a table: the database of a test that made one would serve no other.
SAMPLE = (
    "SELECT 'MIN'::text AS platform, 'ER'::text AS form, 2024 AS year, 4 AS step, "
    "unnest(%s::uuid[]) AS organism_id, unnest(%s::text[]) AS organism"
)


def allow(organisms: str, *, actor: str = "partner:CDC", steps: str = "456", form: str = "*") -> Line:
    return convention_line(
        actor=actor, platform="MIN", right=READ, organisms=organisms, steps=steps, form=form, ref="art. 1"
    )


def deny(organisms: str, *, actor: str = "partner:CDC", steps: str = "456") -> Line:
    return convention_line(
        actor=actor,
        platform="MIN",
        right=READ,
        organisms=organisms,
        steps=steps,
        ref="art. 9",
        effect=Effect.DENY,
    )


def asking(organisms: str, *, actor: str = "partner:CDC") -> Line:
    return convention_line(
        actor=actor, platform="MIN", right=READ, organisms=organisms, steps="456", ref="art. 2", consent=True
    )


def dated(since: date, until: date) -> Line:
    return convention_line(
        actor="partner:CDC", platform="MIN", right=READ, organisms="all", ref="art. 3", dates=(since, until)
    )


def yes(organism: str, partner: str = "partner:CDC", form: str = "ER", year: int = 2024) -> ConsentFact:
    return ConsentFact(organism, partner, "MIN", form, year)


@dataclass(frozen=True, slots=True)
class Case:
    """The first layer alone, the two others being open: who sees which organisms' ER 2024 at step 4."""

    sees: tuple[str, ...]
    lines: tuple[Line, ...]
    consents: tuple[ConsentFact, ...] = ()
    subject: str = "user:cdc"
    scopes: frozenset[str] | None = None
    boxes: tuple[Line, ...] = OPEN_BOXES


CASES = {
    "an empty convention layer": Case((), ()),
    "an empty policy": Case((), (), boxes=()),
    "a convention and no boxes": Case((), (allow("all"),), boxes=()),
    "everyone": Case(EVERY, (allow("all"),)),
    "a category": Case((OPH,), (allow("category:OPH"),)),
    "a category with nobody in it": Case((), (allow("category:SAC"),)),
    "a department": Case((SEM, COOP), (allow("department:69"),)),
    "federated organisms": Case((ESH, COOP), (allow("federated"),)),
    "those of one federation": Case((ESH,), (allow("federated:ESH"),)),
    "unfederated organisms": Case((OPH, SEM), (allow("unfederated"),)),
    "one organism": Case((SEM,), (allow(SEM),)),
    "another step": Case((), (allow("all", steps="56"),)),
    "another form": Case((), (allow("all", form="QDIS"),)),
    "this form": Case(EVERY, (allow("all", form="ER"),)),
    "another partner's convention": Case((), (allow("all", actor="partner:ANCOLS"),)),
    "a convention of the kind": Case(EVERY, (allow("all", actor="kind:partner"),)),
    "a line of one's own": Case((OPH,), (allow(OPH, actor="user:cdc"),)),
    "a colleague's line": Case((), (allow(OPH, actor="client:cdc"),)),
    "one organism taken out": Case((OPH, ESH, COOP), (allow("all"), deny(SEM))),
    "a deny before the allow": Case((OPH, ESH, COOP), (deny(SEM), allow("all"))),
    "a deny at another step": Case(EVERY, (allow("all"), deny(SEM, steps="56"))),
    "a deny to another": Case(EVERY, (allow("all"), deny("all", actor="partner:ANCOLS"))),
    "denied by the kind": Case((OPH, SEM), (allow("all"), deny("federated", actor="kind:partner"))),
    "only denied": Case((), (deny(SEM),)),
    "consents missing": Case((), (asking("all"),)),
    "two consents": Case((OPH, ESH), (asking("all"),), (yes(OPH), yes(ESH))),
    "a consent outside the convention": Case((), (asking("category:OPH"),), (yes(SEM),)),
    "a consent to another": Case((), (asking("all"),), (yes(OPH, "partner:ANCOLS"),)),
    "a consent for another year": Case((), (asking("all"),), (yes(OPH, year=2023),)),
    "a consent for another form": Case((), (asking("all"),), (yes(OPH, form="QDIS"),)),
    "a consent asked of the kind": Case((), (asking("all", actor="kind:partner"),), (yes(OPH),)),
    "consent or category": Case((OPH, SEM), (asking("all"), allow("category:SEM")), (yes(OPH),)),
    "begins today": Case(EVERY, (dated(DAY, AFTER),)),
    "ends today": Case(EVERY, (dated(BEFORE, DAY),)),
    "ended yesterday": Case((), (dated(BEFORE, BEFORE),)),
    "begins tomorrow": Case((), (dated(AFTER, AFTER),)),
    "one's own dossier": Case((OPH,), (allow(SELF, actor="kind:organism"),), subject="user:oph"),
    "a partner has no dossier of its own": Case((), (allow(SELF, actor="kind:partner"),)),
    "a closed account": Case((), (allow("all"),), subject="user:gone"),
    "an unknown account": Case((), (allow("all"),), subject="user:nobody"),
    "a machine client": Case(EVERY, (allow("all"),), subject="client:cdc", scopes=frozenset({READ})),
    "a machine client without the scope": Case(
        (), (allow("all"),), subject="client:cdc", scopes=frozenset({Right.EXPORT})
    ),
    "a machine client of no scope": Case((), (allow("all"),), subject="client:cdc", scopes=frozenset()),
}
table = pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))


@table
def test_may_she(case: Case) -> None:
    found = policy([*case.lines, *case.boxes], case.consents)
    who = viewer(found, case.subject, case.scopes)
    for organism in EVERY:
        decision = decide(who, READ, target(organism), DAY)
        assert isinstance(decision, Allowed) is (organism in case.sees)
        if case.scopes is None:
            assert all(found.enforce(case.subject, READ, target(organism), DAY)) is (organism in case.sees)


@table
async def test_which_may_she(database: str, case: Case) -> None:
    assert database
    found = policy([*case.lines, *case.boxes], case.consents)
    where = scope(viewer(found, case.subject, case.scopes), READ, DAY)
    ids = [[item.id for item in ORGANISMS], [item.key for item in ORGANISMS]]
    query = f"WITH sample AS ({SAMPLE}) SELECT organism FROM sample AS d WHERE {where.sql}"  # noqa: S608 - the scope
    rows = await fetch(query, [*ids, *where.values])
    assert {row["organism"] for row in rows} == set(case.sees)


def test_a_profile_holds_for_its_form_and_platform_only() -> None:
    boxes = [line for line in OPEN_BOXES if line.ptype == "p3"]
    profile = Line("p2", ("profile:reader", "MIN", "*", READ.value, "4", "allow", "profil"))
    found = policy([allow("all"), *boxes, profile, holds("user:cdc", "reader", form="QDIS")])
    who = viewer(found, "user:cdc")
    assert isinstance(decide(who, READ, target(form="QDIS"), DAY), Allowed)
    assert not isinstance(decide(who, READ, target(form="ER"), DAY), Allowed)
    assert not isinstance(decide(who, READ, Target("ESH", "QDIS", 2024, OPH, 4), DAY), Allowed)
