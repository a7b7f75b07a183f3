"""The French sentences of refusals: what is refused, and who can change it."""

from __future__ import annotations

from authz.decision import Target
from authz.rights import Right
from authz.words import KIND_NAMES, RIGHT_NAMES, step_name
from models import OrganizationKind


def unknown() -> str:
    """A name in the question is in nobody's policy: an account closed meanwhile, for instance."""
    return "Cette demande ne correspond à aucun droit en vigueur. Reconnectez-vous, puis recommencez."


def ceiling(kind: OrganizationKind, right: Right, target: Target) -> str:
    """The system refuses to a whole kind of users."""
    who, what = KIND_NAMES[kind], RIGHT_NAMES[right][1]
    return (
        f"À {step_name(target.step)}, {who} ne peut pas {what} : c’est une limite du système, "
        "que ni la plateforme ni votre administrateur ne peuvent lever."
    )


def boxes(right: Right, target: Target) -> str:
    """The organization's administrator has not ticked the box."""
    return (
        f"Vos droits sur le formulaire {target.form} ne comprennent pas « {RIGHT_NAMES[right][0]} » "
        f"à {step_name(target.step)}. Adressez-vous à l’administrateur de votre organisation, "
        "qui peut vous accorder ce droit."
    )


def scope(right: Right) -> str:
    """The token of a machine client is narrower than its rights."""
    return (
        f"Ce jeton d’accès ne porte pas la portée « {right.value} ». "
        "Demandez un jeton qui la comprend, si votre client y est enregistré."
    )


def denied(kind: OrganizationKind, here: str, there: str, ref: str) -> str:
    """A rule of the platform takes this organism, or this organization, out."""
    return f"{_agreement(kind, here, there)} l’exclut ({ref}). Adressez-vous à la plateforme."


def not_provided(kind: OrganizationKind, here: str, there: str, right: Right, target: Target) -> str:
    """No rule of the platform speaks of it."""
    return (
        f"{_agreement(kind, here, there)} ne prévoit pas « {RIGHT_NAMES[right][0]} » sur ce dossier "
        f"{target.form} {target.year} à {step_name(target.step)}. Adressez-vous à la plateforme."
    )


def consent_missing(organism: str, here: str, target: Target, ref: str) -> str:
    """A rule would give it, with the organism's own yes, which is missing."""
    return (
        f"{organism} n’a pas donné à {here} l’accès à son dossier {target.form} {target.year}, "
        f"que la convention subordonne à son accord ({ref}). Cet organisme seul peut donner cet accès."
    )


def form_ceiling(kind: OrganizationKind, right: Right) -> str:
    """The system refuses it to a whole kind of users, whatever the form."""
    return (
        f"{KIND_NAMES[kind].capitalize()} ne peut pas {RIGHT_NAMES[right][1]} : c’est une limite du système, "
        "que ni la plateforme ni votre administrateur ne peuvent lever."
    )


def form_not_provided(kind: OrganizationKind, here: str, there: str, right: Right, form: str) -> str:
    """The form is another platform's, or no rule gives the right on it."""
    return (
        f"{_agreement(kind, here, there)} ne prévoit pas « {RIGHT_NAMES[right][0]} » "
        f"sur le formulaire {form}. Adressez-vous à la plateforme qui le collecte."
    )


def form_boxes(right: Right, form: str) -> str:
    """The organization's administrator has not ticked the box."""
    return (
        f"Vos droits sur le formulaire {form} ne comprennent pas « {RIGHT_NAMES[right][0]} ». "
        "Adressez-vous à l’administrateur de votre organisation, qui peut vous accorder ce droit."
    )


def platform_not_provided(kind: OrganizationKind, here: str, there: str, right: Right) -> str:
    """The platform is another's, or no rule gives the right on the whole of it."""
    return (
        f"{_agreement(kind, here, there)} ne prévoit pas « {RIGHT_NAMES[right][0]} » "
        "sur tous ses formulaires. Adressez-vous à la plateforme."
    )


def platform_boxes(right: Right, there: str) -> str:
    """The organization's administrator has not ticked the box for the whole platform."""
    return (
        f"Vos droits auprès de la plateforme ({there}) ne comprennent pas « {RIGHT_NAMES[right][0]} ». "
        "Adressez-vous à l’administrateur de votre organisation, qui peut vous accorder ce droit."
    )


def _agreement(kind: OrganizationKind, here: str, there: str) -> str:
    if kind is OrganizationKind.PARTNER:
        return f"La convention entre {there} et {here}"
    return f"La règle de {there} pour {here}"
