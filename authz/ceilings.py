"""What each kind of user may ever, function by step: the system's own limits (the greyed boxes)."""

from __future__ import annotations

from collections.abc import Mapping

from authz.rights import ALL_STEPS, Right
from models import OrganizationKind

Functions = Mapping[Right, str]

# Function → steps (manual §2.1.3, §8.6, §9, §10). An organism submits its entry at step 1 with
# dossier:write, and takes a dossier back at steps 2 and 3 with the right that validates there.
ORGANISM: Functions = {
    Right.READ: ALL_STEPS,
    Right.EXPORT: ALL_STEPS,
    Right.INITIALISE: "0",
    Right.WRITE: "12",
    Right.VALIDATE: "2",
    Right.VALIDATE_HIERARCHICAL: "3",
    Right.TRANSMIT: "3",
    Right.CORRECT: "4",
    Right.ATTACHMENT_READ: "123456",
    Right.ATTACHMENT_WRITE: "1234",
    Right.EXCHANGE_READ: "456",
    Right.EXCHANGE_WRITE: "4",
    Right.ASK_REOPENING: "56",
    Right.NOTIFY: ALL_STEPS,
    Right.ADMIN_USERS: ALL_STEPS,
    Right.CONSENT_GIVE: ALL_STEPS,
    Right.DIRECT_READ: "456",
}
OPERATOR: Functions = {
    Right.READ: ALL_STEPS,
    Right.EXPORT: ALL_STEPS,
    Right.WRITE: "4",
    Right.HAND_BACK: "4",
    Right.FINALISE: "4",
    Right.CLOSE: "5",
    Right.REOPEN: "56",
    Right.ATTACHMENT_READ: "123456",
    Right.ATTACHMENT_WRITE: "4",
    Right.EXCHANGE_READ: "456",
    Right.EXCHANGE_WRITE: "4",
    Right.NOTIFY: ALL_STEPS,
    Right.ADMIN_USERS: ALL_STEPS,
    Right.DIRECT_READ: "456",
    Right.CAMPAIGN_MANAGE: ALL_STEPS,
    Right.PACK_EDIT: ALL_STEPS,
    Right.POLICY_EDIT: ALL_STEPS,
}
# « Le partenaire ne peut consulter les données qu'à partir de l'étape 4 » (manual §2.1.3).
PARTNER: Functions = {
    Right.READ: "456",
    Right.EXPORT: "456",
    Right.ATTACHMENT_READ: "456",
    Right.ATTACHMENT_WRITE: "4",
    Right.EXCHANGE_READ: "456",
    Right.EXCHANGE_WRITE: "4",
    Right.ASK_REOPENING: "56",
    Right.NOTIFY: "456",
    Right.ADMIN_USERS: ALL_STEPS,
    Right.DIRECT_READ: "456",
}
CEILINGS: Mapping[OrganizationKind, Functions] = {
    OrganizationKind.ORGANISM: ORGANISM,
    OrganizationKind.OPERATOR: OPERATOR,
    OrganizationKind.PARTNER: PARTNER,
}
