"""Who asks: an open account, with what it is today."""

from __future__ import annotations

from uuid import uuid4

import pytest

from authz import Authority, viewer_of_client, viewer_of_user
from models import OrganizationKind, Unauthenticated, User, execute
from tests.authz.stored import settle


async def test_a_user_is_seen_with_her_organization(database: str) -> None:
    assert database
    await settle()
    user = await User.get(login="cdc")
    found = await viewer_of_user(await Authority.load(), user.id)
    assert (found.subject, found.login, found.name) == ("user:cdc", "cdc", "Camille Durand")
    assert (found.kind, found.organization) == (OrganizationKind.PARTNER, "partner:CDC")
    assert found.user_id == user.id
    assert (found.client_id, found.scopes) == (None, None)


async def test_a_closed_or_unknown_account_is_nobody(database: str) -> None:
    assert database
    await settle()
    found = await Authority.load()
    user = await User.get(login="cdc")
    await execute("UPDATE user_account SET closed_at = now() WHERE id = %s", [user.id])
    for user_id in (user.id, uuid4()):
        with pytest.raises(Unauthenticated) as caught:
            await viewer_of_user(found, user_id)
        assert caught.value.code == "ACCOUNT_CLOSED"


async def test_a_client_is_never_wider_than_its_registration(database: str) -> None:
    assert database
    await settle()
    found = await Authority.load()
    asked = ["dossier:read", "dossier:write", "dossier:erase"]
    client = await viewer_of_client(found, "cdc", asked)
    assert (client.subject, client.client_id, client.user_id) == ("client:cdc", "cdc", None)
    assert client.scopes == frozenset({"dossier:read"})
    await execute("UPDATE machine_client SET scopes = '[\"dossier:export\"]'")
    assert (await viewer_of_client(found, "cdc", asked)).scopes == frozenset()


async def test_a_closed_or_unknown_client_is_nobody(database: str) -> None:
    assert database
    await settle()
    found = await Authority.load()
    await execute("UPDATE machine_client SET closed_at = now()")
    for client_id in ("cdc", "other"):
        with pytest.raises(Unauthenticated) as caught:
            await viewer_of_client(found, client_id, ["dossier:read"])
        assert caught.value.code == "CLIENT_CLOSED"
