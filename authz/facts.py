"""What the policy is built from, read from the tables in one go: rules, and who and what they speak of."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from authz.lines import Line
from models import OrganizationKind


@dataclass(frozen=True, slots=True)
class OrganizationFact:
    """An organization by its key, its kind and the name users know."""

    key: str
    kind: OrganizationKind
    name: str


@dataclass(frozen=True, slots=True)
class OrganismFact:
    """An organism and what puts it into groups; `federation` is a platform's code."""

    key: str
    id: UUID
    category: str
    department: str
    federation: str | None


@dataclass(frozen=True, slots=True)
class AccountFact:
    """A user (`user:<login>`) or a machine client (`client:<id>`), and its organization's key."""

    subject: str
    organization: str
    open: bool
    user_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class ConsentFact:
    """An organism's yes to a partner."""

    organism: str
    partner: str
    platform: str
    form: str
    year: int


@dataclass(frozen=True, slots=True)
class Delta:
    """What changed from version `base` to `version`: lines added and closed, and facts as they now are.

    `consents`: each with whether it is given.
    """

    base: int
    version: int
    added: tuple[Line, ...] = ()
    closed: tuple[Line, ...] = ()
    organizations: tuple[OrganizationFact, ...] = ()
    organisms: tuple[OrganismFact, ...] = ()
    accounts: tuple[AccountFact, ...] = ()
    consents: tuple[tuple[ConsentFact, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """One version of everything a decision depends on. `platforms`: code → name."""

    version: int
    lines: tuple[Line, ...]
    platforms: dict[str, str]
    organizations: tuple[OrganizationFact, ...]
    organisms: tuple[OrganismFact, ...]
    accounts: tuple[AccountFact, ...]
    consents: tuple[ConsentFact, ...]
