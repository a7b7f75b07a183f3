"""The profiles a user starts from (manual §11.2.2): named sets of boxes, function × step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from authz.lines import Line, box_line
from authz.rights import ALL_STEPS, Right
from models import OrganizationKind

_CONSULT = {
    Right.READ: ALL_STEPS,
    Right.EXPORT: ALL_STEPS,
    Right.ATTACHMENT_READ: ALL_STEPS,
    Right.EXCHANGE_READ: ALL_STEPS,
}
_ENTRY = _CONSULT | {
    Right.INITIALISE: "0",
    Right.WRITE: "1",
    Right.ATTACHMENT_WRITE: "1234",
    Right.EXCHANGE_WRITE: "4",
}
_ACCOUNTING = _ENTRY | {Right.WRITE: "12", Right.VALIDATE: "2"}
_HIERARCHICAL = _CONSULT | {
    Right.VALIDATE_HIERARCHICAL: "3",
    Right.TRANSMIT: "3",
    Right.EXCHANGE_WRITE: "4",
    Right.ASK_REOPENING: "56",
}
_OFFICER = _CONSULT | {Right.WRITE: "4", Right.ATTACHMENT_WRITE: "4", Right.EXCHANGE_WRITE: "4"}
_MANAGER = _OFFICER | {Right.FINALISE: "4", Right.CLOSE: "5", Right.REOPEN: "56"}
_PARTNER = _CONSULT | {Right.ATTACHMENT_WRITE: "4", Right.EXCHANGE_WRITE: "4"}
_ADMIN = {Right.ADMIN_USERS: ALL_STEPS}


@dataclass(frozen=True, slots=True)
class Profile:
    """`kind`: whose users may start from it (None: any); `boxes`: function → steps, within the ceiling."""

    name: str
    label: str
    kind: OrganizationKind | None
    boxes: Mapping[Right, str]


PROFILES: Mapping[str, Profile] = {
    profile.name: profile
    for profile in (
        Profile(
            "profile:organism_admin",
            "Administrateur de l’organisme",
            OrganizationKind.ORGANISM,
            _ACCOUNTING | _HIERARCHICAL | _ADMIN | {Right.ATTACHMENT_WRITE: "1234"},
        ),
        Profile("profile:entry", "Responsable de saisie", OrganizationKind.ORGANISM, _ENTRY),
        Profile("profile:accounting", "Responsable comptable", OrganizationKind.ORGANISM, _ACCOUNTING),
        Profile("profile:hierarchical", "Responsable hiérarchique", OrganizationKind.ORGANISM, _HIERARCHICAL),
        Profile("profile:officer", "Chargé de mission", OrganizationKind.OPERATOR, _OFFICER),
        Profile("profile:account_manager", "Responsable d’affaire", OrganizationKind.OPERATOR, _MANAGER),
        Profile(
            "profile:operator_admin",
            "Administrateur de la plateforme",
            OrganizationKind.OPERATOR,
            _MANAGER | _ADMIN,
        ),
        Profile(
            "profile:partner_admin",
            "Administrateur partenaire",
            OrganizationKind.PARTNER,
            _PARTNER | _ADMIN | {Right.ASK_REOPENING: "56"},
        ),
        Profile("profile:partner_user", "Utilisateur partenaire", OrganizationKind.PARTNER, _PARTNER),
        # The box « Contact privilégié » stands beside the profile, for any user (manual §2.1.4).
        Profile("profile:contact", "Contact privilégié", None, {Right.NOTIFY: ALL_STEPS}),
    )
}


def profile_lines(platform: str) -> Iterator[Line]:
    """The boxes of every profile on a platform, as `p2` lines."""
    for profile in PROFILES.values():
        for right, steps in profile.boxes.items():
            yield box_line(
                subject=profile.name, platform=platform, right=right, steps=steps, ref=profile.label
            )
