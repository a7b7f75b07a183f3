"""A second signature is a second person's: neither what waited before it, nor one hand twice, passes by."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest

from authz import Touched, add_rows, profile_line, read_version
from authz.clock import today
from models import Organization, Platform, PolicyProposal, ProposalState, User
from resolvers import people, people_passwords, policy_proposals, policy_sentences, policy_signing
from resolvers.policy_due import apply_due
from resolvers.policy_sentences import SentenceInput
from resolvers.policy_signing import why_not_signable
from tests.authz.stored import stored
from tests.rights_desk import OPH, TOMORROW, build_desk, changed, editor, reads, refusal
from tests.settings import STRONG, credentials, person
from tests.world import World

if TYPE_CHECKING:
    from authz import Line

NEXT = "Turbine-44-lune"
TODAY = today().date


@pytest.fixture(autouse=True)
async def world(database: str) -> World:  # noqa: ARG001 - opened for the world to be built in
    return await build_desk()


async def proposal(line: Line, *, on: date = TODAY) -> UUID:
    """What `admin` proposes."""
    made = (await changed(await editor(), line, on=on)).proposal
    assert made is not None
    return made


async def state(proposal_id: UUID) -> ProposalState:
    return (await PolicyProposal.get(id=proposal_id)).state


async def test_what_one_alone_had_put_off_waits_for_the_signature_asked_for_since(world: World) -> None:
    late = await proposal(reads(), on=TOMORROW)
    await policy_signing.set_second_signature(await editor("second"), "MIN", required=True)
    assert await state(late) is ProposalState.AWAITING_SIGNATURE
    await PolicyProposal.filter(id=late).update(effective_on=today().date)
    before = await stored()
    assert await apply_due(world.authority) == 0
    await refusal("POLICY_OWN_PROPOSAL", policy_signing.sign(await editor(), late))
    # One that was left scheduled all the same is not made either: it waits from then on.
    await PolicyProposal.filter(id=late).update(state=ProposalState.SCHEDULED)
    assert await apply_due(world.authority) == 0
    assert await state(late) is ProposalState.AWAITING_SIGNATURE
    assert await stored() == before
    signed = await policy_signing.sign(await editor("second"), late)
    assert (signed.state, signed.signer) == (ProposalState.APPLIED, "Second Éditeur")


async def test_who_came_since_does_not_sign() -> None:
    await Platform.filter(code="MIN").update(second_signature=True)
    waiting = await proposal(reads())
    operator = await Organization.get(key="operator:MIN")
    wanted = person(default_profile="profile:operator_admin")
    await people.create(await editor(), operator.id, credentials("prete.nom"), wanted, str(uuid4()))
    await refusal("POLICY_SIGNER_TOO_NEW", policy_signing.sign(await editor("prete.nom"), waiting))
    assert "son auteur a choisi votre mot de passe" in await told("prete.nom", waiting)
    # Nor on a proposal made once the account was open, as long as its author has the password.
    later = await proposal(reads(form="QDIS"))
    await refusal("POLICY_SIGNER_TOO_NEW", policy_signing.sign(await editor("prete.nom"), later))
    # Nor whoever was there, and was given the right since.
    await give("ministere")
    await refusal("POLICY_SIGNER_TOO_NEW", policy_signing.sign(await editor("ministere"), waiting))
    assert await state(waiting) is ProposalState.AWAITING_SIGNATURE
    # He may refuse: that gives nothing. He signs what is proposed from then on.
    await policy_signing.refuse(await editor("ministere"), waiting, "Non")
    last = await proposal(reads(organisms=OPH))
    assert await told("ministere", last) == ""
    assert (await policy_signing.sign(await editor("ministere"), last)).state is ProposalState.APPLIED
    assert await told("ministere", last) == "Cette proposition n’attend pas de signature."


async def told(login: str, proposal_id: UUID) -> str:
    """Why he could not sign, as he is told before he does; nothing if he may."""
    viewer = await editor(login)
    return await why_not_signable(viewer, await policy_proposals.read(viewer, proposal_id)) or ""


async def test_every_reason_why_one_cannot_sign_is_told_before() -> None:
    await Platform.filter(code="MIN").update(second_signature=True)
    mine, other = await proposal(reads()), await proposal(reads(steps="6"))
    assert "par un autre administrateur que son auteur" in await told("admin", mine)
    assert await told("second", mine) == await told("second", other) == ""
    sentence = SentenceInput(
        "L’ANCOLS ne lit rien", "partner:ANCOLS", "dossier:read", "*", None, "all", "0123456", expected=False
    )
    kept = await policy_sentences.save(await editor(), "MIN", None, sentence)
    assert "L’ANCOLS ne lit rien" in await told("second", other)
    await policy_sentences.delete(await editor(), kept.test.id)
    await User.filter(login="admin").update(closed_at=datetime.now(UTC))
    assert "fermé" in await told("second", other)
    await User.filter(login="admin").update(closed_at=None)
    before = await stored()
    await policy_signing.sign(await editor("second"), mine)
    assert (await told("second", other)).startswith(
        "Des règles que cette proposition touche ont changé depuis, par Admin Éditeur\u00a0: #"
    )
    await refusal("POLICY_CONFLICT", policy_signing.sign(await editor("second"), other))
    assert len((await stored())[1]) == len(before[1]) + 1


async def give(login: str) -> None:
    """The right to edit the rules, from the next version on."""
    line = profile_line(subject=f"user:{login}", profile="profile:operator_admin", platform="MIN", form="ER")
    await add_rows([line], base=await read_version(), author_id=None, comment="Un droit", touched=Touched())


async def test_whose_password_the_author_knows_does_not_sign() -> None:
    await Platform.filter(code="MIN").update(second_signature=True)
    waiting = await proposal(reads())
    second = (await User.get(login="second")).id
    await people_passwords.change(await editor(), second, STRONG, STRONG, None)
    user = await User.get(login="second")
    assert (user.password_set_by_id, user.password_set_at is None) == ((await editor()).user_id, False)
    await refusal("POLICY_SIGNER_TOO_NEW", policy_signing.sign(await editor("second"), waiting))
    # The author changes it again, as if he were its owner.
    await people_passwords.change(await editor("second"), second, NEXT, NEXT, STRONG)
    assert (await User.get(login="second")).password_set_by_id is None
    await refusal("POLICY_SIGNER_TOO_NEW", policy_signing.sign(await editor("second"), waiting))
    again = await proposal(reads(form="QDIS"))
    assert (await policy_signing.sign(await editor("second"), again)).state is ProposalState.APPLIED
