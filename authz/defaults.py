"""The standing lines of every installation: what organisms and operators may, and the ceiling of each kind.

Partners have no standing convention: a partner reads what its own convention says, and nothing else.
Boxes are given by the profiles (`authz.profiles`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from authz.lines import SELF, Line, ceiling_line, convention_line
from authz.names import EVERYONE, kind_name
from authz.profiles import profile_lines
from authz.rights import ALL_STEPS, Right
from models import OrganizationKind

REF = "règles communes"
CEILING_REF = "limite du système"

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
    Right.ATTACHMENT_READ: "123456",
    Right.ATTACHMENT_WRITE: "1234",
    Right.EXCHANGE_READ: "456",
    Right.EXCHANGE_WRITE: "4",
    Right.ASK_REOPENING: "56",
    Right.NOTIFY: ALL_STEPS,
    Right.ADMIN_USERS: ALL_STEPS,
}
OPERATOR: Functions = {
    Right.READ: ALL_STEPS,
    Right.EXPORT: ALL_STEPS,
    Right.WRITE: "4",
    Right.FINALISE: "4",
    Right.CLOSE: "5",
    Right.REOPEN: "56",
    Right.ATTACHMENT_READ: "123456",
    Right.ATTACHMENT_WRITE: "4",
    Right.EXCHANGE_READ: "456",
    Right.EXCHANGE_WRITE: "4",
    Right.NOTIFY: ALL_STEPS,
    Right.ADMIN_USERS: ALL_STEPS,
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
}
CEILINGS: Mapping[OrganizationKind, Functions] = {
    OrganizationKind.ORGANISM: ORGANISM,
    OrganizationKind.OPERATOR: OPERATOR,
    OrganizationKind.PARTNER: PARTNER,
}


def standing_lines(platforms: Iterable[str]) -> tuple[Line, ...]:
    """The lines of all three layers that each platform starts with, its operator being `operator:<CODE>`.

    The operators' organizations must exist in the same database: a line never names an unknown body.
    """
    return tuple(line for platform in platforms for line in _platform_lines(platform))


def _platform_lines(platform: str) -> Iterator[Line]:
    for actor, organisms, functions in (
        (kind_name(OrganizationKind.ORGANISM), SELF, ORGANISM),
        (f"operator:{platform}", EVERYONE, OPERATOR),
    ):
        for right, steps in functions.items():
            yield convention_line(
                actor=actor, platform=platform, right=right, organisms=organisms, steps=steps, ref=REF
            )
    for kind, functions in CEILINGS.items():
        for right, steps in functions.items():
            yield ceiling_line(
                kind=kind_name(kind), platform=platform, right=right, steps=steps, ref=CEILING_REF
            )
    yield from profile_lines(platform)
