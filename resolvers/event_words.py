"""What a dossier's history says of each kind of event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from resolvers.events import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

LABELS: Final[Mapping[Kind, str]] = {
    Kind.STEP_CROSSED: "Passage d’étape",
    Kind.CONTACTS_CONFIRMED: "Contacts confirmés",
    Kind.HANDED_BACK: "Remis à l’organisme",
    Kind.TAKEN_BACK: "Repris par la plateforme",
    Kind.SUBSTEP_SET: "Sous-étape précisée",
    Kind.ASSIGNED: "Dossier confié",
    Kind.DEADLINE_GRANTED: "Dernier jour accordé",
    Kind.REOPENING_ASKED: "Retour en étape 4 demandé",
    Kind.REOPENING_ANSWERED: "Réponse à la demande de retour en étape 4",
    Kind.VISA_GIVEN: "Visa donné",
    Kind.MESSAGES_PUBLISHED: "Messages publiés",
    Kind.THREADS_CARRIED: "Échanges reportés de l’année précédente",
    Kind.THREAD_SETTLED: "Échange clos, obsolète ou rouvert",
    Kind.THREAD_DUE_SET: "Échéance d’un échange fixée ou levée",
    Kind.NATURE_CHANGED: "Nature d’un message changée",
    Kind.ATTACHMENTS_SENT: "Pièces jointes envoyées",
    Kind.ATTACHMENT_TAKEN: "Pièce jointe emportée",
    Kind.ATTACHMENT_REFUSED: "Pièce jointe refusée",
    Kind.COPY_SEALED: "Copie scellée",
    Kind.COPY_TAKEN: "Copie scellée emportée",
    Kind.READ: "Dossier lu",
    Kind.EXPORT_ASKED: "Export demandé",
    Kind.EXPORT_TAKEN: "Export emporté",
    Kind.LOADED: "Fichier chargé",
    Kind.GROUP_MAIL_SENT: "Courriel groupé envoyé",
}
