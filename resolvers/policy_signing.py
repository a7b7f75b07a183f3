"""The second signature: a proposal signed by another policy editor, refused, or taken back by its author."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from authz import Right, Viewer, apply_edits, require_on_platform, viewer_of_user
from authz.boxes import hold_policy
from authz.clock import today
from authz.editing import try_edits
from authz.editors import editors, keep_editors
from authz.policy import Policy
from authz.rule_text import listed
from authz.stored_tests import require_tests
from authz.words import typeset
from models import (
    Conflict,
    Invalid,
    PolicyProposal,
    Problem,
    ProposalState,
    Refused,
    Unauthenticated,
    execute,
    fetch,
    transaction,
)
from resolvers import convention_changes, journal
from resolvers.events import Kind
from resolvers.policy_boundary import hold_editor, require_editable
from resolvers.policy_desk import DeskRow, lines_named, open_desk
from resolvers.policy_proposals import Proposal, ProposalRow, propose, read
from resolvers.policy_signers import require_independent

LONGEST_REASON = 500
# What one alone has put off to a day does not pass by the second signature that is asked for meanwhile.
_UNSIGNED = """
UPDATE policy_proposal SET state = 'awaiting_signature'
WHERE platform_id = %s AND state = 'scheduled' AND signer_id IS NULL"""
FEWEST_EDITORS = 2


def why_not_asked(viewer: Viewer, row: ProposalRow) -> str | None:
    """Why the viewer, who may edit the platform's policy, may neither sign nor refuse; None when he may."""
    if row.state is not ProposalState.AWAITING_SIGNATURE:
        return "Cette proposition n’attend pas de signature."
    if viewer.user_id is None or viewer.user_id == row.author_id:
        return "Une proposition est signée par un autre administrateur que son auteur."
    return None


async def why_not_signable(viewer: Viewer, row: ProposalRow) -> str | None:
    """Why the viewer's signature would be refused now, whatever the reason; None when he may sign.

    Told before he signs: `sign` proves it all again.
    """
    refusal = why_not_asked(viewer, row)
    if refusal is not None:
        return refusal
    try:
        await require_independent(viewer, row)
        await _prove(viewer, row)
    except Problem as problem:
        if problem.code == "AUTHORITY_UNAVAILABLE":
            raise
        return _overtaken(problem) if problem.code == "POLICY_CONFLICT" else str(problem)
    return None


def _overtaken(conflict: Problem) -> str:
    """What a conflict says to who signs: the change is another's to make again."""
    rows = conflict.details["rows"]
    names = listed(sorted({row["by"] for row in rows}))
    numbers = ", ".join(f"#{row['id']}" for row in rows)
    return typeset(
        f"Des règles que cette proposition touche ont changé depuis, par {names} : {numbers}. "
        "Son auteur doit la refaire sur les règles d’aujourd’hui."
    )


async def sign(viewer: Viewer, proposal_id: UUID) -> ProposalRow:
    """Sign: the change is made at once, or on its day.

    Raises NotFound, Refused POLICY_OWN_PROPOSAL, POLICY_SIGNER_TOO_NEW, Conflict POLICY_PROPOSAL_CLOSED, and
    what refuses the change itself (`apply_edits`): the proposal then still waits.
    """
    async with transaction():
        row = await _signable(viewer, proposal_id)
        await require_independent(viewer, row)
        later = row.proposal.effective_on is not None and row.proposal.effective_on > today().date
        version = await (_prove(viewer, row) if later else apply(viewer, row))
        state = ProposalState.SCHEDULED if later else ProposalState.APPLIED
        await _settle(viewer, row, state, applied_version=version, **_signature(viewer))
        return await read(viewer, proposal_id)


async def refuse(viewer: Viewer, proposal_id: UUID, reason: str) -> ProposalRow:
    """Refuse to sign, with a reason. Raises as `sign`, Invalid POLICY_REASON_INVALID."""
    async with transaction():
        row = await _signable(viewer, proposal_id)
        kept = reason.strip()
        if not 1 <= len(kept) <= LONGEST_REASON:
            raise Invalid(
                "POLICY_REASON_INVALID",
                f"Dites pourquoi, en {LONGEST_REASON} caractères au plus.",
                path=("reason",),
            )
        await _settle(viewer, row, ProposalState.REFUSED, reason=kept, **_signature(viewer))
        return await read(viewer, proposal_id)


async def withdraw(viewer: Viewer, proposal_id: UUID) -> ProposalRow:
    """Take one's own proposal back, signed or not, before its day. Raises as `sign`."""
    async with transaction():
        await hold_policy(viewer.authority)
        row = await read(viewer, proposal_id, lock=True)
        if not row.waiting:
            raise _closed()
        if viewer.user_id != row.author_id:
            raise Refused("POLICY_NOT_ONES_PROPOSAL", "Seul l’auteur d’une proposition peut la retirer.")
        await _settle(viewer, row, ProposalState.WITHDRAWN)
        return await read(viewer, proposal_id)


async def set_second_signature(viewer: Viewer, platform: str, *, required: bool) -> DeskRow:
    """Ask for a second signature from now on; to ask for it no longer is a proposal that another signs.

    Raises NotFound, Invalid PERSON_REQUIRED, Refused POLICY_SECOND_EDITOR_NEEDED.
    """
    async with transaction():
        await hold_editor(viewer, platform)
        rows = await fetch("SELECT second_signature FROM platform WHERE code = %s FOR UPDATE", [platform])
        if required == rows[0]["second_signature"]:
            return await open_desk(viewer, platform)
        policy = viewer.authority.policy
        if required:
            _require_two(policy, platform)
            await execute(_UNSIGNED, [platform])
        comment = f"{'Demander' if required else 'Ne plus demander'} une seconde signature"
        wanted = Proposal(platform, (), (), policy.version, comment, unsigning=not required)
        made = await propose(viewer, wanted, signed=required)
        if required:
            await _set_signature(viewer, platform, made, required=True)
            await PolicyProposal.filter(id=made).update(state=ProposalState.APPLIED)
        return await open_desk(viewer, platform)


async def apply(signer: Viewer, row: ProposalRow) -> int | None:
    """Make the change in its author's name, in the caller's transaction; the new version.

    Raises as `apply_edits`, Conflict POLICY_AUTHOR_GONE, Refused when its author may edit no longer.
    """
    wanted = row.proposal
    if wanted.unsigning:
        await _set_signature(signer, wanted.platform, row.id, required=False)
        return None
    author = await _author(signer, row)
    held = await convention_changes.held_for(wanted)

    def signer_stays(before: Policy, after: Policy) -> None:
        keep_editors(before, after, signer)

    version = await apply_edits(
        author, wanted.add, wanted.close, base=wanted.base, comment=wanted.comment, check=signer_stays
    )
    await execute("UPDATE policy_version SET proposal_id = %s WHERE version = %s", [row.id, version])
    told = {"version": version, "proposal": row.id, "author": author.user_id}
    await journal.record(signer, Kind.POLICY_CHANGED, wanted.platform, told)
    if held is not None:
        await convention_changes.save(*held, row.author_id, version)
    return version


async def _prove(signer: Viewer, row: ProposalRow) -> None:
    """A change signed for later must be one that could be made today. Raises as `apply`."""
    wanted = row.proposal
    if wanted.unsigning:
        return
    author = await _author(signer, row)
    await convention_changes.require_current(wanted)
    before, after = await try_edits(author, wanted.add, wanted.close, base=wanted.base)
    for viewer in (author, signer):
        keep_editors(before, after, viewer)
    await require_tests(before, after)


async def _author(signer: Viewer, row: ProposalRow) -> Viewer:
    """Who proposed it, if he may still edit, and the lines are still the desk's."""
    try:
        author = await viewer_of_user(signer.authority, row.author_id)
    except Unauthenticated as gone:
        raise Conflict(
            "POLICY_AUTHOR_GONE",
            "Le compte de l’auteur de cette proposition est fermé : un autre administrateur doit la refaire.",
        ) from gone
    require_on_platform(author, Right.POLICY_EDIT, row.proposal.platform)
    whose = row.proposal.convention_id
    for place, lines in (("add", row.proposal.add), ("close", await lines_named(row.proposal.close))):
        # The lines of the convention that the proposal changes are not the desk's: they follow it.
        others = (line for line in lines if whose is None or line.convention_id != whose)
        require_editable(others, row.proposal.platform, place)
    return author


def _require_two(policy: Policy, platform: str) -> None:
    people = [one for one in editors(policy, platform) if policy.accounts[one].user_id is not None]
    if len(people) < FEWEST_EDITORS:
        raise Refused(
            "POLICY_SECOND_EDITOR_NEEDED",
            "Vous seul pouvez modifier ces droits : personne ne pourrait donner la seconde signature. "
            "Donnez d’abord ce droit à un autre compte.",
        )


async def _signable(viewer: Viewer, proposal_id: UUID) -> ProposalRow:
    # First: who lost the right while he waited is refused.
    await hold_policy(viewer.authority)
    row = await read(viewer, proposal_id, lock=True)
    if row.state is not ProposalState.AWAITING_SIGNATURE:
        raise _closed()
    refusal = why_not_asked(viewer, row)
    if refusal is not None:
        raise Refused("POLICY_OWN_PROPOSAL", refusal)
    return row


async def _settle(viewer: Viewer, row: ProposalRow, state: ProposalState, **changes: Any) -> None:  # noqa: ANN401 - columns
    await PolicyProposal.filter(id=row.id).update(state=state, **changes)
    # What a change made at once did is told by `apply`.
    if state is not ProposalState.APPLIED:
        told = {"proposal": row.id, "state": state.value}
        await journal.record(viewer, Kind.PROPOSAL_SETTLED, row.proposal.platform, told)


async def _set_signature(viewer: Viewer, platform: str, proposal: UUID, *, required: bool) -> None:
    await execute("UPDATE platform SET second_signature = %s WHERE code = %s", [required, platform])
    told = {"required": required, "proposal": proposal}
    await journal.record(viewer, Kind.SECOND_SIGNATURE_SET, platform, told)


def _signature(viewer: Viewer) -> dict[str, Any]:
    return {"signer_id": viewer.user_id, "signed_at": datetime.now(UTC)}


def _closed() -> Conflict:
    return Conflict(
        "POLICY_PROPOSAL_CLOSED",
        "Cette proposition n’attend plus : elle a été signée, refusée ou retirée. Rechargez la liste.",
    )
