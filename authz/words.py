"""What users read: the French names of functions, profiles and steps, and French spacing."""

from __future__ import annotations

from authz.rights import Right
from models import OrganizationKind

NARROW = "\N{NARROW NO-BREAK SPACE}"
WIDE = "\N{NO-BREAK SPACE}"

# The label heads a row of the matrix; the phrase completes « vous ne pouvez pas … ».
RIGHT_NAMES: dict[Right, tuple[str, str]] = {
    Right.READ: ("Lecture du dossier", "lire ce dossier"),
    Right.EXPORT: ("Impression et export du dossier", "imprimer ou exporter ce dossier"),
    Right.WRITE: ("Saisie du dossier", "saisir dans ce dossier"),
    Right.INITIALISE: ("Initialisation du dossier", "initialiser ce dossier"),
    Right.VALIDATE: ("Validation de la saisie", "valider la saisie de ce dossier"),
    Right.VALIDATE_HIERARCHICAL: ("Validation hiérarchique", "prononcer la validation hiérarchique"),
    Right.TRANSMIT: ("Transmission du dossier", "transmettre ce dossier"),
    Right.CORRECT: ("Correction à la demande de la plateforme", "corriger ce dossier"),
    Right.HAND_BACK: ("Remise à l’organisme et reprise", "remettre ce dossier à l’organisme ou le reprendre"),
    Right.FINALISE: ("Finalisation du dossier", "finaliser ce dossier"),
    Right.CLOSE: ("Fermeture du dossier", "fermer ce dossier"),
    Right.REOPEN: ("Retour en étape 4", "remettre ce dossier en fiabilisation"),
    Right.ASK_REOPENING: ("Demande de retour en étape 4", "demander le retour de ce dossier en étape 4"),
    Right.ATTACHMENT_READ: ("Lecture des pièces jointes", "lire les pièces jointes de ce dossier"),
    Right.ATTACHMENT_WRITE: ("Ajout de pièces jointes", "ajouter des pièces jointes à ce dossier"),
    Right.EXCHANGE_READ: ("Lecture de l’espace d’échange", "lire l’espace d’échange de ce dossier"),
    Right.EXCHANGE_WRITE: ("Messages de l’espace d’échange", "écrire dans l’espace d’échange de ce dossier"),
    Right.NOTIFY: ("Contact privilégié", "recevoir les courriels de ce dossier"),
    Right.ADMIN_USERS: ("Paramétrage des utilisateurs", "gérer les utilisateurs"),
    Right.CONSENT_GIVE: ("Accès donné aux partenaires", "donner ou refuser l’accès des partenaires"),
    Right.DIRECT_READ: ("Accès direct aux copies scellées", "prendre les copies scellées de ce dossier"),
    Right.CAMPAIGN_MANAGE: ("Conduite de la campagne", "conduire la campagne de ce formulaire"),
    Right.POLICY_EDIT: ("Conventions et règles de droits", "modifier les règles de droits"),
    Right.PACK_EDIT: ("Définition des formulaires", "modifier la définition de ce formulaire"),
}

STEP_NAMES = (
    "à initialiser",
    "saisie",
    "validation saisie",
    "validation hiérarchique",
    "fiabilisation",
    "finalisation",
    "fermeture",
)

KIND_NAMES = {
    OrganizationKind.ORGANISM: "un utilisateur d’organisme",
    OrganizationKind.OPERATOR: "un utilisateur de la plateforme",
    OrganizationKind.PARTNER: "un utilisateur partenaire",
}


def step_name(step: int) -> str:
    """`4` → « l’étape 4 (fiabilisation) »."""
    label = f" ({STEP_NAMES[step]})" if 0 <= step < len(STEP_NAMES) else ""
    return f"l’étape {step}{label}"


def typeset(sentence: str) -> str:
    """The sentence with the no-break spaces of French typography, so that no line begins with a colon."""
    for mark in ";!?":
        sentence = sentence.replace(f" {mark}", NARROW + mark)
    return sentence.replace(" :", f"{WIDE}:").replace("«\N{SPACE}", f"«{WIDE}").replace(" »", f"{WIDE}»")
