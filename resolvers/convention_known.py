"""What the articles of a convention may name: forms and their tabs, organisms, groups, partners' limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from authz import Right, Viewer
from authz.names import FORM
from authz.reach import ceiling_of, groups_of_organism
from forms import list_packs, load_pack
from models import OrganizationKind, fetch
from resolvers import packs
from resolvers.convention_words import GROUPS
from resolvers.policy_forms import drafted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from authz.policy import Policy

PARTNER = OrganizationKind.PARTNER
_ORGANISMS = """
SELECT g.key FROM organization g JOIN organism o ON o.organization_id = g.id
JOIN organism_code k ON k.organism_id = o.id WHERE k.platform_id = %s
"""


@dataclass(frozen=True, slots=True)
class Known:
    """The names in force for one platform. `packs`: form → the definitions of its campaigns, by year.

    `organisms`: those that have a code on the platform.
    """

    policy: Policy
    platform: str
    partners: frozenset[str]
    departments: frozenset[str]
    organisms: frozenset[str]
    packs: dict[str, tuple[str, ...]]

    def knows_group(self, key: str) -> bool:
        """Whether organisms may be named by this group."""
        kind, _, value = key.partition(":")
        if kind == "department":
            return value in self.departments
        if kind == "federated" and value:
            return value in self.policy.platforms
        return key in GROUPS

    def tabs(self, form: str) -> dict[str, str]:
        """The tabs of a form: code → title, the latest one; none of an unknown form."""
        return tabs_of(self.packs.get(form, ()))

    def knows_organism(self, key: str) -> bool:
        """Whether an organism that the platform knows has this key."""
        return key in self.organisms and key in self.policy.organisms.places

    def may_fill(self, key: str, forms: Iterable[str]) -> bool:
        """Whether a known organism is of a kind that fills one of these forms; one not yet open: maybe."""
        category = self.policy.organisms.known[key].category
        definitions = [self.packs[form] for form in forms if form in self.packs]
        return not definitions or any(
            not known or any(load_pack(pack).is_for(category) for pack in known) for known in definitions
        )

    def groups(self, organism: str) -> frozenset[str]:
        """The groups of an organism."""
        return groups_of_organism(self.policy, organism)

    def ceiling(self, right: str, form: str) -> frozenset[int]:
        """The steps at which a partner may ever hold a function on a form."""
        if right not in set(Right) or FORM.fullmatch(form) is None:
            return frozenset()
        return ceiling_of(self.policy, PARTNER, self.platform, form, Right(right))


async def known_of(viewer: Viewer, platform: str) -> Known:
    """What a convention of the platform may name."""
    partners = await fetch("SELECT key FROM organization WHERE kind = 'partner'")
    departments = await fetch("SELECT DISTINCT department FROM organism")
    organisms = await fetch(_ORGANISMS, [platform])
    return Known(
        policy=viewer.authority.policy,
        platform=platform,
        partners=frozenset(record["key"] for record in partners),
        departments=frozenset(record["department"] for record in departments),
        organisms=frozenset(record["key"] for record in organisms),
        packs=await packs_by_form(platform),
    )


async def packs_by_form(platform: str) -> dict[str, tuple[str, ...]]:
    """The forms that the platform collects, and the definitions in use.

    A form that no platform collects yet may be agreed upon too, by its latest revision; and one that is being
    written for this platform, of which no tab is known.
    """
    records = await fetch("SELECT platform_id, form, pack FROM campaign ORDER BY form, year")
    await packs.ensure({record["pack"] for record in records})
    collected = {record["form"] for record in records}
    found: dict[str, tuple[str, ...]] = {
        key.form: (str(key),) for key in list_packs() if key.form not in collected
    }
    for record in records:
        if record["platform_id"] == platform:
            found[record["form"]] = (*found.get(record["form"], ()), record["pack"])
    return {**dict.fromkeys(await drafted(platform), ()), **found}


def tabs_of(definitions: Iterable[str]) -> dict[str, str]:
    """The tabs of definitions of one form: code → title, the latest. Each is read in a second at first."""
    return {tab.code: tab.title for pack in definitions for tab in load_pack(pack).tabs.values()}
