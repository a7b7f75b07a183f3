"""What a search box proposes while one types: organisms and people of dossiers that the viewer sees."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial, reduce
from operator import or_
from typing import TYPE_CHECKING

from authz import Right
from models import fetch
from resolvers.criteria import Criteria
from resolvers.finding_sql import joined
from resolvers.finding_standing import inside, seen
from resolvers.finding_told import USER_NAMED
from resolvers.folding import fold, words_like
from resolvers.listing_found import sets_of
from resolvers.listing_moment import settled
from resolvers.paging import check_first
from resolvers.people_rights import platform_of
from resolvers.person import PersonRow

if TYPE_CHECKING:
    from uuid import UUID

    from authz import Viewer
    from models import AssignmentRole
    from resolvers.listing_found import Eyes
    from resolvers.listing_memory import ListedOrganism, Memory

_ORGANISMS = """
SELECT o.id, o.siren, g.name, o.category, o.department FROM organism o
JOIN organization g ON g.id = o.organization_id WHERE o.id = ANY(%s)
"""
_USERS = f"""
SELECT u.first_name, u.last_name, g.name AS organism FROM user_account u
JOIN organism o ON o.organization_id = u.organization_id JOIN organization g ON g.id = u.organization_id
WHERE o.id = ANY(%s) AND u.closed_at IS NULL AND {USER_NAMED}
ORDER BY u.last_name, u.first_name, g.name, u.id LIMIT %s
"""  # noqa: S608 - our own constants


@dataclass(frozen=True, slots=True)
class OrganismSuggestion:
    """An organism, with the first of the codes by which its dossiers name it."""

    siren: str
    name: str
    code: str
    category: str
    department: str


@dataclass(frozen=True, slots=True)
class UserSuggestion:
    """A user of an organism, by his names."""

    first_name: str
    last_name: str
    organism: str


async def suggest_organisms(viewer: Viewer, search: str, first: int = 8) -> list[OrganismSuggestion]:
    """Organisms of which the viewer sees a dossier, by the words typed; those that begin so come first.

    None for no word. Raises Problem (AUTHORITY_UNAVAILABLE), Invalid (CRITERIA_TOO_LONG,
    FIRST_OUT_OF_BOUNDS).
    """
    criteria = _checked(Criteria(search=search), first)
    if criteria.empty:
        return []
    typed = fold(search)
    found = await settled(viewer, partial(_listed, criteria))
    found.sort(key=lambda one: (not one.search.startswith(typed), one.search))
    codes: dict[UUID, str] = {}
    for one in found:
        codes.setdefault(one.organism_id, one.code)
        if len(codes) == first:
            break
    known = {record.pop("id"): record for record in await fetch(_ORGANISMS, [list(codes)])}
    return [OrganismSuggestion(**known[id_], code=code) for id_, code in codes.items() if id_ in known]


async def suggest_users(viewer: Viewer, search: str, first: int = 8) -> list[UserSuggestion]:
    """Users of the organisms whose personal data the viewer reads in some dossier, by the words typed.

    None for no word. Raises as `suggest_organisms`.
    """
    patterns = words_like(_checked(Criteria(user=search), first).user)
    if not patterns:
        return []
    listed = await settled(viewer, partial(_listed_inside, viewer))
    ids = list({one.organism_id for one in listed})
    return [UserSuggestion(**record) for record in await fetch(_USERS, [ids, patterns, first])]


async def followers(viewer: Viewer, role: AssignmentRole) -> list[PersonRow]:
    """Who follows, in that role, a dossier that the viewer sees of his own platform; accounts are its own.

    By name. Empty for who is of no platform.
    """
    if platform_of(viewer) is None:
        return []
    whole = joined([inside(viewer), seen(viewer, Right.READ)])
    records = await fetch(
        "SELECT u.id, u.first_name || ' ' || u.last_name AS name FROM user_account u "  # noqa: S608 - the values are apart
        "WHERE u.organization_id = %s AND EXISTS ("
        "SELECT FROM assignment a JOIN dossier d ON d.id = a.dossier_id "
        f"WHERE a.user_id = u.id AND a.role = %s AND {whole.sql}) ORDER BY u.last_name, u.first_name, u.id",
        [viewer.organization_id, role.value, *whole.values],
    )
    return [PersonRow(record["id"], record["name"]) for record in records]


def _checked(criteria: Criteria, first: int) -> Criteria:
    check_first(first)
    criteria.check()
    return criteria


def _listed(criteria: Criteria, eyes: Eyes, memory: Memory) -> list[ListedOrganism]:
    united = reduce(or_, sets_of(eyes, criteria, memory).values(), 0)
    return [one for one in memory.places.organisms if united >> one.id & 1]


def _listed_inside(viewer: Viewer, eyes: Eyes, memory: Memory) -> list[ListedOrganism]:
    """Those of a dossier that he sees as its organism or as its platform."""
    sets, platform = sets_of(eyes, Criteria(), memory), platform_of(viewer)
    if platform is not None:
        own = {one.id for one in memory.places.campaigns if one.platform == platform}
        sets = {campaign: organisms for campaign, organisms in sets.items() if campaign in own}
    united = reduce(or_, sets.values(), 0)
    fact = eyes.policy.organisms.known.get(viewer.organization)
    return [
        one
        for one in memory.places.organisms
        if united >> one.id & 1
        and (platform is not None or (fact is not None and one.organism_id == fact.id))
    ]
