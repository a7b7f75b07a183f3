"""Changes of the rules that were asked for, and what a change amounts to."""

from __future__ import annotations

from datetime import date, datetime

import strawberry

from authz import Right
from gql.context import Ask
from gql.fields import Inherits, resolved, shown
from gql.types.policy_impact import PolicyImpact
from gql.types.policy_lines import PolicyLine
from models import ProposalState
from resolvers import policy_desk, policy_proposals, policy_signing, policy_simulating
from resolvers.policy_changes import Outcome
from resolvers.policy_proposals import ProposalRow

BELOW = Inherits(Right.POLICY_EDIT)
SIMULATED = 1_000
# The resulting policy, and the stored sentences on it: for those that wait only, and once for both fields.
PROVEN = 100


@strawberry.type(description="Changement des règles qui attend son jour ou une seconde signature.")
class PolicyProposal:
    """A proposal; whoever holds its row may edit the platform's policy."""

    row: strawberry.Private[ProposalRow]
    id: strawberry.ID = shown("Identifiant.", lambda it: str(it.row.id))
    platform: str = shown("Code de la plateforme.", lambda it: it.row.proposal.platform)
    comment: str = shown("Pourquoi les règles changent.", lambda it: it.row.proposal.comment)
    author: str = shown("Qui la propose.", lambda it: it.row.author)
    at: datetime = shown("Moment de la proposition.", lambda it: it.row.at)
    state: ProposalState = shown("Où elle en est.", lambda it: it.row.state)
    effective_on: date | None = shown(
        "Jour où elle s’applique, à minuit de Paris\u202f; nul pour aussitôt.",
        lambda it: it.row.proposal.effective_on,
    )
    base_version: int = shown("Version que l’auteur a lue.", lambda it: it.row.proposal.base)
    signer: str | None = shown("Qui l’a signée ou refusée.", lambda it: it.row.signer)
    signed_at: datetime | None = shown("Moment de la signature ou du refus.", lambda it: it.row.signed_at)
    reason: str = shown("Motif d’un refus ou d’un échec\u202f; vide sinon.", lambda it: it.row.reason)
    applied_version: int | None = shown(
        "Version qu’elle a faite\u202f; nul avant.", lambda it: it.row.applied_version
    )

    @resolved("Lignes ajoutées.", BELOW, size=20)
    def added(self, info: Ask) -> list[PolicyLine]:
        """What it adds."""
        asker = info.context.asker
        return [PolicyLine(row=policy_desk.new_line_row(asker, line)) for line in self.row.proposal.add]

    @resolved("Lignes fermées.", BELOW, size=20, weight=20)
    async def closed(self, info: Ask) -> list[PolicyLine]:
        """What it closes."""
        wanted = self.row.proposal
        rows = await policy_desk.rows_named(info.context.asker, wanted.platform, wanted.close)
        return [PolicyLine(row=row) for row in rows]

    @resolved("Vrai si la signature de l’appelant serait acceptée maintenant.", BELOW, weight=PROVEN)
    async def signable(self, info: Ask) -> bool:
        """Whether the viewer may sign."""
        return await info.context.loaders.why_not_signable(self.row) is None

    @resolved("Pourquoi l’appelant ne peut pas la signer\u202f; nul s’il le peut.", BELOW, weight=PROVEN)
    async def refusal(self, info: Ask) -> str | None:
        """Why the viewer may not sign."""
        return await info.context.loaders.why_not_signable(self.row)

    @resolved("Vrai si l’appelant peut refuser de la signer.", BELOW)
    def refusable(self, info: Ask) -> bool:
        """Whether the viewer may say no."""
        return policy_signing.why_not_asked(info.context.asker, self.row) is None

    @resolved("Vrai si l’appelant peut la retirer\u00a0: c’est la sienne, et elle attend.", BELOW)
    def withdrawable(self, info: Ask) -> bool:
        """Whether the viewer may take it back."""
        return self.row.waiting and info.context.asker.user_id == self.row.author_id

    @resolved("Ce qu’elle ferait si elle s’appliquait aujourd’hui.", BELOW, weight=SIMULATED)
    async def impact(self, info: Ask) -> PolicyImpact:
        """What it would do."""
        return PolicyImpact(row=await policy_simulating.simulate_proposal(info.context.asker, self.row))


@strawberry.type(description="Suite donnée à un changement des règles.")
class PolicyChange:
    """A change made, or the proposal that makes it later."""

    row: strawberry.Private[Outcome]
    version: int | None = shown(
        "Version faite\u202f; nul si le changement attend un jour ou une signature.",
        lambda it: it.row.version,
    )

    @resolved("Proposition qui attend\u202f; nul si le changement est fait.", BELOW)
    async def proposal(self, info: Ask) -> PolicyProposal | None:
        """What waits."""
        if self.row.proposal is None:
            return None
        return PolicyProposal(row=await policy_proposals.read(info.context.asker, self.row.proposal))
