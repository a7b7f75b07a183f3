"""What a change of the rules would do."""

from __future__ import annotations

from datetime import date

import strawberry

from authz import RIGHT_NAMES, Right
from gql.context import Ask
from gql.fields import Inherits, resolved, shown
from gql.types.parties import Party
from gql.types.policy_lines import PolicyFinding, PolicyLine, PolicyTestResult
from resolvers import policy_desk, policy_findings
from resolvers.policy_impact import Gain, Impact

# Seconds of computing on 100,000 rules.
LINTED = 6_000


@strawberry.type(description="Ce que les utilisateurs d’une organisation gagnent et perdent.")
class ImpactRow:
    """One body, form and right."""

    row: strawberry.Private[Gain]
    organization: Party = shown(
        "L’organisation.",
        lambda it: Party.of(it.row.organization),
    )
    since: date = shown("Premier jour où il en est ainsi.", lambda it: it.row.span.first)
    until: date | None = shown(
        "Dernier jour\u202f; nul si cela dure autant que les règles elles-mêmes.", lambda it: it.row.span.last
    )
    form: str = shown(
        "Type de formulaire\u202f; vide pour ceux qu’aucune règle ne nomme.", lambda it: it.row.form
    )
    right: str = shown("Fonction.", lambda it: it.row.right.value)
    right_label: str = shown("Libellé de la fonction.", lambda it: RIGHT_NAMES[it.row.right][0])
    gained: int = shown("Dossiers gagnés par l’un au moins de ses comptes.", lambda it: it.row.gained)
    lost: int = shown("Dossiers perdus par l’un au moins de ses comptes.", lambda it: it.row.lost)
    accounts: int = shown("Comptes concernés.", lambda it: it.row.accounts)


@strawberry.type(description="Ce qu’un changement des règles ferait, sur les vrais dossiers.")
class PolicyImpact:
    """An impact, before anything is saved."""

    row: strawberry.Private[Impact]
    sentence: str = shown("L’essentiel en une phrase.", lambda it: it.row.sentence)
    gained: int = shown(
        "Dossiers gagnés, chacun compté une fois par organisation, le jour où il y en a le plus.",
        lambda it: it.row.gained,
    )
    lost: int = shown(
        "Dossiers perdus, chacun compté une fois par organisation, le jour où il y en a le plus.",
        lambda it: it.row.lost,
    )
    rows: list[ImpactRow] = shown(
        "Par jours, organisation, formulaire et fonction, 100 au plus.",
        lambda it: [ImpactRow(row=row) for row in it.row.rows],
        size=20,
    )
    more: int = shown("Nombre de lignes non montrées.", lambda it: it.row.more)
    mine: list[str] = shown("Ce que l’appelant lui-même perdrait.", lambda it: list(it.row.mine))
    tests: list[PolicyTestResult] = shown(
        "Phrases qui doivent rester vraies, sur les règles changées.",
        lambda it: [PolicyTestResult(row=row) for row in it.row.tests],
        size=20,
    )
    base_version: int = shown("Version à laquelle le changement est comparé.", lambda it: it.row.base)
    blocking: list[str] = shown(
        "Pourquoi le changement serait refusé\u202f; vide si rien ne s’y oppose.",
        lambda it: list(it.row.blocking),
    )

    @resolved("Lignes ajoutées, en français.", Inherits(Right.POLICY_EDIT), size=20)
    def added(self, info: Ask) -> list[PolicyLine]:
        """What would be added, in words."""
        asker = info.context.asker
        return [PolicyLine(row=policy_desk.new_line_row(asker, line)) for line in self.row.add]

    @resolved("Constats sur les lignes ajoutées.", Inherits(Right.POLICY_EDIT), size=20, weight=LINTED)
    async def findings(self, info: Ask) -> list[PolicyFinding]:
        """What the linter says of the lines that would be added."""
        policy = info.context.asker.authority.policy
        found = await policy_findings.findings_after(policy, self.row.add, self.row.close)
        return [PolicyFinding(row=row) for row in found]
