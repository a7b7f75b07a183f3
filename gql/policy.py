"""The rights' desk: its questions and its acts."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

import strawberry

from authz import Line, Right
from gql.arguments import IdempotencyKey, PlatformCode, identifier
from gql.context import Ask
from gql.fields import Requires, mutation, resolved
from gql.types.policy import PolicyDesk, PolicyDifference
from gql.types.policy_csv import CsvReading
from gql.types.policy_impact import PolicyImpact
from gql.types.policy_lines import PolicyTest
from gql.types.policy_proposals import PolicyChange, PolicyProposal
from resolvers import (
    policy_changes,
    policy_csv,
    policy_desk,
    policy_foreseen,
    policy_profiles,
    policy_proposals,
    policy_sentences,
    policy_signing,
    policy_simulating,
    policy_versions,
)
from resolvers.policy_changes import Change
from resolvers.policy_profiles import Box, ProfileWrite
from resolvers.policy_sentences import SentenceInput

EDITING = Requires(Right.POLICY_EDIT)
# Seconds on 100,000 rules and a million dossiers: one of them a document.
HEAVY = 12_000
COMPARED = 2_000

ProposalId = Annotated[strawberry.ID, strawberry.argument(description="Identifiant de la proposition.")]
Version = Annotated[int, strawberry.argument(description="Version lue par l’appelant.")]
Comment = Annotated[
    str, strawberry.argument(description="Pourquoi les règles changent, 300 caractères au plus.")
]


@strawberry.input(description="Ligne de règles à ajouter.")
class PolicyLineInput:
    """A line."""

    ptype: str = strawberry.field(description="Type\u00a0: `p` ou `p2`.")
    values: list[str] = strawberry.field(description="Champs, dans l’ordre du modèle.")

    def line(self) -> Line:
        """The same, as the resolver takes it."""
        return Line(self.ptype, tuple(self.values))


@strawberry.input(description="Fonction cochée dans un profil, à certaines étapes.")
class ProfileBox:
    """A box of a profile."""

    right: str = strawberry.field(description="Fonction, par exemple `dossier:read`.")
    steps: list[int] = strawberry.field(description="Étapes, de 0 à 6.")
    form: str = strawberry.field(default="*", description="Type de formulaire, ou `*` pour tous.")


Lines = Annotated[list[PolicyLineInput], strawberry.argument(description="Lignes à ajouter.")]
Closing = Annotated[list[strawberry.ID], strawberry.argument(description="Numéros des lignes à fermer.")]

ProfileName = Annotated[str, strawberry.argument(description="Nom du profil.")]
Boxes = Annotated[list[ProfileBox], strawberry.argument(description="Toutes ses cases.")]
Past = Annotated[int, strawberry.argument(description="Version à retrouver.")]


def _ticked(boxes: list[ProfileBox]) -> tuple[Box, ...]:
    return tuple(Box(one.right, one.form, tuple(one.steps)) for one in boxes)


def proposal_id(text: str) -> UUID:
    """A proposal's identifier; one that cannot exist is told like one that does not."""
    return identifier(text, policy_proposals.not_found())


def _test_id(text: str) -> UUID:
    return identifier(text, policy_sentences.not_found())


@strawberry.type
class PolicyQuery:
    """What one can ask of the desk."""

    @resolved("Pupitre des règles d’une plateforme.", EDITING)
    async def policy_desk(self, info: Ask, platform: PlatformCode) -> PolicyDesk:
        """A desk."""
        return PolicyDesk(row=await policy_desk.open_desk(info.context.asker, platform))

    @resolved(
        "Ce qu’un changement ferait, sur les vrais dossiers, sans rien enregistrer.", EDITING, weight=HEAVY
    )
    async def simulate_policy_change(
        self, info: Ask, platform: PlatformCode, add: Lines, close: Closing, base_version: Version
    ) -> PolicyImpact:
        """What if."""
        change = Change(
            platform, tuple(one.line() for one in add), policy_desk.line_ids(close), base_version, ""
        )
        return PolicyImpact(row=await policy_simulating.simulate(info.context.asker, change))

    @resolved("Ce que fixer les cases d’un profil ferait, sans rien enregistrer.", EDITING, weight=HEAVY)
    async def simulate_profile(
        self, info: Ask, platform: PlatformCode, profile: ProfileName, boxes: Boxes, base_version: Version
    ) -> PolicyImpact:
        """What a profile would do."""
        wanted = ProfileWrite(platform, profile, _ticked(boxes), base_version, "")
        return PolicyImpact(row=await policy_foreseen.foresee_profile(info.context.asker, wanted))

    @resolved("Ce que revenir à une version ferait, sans rien enregistrer.", EDITING, weight=HEAVY)
    async def simulate_rollback(self, info: Ask, platform: PlatformCode, to: Past) -> PolicyImpact:
        """What a return would do."""
        return PolicyImpact(row=await policy_foreseen.foresee_rollback(info.context.asker, platform, to))

    @resolved("Différence entre deux versions.", EDITING, weight=COMPARED)
    async def policy_difference(
        self,
        info: Ask,
        platform: PlatformCode,
        start: Annotated[int, strawberry.argument(name="from", description="Version de départ.")],
        to: Annotated[int, strawberry.argument(description="Version d’arrivée.")],
    ) -> PolicyDifference:
        """Two versions compared."""
        return PolicyDifference(row=await policy_versions.compare(info.context.asker, platform, start, to))

    @resolved("Une proposition. Si elle n’existe pas ou n’est pas ouverte, l’erreur est la même.", EDITING)
    async def policy_proposal(self, info: Ask, id: ProposalId) -> PolicyProposal:
        """One proposal."""
        return PolicyProposal(row=await policy_proposals.read(info.context.asker, proposal_id(id)))

    @resolved(
        "Lit un fichier de règles et le compare aux lignes en vigueur, sans rien changer.",
        EDITING,
        weight=HEAVY,
    )
    async def read_policy_csv(
        self,
        info: Ask,
        platform: PlatformCode,
        csv: Annotated[
            str, strawberry.argument(description="Fichier au format de Casbin, 10\u202fMo au plus.")
        ],
    ) -> CsvReading:
        """A file read."""
        return CsvReading(row=await policy_csv.read(info.context.asker, platform, csv))


@strawberry.type
class PolicyMutation:
    """What one can do at the desk."""

    @mutation(
        "Change les règles d’une plateforme\u00a0: aussitôt, un jour donné ou après signature.",
        EDITING,
        alone=True,
    )
    async def change_policy(  # noqa: PLR0913 - what a change is made of
        self,
        info: Ask,
        platform: PlatformCode,
        add: Lines,
        close: Closing,
        *,
        base_version: Version,
        comment: Comment,
        idempotency_key: IdempotencyKey,
        effective_on: Annotated[
            date | None, strawberry.argument(description="Jour d’effet\u202f; nul pour aussitôt.")
        ] = None,
    ) -> PolicyChange:
        """Change the rules."""
        lines, ids = tuple(one.line() for one in add), policy_desk.line_ids(close)
        change = Change(platform, lines, ids, base_version, comment, effective_on)
        return PolicyChange(row=await policy_changes.change(info.context.asker, change, idempotency_key))

    @mutation(
        "Fixe les cases d’un profil sur une plateforme\u00a0: elles remplacent les siennes.",
        EDITING,
        alone=True,
    )
    async def set_profile(  # noqa: PLR0913 - what a profile is made of
        self,
        info: Ask,
        platform: PlatformCode,
        profile: ProfileName,
        boxes: Boxes,
        *,
        base_version: Version,
        comment: Comment,
        idempotency_key: IdempotencyKey,
    ) -> PolicyChange:
        """Set a profile."""
        wanted = ProfileWrite(platform, profile, _ticked(boxes), base_version, comment)
        return PolicyChange(
            row=await policy_profiles.set_profile(info.context.asker, wanted, idempotency_key)
        )

    @mutation(
        "Rend aux lignes modifiables d’une plateforme ce qu’elles étaient, en une version nouvelle.",
        EDITING,
        alone=True,
    )
    async def rollback_policy(
        self,
        info: Ask,
        platform: PlatformCode,
        to: Past,
        comment: Comment,
        idempotency_key: IdempotencyKey,
    ) -> PolicyChange:
        """Roll back."""
        row = await policy_changes.roll_back(info.context.asker, platform, to, comment, idempotency_key)
        return PolicyChange(row=row)

    @mutation(
        "Signe une proposition d’un autre\u00a0: elle s’applique, aussitôt ou à son jour.",
        EDITING,
        alone=True,
    )
    async def sign_proposal(self, info: Ask, id: ProposalId) -> PolicyProposal:
        """Sign."""
        return PolicyProposal(row=await policy_signing.sign(info.context.asker, proposal_id(id)))

    @mutation("Refuse de signer une proposition, avec un motif.", EDITING)
    async def refuse_proposal(
        self,
        info: Ask,
        id: ProposalId,
        reason: Annotated[str, strawberry.argument(description="Motif, 500 caractères au plus.")],
    ) -> PolicyProposal:
        """Refuse."""
        return PolicyProposal(row=await policy_signing.refuse(info.context.asker, proposal_id(id), reason))

    @mutation("Retire sa propre proposition.", EDITING)
    async def withdraw_proposal(self, info: Ask, id: ProposalId) -> PolicyProposal:
        """Withdraw."""
        return PolicyProposal(row=await policy_signing.withdraw(info.context.asker, proposal_id(id)))

    @mutation("Demande une seconde signature, ou propose de n’en plus demander.", EDITING)
    async def set_second_signature(
        self,
        info: Ask,
        platform: PlatformCode,
        *,
        required: Annotated[bool, strawberry.argument(description="Vrai pour la demander.")],
    ) -> PolicyDesk:
        """Ask for two signatures, or no longer."""
        asker = info.context.asker
        return PolicyDesk(row=await policy_signing.set_second_signature(asker, platform, required=required))

    @mutation("Écrit une phrase qui doit rester vraie, ou en corrige une.", EDITING)
    async def save_policy_test(  # noqa: PLR0913 - what a sentence is made of
        self,
        info: Ask,
        platform: PlatformCode,
        *,
        sentence: Annotated[str, strawberry.argument(description="La phrase.")],
        actor: Annotated[str, strawberry.argument(description="Organisation, nature ou compte.")],
        right: Annotated[str, strawberry.argument(description="Fonction.")],
        form: Annotated[str, strawberry.argument(description="Type de formulaire, ou `*`.")],
        organisms: Annotated[str, strawberry.argument(description="Groupe d’organismes, ou un seul.")],
        steps: Annotated[str, strawberry.argument(description="Étapes, par exemple `0123`.")],
        expected: Annotated[bool, strawberry.argument(description="Toujours, ou jamais.")],
        id: Annotated[
            strawberry.ID | None,
            strawberry.argument(description="Phrase à corriger\u202f; nul pour une nouvelle."),
        ] = None,
        year: Annotated[int | None, strawberry.argument(description="Année\u202f; nul pour toutes.")] = None,
    ) -> PolicyTest:
        """Write a test."""
        sent = SentenceInput(sentence, actor, right, form, year, organisms, steps, expected)
        key = None if id is None else _test_id(id)
        return PolicyTest(row=await policy_sentences.save(info.context.asker, platform, key, sent))

    @mutation("Efface une phrase.", EDITING)
    async def delete_policy_test(
        self,
        info: Ask,
        id: Annotated[strawberry.ID, strawberry.argument(description="Identifiant de la phrase.")],
    ) -> bool:
        """Erase a test."""
        await policy_sentences.delete(info.context.asker, _test_id(id))
        return True
