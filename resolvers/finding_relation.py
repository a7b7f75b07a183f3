"""All that a search finds, for what takes more than a page of it: work lists, lists out, mass exports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from authz import Right
from authz.authority import unavailable
from models import fetch_planned
from resolvers.criteria import Criteria, Sort
from resolvers.finding_keys import order_of
from resolvers.finding_sql import joined
from resolvers.finding_standing import seen
from resolvers.finding_told import told

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from authz import Viewer

ATTEMPTS = 3
VERSION = "(SELECT coalesce(max(version), 0) FROM policy_version)"


@dataclass(frozen=True, slots=True)
class Relation:
    """The dossiers found, as the parts of one statement: FROM `source` WHERE `condition` ORDER BY `order`.

    `source` has each dossier once, as the alias `d`; the reader's rights are in `condition`. `values` are
    those of both, in this order. It stands for the policy of that `version`: whoever reads it asks
    VERSION too.
    """

    source: str
    condition: str
    order: str
    values: tuple[Any, ...]
    version: int


async def relation(
    viewer: Viewer, criteria: Criteria, *, sort: Sort = Sort.CODE, descending: bool = False
) -> Relation:
    """What the criteria find of what the viewer may read, exactly.

    Raises Problem (AUTHORITY_UNAVAILABLE), Invalid (CRITERIA_TOO_LONG, DATE_INVALID).
    """
    criteria.check()
    version = viewer.authority.policy.version
    asked = await told(viewer, criteria)
    source, order = order_of(viewer, sort, descending=descending)
    whole = joined([asked, seen(viewer, Right.READ)])
    return Relation(source.sql, whole.sql, order, (*source.values, *whole.values), version)


async def found_ids(  # noqa: PLR0913 - a search has as many parts
    viewer: Viewer,
    criteria: Criteria,
    *,
    sort: Sort = Sort.CODE,
    descending: bool = False,
    without: Sequence[UUID] = (),
    most: int | None = None,
) -> list[UUID]:
    """The dossiers found, in the order of the sort, but those left out; at most so many.

    Raises as `relation`.
    """
    for _attempt in range(ATTEMPTS):
        found = await relation(viewer, criteria, sort=sort, descending=descending)
        records = await fetch_planned(
            f"SELECT {VERSION} AS version_now, ARRAY(SELECT d.id FROM {found.source} "  # noqa: S608 - the values are apart
            f"WHERE {found.condition} AND d.id <> ALL(%s::uuid[]) ORDER BY {found.order} LIMIT %s) AS ids",
            [*found.values, list(without), most],
        )
        if records[0]["version_now"] == found.version:
            return list(records[0]["ids"])
        await viewer.authority.refresh()
    raise unavailable()
