"""The answers to why, who and what of the rules."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import strawberry

from authz import RIGHT_NAMES, Viewer
from authz.explain_words import LAYER_LABELS
from authz.explanation import Cited, LayerVerdict, MissingConsent, NearMiss
from authz.rule_text import naming, rule_text
from gql.fields import shown
from gql.types.parties import OrganismName, Party, Reader
from models import OrganizationKind
from resolvers.policy_asking import ExplanationRow, Seen, Seer


@strawberry.type(description="Règle citée par une explication.")
class RuleCited:
    """A rule that decided."""

    viewer: strawberry.Private[Viewer]
    cited: strawberry.Private[Cited]
    conventions: strawberry.Private[dict[int, UUID]]
    line: strawberry.ID | None = shown(
        "Numéro de la ligne\u202f; nul si elle n’est pas enregistrée.",
        lambda it: None if it.cited.line.id is None else str(it.cited.line.id),
    )
    ref: str = shown("Article ou origine.", lambda it: it.cited.ref)
    denies: bool = shown("Vrai si elle interdit.", lambda it: it.cited.denies)
    text: str = shown(
        "La règle en français.",
        lambda it: rule_text(it.cited.line, naming(it.viewer.authority.policy)),
    )
    since: date | None = shown("Premier jour\u202f; nul s’il n’est pas fixé.", lambda it: it.cited.since)
    until: date | None = shown("Dernier jour\u202f; nul s’il n’est pas fixé.", lambda it: it.cited.until)
    convention: strawberry.ID | None = shown(
        "Convention dont elle vient\u202f; nul si elle n’en vient pas.", lambda it: it.convention_id()
    )

    def convention_id(self) -> str | None:
        """The convention's identifier."""
        found = self.conventions.get(self.cited.line.id or 0)
        return None if found is None else str(found)


@strawberry.type(
    description="Ce que dit une couche\u00a0: convention, cases, limite du système ou jeton.",
    name="LayerVerdict",
)
class LayerVerdictType:
    """One layer's answer."""

    verdict: strawberry.Private[LayerVerdict]
    whole: strawberry.Private[Explanation]
    layer: str = shown(
        "Couche\u00a0: `convention`, `boxes`, `ceiling` ou `scope`.", lambda it: it.verdict.layer.value
    )
    label: str = shown("Nom de la couche.", lambda it: LAYER_LABELS[it.verdict.layer])
    allowed: bool = shown("Vrai si elle permet.", lambda it: it.verdict.allowed)
    decided_by: list[RuleCited] = shown(
        "Règles qui en ont décidé, cinq au plus.",
        lambda it: [it.whole.cited(one) for one in it.verdict.decided_by],
        size=5,
    )
    sentence: str = shown("Ce qu’elle dit, en une phrase.", lambda it: it.verdict.sentence)
    who_can_change: str = shown("Qui peut la changer.", lambda it: it.verdict.who_can_change)


@strawberry.type(description="Accord d’un organisme qu’une règle attend.", name="MissingConsent")
class MissingConsentType:
    """The yes that is missing."""

    missing: strawberry.Private[MissingConsent]
    whole: strawberry.Private[Explanation]
    organism: OrganismName = shown(
        "Organisme qui peut le donner.",
        lambda it: OrganismName.known(it.whole.viewer, it.missing.organism),
    )
    partner: Party = shown("Organisation qui l’attend.", lambda it: Party.of(it.whole.row.partner))
    form: str = shown("Type de formulaire.", lambda it: it.missing.form)
    year: int = shown("Année des comptes.", lambda it: it.missing.year)
    who_can_give: list[str] = shown(
        "Qui peut le donner\u00a0: des noms pour l’organisme et la plateforme, sinon une fonction.",
        lambda it: list(it.whole.row.givers),
        size=5,
    )


@strawberry.type(description="Règle qui permettrait, à une ou deux conditions près.", name="NearMiss")
class NearMissType:
    """A near miss."""

    near: strawberry.Private[NearMiss]
    whole: strawberry.Private[Explanation]
    sentence: str = shown("Ce qui changerait la réponse, en une phrase.", lambda it: it.near.sentence)
    rule: RuleCited = shown("La règle.", lambda it: it.whole.cited(it.near.rule))
    differs_by: list[str] = shown(
        "Les conditions, par exemple «\u00a0à l’étape 5\u00a0».",
        lambda it: list(it.near.differs_by),
        size=2,
    )


@strawberry.type(description="Pourquoi une personne ou un système peut, ou ne peut pas.")
class Explanation:
    """Why, or why not."""

    viewer: strawberry.Private[Viewer]
    row: strawberry.Private[ExplanationRow]
    allowed: bool = shown("La réponse.", lambda it: it.row.explanation.allowed)
    sentence: str = shown("La réponse en une phrase.", lambda it: it.row.explanation.sentence)
    layers: list[LayerVerdictType] = shown(
        "Ce que dit chaque couche\u00a0: toutes doivent permettre.",
        lambda it: [LayerVerdictType(verdict=one, whole=it) for one in it.row.explanation.layers],
        size=4,
    )
    consent: MissingConsentType | None = shown(
        "Accord qui manque\u202f; nul s’il n’en manque pas.", lambda it: it.missing()
    )
    near_misses: list[NearMissType] = shown(
        "Règles qui permettraient presque, de la plus proche à la plus lointaine, cinq au plus.",
        lambda it: [NearMissType(near=one, whole=it) for one in it.row.explanation.near_misses],
        size=5,
    )
    version: int = shown("Version des règles.", lambda it: it.row.explanation.version)
    day: date = shown("Jour de la réponse.", lambda it: it.row.explanation.day)
    subject: str = shown("Qui, selon les règles\u00a0: `user:…` ou `client:…`.", lambda it: it.who())
    right: str = shown("Fonction, par exemple `dossier:read`.", lambda it: it.row.explanation.right.value)
    right_label: str = shown("Nom de la fonction.", lambda it: RIGHT_NAMES[it.row.explanation.right][0])
    step: int = shown("Étape de la réponse.", lambda it: it.row.explanation.step)

    def who(self) -> str:
        """Whom it is about."""
        return self.row.explanation.subject

    def cited(self, rule: Cited) -> RuleCited:
        """A rule, to be read by the asker."""
        return RuleCited(viewer=self.viewer, cited=rule, conventions=self.row.conventions)

    def missing(self) -> MissingConsentType | None:
        """The missing consent."""
        found = self.row.explanation.consent
        known = found is not None and self.row.partner is not None
        return None if found is None or not known else MissingConsentType(missing=found, whole=self)


@strawberry.type(description="Organisation dont quelqu’un peut, sur un dossier.")
class WhoCanSee:
    """An organization that may."""

    row: strawberry.Private[Seer]
    organization: Party = shown("L’organisation.", lambda it: Party.of(it.row.organization))
    kind: OrganizationKind = shown("Sa nature.", lambda it: it.row.kind)
    refs: list[str] = shown("Articles qui le permettent.", lambda it: list(it.row.refs), size=3)
    accounts: list[Reader] = shown(
        "Personnes et systèmes, cinquante au plus.",
        lambda it: [Reader(row=one) for one in it.row.accounts],
        size=10,
    )
    more: int = shown("Nombre de comptes au-delà.", lambda it: it.row.more)


@strawberry.type(description="Dossiers d’une campagne qu’une organisation peut voir, à une étape.")
class WhatCanSee:
    """How many of a campaign."""

    row: strawberry.Private[Seen]
    form: str = shown("Type de formulaire.", lambda it: it.row.form)
    year: int = shown("Année des comptes.", lambda it: it.row.year)
    step: int = shown("Étape.", lambda it: it.row.step)
    dossiers: int = shown("Nombre de dossiers.", lambda it: it.row.dossiers)
    refs: list[str] = shown("Articles qui en parlent.", lambda it: list(it.row.refs), size=3)
