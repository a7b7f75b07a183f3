"""Threads and messages, laid as they would be once written: who may write is not asked here."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from models import Level, Message, Nature, Thread

if TYPE_CHECKING:
    from uuid import UUID

    from authz import Viewer


async def thread(viewer: Viewer, dossier: UUID, anchor: str = "", **fields: Any) -> Thread:  # noqa: ANN401 - a model's own fields
    """A thread that the viewer's organization opened, with no message yet."""
    level = Level.CELL if "." in anchor else Level.TAB if anchor else Level.DOSSIER
    given = {"level": level, "anchor": anchor, "opened_at": datetime.now(UTC), **fields}
    return await Thread.create(dossier_id=dossier, organization_id=viewer.organization_id, **given)


async def message(viewer: Viewer, told: Thread, text: str, *, draft: bool = False, **fields: Any) -> Message:  # noqa: ANN401 - as above
    """A message of the viewer's, a person, published unless it is a draft."""
    assert viewer.user_id is not None
    now = datetime.now(UTC)
    given = {"nature": Nature.QUESTION, "written_at": now, "published_at": None if draft else now, **fields}
    return await Message.create(
        thread_id=told.id,
        text=text,
        author_id=viewer.user_id,
        organization_id=viewer.organization_id,
        **given,
    )
