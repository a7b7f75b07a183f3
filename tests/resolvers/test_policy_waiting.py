"""Changes of the rules that wait: for their day, or for a second signature."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest

from authz import Authority, Right
from authz.clock import today
from models import Event, Platform, PolicyProposal, PolicyRow, ProposalState, User
from resolvers import policy_proposals, policy_signing, policy_simulating
from resolvers.policy_due import apply_due
from resolvers.policy_versions import page_of_versions
from tests.authz.stored import stored
from tests.rights_desk import OPH, TOMORROW, build_desk, changed, editor, number_of, reads, refusal
from tests.world import World

if TYPE_CHECKING:
    from authz import Viewer


@pytest.fixture
async def world(database: str) -> World:  # noqa: ARG001 - opened for the world to be built in
    return await build_desk()


async def test_a_dated_change_is_made_on_its_day_once_or_fails_with_a_reason(world: World) -> None:
    admin = await editor()
    before = await stored()
    kept = (await changed(admin, reads(), on=TOMORROW)).proposal
    moved = (await changed(admin, reads("partner:CDC", right=Right.ASK_REOPENING), on=TOMORROW)).proposal
    assert kept is not None
    assert moved is not None
    assert await stored() == before
    assert await apply_due(world.authority) == 0
    row = await policy_proposals.read(admin, kept)
    assert (row.state, row.proposal.effective_on) == (ProposalState.SCHEDULED, TOMORROW)
    withdrawn = (await changed(admin, reads(organisms=OPH), on=TOMORROW)).proposal
    assert withdrawn is not None
    await refusal("POLICY_NOT_ONES_PROPOSAL", policy_signing.withdraw(await editor("second"), withdrawn))
    assert (await policy_signing.withdraw(admin, withdrawn)).state is ProposalState.WITHDRAWN
    # What the second one bears on moves meanwhile; the first one's does not.
    await changed(await editor("second"), reads("partner:CDC", right=Right.ASK_REOPENING, steps="5"))
    await PolicyProposal.all().update(effective_on=today().date)
    authorities = [await Authority.load() for _ in range(2)]
    assert sum(await asyncio.gather(*map(apply_due, authorities))) == 2
    assert await apply_due(world.authority) == 0
    states = {one.id: one for one in await PolicyProposal.all()}
    assert (states[kept].state, states[moved].state) == (ProposalState.APPLIED, ProposalState.FAILED)
    assert "Second Éditeur" in states[moved].reason
    version = (await page_of_versions("MIN", 1, None)).rows[0]
    assert (version.version, version.author, version.proposal) == (
        states[kept].applied_version,
        "Admin Éditeur",
        kept,
    )
    assert await number_of(reads()) > 0
    told = await policy_proposals.list_proposals("MIN", 20)
    assert {one.state for one in told} == {
        ProposalState.APPLIED,
        ProposalState.FAILED,
        ProposalState.WITHDRAWN,
    }
    await refusal("POLICY_PROPOSAL_CLOSED", policy_signing.withdraw(admin, kept))


async def test_a_dated_change_whose_author_has_left_fails_and_says_so(world: World) -> None:
    late = (await changed(await editor("second"), reads(form="QDIS"), on=TOMORROW)).proposal
    await PolicyProposal.filter(id=late).update(effective_on=today().date)
    await User.filter(login="second").update(closed_at=datetime.now(UTC))
    assert await apply_due(world.authority) == 1
    assert "fermé" in (await PolicyProposal.get(id=late)).reason


async def test_where_two_must_sign_another_editor_signs_refuses_or_the_author_withdraws(world: World) -> None:
    admin, second = await editor(), await editor("second")
    desk = await policy_signing.set_second_signature(admin, "MIN", required=True)
    assert desk.second_signature
    before = await stored()
    first, other, third = [
        (await changed(admin, line)).proposal for line in (reads(), reads(form="QDIS"), reads(organisms=OPH))
    ]
    assert first is not None
    assert other is not None
    assert third is not None
    assert await stored() == before
    await refusal("POLICY_OWN_PROPOSAL", policy_signing.sign(admin, first))
    for stranger in ("ministere", "cdc"):
        for key in (first, uuid4()):
            await refusal("POLICY_PROPOSAL_UNKNOWN", policy_signing.sign(world[stranger], key))
    impact = await policy_simulating.simulate_proposal(second, await policy_proposals.read(second, first))
    assert (impact.gained, impact.blocking) == (1, ())
    signed = await policy_signing.sign(second, first)
    assert (signed.state, signed.signer) == (ProposalState.APPLIED, "Second Éditeur")
    assert signed.applied_version == len((await stored())[1])
    await refusal("POLICY_PROPOSAL_CLOSED", policy_signing.sign(second, first))
    await refusal("POLICY_REASON_INVALID", policy_signing.refuse(second, other, " "))
    refused = await policy_signing.refuse(second, other, "Pas cette année")
    assert (refused.state, refused.reason) == (ProposalState.REFUSED, "Pas cette année")
    # What it bears on has moved: it cannot be signed as it is, and still waits for its author.
    await PolicyProposal.filter(id=third).update(base_version=before[1][-1])
    told = await refusal("POLICY_CONFLICT", policy_signing.sign(await editor("second"), third))
    assert told.details["rows"][0]["by"] == "Admin Éditeur"
    now = await editor("second")
    blocked = await policy_simulating.simulate_proposal(now, await policy_proposals.read(now, third))
    assert "Admin Éditeur" in blocked.blocking[0]
    assert (await policy_signing.withdraw(admin, third)).state is ProposalState.WITHDRAWN
    await signed_later(second)
    await no_longer(admin, second)
    await kept_in_the_journal(other)


async def kept_in_the_journal(other: UUID) -> None:
    """Each switch and each proposal settled, once, by identifiers alone."""
    kinds = ["second_signature_set", "proposal_settled"]
    kept = [(one.kind, one.details) for one in await Event.filter(kind__in=kinds).order_by("id")]
    assert [told.get("state", told.get("required")) for _, told in kept] == [
        True,
        "refused",
        "withdrawn",
        "scheduled",
        "withdrawn",
        False,
    ]
    assert kept[1][1]["proposal"] == str(other)


async def signed_later(second: Viewer) -> None:
    """A dated change is signed first, and scheduled then."""
    dated = (await changed(await editor(), reads("partner:CDC"), on=TOMORROW)).proposal
    assert dated is not None
    assert (await policy_signing.sign(await editor("second"), dated)).state is ProposalState.SCHEDULED
    gone = (await changed(second, reads("partner:CDC", form="QDIS"))).proposal
    assert gone is not None
    await User.filter(login="second").update(closed_at=datetime.now(UTC))
    await refusal("POLICY_AUTHOR_GONE", policy_signing.sign(await editor(), gone))
    await User.filter(login="second").update(closed_at=None)
    await policy_signing.withdraw(second, gone)


async def no_longer(admin: Viewer, second: Viewer) -> None:
    """One alone cannot end the second signature."""
    desk = await policy_signing.set_second_signature(admin, "MIN", required=False)
    assert desk.second_signature
    (waiting,) = await PolicyProposal.filter(state=ProposalState.AWAITING_SIGNATURE)
    await refusal("POLICY_OWN_PROPOSAL", policy_signing.sign(admin, waiting.id))
    await policy_signing.sign(second, waiting.id)
    assert not (await Platform.get(code="MIN")).second_signature
    # Where nobody else edits, nobody could sign.
    await PolicyRow.filter(ptype="g").filter(values__contains=["user:second"]).update(until_version=999)
    await refusal(
        "POLICY_SECOND_EDITOR_NEEDED",
        policy_signing.set_second_signature(await editor(), "MIN", required=True),
    )
