"""Two policy editors over the small world of `stored`, and what they write and look for."""

from __future__ import annotations

from datetime import date

import pytest

from authz import (
    Authority,
    Effect,
    Line,
    Right,
    Touched,
    Viewer,
    apply_edits,
    bump,
    convention_line,
    profile_line,
    viewer_of_user,
)
from authz.policy import Policy
from authz.store import read_facts
from models import Organization, PolicyRow, Problem, User, transaction
from tests.authz.stored import SIRENS, open_account, settle

OPH = f"organism:{SIRENS['OPH']}"
SEM = f"organism:{SIRENS['SEM']}"
DAY = date(2026, 11, 21)


def reads(
    actor: str = "partner:CDC",
    organisms: str = "category:OPH",
    *,
    steps: str = "456",
    form: str = "ER",
    deny: bool = False,
) -> Line:
    """The actor reads, by an article whose name has a comma and quotes."""
    return convention_line(
        actor=actor,
        platform="MIN",
        form=form,
        organisms=organisms,
        right=Right.READ,
        steps=steps,
        effect=Effect.DENY if deny else Effect.ALLOW,
        ref=f'convention "{actor}", art. 3',
    )


async def editor(login: str) -> Viewer:
    """A policy editor of the Ministry, his account opened when it is not."""
    user = await User.get_or_none(login=login)
    if user is None:
        organization = await Organization.get(key="operator:MIN")
        user = await open_account(login, organization.id)
    return await viewer_of_user(await Authority.load(), user.id)


def edits_of(login: str) -> Line:
    return profile_line(subject=f"user:{login}", profile="profile:operator_admin", platform="MIN", form="ER")


async def world(*lines: Line) -> tuple[Viewer, Viewer]:
    """Two policy editors over the small world; the CDC's user and the organism's hold profiles."""
    profiles = [
        profile_line(subject="user:cdc", profile="profile:partner_user", platform="MIN", form="ER"),
        profile_line(subject="user:oph", profile="profile:organism_admin", platform="MIN", form="ER"),
    ]
    await settle(*lines, *profiles, edits_of("min"))
    async with transaction():
        organization = await Organization.get(key="operator:MIN")
        await open_account("second", organization.id)
        await bump(None, "Un second administrateur", Touched(accounts=("user:second",)))
    first = await editor("min")
    await apply_edits(first, [edits_of("second")], [], base=2, comment="Il modifie aussi")
    return await editor("min"), await editor("second")


def may(policy: Policy, subject: str, organism: str, right: Right = Right.READ, step: int = 4) -> bool:
    place = policy.organisms.places[organism]
    return bool(policy.table(subject)["MIN", "ER", 2024, right].steps[place] & 1 << step)


async def of_lines(*named: Line) -> list[int]:
    """The numbers of these living lines."""
    wanted = [list(line.values) for line in named]
    return [row.id for row in await PolicyRow.filter(until_version=None) if row.values in wanted]


async def fresh() -> Policy:
    """The policy in force, read whole."""
    return Policy(await read_facts())


def details(refused: pytest.ExceptionInfo[Problem]) -> list[str]:
    return [row["text"] for row in refused.value.details["rows"]]
