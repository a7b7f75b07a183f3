"""A move may ask for the form's pieces: each sent, and readable, or it is not made."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from authz import add_rows, profile_line, read_version
from forms import Move, PackKey, Step, publish
from models import Attachment, AttachmentState, Crossing, Dossier, Invalid
from resolvers import dossiers
from resolvers.guards import Proof, hold_guards
from resolvers.steps import advance
from tests.forms.tiny import FORMULA, tiny_files
from tests.world import World, build_world

pytestmark = pytest.mark.usefixtures("database")

ASKING = Move(
    "send", "Envoyer", Step.ENTRY, Step.ENTRY_VALIDATION, "dossier:write", ("required_attachments",)
)

FORM = "PIECES"
CYCLE = """\
@etape 0 | À initialiser
@etape 1 | Saisie
@etape 2 | Validation de la saisie
@mouvement initialise | Initialiser | 0 | 1 | dossier:initialise |
@mouvement send | Envoyer | 1 | 2 | dossier:write | required_attachments
"""
LISTS = "@liste type_piece | Type de pièce\nbilan\nrapport\nstatuts\n"
PIECES = "bilan | OPH\nrapport |\nstatuts | SA\n"


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


async def asking_world() -> World:
    """Its dossier is of a form whose entry is sent with pieces: two of an OPH, a third of others."""
    head = f"@formulaire {FORM} | 2024 | 1 | Pièces | Pièces\n"
    part = FORMULA.format(unit="eur", formula="A + B")
    files = tiny_files(part, pack=head, cycle=CYCLE, lists=LISTS, attachments=PIECES)
    world, key = await build_world(), PackKey(FORM, 2024, 1)
    publish(key, files)
    await Dossier.filter(id=world.dossier).update(form=FORM, pack=str(key))
    profile = profile_line(subject="user:saisie", profile="profile:entry", platform="MIN", form=FORM)
    await add_rows([profile], base=await read_version(), author_id=None, comment="Pièces")
    await world.authority.refresh()
    return world


async def test_a_form_that_asks_for_its_pieces_is_not_sent_without_them() -> None:
    world = await asking_world()
    entry = world["saisie"]
    await add(world, "bilan", AttachmentState.READY, sent=True)
    with pytest.raises(Invalid) as refusal:
        await advance(entry, world.dossier, "send", None, "k")
    assert (refusal.value.code, refusal.value.details) == ("ATTACHMENTS_MISSING", {"pieces": ["rapport"]})
    assert await Crossing.all().count() == 0
    assert (await Dossier.get(id=world.dossier)).step == Step.ENTRY
    await add(world, "rapport", AttachmentState.READY, sent=True)
    assert (await advance(entry, world.dossier, "send", None, "k")).step is Step.ENTRY_VALIDATION
    (crossing,) = await Crossing.all()
    assert (crossing.move, crossing.source, crossing.target) == ("send", 1, 2)
