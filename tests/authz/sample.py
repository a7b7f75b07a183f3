"""A small world without a database: four organisms, two platforms, and someone of every kind."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from authz import Authority, Line, Right, Target, Viewer, box_line, ceiling_line, profile_line
from authz.facts import AccountFact, ConsentFact, Facts, OrganismFact, OrganizationFact
from authz.policy import Policy
from models import OrganizationKind as Kind

OPH, SEM, ESH, COOP = (f"organism:{digit * 9}" for digit in "1234")
DAY = date(2026, 11, 21)
PLATFORMS = {"MIN": "le Ministère", "ESH": "la Fédération des ESH"}

ORGANIZATIONS = (
    OrganizationFact("operator:MIN", Kind.OPERATOR, "le Ministère"),
    OrganizationFact("partner:CDC", Kind.PARTNER, "la CDC"),
    OrganizationFact("partner:ANCOLS", Kind.PARTNER, "l’ANCOLS"),
    OrganizationFact(OPH, Kind.ORGANISM, "OPH de Paris"),
    OrganizationFact(SEM, Kind.ORGANISM, "SEM de Lyon"),
    OrganizationFact(ESH, Kind.ORGANISM, "ESH de Paris"),
    OrganizationFact(COOP, Kind.ORGANISM, "Coopérative de Lyon"),
)
ORGANISMS = (
    OrganismFact(OPH, UUID(int=1), "OPH", "75", None),
    OrganismFact(SEM, UUID(int=2), "SEM", "69", None),
    OrganismFact(ESH, UUID(int=3), "SA", "75", "ESH"),
    OrganismFact(COOP, UUID(int=4), "COOP", "69", "MIN"),
)
# subject → organization's key
OPEN = {
    "user:oph": OPH,
    "user:esh": ESH,
    "user:min": "operator:MIN",
    "user:cdc": "partner:CDC",
    "user:ancols": "partner:ANCOLS",
    "client:cdc": "partner:CDC",
}
CLOSED = {"user:gone": "partner:CDC"}
KINDS = {organization.key: organization.kind for organization in ORGANIZATIONS}


def facts(lines: Iterable[Line] = (), consents: Iterable[ConsentFact] = (), version: int = 1) -> Facts:
    """The world with these lines and consents."""
    accounts = [
        AccountFact(subject, key, subject in OPEN, _user_id(subject, number))
        for number, (subject, key) in enumerate((OPEN | CLOSED).items())
    ]
    return Facts(version, tuple(lines), PLATFORMS, ORGANIZATIONS, ORGANISMS, tuple(accounts), tuple(consents))


def _user_id(subject: str, number: int) -> UUID | None:
    return UUID(int=100 + number) if subject.startswith("user:") else None


def policy(lines: Iterable[Line] = (), consents: Iterable[ConsentFact] = ()) -> Policy:
    """The compiled world."""
    return Policy(facts(lines, consents))


def viewer(of: Policy, subject: str, scopes: frozenset[str] | None = None) -> Viewer:
    """Someone who asks; nothing but the subject and the scopes bears on a decision."""
    key = (OPEN | CLOSED).get(subject, "partner:CDC")
    name = next(item.name for item in ORGANIZATIONS if item.key == key)
    return Viewer(
        subject, subject, KINDS[key], UUID(int=9), key, name, None, None, None, scopes, Authority(of)
    )


def target(organism: str = OPH, *, step: int = 4, year: int = 2024, form: str = "ER") -> Target:
    """A dossier of the Ministry's."""
    return Target("MIN", form, year, organism, step)


def open_boxes(*rights: Right, platform: str = "MIN") -> list[Line]:
    """The second and the third layer open for these rights, so that the first one alone decides."""
    boxes = [
        box_line(subject=subject, platform=platform, right=right, ref="boîte")
        for right in rights
        for subject in OPEN
    ]
    ceilings = [
        ceiling_line(kind=f"kind:{kind.value}", platform=platform, right=right, ref="plafond")
        for right in rights
        for kind in Kind
    ]
    return [*boxes, *ceilings]


def holds(subject: str, profile: str, *, platform: str = "MIN", form: str = "ER") -> Line:
    """The subject holds a profile."""
    return profile_line(subject=subject, profile=f"profile:{profile}", platform=platform, form=form)
