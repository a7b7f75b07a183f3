"""The sentences of explanations: they suit whoever asks, on himself or on another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from authz.rights import Layer, Right
from authz.rule_text import listed
from authz.words import RIGHT_NAMES, step_name, typeset
from models import OrganizationKind

if TYPE_CHECKING:
    from authz.decision import Target

LAYER_LABELS = {
    Layer.CONVENTION: "Convention",
    Layer.BOXES: "Cases de l’utilisateur",
    Layer.CEILING: "Limite du système",
    Layer.SCOPE: "Portée du jeton",
}


def agreement(kind: OrganizationKind, here: str, there: str) -> str:
    """What binds an organization and a platform."""
    if kind is OrganizationKind.PARTNER:
        return f"La convention entre {there} et {here}"
    return f"La règle de {there} pour {here}"


def given(kind: OrganizationKind, here: str, there: str, refs: Sequence[str]) -> str:
    """The first layer says yes."""
    return typeset(f"{agreement(kind, here, there)} le prévoit ({listed(refs)}).")


def box_ticked(right: Right, target: Target, refs: Sequence[str]) -> str:
    """The second layer says yes."""
    return typeset(f"La case « {RIGHT_NAMES[right][0]} » est cochée {_at(target)} ({listed(refs)}).")


def box_missing(right: Right, target: Target) -> str:
    """The second layer gives nothing."""
    return typeset(
        f"La case « {RIGHT_NAMES[right][0]} » n’est pas cochée {_at(target)}, ni par un profil ni à part."
    )


def box_taken(right: Right, target: Target, ref: str) -> str:
    """A rule of the second layer takes the box away."""
    return typeset(f"La case « {RIGHT_NAMES[right][0]} » est retirée {_at(target)} ({ref}).")


def within_ceiling(right: Right, target: Target) -> str:
    """The third layer says yes."""
    what = f"« {RIGHT_NAMES[right][0]} » à {step_name(target.step)}"
    return typeset(f"Le système admet {what} pour cette nature d’utilisateur.")


def within_scope(right: Right) -> str:
    """The token carries the word."""
    return typeset(f"Le jeton porte la portée « {right.value} ».")


def yes(right: Right, target: Target, refs: Sequence[str]) -> str:
    """The whole answer, where every layer says yes."""
    what = f"{RIGHT_NAMES[right][1]} à {step_name(target.step)}"
    return typeset(f"Oui, il est permis de {what} : {listed(refs)}.")


def who_can_change(layer: Layer, there: str, here: str) -> str:
    """Who can make a layer say something else."""
    return typeset(
        {
            Layer.CONVENTION: f"La plateforme ({there}), qui édite les conventions et les règles.",
            Layer.BOXES: f"L’administrateur des utilisateurs de l’organisation ({here}).",
            Layer.CEILING: "Personne : c’est une limite du système.",
            Layer.SCOPE: "Qui demande le jeton, si le client est enregistré pour cette portée.",
        }[layer]
    )


def client_boxes(there: str) -> str:
    """Who can change the boxes of a machine client, which no administrator's screen sets."""
    return typeset(f"La plateforme ({there}), qui enregistre les applications clientes et leurs cases.")


def organism_can_change(organism: str) -> str:
    """Who can give a missing consent."""
    return typeset(f"{organism}, et lui seul, en donnant son accord.")


def would_be_yes(differences: Sequence[str], ref: str) -> str:
    """A near miss, as « Ce serait oui à l’étape 5 et avec l’accord de OPH de Paris (art. 3). »."""
    return typeset(f"Ce serait oui {listed(differences)} ({ref}).")


def _at(target: Target) -> str:
    return f"sur le formulaire {target.form} à {step_name(target.step)}"
