"""The desk of those who edit a platform's rules."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import strawberry

from authz import Right
from gql.arguments import After, First
from gql.context import Ask
from gql.fields import Inherits, resolved, shown
from gql.types.accounts import Profile
from gql.types.page_info import PageInfo
from gql.types.parties import Party
from gql.types.policy_impact import LINTED
from gql.types.policy_lines import PolicyFinding, PolicyLine, PolicyLineConnection, PolicyTest
from gql.types.policy_proposals import PolicyProposal
from resolvers import (
    policy_desk,
    policy_findings,
    policy_profiles,
    policy_proposals,
    policy_sentences,
    policy_versions,
)
from resolvers.policy_desk import DeskRow, WantedLines
from resolvers.policy_versions import DifferenceRow, VersionPage, VersionRow

BELOW = Inherits(Right.POLICY_EDIT)
# A page of lines, or of versions, counts the whole policy.
PAGED = 200
TRIED = 1_000


@strawberry.type(description="Version des règles qui a changé des lignes de la plateforme.")
class PolicyVersion:
    """One version."""

    row: strawberry.Private[VersionRow]
    version: int = shown("Numéro.", lambda it: it.row.version)
    at: datetime = shown("Moment.", lambda it: it.row.at)
    author: str | None = shown("Auteur\u202f; nul pour le système.", lambda it: it.row.author)
    comment: str = shown("Pourquoi les règles ont changé.", lambda it: it.row.comment)
    added: int = shown("Lignes de la plateforme ajoutées.", lambda it: it.row.added)
    closed: int = shown("Lignes de la plateforme fermées.", lambda it: it.row.closed)
    proposal: strawberry.ID | None = shown(
        "Proposition dont elle vient\u202f; nul si le changement fut immédiat.",
        lambda it: None if it.row.proposal is None else str(it.row.proposal),
    )


@strawberry.type(description="Version d’une page.")
class PolicyVersionEdge:
    """A version and its cursor."""

    cursor: str = strawberry.field(description="Curseur de cette version.")
    node: PolicyVersion = strawberry.field(description="La version.")


@strawberry.type(description="Page de versions, de la plus récente à la plus ancienne.")
class PolicyVersionConnection:
    """One page of versions."""

    page: strawberry.Private[VersionPage]
    edges: list[PolicyVersionEdge] = shown(
        "Versions de la page.",
        lambda it: [
            PolicyVersionEdge(cursor=str(row.version), node=PolicyVersion(row=row)) for row in it.page.rows
        ],
        size=1,
    )
    page_info: PageInfo = shown(
        "Suite de la liste.",
        lambda it: PageInfo(
            has_next_page=it.page.has_next,
            end_cursor=str(it.page.rows[-1].version) if it.page.rows else None,
        ),
    )


@strawberry.type(description="Différence entre deux versions des règles d’une plateforme.")
class PolicyDifference:
    """What changed between two versions."""

    row: strawberry.Private[DifferenceRow]
    start: int = shown("Version de départ.", lambda it: it.row.start, name="from")
    to: int = shown("Version d’arrivée.", lambda it: it.row.to)
    added: list[PolicyLine] = shown(
        "Lignes de plus à l’arrivée.", lambda it: [PolicyLine(row=row) for row in it.row.added], size=50
    )
    closed: list[PolicyLine] = shown(
        "Lignes de moins à l’arrivée.", lambda it: [PolicyLine(row=row) for row in it.row.closed], size=50
    )
    facts: list[str] = shown("Ce qui a changé hors des lignes.", lambda it: list(it.row.facts))
    sentence: str = shown("L’essentiel en une phrase.", lambda it: it.row.sentence)


@strawberry.type(description="Pupitre des règles de droits d’une plateforme.")
class PolicyDesk:
    """A desk; whoever holds its row may edit the platform's policy."""

    row: strawberry.Private[DeskRow]
    platform: str = shown("Code de la plateforme.", lambda it: it.row.platform)
    version: int = shown("Version des règles en vigueur.", lambda it: it.row.version)
    second_signature: bool = shown(
        "Vrai si un changement attend une seconde signature.", lambda it: it.row.second_signature
    )

    @resolved("Lignes en vigueur.", BELOW, weight=PAGED)
    async def lines(
        self,
        info: Ask,
        ptype: Annotated[str | None, strawberry.argument(description="Type\u202f; nul pour tous.")] = None,
        search: Annotated[str, strawberry.argument(description="Texte cherché dans les champs.")] = "",
        first: First = 50,
        after: After = None,
    ) -> PolicyLineConnection:
        """One page of lines."""
        wanted = WantedLines(ptype, search, first, after)
        return PolicyLineConnection(
            page=await policy_desk.page_of_lines(info.context.asker, self.row.platform, wanted)
        )

    @resolved("Constats sur les règles en vigueur, 200 au plus.", BELOW, size=100, weight=LINTED)
    async def findings(self, info: Ask) -> list[PolicyFinding]:
        """What the linter says."""
        found = await policy_findings.findings(info.context.asker.authority.policy, self.row.platform)
        return [PolicyFinding(row=row) for row in found[: policy_findings.MOST_SHOWN]]

    @resolved("Phrases qui doivent rester vraies, avec ce qu’elles donnent.", BELOW, size=20, weight=TRIED)
    async def tests(self, info: Ask) -> list[PolicyTest]:
        """The stored tests."""
        rows = await policy_sentences.outcomes(info.context.asker, self.row.platform)
        return [PolicyTest(row=row) for row in rows]

    @resolved("Versions qui ont changé des lignes de la plateforme.", BELOW, weight=PAGED)
    async def versions(self, first: First = 20, after: After = None) -> PolicyVersionConnection:
        """The history."""
        page = await policy_versions.page_of_versions(self.row.platform, first, after)
        return PolicyVersionConnection(page=page)

    @resolved("Propositions\u00a0: celles qui attendent, puis les autres.", BELOW)
    async def proposals(self, first: First = 20) -> list[PolicyProposal]:
        """The proposals."""
        rows = await policy_proposals.list_proposals(self.row.platform, first)
        return [PolicyProposal(row=row) for row in rows]

    @resolved("Profils.", BELOW, size=10)
    def profiles(self, info: Ask) -> list[Profile]:
        """The profiles."""
        rows = policy_profiles.profiles_on(info.context.asker, self.row.platform)
        return [Profile(row=row) for row in rows]

    @resolved("Organisations dont le nom ou la clé contient ces mots.", BELOW)
    async def actors(
        self,
        search: Annotated[str, strawberry.argument(description="Mots cherchés.")],
        first: First = 20,
    ) -> list[Party]:
        """Organizations found."""
        return [Party.of(row) for row in await policy_desk.actors(self.row.platform, search, first)]
