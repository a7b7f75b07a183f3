"""What criteria name by identifiers, as their reader may be told: for the head of a list that leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models import fetch
from resolvers.people_rights import platform_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from authz import Viewer
    from resolvers.criteria import Criteria

_FOLLOWERS = """SELECT u.id, u.first_name || ' ' || u.last_name AS name
FROM user_account u JOIN organization g ON g.id = u.organization_id
WHERE u.id = ANY(%s) AND g.kind = 'operator' AND g.platform_id = %s"""
_LABELS = "SELECT id, name FROM label WHERE id = ANY(%s) AND organization_id = %s"
_LISTS = """SELECT id, name FROM work_list
WHERE id = ANY(%s) AND (owner_id = %s OR (shared AND organization_id = %s))"""


async def names_of(viewer: Viewer, criteria: Criteria) -> Mapping[UUID, str]:
    """The names of the people, labels and list that criteria name, as far as the viewer knows them."""
    people = [one for one in (criteria.officer, criteria.account_manager) if one is not None]
    asked = (
        (people, _FOLLOWERS, [platform_of(viewer)]),
        (list(criteria.labels), _LABELS, [viewer.organization_id]),
        (
            [] if criteria.work_list is None else [criteria.work_list],
            _LISTS,
            [viewer.user_id, viewer.organization_id],
        ),
    )
    found: dict[UUID, str] = {}
    for named, query, values in asked:
        if named:
            found |= {record["id"]: record["name"] for record in await fetch(query, [named, *values])}
    return found
