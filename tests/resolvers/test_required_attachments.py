"""A move may ask for the form's pieces: each sent, and readable, or it is not made."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from forms import Move, Step
from models import Attachment, AttachmentState, Invalid
from resolvers import dossiers
from resolvers.guards import Proof, hold_guards
from tests.world import World, build_world

pytestmark = pytest.mark.usefixtures("database")

ASKING = Move(
    "send", "Envoyer", Step.ENTRY, Step.ENTRY_VALIDATION, "dossier:write", ("required_attachments",)
)


async def add(world: World, piece: str, state: AttachmentState, *, sent: bool) -> None:
    at = datetime.now(UTC)
    await Attachment.create(
        dossier_id=world.dossier,
        piece=piece,
        name="piece.pdf",
        original="piece.pdf",
        size=1,
        state=state,
        author_id=world["saisie"].user_id,
        organization_id=world["saisie"].organization_id,
        added_at=at,
        sent_at=at if sent else None,
    )


async def test_every_piece_due_is_sent_and_readable() -> None:
    world = await build_world()
    row = await dossiers.read(world["saisie"], world.dossier)
    due = row.definition.required_attachments("OPH")
    assert len(due) > 3
    first, second, third, *others = due
    for piece in others:
        await add(world, piece, AttachmentState.READY, sent=True)
    await add(world, second, AttachmentState.READY, sent=False)
    await add(world, third, AttachmentState.QUARANTINED, sent=True)
    with pytest.raises(Invalid) as refusal:
        await hold_guards(row, ASKING, Proof())
    assert (refusal.value.code, refusal.value.details) == (
        "ATTACHMENTS_MISSING",
        {"pieces": [first, second, third]},
    )
    assert first in refusal.value.message
    for piece in (first, second, third):
        await add(world, piece, AttachmentState.READY, sent=True)
    assert await hold_guards(row, ASKING, Proof()) is None
