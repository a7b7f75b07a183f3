"""Policies of 1,000, 10,000 and 100,000 rules: 50 partners, 1,000 organisms, 8,000 users, without a database.

Six rules in ten are conventions of the partners, on kinds and departments of organisms or on one by name, by
form, step and date, some with consent, some denied; the others are boxes ticked or cleared for one user.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID

from authz import Authority, Effect, Line, Right, Target, Viewer, box_line, convention_line, standing_lines
from authz.facts import AccountFact, ConsentFact, Facts, OrganismFact, OrganizationFact
from authz.lines import profile_line
from models import OrganizationKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from authz.policy import Policy

ORGANISMS, USERS, PARTNERS, FORMS = 1_000, 8_000, 50, 20
CATEGORIES = ("OPH", "SA", "COOP", "SEM", "MOI")
RIGHTS = (Right.READ, Right.EXPORT, Right.ATTACHMENT_READ, Right.EXCHANGE_READ)
KEYS = [f"organism:{100_000_000 + number}" for number in range(ORGANISMS)]
GROUPS = ["all", *(f"category:{code}" for code in CATEGORIES), *(f"department:{n:02}" for n in range(1, 96))]
TARGET = Target("MIN", "F01", 2024, KEYS[3], 4)


def facts_of(rules: int) -> Facts:
    """Everything a policy of so many rules is made from; the users' profiles come on top."""
    random = Random(rules)  # noqa: S311 - the same policy at each run
    organisms = [
        OrganismFact(key, UUID(int=number), CATEGORIES[number % 5], f"{number % 95 + 1:02}", None)
        for number, key in enumerate(KEYS)
    ]
    partners = [f"partner:P{number}" for number in range(PARTNERS)]
    bodies = [
        OrganizationFact("operator:MIN", OrganizationKind.OPERATOR, "Ministère"),
        *(OrganizationFact(key, OrganizationKind.PARTNER, key) for key in partners),
        *(OrganizationFact(key, OrganizationKind.ORGANISM, key) for key in KEYS),
    ]
    accounts = [AccountFact(f"user:u{n}", owner_of(n), open=True, user_id=UUID(int=n)) for n in range(USERS)]
    consents = [
        ConsentFact(key, partner, "MIN", f"F{form:02}", year)
        for partner in partners[:10]
        for form, year in ((1, 2023), (1, 2024), (5, 2024))
        for key in random.sample(KEYS, 300)
    ]
    standing = standing_lines(["MIN"])
    basic = [_everyday(partner) for partner in partners]
    own = basic + [_rule(random, number) for number in range(rules - len(standing) - len(basic))]
    lines = tuple(replace(line, id=n) for n, line in enumerate((*standing, *own, *_profiles()), start=1))
    return Facts(
        1, lines, {"MIN": "Ministère"}, tuple(bodies), tuple(organisms), tuple(accounts), tuple(consents)
    )


def skewed(facts: Facts, rules: int) -> Facts:
    """So many rules more, the first partner’s for one right, on any form and organism, at different dates."""
    random = Random(rules)  # noqa: S311 - the same policy at each run
    more = tuple(
        _dated(random, number) for number in range(len(facts.lines) + 1, len(facts.lines) + 1 + rules)
    )
    return replace(facts, lines=(*facts.lines, *more))


def _dated(random: Random, number: int) -> Line:
    since, until = date(2020 + random.randrange(7), 1, 1), date(2027 + random.randrange(9), 12, 31)
    line = convention_line(
        actor="partner:P0",
        platform="MIN",
        form=random.choice(["*", *(f"F{form:02}" for form in range(1, FORMS + 1))]),
        organisms=random.choice([random.choice(KEYS), random.choice(GROUPS)]),
        right=Right.EXPORT,
        steps=random.choice(["456", "56", "6", "4"]),
        dates=(since + timedelta(days=random.randrange(300)), until - timedelta(days=random.randrange(300))),
        consent=random.random() < 0.3,  # noqa: PLR2004 - three in ten
        effect=Effect.DENY if random.random() < 0.05 else Effect.ALLOW,  # noqa: PLR2004 - one in twenty
        ref=f"art. {number}",
    )
    return replace(line, id=number)


def owner_of(user: int) -> str:
    """The organization of a user: a tenth of them are partners', the others the organisms'."""
    return f"partner:P{user // 10 % PARTNERS}" if user % 10 == 0 else KEYS[user % ORGANISMS]


def _profiles() -> Iterator[Line]:
    for user in range(USERS):
        profile = "profile:partner_user" if user % 10 == 0 else "profile:entry"
        yield profile_line(subject=f"user:u{user}", profile=profile, platform="MIN", form="F01")


def _everyday(partner: str) -> Line:
    """What every partner has, so that there is a yes at each size."""
    steps = {"right": Right.READ, "steps": "456", "ref": "art. 1"}
    return convention_line(actor=partner, platform="MIN", form="F01", organisms="category:SA", **steps)  # type: ignore[arg-type] # three fields by name


def _rule(random: Random, number: int) -> Line:
    form = random.choice(["*", *(f"F{form:02}" for form in range(1, FORMS + 1))])
    effect = Effect.DENY if random.random() < 0.05 else Effect.ALLOW  # noqa: PLR2004 - one in twenty
    right, steps = random.choice(RIGHTS), random.choice(["456", "56", "6", "4"])
    if number % 10 < 6:  # noqa: PLR2004 - six in ten
        return convention_line(
            actor=f"partner:P{random.randrange(PARTNERS)}",
            platform="MIN",
            form=form,
            organisms=random.choice([random.choice(KEYS), random.choice(GROUPS)]),
            right=right,
            steps=steps,
            consent=random.random() < 0.3,  # noqa: PLR2004 - three in ten
            effect=effect,
            ref=f"art. {number}",
        )
    user = f"user:u{random.randrange(USERS)}"
    return box_line(
        subject=user, platform="MIN", form=form, right=right, steps=steps, effect=effect, ref=f"{number}"
    )


def viewer(policy: Policy, user: int) -> Viewer:
    """One of the users; nothing but the subject bears on a decision."""
    key = owner_of(user)
    kind = policy.organizations[key].kind
    authority = Authority(policy)
    return Viewer(f"user:u{user}", "U", kind, UUID(int=user), key, key, None, None, None, None, authority)
