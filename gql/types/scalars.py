"""Scalars and enumerations, with the words by which the schema explains them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, NewType

import strawberry

from forms import Aspect, Severity, Step
from forms import Kind as CellKind
from gql.types.describing import describe as _describe
from models import (
    AssignmentRole,
    AttachmentState,
    Category,
    ChangeOrigin,
    ContactRole,
    CopyKind,
    ExportKind,
    ExportState,
    MassOutcome,
    OrganizationKind,
    ProposalState,
)
from resolvers.boxes_matrix import BoxState
from resolvers.common_copy import CopyDirection
from resolvers.consent_rows import ConsentAnswer
from resolvers.convention_rows import ConventionState
from resolvers.days import read_day
from resolvers.load_report import ImportOutcome
from resolvers.row_writes import RowAction
from resolvers.support import Theme

if TYPE_CHECKING:
    from strawberry.types.scalar import ScalarDefinition

Json = NewType("Json", object)


def _same(value: Any) -> Any:  # noqa: ANN401 - JSON is any
    return value


def _instant(value: datetime) -> str:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


SCALARS: dict[object, ScalarDefinition] = {
    Json: strawberry.scalar(
        name="JSON",
        description="Valeur JSON, sous une forme compacte faite pour le client web.",
        serialize=_same,
        parse_value=_same,
    ),
    datetime: strawberry.scalar(
        name="DateTime",
        description="Instant au format ISO 8601, en temps universel, par exemple 2026-11-21T22:30:00Z.",
        serialize=_instant,
        parse_value=datetime.fromisoformat,
    ),
    date: strawberry.scalar(
        name="Date",
        description="Jour au format ISO 8601, par exemple 2026-11-21, entre 1900 et 2999.",
        serialize=date.isoformat,
        parse_value=read_day,
    ),
}


_describe(
    Step,
    "Étape du cycle de vie d’un dossier. Une étape ne se saute jamais.",
    {
        "TO_INITIALISE": "Étape 0\u00a0: dossier à initialiser.",
        "ENTRY": "Étape 1\u00a0: saisie par l’organisme.",
        "ENTRY_VALIDATION": "Étape 2\u00a0: validation de la saisie.",
        "HIERARCHICAL_VALIDATION": "Étape 3\u00a0: validation hiérarchique, avant la transmission.",
        "REVIEW": "Étape 4\u00a0: fiabilisation par la plateforme, après la transmission.",
        "FINALISATION": "Étape 5\u00a0: finalisation par la plateforme.",
        "CLOSURE": "Étape 6\u00a0: dossier fermé.",
    },
)
_describe(
    Severity,
    "Gravité d’une anomalie.",
    {
        "MINOR": "Mineure\u00a0: signalée, n’empêche rien.",
        "MAJOR": "Majeure\u00a0: à justifier avant la transmission.",
        "BLOCKING": "Bloquante\u00a0: empêche de changer d’étape et de transmettre.",
    },
)
_describe(
    AttachmentState,
    "Où en est le contenu d’une pièce jointe.",
    {
        "ARRIVING": "Attendu, ou arrivé en partie.",
        "QUARANTINED": "Arrivé\u00a0: l’antivirus doit encore le lire.",
        "READY": "Prêt à être envoyé et lu.",
        "REFUSED": "Refusé\u00a0: son contenu n’est pas gardé.",
    },
)
_describe(
    OrganizationKind,
    "Nature d’une organisation.",
    {
        "ORGANISM": "Organisme de logement social.",
        "OPERATOR": "Exploitant d’une plateforme\u00a0: ministère ou fédération.",
        "PARTNER": "Partenaire qui consulte au titre d’une convention.",
    },
)
_describe(
    Category,
    "Famille d’organismes de logement social.",
    {
        "OPH": "Office public de l’habitat.",
        "SA": "Société anonyme d’HLM (entreprise sociale pour l’habitat).",
        "COOP": "Société coopérative d’HLM.",
        "SEM": "Société d’économie mixte agréée.",
        "MOI": "Organisme de maîtrise d’ouvrage d’insertion.",
        "SAC": "Société anonyme de coordination.",
    },
    name="Category",
)
_describe(
    ConventionState,
    "Où en est une convention. Ses dates seules le disent\u00a0: personne n’agit quand elles viennent.",
    {
        "DRAFT": "Projet\u00a0: elle n’ouvre encore rien.",
        "PLANNED": "Publiée, avant son premier jour.",
        "IN_FORCE": "En vigueur.",
        "SUSPENDED": "Suspendue.",
        "ENDED": "Terminée.",
    },
)
_describe(
    ProposalState,
    "Où en est un changement des règles.",
    {
        "AWAITING_SIGNATURE": "Attend la signature d’un second administrateur.",
        "SCHEDULED": "Attend son jour.",
        "APPLIED": "Appliqué.",
        "REFUSED": "Refusé par celui qui devait signer.",
        "WITHDRAWN": "Retiré par son auteur.",
        "FAILED": "Ne s’appliquait plus à son jour\u00a0: le motif est donné.",
    },
)
_describe(
    ConsentAnswer,
    "Réponse d’un organisme à un partenaire, pour un formulaire et une année.",
    {"GIVEN": "Accès donné.", "REFUSED": "Accès refusé.", "NONE": "Sans réponse\u00a0: fermé."},
)
_describe(
    CellKind,
    "Nature d’une cellule.",
    {
        "INPUT": "Saisie\u00a0: à remplir par l’organisme.",
        "COMMON": "Tronc commun\u00a0: saisie, partagée avec un autre formulaire.",
        "COMPUTED": "Calculée\u00a0: jamais saisie.",
        "FORCIBLE": "Calculée, mais que l’on peut forcer en donnant une raison.",
    },
    name="CellKind",
)
_describe(
    ExportKind,
    "Nature d’un export.",
    {"PDF": "Impression au format PDF.", "ZIP": "Archive ZIP\u00a0: le dossier en XML et en PDF."},
)
_describe(
    ExportState,
    "Avancement d’un export.",
    {
        "WAITING": "En attente.",
        "RUNNING": "En cours.",
        "READY": "Prêt à être téléchargé.",
        "FAILED": "Échoué\u00a0: la raison est donnée.",
    },
)
_describe(
    ImportOutcome,
    "Ce qu’il est advenu d’une ligne d’un fichier chargé.",
    {
        "CHANGED": "La valeur a été modifiée.",
        "UNCHANGED": "La valeur était déjà la même.",
        "IGNORED": "La valeur n’est pas à charger (cellule calculée).",
        "REFUSED": "La valeur est refusée\u00a0: rien n’est chargé.",
    },
)
_describe(
    Aspect,
    "Ce que change une révision de formulaire.",
    {aspect.name: f"{aspect.french}." for aspect in Aspect},
    name="PackAspect",
)
_describe(
    ChangeOrigin,
    "Comment une valeur est arrivée dans sa cellule.",
    {
        "TYPED": "Tapée.",
        "PASTED": "Collée.",
        "XML": "Chargée d’un fichier XML.",
        "SPREADSHEET": "Chargée d’un classeur.",
        "CSV": "Chargée d’un fichier CSV.",
        "PREVIOUS_YEAR": "Reprise de l’an dernier.",
        "COMMON_CORE": "Reprise d’un autre formulaire, par le tronc commun.",
        "UNDO": "Rétablie par une annulation.",
    },
)
_describe(
    AssignmentRole,
    "Comment une personne de la plateforme suit un dossier.",
    {"OFFICER": "Chargé de mission.", "ACCOUNT_MANAGER": "Responsable d’affaire."},
)
_describe(
    MassOutcome,
    "Ce qu’un dossier est devenu dans un changement d’étape en nombre.",
    {
        "WAITING": "Il attend son tour.",
        "MOVED": "Il est passé.",
        "REFUSED": "Il n’est pas passé\u00a0: la raison est dite.",
    },
)
_describe(
    BoxState,
    "État d’une case du tableau des droits.",
    {
        "GRANTED": "Accordée à l’utilisateur, en plus de son profil.",
        "REFUSED": "Non accordée.",
        "INHERITED": "Accordée par le profil.",
        "IMPOSED_ON": "Imposée\u00a0: cochée, et ne se change pas ici.",
        "IMPOSED_OFF": "Imposée\u00a0: décochée, et ne se change pas.",
    },
)
_describe(
    CopyDirection,
    "Sens d’une copie entre deux dossiers.",
    {
        "FROM_OTHER": "De l’autre dossier vers celui-ci.",
        "TO_OTHER": "De ce dossier vers l’autre.",
    },
)
_describe(
    RowAction,
    "Ce que devient une ligne d’un onglet dynamique.",
    {
        "ADD": "Elle est ajoutée.",
        "DELETE": "Elle est supprimée.",
        "MOVE": "Elle change de place.",
    },
)
_describe(
    CopyKind,
    "À quel passage une copie est scellée.",
    {"TRANSMITTED": "À la transmission\u00a0: `transmis`.", "CLOSED": "À la fermeture\u00a0: `fiabilise`."},
)
_describe(
    ContactRole,
    "Qui la plateforme peut joindre au sujet d’un dossier.",
    {"DIRECTOR": "Directeur.", "DECLARANT": "Déclarant.", "ACCOUNTANT": "Comptable."},
)
_describe(
    Theme,
    "Thème d’une question à l’assistance.",
    {theme.name: f"{theme.value}." for theme in Theme},
    name="SupportTheme",
)
