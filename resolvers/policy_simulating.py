"""What if: a change tried on the rules in force and on the real dossiers, of which nothing is kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from authz.editing import try_edits
from models import Problem, ProposalState
from resolvers.policy_changes import NOTHING_CHANGED, proven
from resolvers.policy_desk import lines_named, open_desk
from resolvers.policy_impact import Impact, impact_of

if TYPE_CHECKING:
    from authz import Viewer
    from resolvers.policy_changes import Change
    from resolvers.policy_proposals import ProposalRow


async def simulate(viewer: Viewer, wanted: Change) -> Impact:
    """The impact of a change. Raises NotFound POLICY_DESK_UNKNOWN, and as `change` for its lines."""
    await open_desk(viewer, wanted.platform)
    closing = await proven(wanted)
    policies = await try_edits(viewer, wanted.add, wanted.close, base=wanted.base)
    impact = await impact_of(viewer, policies, wanted.add, closing, not_before=wanted.effective_on)
    return impact if wanted.add or wanted.close else replace(impact, blocking=(NOTHING_CHANGED,))


async def simulate_proposal(viewer: Viewer, row: ProposalRow) -> Impact:
    """The impact of a proposal as it would be today; what refuses it is told as blocking.

    One that was settled has none any more.
    """
    wanted = row.proposal
    if not row.waiting:
        return _none(viewer, _settled(row))
    if wanted.unsigning:
        return _none(viewer, "Les droits ne changent pas : une seule signature suffira désormais.")
    try:
        policies = await try_edits(viewer, wanted.add, wanted.close, base=wanted.base)
    except Problem as problem:
        return _none(viewer, "Cette proposition ne s’applique plus telle quelle.", str(problem))
    closing = await lines_named(wanted.close)
    return await impact_of(viewer, policies, wanted.add, closing, not_before=wanted.effective_on)


def _settled(row: ProposalRow) -> str:
    if row.state is ProposalState.APPLIED:
        return "Cette proposition est appliquée."
    return "Cette proposition n’a pas été appliquée."


def _none(viewer: Viewer, sentence: str, *blocking: str) -> Impact:
    return Impact(
        sentence=sentence,
        gained=0,
        lost=0,
        rows=(),
        more=0,
        mine=(),
        tests=(),
        blocking=blocking,
        base=viewer.authority.policy.version,
        add=(),
        close=(),
    )
