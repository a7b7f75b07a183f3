"""What was printed under a wider convention is not taken away under a narrower one."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from authz import Viewer, viewer_of_user
from models import Dossier, NotFound, User
from resolvers import convention_edits, export_jobs, exports
from tests.agreements import article, build_agreements, content, published
from tests.gql.test_downloads import CONTENT, fetch_file

if TYPE_CHECKING:
    from tests.gql.conftest import House

NARROW = (("ER", ("A1",)),)


async def _as_of_today(house: House, login: str) -> Viewer:
    await house.world.authority.refresh()
    return await viewer_of_user(house.world.authority, (await User.get(login=login)).id)


async def _printed(house: House) -> dict[str, UUID]:
    """Two whole documents, one of a tab that is taken away, one of a tab that stays, one not made yet."""
    viewer, dossier = await _as_of_today(house, "ancols"), house.world.dossier
    rows = {
        "zip": await exports.request_zip(viewer, dossier, "zip"),
        "whole": await exports.request_print(viewer, dossier, None, accessible=False, key="whole"),
        "A2": await exports.request_print(viewer, dossier, ["A2"], accessible=False, key="A2"),
        "A1": await exports.request_print(viewer, dossier, ["A1"], accessible=False, key="A1"),
    }
    waiting = await exports.request_print(viewer, dossier, None, accessible=False, key="waiting")
    for name, row in rows.items():
        task = await export_jobs.begin(house.world.authority, row.id)
        assert task is not None
        made = await export_jobs.content(task.viewer, dossier, row.tabs or None)
        await house.files.put(name, CONTENT)
        held = [tab.code for tab in made.tabs]
        await export_jobs.finish(row.id, "er.pdf", name, len(CONTENT), "0" * 64, held)
    return {**{name: row.id for name, row in rows.items()}, "waiting": waiting.id}


async def test_a_narrower_convention_takes_back_what_was_printed(fresh: House) -> None:
    await Dossier.filter(id=fresh.world.dossier).update(step=4)
    world = await build_agreements(fresh.world)
    agreed = await published(world, article())
    made = await _printed(fresh)
    names = {key: name for name, key in made.items()}
    session = await fresh.sign_in("ancols")
    for name in ("zip", "whole", "A2", "A1"):
        assert (await fetch_file(fresh, session, made[name])).status_code == 200
    admin = await _as_of_today(fresh, "admin")
    await convention_edits.update(admin, agreed.id, content(article(tabs=NARROW)), agreed.revision)
    viewer = await _as_of_today(fresh, "ancols")
    for name in ("zip", "whole", "A2"):
        response = await fetch_file(fresh, session, made[name])
        assert (response.status_code, CONTENT in response.content) == (404, False)
        with pytest.raises(NotFound) as refused:
            await exports.read(viewer, made[name])
        assert refused.value.code == "NOT_FOUND"
    assert (await fetch_file(fresh, session, made["A1"])).content == CONTENT
    # Page by page, what is left out is not counted: one row a page, and no empty page.
    shown, after, more = [], None, True
    while more:
        rows, cursors, more = await exports.list_exports(viewer, 1, after)
        shown += [names[row.id] for row in rows]
        after = cursors[-1]
    assert shown == ["waiting", "A1"]
    # Nothing was lost: a convention widened again gives the same document back.
    admin = await _as_of_today(fresh, "admin")
    now = await convention_edits.update(admin, agreed.id, content(article()), agreed.revision + 1)
    assert now.revision == agreed.revision + 2
    assert (await fetch_file(fresh, session, made["whole"])).content == CONTENT
