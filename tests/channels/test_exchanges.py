"""What is said is told to those whom the world says may read it, and a draft to its author alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

import orjson
import pytest

from authz import Right
from gql.execution import Request
from models import fetch, transaction
from resolvers import dossiers
from resolvers.exchange_marks import presence
from resolvers.exchange_publishing import publish
from tests.channels.exchanges import DRAFTED, SAID, SPACE
from tests.channels.oracle import ASKERS, Asker

if TYPE_CHECKING:
    from tests.channels.setting import Setting

PEOPLE = [asker for asker in ASKERS if not asker.closed]


def reads(asker: Asker, step: int) -> bool:
    """Whether the world says that he reads what is said at a step."""
    return asker.may(Right.READ, step) and asker.may(Right.EXCHANGE_READ, step)


async def space(setting: Setting, asker: Asker) -> dict[str, Any] | None:
    """The exchange space as it is shown to him; None where the dossier or the space is closed to him."""
    request = Request(SPACE, variables={"id": str(setting.dossier)})
    body = (await setting.engine.run(request, setting.viewers[asker.name])).body
    found: dict[str, Any] | None = (body.get("data") or {}).get("dossier")
    return None if found is None else found["exchange"]


@pytest.mark.parametrize("step", [3, 4, 5])
async def test_threads_marks_and_counts_tell_the_same_to_whoever_may_read(
    setting: Setting, step: int
) -> None:
    await setting.put(step)
    for asker in PEOPLE:
        found = await space(setting, asker)
        assert (found is not None) is reads(asker, step), asker.name
        if found is None:
            continue
        told = orjson.dumps(found)
        author = asker.name == "saisie"
        assert (SAID.encode() in told, DRAFTED.encode() in told) == (True, author), asker.name
        messages = [one for edge in found["threads"]["edges"] for one in edge["node"]["messages"]]
        assert sum(mark["count"] for mark in found["marks"]) == len(messages) == 1 + author
        assert found["unpublished"]["messages"] == author
        unread = 0 if asker.name == "ministere" or asker.machine else 1
        by_thread = sum(edge["node"]["unread"] for edge in found["threads"]["edges"])
        assert found["unread"] == by_thread == sum(mark["unread"] for mark in found["marks"]) == unread
        writes = asker.may(Right.EXCHANGE_WRITE, step) and not asker.machine
        assert found["canWrite"] is writes
        assert len(found["audiences"]) == (3 if writes else 0)
        viewer = setting.viewers[asker.name]
        row = await dossiers.read(viewer, setting.dossier)
        assert (await presence(viewer, [row]))[row.id].unread is bool(unread)


class _ToldError(Exception):
    """Carries who was told out of the transaction that told them."""

    def __init__(self, logins: set[str]) -> None:
        super().__init__()
        self.logins = logins


async def _publish(setting: Setting) -> NoReturn:
    async with transaction():
        assert await publish(setting.viewers["saisie"], setting.dossier, None, "matrice") == 1
        rows = await fetch("SELECT u.login FROM notification n JOIN user_account u ON u.id = n.user_id")
        raise _ToldError({row["login"] for row in rows})
    raise AssertionError


async def test_those_who_are_told_of_a_publication_are_the_contacts_who_may_read_it(setting: Setting) -> None:
    await setting.put(4)
    with pytest.raises(_ToldError) as told:
        await _publish(setting)
    assert told.value.logins == {
        asker.name for asker in PEOPLE if asker.contact and asker.may(Right.NOTIFY, 4) and reads(asker, 4)
    }
    assert told.value.logins > {"hierarchie", "ministere", "ouverte"}
