"""Signed and dated changes, made on their day: each once, or marked with why it cannot be."""

from __future__ import annotations

from uuid import UUID

from authz import Authority, viewer_of_user
from authz.boxes import hold_policy
from authz.clock import today
from models import Conflict, PolicyProposal, Problem, ProposalState, Unauthenticated, fetch, transaction
from resolvers.convention_changes import two_sign
from resolvers.policy_proposals import ProposalRow, one
from resolvers.policy_signing import apply

LONGEST_REASON = 500

_DUE = """
SELECT id FROM policy_proposal
WHERE state = 'scheduled' AND effective_on <= %s ORDER BY effective_on, at, id"""
_TAKE = "SELECT id FROM policy_proposal WHERE id = %s AND state = 'scheduled' FOR UPDATE SKIP LOCKED"


async def apply_due(authority: Authority) -> int:
    """Make every change whose day has come in Paris; the number of those settled, made or failed.

    Two workers at once settle each of them once. One that nobody signed, where two must sign, waits for
    its signature. What keeps the policy from being confirmed raises, and
    leaves the rest for the next time.
    """
    due = await fetch(_DUE, [today().date])
    settled = 0
    for record in due:
        settled += await _settle(authority, record["id"])
    return settled


async def _settle(authority: Authority, proposal_id: UUID) -> bool:
    async with transaction():
        # Before its row: who signs or withdraws it holds them in this order.
        await hold_policy(authority)
        row = await one(proposal_id) if await fetch(_TAKE, [proposal_id]) else None
        if row is None:
            return False
        stored = PolicyProposal.filter(id=proposal_id)
        if row.signer is None and await two_sign(row.proposal.platform):
            await stored.update(state=ProposalState.AWAITING_SIGNATURE)
            return False
        try:
            async with transaction():
                version = await _apply(authority, row)
            await stored.update(state=ProposalState.APPLIED, applied_version=version)
        except Problem as problem:
            if problem.code == "AUTHORITY_UNAVAILABLE":
                raise
            await stored.update(state=ProposalState.FAILED, reason=str(problem)[:LONGEST_REASON])
    return True


async def _apply(authority: Authority, row: ProposalRow) -> int | None:
    try:
        author = await viewer_of_user(authority, row.author_id)
    except Unauthenticated as gone:
        raise Conflict(
            "POLICY_AUTHOR_GONE", "Le compte de l’auteur de cette proposition est fermé."
        ) from gone
    return await apply(author, row)
