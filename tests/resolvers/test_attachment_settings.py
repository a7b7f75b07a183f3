"""What a form says of its attachments: how much one weighs at most, and from which step they are joined."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from forms import PackKey, Step, load_pack
from models import Attachment, AttachmentState, Invalid
from resolvers import attachments, dossiers, rows
from resolvers.attachment_rows import Intake, may_attach
from resolvers.attachments import Announced
from tests.world import World, build_world

if TYPE_CHECKING:
    from forms import Pack

pytestmark = pytest.mark.usefixtures("database")


def said(monkeypatch: pytest.MonkeyPatch, **settings: str) -> None:
    """The packs with these settings."""

    def load(key: PackKey) -> Pack:
        pack = load_pack(key)
        return replace(pack, settings={**pack.settings, **settings})

    monkeypatch.setattr(rows, "load_pack", load)


async def refusal(world: World, size: int) -> Invalid:
    announced = Announced("", "rapport.pdf", size)
    with pytest.raises(Invalid) as found:
        await attachments.add(world["saisie"], world.dossier, announced, Intake(), "a-key")
    assert await Attachment.all().count() == 0
    return found.value


@pytest.mark.parametrize(("form", "most"), [("2", 2_000_000), ("40", 10_000_000)])
async def test_a_form_may_ask_for_less_than_the_installation_never_for_more(
    form: str, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = await build_world()
    said(monkeypatch, piece_taille_max_mo=form)
    row = await dossiers.read(world["saisie"], world.dossier)
    assert Intake().of(row).limit == most
    fault = await refusal(world, most + 1)
    assert (fault.code, fault.details) == ("ATTACHMENT_TOO_LARGE", {"max": most})
    made = await attachments.add(
        world["saisie"], world.dossier, Announced("", "rapport.pdf", most), Intake(), "another-key"
    )
    assert made.size == most


async def test_what_one_organization_joined_takes_no_room_of_another_s(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(attachments, "MOST", 1)
    world = await build_world(step=4)
    now, partner = datetime.now(UTC), world["ministere"]
    await Attachment.create(
        dossier_id=world.dossier,
        name="a.pdf",
        original="a.pdf",
        size=1,
        state=AttachmentState.READY,
        author_id=partner.user_id,
        organization_id=partner.organization_id,
        added_at=now,
        sent_at=now,
    )
    announced = Announced("", "rapport.pdf", 10)
    await attachments.add(world["saisie"], world.dossier, announced, Intake(), "a")
    for login in ("saisie", "ministere"):
        with pytest.raises(Invalid) as found:
            await attachments.add(world[login], world.dossier, announced, Intake(), "b")
        assert found.value.code == "ATTACHMENTS_TOO_MANY"
    assert await Attachment.all().count() == 2


async def test_nothing_is_joined_before_the_first_step_of_attachments(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = await build_world()
    row = await dossiers.read(world["saisie"], world.dossier)
    assert may_attach(world["saisie"], row)
    said(monkeypatch, piece_premiere_etape="4")
    assert not may_attach(world["saisie"], row)
    fault = await refusal(world, 10)
    assert (fault.code, fault.path) == ("ATTACHMENT_TOO_EARLY", ("dossier",))
    assert row.definition.cycle.label(Step.REVIEW) in fault.message
