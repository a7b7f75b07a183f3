"""Two policy editors over the smallest world, for the tests of the rights' desk."""

from __future__ import annotations

from collections.abc import Awaitable
from datetime import date, timedelta
from uuid import uuid4

import pytest

from authz import (
    Authority,
    Effect,
    Line,
    Right,
    Touched,
    Viewer,
    add_rows,
    bump,
    convention_line,
    profile_line,
    read_version,
    viewer_of_user,
)
from authz.clock import today
from models import Convention, Organization, PolicyProposal, PolicyRow, Problem, User, transaction
from resolvers import policy_changes
from resolvers.policy_changes import Change, Outcome
from tests.authz.stored import stored
from tests.world import SIREN, World, build_world, password_hash

OPH = f"organism:{SIREN}"
TOMORROW = today().date + timedelta(days=1)
EDITORS = ("admin", "second")


def reads(
    actor: str = "partner:ANCOLS",
    organisms: str = "all",
    *,
    right: Right = Right.READ,
    steps: str = "456",
    form: str = "ER",
    deny: bool = False,
    ref: str = 'convention "ANCOLS", art. 3',
    since: date = date(1900, 1, 1),
) -> Line:
    """A line of the first layer, whose article has a comma and quotes."""
    return convention_line(
        actor=actor,
        platform="MIN",
        form=form,
        organisms=organisms,
        right=right,
        steps=steps,
        effect=Effect.DENY if deny else Effect.ALLOW,
        ref=ref,
        dates=(since, date(9999, 12, 31)),
    )


async def build_desk(*, step: int = 4) -> World:
    """The world, with two people who edit the Ministry's rules and one line that a convention owns."""
    world = await build_world(step=step)
    partner = await Organization.get(key="partner:CDC")
    async with transaction():
        await _open_editors()
        convention = await Convention.create(
            platform_id="MIN",
            partner=partner,
            title="Convention CDC",
            since=date(2024, 1, 1),
            until=date(2030, 12, 31),
        )
    profiles = [
        profile_line(subject=f"user:{login}", profile="profile:operator_admin", platform="MIN", form="ER")
        for login in EDITORS
    ]
    owned = convention_line(
        actor="partner:CDC",
        platform="MIN",
        form="QDIS",
        organisms="all",
        right=Right.READ,
        steps="6",
        ref="art. 7",
        convention_id=convention.id,
    )
    await add_rows(
        [*profiles, owned], base=await read_version(), author_id=None, comment="Le pupitre", touched=Touched()
    )
    return world


async def _open_editors() -> None:
    operator = await Organization.get(key="operator:MIN")
    for login in EDITORS:
        await User.create(
            organization=operator,
            login=login,
            password_hash=password_hash(),
            first_name=login.capitalize(),
            last_name="Éditeur",
            email=f"{login}@example.org",
        )
    await bump(None, "Deux administrateurs", Touched(accounts=("user:admin", "user:second")))


async def editor(login: str = "admin") -> Viewer:
    """Whoever signs in now, on the rules in force."""
    user = await User.get(login=login)
    return await viewer_of_user(await Authority.load(), user.id)


async def number_of(line: Line) -> int:
    """The number of a living line."""
    rows = await PolicyRow.filter(until_version=None, ptype=line.ptype)
    (found,) = [row for row in rows if row.values == list(line.values)]
    return int(found.id)


async def changed(
    viewer: Viewer, *add: Line, close: tuple[int, ...] = (), key: str = "", **wanted: date
) -> Outcome:
    """A change based on what the viewer reads now."""
    change = Change("MIN", add, close, viewer.authority.version, "Un essai", wanted.get("on"))
    return await policy_changes.change(viewer, change, key or str(uuid4()))


async def refusal(code: str, of: Awaitable[object]) -> Problem:
    """The refusal that is awaited, after which nothing has changed."""
    before = await stored(), await PolicyProposal.all().count()
    with pytest.raises(Problem) as refused:
        await of
    assert refused.value.code == code
    assert (await stored(), await PolicyProposal.all().count()) == before
    return refused.value
