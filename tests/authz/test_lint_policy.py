"""What the examination of rules finds may go without any decision changing; and it is said in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authz import (
    Effect,
    Line,
    Right,
    Target,
    box_line,
    convention_line,
    decide_on_form,
    decide_on_platform,
    profile_line,
    readable_tabs,
    standing_lines,
)
from authz.facts import Facts
from authz.lint import Code, Finding, lint_policy
from authz.policy import Policy
from authz.rule_text import naming, rule_text
from tests.authz.random_policies import DAYS, FORMS, RIGHTS, YEARS, Dice
from tests.authz.sample import DAY, OPEN, OPH, ORGANISMS, facts, policy, viewer

FROM = DAYS[2]
LATER = (*DAYS[2:], date(9999, 12, 31))
FORMS_ASKED, YEARS_ASKED = (*FORMS, "ZZ"), (*YEARS, 2030)
STANDING = standing_lines(["MIN"])


def answers(found: Policy) -> Iterator[object]:
    """Every decision of the small world from one day on: dossiers, tabs, forms and platforms."""
    for subject in OPEN:
        who = viewer(found, subject)
        for right in RIGHTS:
            yield [decide_on_platform(who, right, one).allowed for one in ("MIN", "ESH")]
            yield [decide_on_form(who, right, "MIN", form).allowed for form in FORMS_ASKED]
            for day in LATER:
                yield from _cells(found, subject, right, day)


def _cells(found: Policy, subject: str, right: Right, day: date) -> Iterator[object]:
    table = found.table(subject, day)
    for platform in ("MIN", "ESH"):
        for form in FORMS_ASKED:
            for year in YEARS_ASKED:
                cell = table[platform, form, year, right]
                yield cell.steps
                if cell.limited:
                    who = viewer(found, subject)
                    targets = (Target(platform, form, year, one.key, 4) for one in ORGANISMS)
                    tabs = {target: readable_tabs(who, right, target, day) for target in targets}
                    # A rule on some tabs that reaches nobody makes the cell look again, for nothing.
                    yield from ((target, found) for target, found in tabs.items() if found)


def without(found: Facts, numbers: set[int]) -> Policy:
    return Policy(replace(found, lines=tuple(line for n, line in enumerate(found.lines) if n not in numbers)))


@settings(max_examples=50, deadline=None)
@given(st.randoms(use_true_random=True))
def test_what_is_found_useless_may_go(random: Random) -> None:
    found = Dice(random).facts()
    findings = lint_policy(found, FROM)
    before = list(answers(Policy(found)))
    for one in random.sample(findings, min(6, len(findings))):
        assert list(answers(without(found, {one.number}))) == before, (one.code, one.line)
    idle = {one.number for one in findings if one.code in {Code.DEAD, Code.EXPIRED, Code.REDUNDANT}}
    assert list(answers(without(found, idle))) == before


def line(
    actor: str = "partner:CDC", organisms: str = "all", *, denies: bool = False, **changes: object
) -> Line:
    fields: dict[str, Any] = {
        "platform": "MIN",
        "right": Right.READ,
        "ref": "art. 4",
        "steps": "456",
        **changes,
    }
    effect = Effect.DENY if denies else Effect.ALLOW
    return convention_line(actor=actor, organisms=organisms, effect=effect, **fields)


def box(subject: str = "user:cdc", right: Right = Right.READ, **changes: Any) -> Line:  # noqa: ANN401 - fields of a line
    return box_line(subject=subject, platform="MIN", right=right, ref="case", **changes)


def lint(*lines: Line, day: date = DAY) -> list[Finding]:
    """The findings of these lines, numbered from 1, among the standing lines of the Ministry."""
    numbered = [replace(one, id=number) for number, one in enumerate(lines, 1)]
    found = lint_policy(facts([*STANDING, *numbered]), day)
    assert all(one.line in numbered for one in found), "the standing lines are sound"
    return list(found)


PAST = (date(2020, 1, 1), date(2021, 12, 31))


@pytest.mark.parametrize(
    ("lines", "code", "named", "words"),
    [
        ([line(dates=PAST)], Code.EXPIRED, (1,), "elle a pris fin le 31/12/2021"),
        ([line(organisms="department:01")], Code.DEAD, (1,), "aucun organisme «\u00a0les organismes du dép"),
        ([line(organisms="@self")], Code.DEAD, (1,), "aucun organisme"),
        ([line(steps="123")], Code.DEAD, (1,), "la limite du système refuse «\u00a0Lecture du dossier"),
        ([line("user:gone")], Code.DEAD, (1,), "aucun compte ouvert"),
        ([line("kind:partner", consent=True)], Code.DEAD, (1,), "donne son accord à une organisation"),
        ([box(right=Right.NOTIFY)], Code.DEAD, (1,), "aucune convention ne donne «\u00a0Contact privilégié"),
        ([line(), line(organisms="category:OPH")], Code.REDUNDANT, (2, 1), "la règle n°\u00a01 dit déjà"),
        ([line("kind:partner", "all"), line(organisms=OPH)], Code.REDUNDANT, (2, 1), "n’ajoute rien"),
        ([line(), line()], Code.REDUNDANT, (2, 1), "n’ajoute rien"),
        ([line(consent=True), line()], Code.REDUNDANT, (1, 2), "n’ajoute rien"),
        ([line(tabs=["A1"]), line(tabs=["F01", "A1"])], Code.REDUNDANT, (1, 2), "n’ajoute rien"),
        (
            [line(organisms=OPH), line(organisms="category:OPH", denies=True), line(organisms="federated")],
            Code.SHADOWED,
            (1, 2),
            "la règle n°\u00a02 retire tout ce qu’elle donne",
        ),
        ([line(steps="45"), line(steps="6", denies=True)], Code.VAIN_DENY, (2,), "ne retire rien"),
        ([line(form="ER"), line(form="QDIS", denies=True)], Code.VAIN_DENY, (2,), "aucune règle ne donne"),
    ],
)  # fmt: skip
def test_each_fault_is_named(lines: list[Line], code: Code, named: tuple[int, ...], words: str) -> None:
    (found,) = lint(*lines)
    assert (found.code, found.lines) == (code, named)
    sentence = found.sentence(naming(policy(STANDING)))
    assert words in sentence
    assert sentence.startswith("La règle n°")
    assert found.severity == ("info" if code in {Code.EXPIRED, Code.REDUNDANT} else "warning")


@pytest.mark.parametrize(
    "lines",
    [
        [line(), line(organisms="category:OPH", denies=True)],
        [line(consent=True), line(organisms=OPH)],
        [line(organisms="category:OPH"), line(organisms="department:75")],
        [line(dates=(date(2030, 1, 1), date(2031, 1, 1)))],
        [line(tabs=["A1"]), line(tabs=["F01"])],
        # Every organism one by one is not the form as a whole.
        [line(), *(line(organisms=one.key, denies=True) for one in ORGANISMS)],
        [
            line(),
            box(),
            profile_line(subject="user:cdc", profile="profile:partner_user", platform="MIN", form="QDIS"),
        ],
    ],
)
def test_what_does_something_is_left_alone(lines: list[Line]) -> None:
    assert lint(*lines) == []


def test_a_box_that_the_profile_gives_already() -> None:
    held = profile_line(subject="user:cdc", profile="profile:partner_user", platform="MIN", form="ER")
    (found,) = lint(held, line(), box(form="ER", steps="45"))
    assert found.code is Code.REDUNDANT
    assert found.others[0].values[0] == "profile:partner_user"


def test_a_line_not_yet_written_is_called_new() -> None:
    new = [replace(line(), id=None), replace(line(), id=None)]
    (found,) = lint_policy(facts([*STANDING, *new]), DAY)
    assert found.lines == ()
    assert found.sentence().startswith("La nouvelle règle n’ajoute rien\u00a0: la nouvelle règle dit")


@pytest.mark.parametrize(
    ("of", "sentence"),
    [
        (
            line(
                organisms="category:OPH",
                form="ER",
                consent=True,
                dates=(date(2022, 3, 14), date(2031, 12, 31)),
                tabs=["A1", "F01"],
            ),
            (
                "La CDC peut lire le dossier ER aux étapes 4 à 6 pour les OPH, onglets A1 et F01 seulement, "
                "avec l’accord de l’organisme, du 14/03/2022 au 31/12/2031 (art. 4)."
            ),
        ),
        (
            line("kind:partner", "federated:ESH", denies=True, right=Right.ATTACHMENT_READ, steps="45"),
            (
                "Un utilisateur partenaire ne peut pas lire les pièces jointes de tout dossier "
                "aux étapes 4 et 5 pour les adhérents de la Fédération des ESH (art. 4)."
            ),
        ),
        (
            line("organism:000000000", "department:2A", right=Right.POLICY_EDIT, steps="0126"),
            (
                "L’organisme 000000000 peut modifier les règles de droits pour tout formulaire "
                "aux étapes 0 à 2 et 6 pour les organismes du département 2A (art. 4)."
            ),
        ),
        (
            box("profile:entry", form="ER", steps="2"),
            "Le profil «\u00a0Responsable de saisie\u00a0» peut lire le dossier ER à l’étape 2 (case).",
        ),
        (
            Line("p3", ("kind:partner", "MIN", "*", "dossier:read", "4", "allow", "loi")),
            "Un utilisateur partenaire peut au plus lire tout dossier à l’étape 4 (loi).",
        ),
        (
            profile_line(subject="user:cdc", profile="profile:contact", platform="MIN", form="ER"),
            (
                "L’utilisateur cdc a le profil «\u00a0Contact privilégié\u00a0» "
                "pour le formulaire ER (le Ministère)."
            ),
        ),
    ],
)
def test_a_rule_is_read_in_french(of: Line, sentence: str) -> None:
    assert rule_text(of, naming(policy(STANDING))) == sentence
