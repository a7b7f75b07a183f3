"""What mails say of each event, without one datum of the dossier (manual §2.1.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from resolvers.events import Told

if TYPE_CHECKING:
    from collections.abc import Mapping

# Why one is written to, where it is not for being a privileged contact, or not only.
REASONS: Final[Mapping[str, str]] = {
    Told.VISA_WAITED_FOR: "parce que votre visa est attendu",
    Told.EXPORT_ENDED: "parce que vous avez demandé cet export",
    Told.REOPENING_ACCEPTED: "parce que vous avez demandé ce retour, ou que vous êtes contact privilégié",
    Told.REOPENING_REFUSED: "parce que vous avez demandé ce retour, ou que vous êtes contact privilégié",
}
OBJECTS: Final[Mapping[str, str]] = {
    Told.TRANSMITTED: "dossier transmis",
    Told.FINALISED: "dossier finalisé",
    Told.CLOSED: "dossier fermé",
    Told.REOPENED: "dossier rouvert en fiabilisation",
    Told.HANDED_BACK: "dossier remis à l’organisme",
    Told.TAKEN_BACK: "dossier repris par la plateforme",
    Told.REOPENING_ASKED: "retour en étape 4 demandé",
    Told.REOPENING_ACCEPTED: "retour en étape 4 accepté",
    Told.REOPENING_REFUSED: "retour en étape 4 refusé",
    Told.MESSAGES_PUBLISHED: "nouveaux messages",
    Told.ATTACHMENTS_SENT: "nouvelles pièces jointes",
    Told.CONSENT_GIVEN: "accès donné par un organisme",
    Told.CONSENT_REFUSED: "accès refusé par un organisme",
    Told.CONSENTS_CHANGED: "accès donnés ou refusés par un organisme",
    Told.GROUP_MAIL: "courriel de la plateforme",
    Told.VISA_WAITED_FOR: "visa attendu",
    Told.CIRCUIT_APPROVED: "circuit de visas approuvé",
    Told.CIRCUIT_REFUSED: "circuit de visas refusé",
    Told.CIRCUIT_RETURNED: "circuit de visas renvoyé",
    Told.EXPORT_ENDED: "export terminé",
}
SENTENCES: Final[Mapping[str, str]] = {
    Told.TRANSMITTED: "Un organisme a transmis son dossier {subject}\u00a0: il est passé en étape 4.",
    Told.FINALISED: "Un dossier {subject} est passé en étape 5, finalisation.",
    Told.CLOSED: "Un dossier {subject} est passé en étape 6, fermeture.",
    Told.REOPENED: "Un dossier {subject} est revenu en étape 4, fiabilisation.",
    Told.HANDED_BACK: "Un dossier {subject} est remis à l’organisme pour qu’il le corrige.",
    Told.TAKEN_BACK: "Un dossier {subject} est repris par la plateforme, qui en poursuit la vérification.",
    Told.REOPENING_ASKED: "Le retour en étape 4 d’un dossier {subject} est demandé.",
    Told.REOPENING_ACCEPTED: "Le retour en étape 4 d’un dossier {subject} est accepté.",
    Told.REOPENING_REFUSED: "Le retour en étape 4 d’un dossier {subject} est refusé.",
    Told.MESSAGES_PUBLISHED: "De nouveaux messages sont publiés dans l’échange d’un dossier {subject}.",
    Told.ATTACHMENTS_SENT: "De nouvelles pièces jointes sont envoyées pour un dossier {subject}.",
    Told.CONSENT_GIVEN: "Un organisme vient de vous donner l’accès à son dossier\u00a0: {subject}.",
    Told.CONSENT_REFUSED: "Un organisme vient de vous refuser l’accès à son dossier\u00a0: {subject}.",
    Told.CONSENTS_CHANGED: "Un organisme vient de changer les accès qu’il vous donne\u00a0: {subject}.",
    Told.GROUP_MAIL: "La plateforme écrit aux contacts d’un dossier {subject}.",
    Told.VISA_WAITED_FOR: "Votre visa est attendu sur un dossier {subject}.",
    Told.CIRCUIT_APPROVED: "Le circuit de visas d’un dossier {subject} est approuvé\u00a0: il peut quitter "
    "son étape.",
    Told.CIRCUIT_REFUSED: "Le circuit de visas d’un dossier {subject} est refusé\u00a0: il ne quitte pas son "
    "étape.",
    Told.CIRCUIT_RETURNED: "Le circuit de visas d’un dossier {subject} le renvoie pour être corrigé.",
    Told.EXPORT_ENDED: "L’export que vous avez demandé est terminé\u00a0: {subject}.",
}
