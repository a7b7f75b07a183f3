"""How a dossier passes from step to step: the moves it may make, those it made, its transmission."""

from __future__ import annotations

from datetime import datetime

import strawberry

from forms import Step, StepDef
from gql.fields import shown
from resolvers.rows import CrossingRow, DossierRow, MoveRow, TransmissionRow


@strawberry.type(description="Étape du cycle d’un formulaire.")
class CycleStep:
    """A step, as the form calls it."""

    row: strawberry.Private[StepDef]
    step: Step = shown("Étape.", lambda it: it.row.step)
    label: str = shown("Libellé de l’étape.", lambda it: it.row.label)


@strawberry.type(description="Passage possible depuis l’étape actuelle.")
class Move:
    """A move of the cycle, and whether the viewer may make it."""

    row: strawberry.Private[MoveRow]
    dossier: strawberry.Private[DossierRow]
    name: str = shown("Nom du passage, à donner à `advanceDossier`.", lambda it: it.row.move.name)
    label: str = shown("Libellé du passage.", lambda it: it.row.move.label)
    target: Step = shown("Étape d’arrivée.", lambda it: it.row.move.target)
    right: str = shown("Droit qu’il requiert, par exemple `dossier:transmit`.", lambda it: it.row.move.right)
    allowed: bool = shown("Vrai si l’appelant peut le franchir.", lambda it: it.row.allowed)
    refusal: str | None = shown(
        "Pourquoi il ne le peut pas\u202f; nul s’il le peut.", lambda it: it.row.refusal
    )
    asks_reason: bool = shown(
        "Vrai si le motif est dû\u00a0: pour tout retour en arrière.", lambda it: it.row.move.asks_reason
    )
    asks_contacts: bool = shown(
        "Vrai s’il fait confirmer les personnes à joindre.",
        lambda it: "contacts_confirmed" in it.row.move.guards,
    )
    commitments: list[str] = shown(
        "Engagements à accepter un à un, pour une transmission\u202f; vide sinon.",
        lambda it: (
            list(it.dossier.definition.cycle.commitments)
            if "commitments_accepted" in it.row.move.guards
            else []
        ),
    )


@strawberry.type(description="Étape franchie par un dossier.")
class Crossing:
    """One line of a dossier's history."""

    row: strawberry.Private[CrossingRow]
    move: str = shown("Nom du passage.", lambda it: it.row.move)
    source: Step = shown("Étape de départ.", lambda it: it.row.source)
    target: Step = shown("Étape d’arrivée.", lambda it: it.row.target)
    at: datetime = shown("Moment du passage.", lambda it: it.row.at)
    author: str | None = shown("Auteur\u202f; nul si c’est le système.", lambda it: it.row.author)
    reason: str = shown("Motif donné, ou texte vide.", lambda it: it.row.reason)


@strawberry.type(description="Transmission d’un dossier\u00a0: l’engagement du déclarant.")
class Transmission:
    """Who transmitted, when, and what he saw."""

    row: strawberry.Private[TransmissionRow]
    at: datetime = shown("Moment de la transmission.", lambda it: it.row.at)
    author: str = shown("Déclarant.", lambda it: it.row.author)
    data_hash: str = shown("Empreinte SHA-256 des données transmises.", lambda it: it.row.data_hash)
    commitments: list[str] = shown("Engagements acceptés.", lambda it: list(it.row.commitments))
