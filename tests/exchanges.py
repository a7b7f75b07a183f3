"""Everyone who may talk about the dossier of the world, and two who may not, at step 4."""

from __future__ import annotations

from collections.abc import Awaitable, Iterator, Sequence
from typing import Any

import pytest

from authz import (
    Line,
    Right,
    add_rows,
    convention_line,
    profile_line,
    read_version,
    viewer_of_client,
    viewer_of_user,
)
from models import (
    Event,
    MachineClient,
    Message,
    Notification,
    Organization,
    OrganizationKind,
    Problem,
    Thread,
    ThreadReading,
    User,
)
from resolvers.clients import secret_hash
from tests.world import PEOPLE, World, build_world, password_hash

TALKING = (Right.READ, Right.EXCHANGE_READ, Right.EXCHANGE_WRITE, Right.NOTIFY, Right.ATTACHMENT_READ)
# The only tabs that the agency's convention opens.
OPEN_TABS = ("A1", "F01")
FORMS = ("ER", "EFFECTIFS")
# Login → organization's key, profile. The agency is bound to two tabs, the federation is of another platform.
MORE = {
    "mission": ("operator:MIN", "profile:officer"),
    "agence": ("partner:AGENCE", "profile:partner_user"),
    "federation": ("operator:FED", "profile:account_manager"),
}


async def build_exchanges() -> World:
    """The CDC talks by its convention, the agency of two tabs, another platform's people; ANCOLS reads alone.

    `system` is the CDC's, which reads what is said.
    """
    world = await build_world(step=4)
    bodies = {"agence": OrganizationKind.PARTNER, "federation": OrganizationKind.OPERATOR}
    for login, (key, _) in MORE.items():
        if login in bodies:
            await Organization.create(key=key, kind=bodies[login], name=f"Corps {login}", short_name=login)
        await User.create(
            organization=await Organization.get(key=key),
            login=login,
            password_hash=password_hash(),
            first_name=login.capitalize(),
            last_name="Essai",
            email=f"{login}@example.org",
        )
    await MachineClient.create(
        id="cdc-lecture",
        organization=await Organization.get(key="partner:CDC"),
        name="Lecture de la CDC",
        secret_hash=secret_hash("lecture"),
        scopes=[Right.READ.value, Right.EXCHANGE_READ.value, Right.EXCHANGE_WRITE.value],
    )
    lines = [*_opened("partner:CDC"), *_opened("partner:AGENCE", OPEN_TABS), *_opened("operator:FED")]
    lines += [*_opened("partner:ANCOLS", rights=(Right.READ,)), *_profiles()]
    await add_rows(lines, base=await read_version(), author_id=None, comment="On en parle")
    await world.authority.refresh()
    for login in MORE:
        world.viewers[login] = await viewer_of_user(world.authority, (await User.get(login=login)).id)
    words = [Right.READ.value, Right.EXCHANGE_READ.value, Right.EXCHANGE_WRITE.value]
    world.viewers["system"] = await viewer_of_client(world.authority, "cdc-lecture", words)
    return world


def _profiles() -> Iterator[Line]:
    """Everyone on both forms, as on the one in tests/world.py; and who receives the mails of the ER."""
    for login, (_, profile) in {**PEOPLE, **MORE}.items():
        for form in FORMS if login in MORE else FORMS[1:]:
            yield profile_line(subject=f"user:{login}", profile=profile, platform="MIN", form=form)
    for login in ("saisie", "hierarchie", "voisin", *MORE):
        yield profile_line(subject=f"user:{login}", profile="profile:contact", platform="MIN", form="ER")
    for form in FORMS:
        yield profile_line(
            subject="client:cdc-lecture", profile="profile:partner_user", platform="MIN", form=form
        )


def _opened(actor: str, tabs: Sequence[str] = (), rights: Sequence[Right] = TALKING) -> Iterator[Line]:
    for right in rights:
        yield convention_line(
            actor=actor,
            platform="MIN",
            organisms="all",
            right=right,
            steps="456",
            form="ER" if tabs else "*",
            tabs=tabs,
            ref="art. 1",
        )


async def kept() -> list[Any]:
    """Everything that a refusal must leave as it was."""
    return [
        *await Thread.all().order_by("id").values_list("id", "state", "due_on", "settled_at"),
        *await Message.all().order_by("id").values_list("id", "text", "nature", "published_at"),
        *[await model.all().count() for model in (Event, Notification, ThreadReading)],
    ]


async def refusal(tried: Awaitable[object]) -> tuple[type[Problem], str]:
    """Its kind and code; nothing was written."""
    before = await kept()
    with pytest.raises(Problem) as caught:
        await tried
    assert await kept() == before
    return type(caught.value), caught.value.code
