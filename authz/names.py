"""The names that a policy may speak of, and the groups that organisms belong to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from authz.facts import Delta, Facts, OrganismFact, OrganizationFact
from authz.faults import PolicyFault
from models import Category, OrganizationKind

EVERYONE = "all"
# Held for a form, it takes the place of the profile by default there, and gives nothing.
NO_PROFILE = "profile:none"
# The first sign of the code of a form or a tab and those that follow; how many at most.
CODE, LONGEST_CODE = "[A-Z][A-Z0-9_]", 16
FORM = TAB = re.compile(f"{CODE}{{0,{LONGEST_CODE - 1}}}")
YEARS = range(1900, 2200)

_DEPARTMENT = re.compile(r"department:(?:\d{2,3}|2[AB])")
_PROFILE = re.compile(r"profile:[a-z][a-z0-9_]{0,39}")
_CODE = r"[A-Z][A-Z0-9_]{0,15}"
_KEYS = {
    OrganizationKind.ORGANISM: re.compile(r"organism:\d{9}"),
    OrganizationKind.OPERATOR: re.compile(rf"operator:{_CODE}"),
    OrganizationKind.PARTNER: re.compile(rf"partner:{_CODE}"),
}
_CATEGORIES = frozenset(f"category:{category.value}" for category in Category)
_STANDING_GROUPS = _CATEGORIES | {EVERYONE, "federated", "unfederated"}


def user_subject(login: str) -> str:
    """The name by which policies call a user."""
    return f"user:{login}"


def client_subject(client_id: str) -> str:
    """The name by which policies call a machine client."""
    return f"client:{client_id}"


def kind_name(kind: OrganizationKind) -> str:
    """The name by which policies call a kind of organization, for instance `kind:partner`."""
    return f"kind:{kind.value}"


KINDS = frozenset(kind_name(kind) for kind in OrganizationKind)


def groups_of(organism: OrganismFact) -> tuple[str, ...]:
    """The groups that one organism belongs to, the right side of `g2`."""
    ties = (f"federated:{organism.federation}", "federated") if organism.federation else ("unfederated",)
    return (EVERYONE, f"category:{organism.category}", f"department:{organism.department}", *ties)


def is_profile(name: str) -> bool:
    """Whether `name` has the form of a profile's name."""
    return _PROFILE.fullmatch(name) is not None


@dataclass(frozen=True, slots=True)
class Names:
    """Every name in force. `subjects` are all accounts, closed ones too: their lines stay readable."""

    platforms: frozenset[str]
    organizations: frozenset[str]
    organisms: frozenset[str]
    subjects: frozenset[str]

    @classmethod
    def of(cls, facts: Facts) -> Names:
        """The names in `facts`. PolicyFault when one could pass for another (NAME_AMBIGUOUS)."""
        check_keys(facts.organizations)
        return cls(
            frozenset(facts.platforms),
            frozenset(organization.key for organization in facts.organizations),
            frozenset(organism.key for organism in facts.organisms),
            frozenset(account.subject for account in facts.accounts),
        )

    def and_those_of(self, delta: Delta) -> Names:
        """These names and those that a change brings. PolicyFault (NAME_AMBIGUOUS) as `of`."""
        check_keys(delta.organizations)
        return replace(
            self,
            organizations=_with(self.organizations, (item.key for item in delta.organizations)),
            organisms=_with(self.organisms, (item.key for item in delta.organisms)),
            subjects=_with(self.subjects, (item.subject for item in delta.accounts)),
        )

    def is_actor(self, name: str) -> bool:
        """Whether `name` is an account, an organization or a kind of organization."""
        return name in KINDS or name in self.organizations or name in self.subjects

    def is_group(self, name: str) -> bool:
        """Whether `name` is an organism or a group of organisms."""
        if name in _STANDING_GROUPS or name in self.organisms or _DEPARTMENT.fullmatch(name):
            return True
        return name.startswith("federated:") and name.removeprefix("federated:") in self.platforms


def check_keys(organizations: Iterable[OrganizationFact]) -> None:
    """PolicyFault (NAME_AMBIGUOUS) when the key of an organization could pass for another kind of name."""
    for organization in organizations:
        if not _KEYS[organization.kind].fullmatch(organization.key):
            raise PolicyFault(
                "NAME_AMBIGUOUS",
                "La clé d’une organisation ne correspond pas à sa nature.",
                "organization",
                organization.key,
            )


def _with(names: frozenset[str], more: Iterable[str]) -> frozenset[str]:
    new = frozenset(more) - names
    return names | new if new else names
