"""The profiles a user starts from (manual §11.2.2): named sets of boxes, function × step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from authz.ceilings import CEILINGS, ORGANISM, Functions
from authz.lines import Line, box_line
from authz.rights import ALL_STEPS, Right
from models import OrganizationKind

_CONSULT: Functions = dict.fromkeys(
    (Right.READ, Right.EXPORT, Right.ATTACHMENT_READ, Right.EXCHANGE_READ), ALL_STEPS
)
_SPEAK: Functions = {Right.EXCHANGE_WRITE: ALL_STEPS, Right.ATTACHMENT_WRITE: ALL_STEPS}
_ASK: Functions = {Right.ASK_REOPENING: ALL_STEPS}
_ADMIN: Functions = {Right.ADMIN_USERS: ALL_STEPS}
_DIRECT: Functions = {Right.DIRECT_READ: "456"}
_ENTRY: Functions = {**_CONSULT, **_SPEAK, Right.INITIALISE: "0", Right.WRITE: "1", Right.CORRECT: "4"}
_ACCOUNTING: Functions = {**_ENTRY, Right.WRITE: "12", Right.VALIDATE: "2"}
_HIERARCHICAL: Functions = {
    **_CONSULT,
    **_SPEAK,
    **_ASK,
    Right.VALIDATE_HIERARCHICAL: "3",
    Right.TRANSMIT: "3",
    **_DIRECT,
}
_OFFICER: Functions = {**_CONSULT, **_SPEAK, **_DIRECT, Right.WRITE: "4", Right.HAND_BACK: "4"}
_MANAGER: Functions = {**_OFFICER, Right.FINALISE: "4", Right.CLOSE: "5", Right.REOPEN: "56"}
_STEERING: Functions = dict.fromkeys((Right.CAMPAIGN_MANAGE, Right.PACK_EDIT, Right.POLICY_EDIT), ALL_STEPS)
_PLATFORM: Functions = {**_MANAGER, **_ADMIN, **_STEERING}
_PARTNER: Functions = {**_CONSULT, **_SPEAK}


@dataclass(frozen=True, slots=True)
class Profile:
    """`kind`: whose users may start from it (None: any); `boxes`: function → steps, within the ceiling."""

    name: str
    label: str
    kind: OrganizationKind | None
    boxes: Functions


def _profile(name: str, label: str, kind: OrganizationKind, boxes: Functions) -> Profile:
    """A profile whose boxes are kept within the ceiling of its kind: a greyed box cannot be ticked."""
    ceiling = CEILINGS[kind]
    kept = {
        right: "".join(sorted(set(steps) & set(ceiling.get(right, "")))) for right, steps in boxes.items()
    }
    return Profile(f"profile:{name}", label, kind, {right: steps for right, steps in kept.items() if steps})


_ORGANISM, _OPERATOR, _BODY = OrganizationKind.ORGANISM, OrganizationKind.OPERATOR, OrganizationKind.PARTNER
_ALL = (
    _profile("organism_admin", "Administrateur de l’organisme", _ORGANISM, {**ORGANISM, Right.NOTIFY: ""}),
    _profile("entry", "Responsable de saisie", _ORGANISM, _ENTRY),
    _profile("accounting", "Responsable comptable", _ORGANISM, _ACCOUNTING),
    _profile("hierarchical", "Responsable hiérarchique", _ORGANISM, _HIERARCHICAL),
    _profile("officer", "Chargé de mission", _OPERATOR, _OFFICER),
    _profile("account_manager", "Responsable d’affaire", _OPERATOR, _MANAGER),
    _profile("operator_admin", "Administrateur de la plateforme", _OPERATOR, _PLATFORM),
    _profile("partner_admin", "Administrateur partenaire", _BODY, {**_PARTNER, **_ADMIN, **_ASK, **_DIRECT}),
    _profile("partner_user", "Utilisateur partenaire", _BODY, _PARTNER),
    # The box « Contact privilégié » stands beside the profile, for any user (manual §2.1.4).
    Profile("profile:contact", "Contact privilégié", None, {Right.NOTIFY: ALL_STEPS}),
)
PROFILES: Mapping[str, Profile] = {profile.name: profile for profile in _ALL}


def profile_lines(platform: str) -> Iterator[Line]:
    """The boxes of every profile on a platform, as `p2` lines."""
    for profile in PROFILES.values():
        for right, steps in profile.boxes.items():
            yield box_line(
                subject=profile.name, platform=platform, right=right, steps=steps, ref=profile.label
            )
