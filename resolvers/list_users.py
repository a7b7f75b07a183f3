"""The users of the organisms of a work list, for whoever reads those organisms' personal data (manual §7)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from authz import PROFILES, Right
from authz.authority import unavailable
from models import Outlet, transaction
from resolvers import journal, work_list_rows
from resolvers.events import Kind
from resolvers.finding_relation import ATTEMPTS, VERSION
from resolvers.finding_standing import inside, seen
from resolvers.list_columns import ListColumn, Shape
from resolvers.list_rows import ListFound
from resolvers.list_sql import read_as
from resolvers.people_rights import platform_of

if TYPE_CHECKING:
    from uuid import UUID

    from authz import Viewer
    from authz.scope import Condition
    from resolvers.list_sql import Dialect
    from resolvers.work_list_rows import WorkListRow

USER_COLUMNS: Final = (
    ListColumn("Code", "code", "x.code", 10),
    ListColumn("Organisme", "organisme", "g.name", 40),
    ListColumn("SIREN", "siren", "o.siren", 12, Shape.NAMED),
    ListColumn("Nom", "nom", "u.last_name", 20),
    ListColumn("Prénom", "prenom", "u.first_name", 18),
    ListColumn("Fonction", "fonction", "nullif(u.title, '')", 24),
    ListColumn("Service", "service", "nullif(u.service, '')", 24),
    ListColumn("Profil", "profil", "held.labels", 30, Shape.NAMED),
    ListColumn("Courriel", "courriel", "u.email", 34),
    ListColumn("Téléphone", "telephone", "nullif(u.phone, '')", 18),
    ListColumn("Portable", "portable", "nullif(u.mobile, '')", 18),
)
_ITEMS = "work_list_item i JOIN dossier d ON d.id = i.dossier_id WHERE i.work_list_id = %s"
# A profile is told with its platform's people: what an organism's users are elsewhere is not theirs to know.
_HELD = """l_profile (name, label) AS (SELECT * FROM unnest(%s::text[], %s::text[])),
held AS (SELECT r."values" ->> 0 AS subject, string_agg(DISTINCT l_profile.label, ', ') AS labels
  FROM policy_row r JOIN l_profile ON l_profile.name = r."values" ->> 1
  WHERE r.until_version IS NULL AND r.ptype = 'g'
    AND split_part(r."values" ->> 2, '/', 1) = coalesce(%s, split_part(r."values" ->> 2, '/', 1))
  GROUP BY 1)"""
_USERS = """x JOIN organism o ON o.id = x.id JOIN organization g ON g.id = o.organization_id
JOIN user_account u ON u.organization_id = g.id AND u.closed_at IS NULL
LEFT JOIN held ON held.subject = 'user:' || u.login"""


@dataclass(frozen=True, slots=True)
class UsersFound:
    """A list of users about to leave; `left`: how many organisms have users whom the viewer may not know."""

    row: WorkListRow
    found: ListFound
    left: int


async def find_users(viewer: Viewer, list_id: UUID, dialect: Dialect, channel: str) -> UsersFound:
    """The open accounts of the organisms of a list's dossiers that the viewer reads; taking them is noted.

    Raises NotFound WORK_LIST_UNKNOWN, Invalid PERSON_REQUIRED, Problem LISTS_BUSY, AUTHORITY_UNAVAILABLE.
    """
    row = await work_list_rows.read(viewer, list_id)
    for _attempt in range(ATTEMPTS):
        version = viewer.authority.policy.version
        readable, own = seen(viewer, Right.READ), inside(viewer)
        outlet = await Outlet.opened(viewer.subject)
        try:
            counted = await _count(outlet, list_id, readable, own)
            if counted["version"] == version:
                query, values = _query(viewer, dialect, list_id, readable, own)
                total = (await outlet.read(f"SELECT count(*) AS n FROM ({query}) counted", values))[0]["n"]  # noqa: S608 - the values are apart
                await _note(viewer, channel, counted["own"], total)
                return UsersFound(row, ListFound(outlet, total, query, values), counted["others"])
        except BaseException:
            outlet.close()
            raise
        outlet.close()
        await viewer.authority.refresh()
    raise unavailable()


async def _count(outlet: Outlet, list_id: UUID, readable: Condition, own: Condition) -> dict[str, Any]:
    (counted,) = await outlet.read(
        f"SELECT {VERSION} AS version, count(*) FILTER (WHERE own) AS own, "  # noqa: S608 - the values are apart
        "count(*) FILTER (WHERE NOT own) AS others FROM "
        f"(SELECT bool_or({own.sql}) AS own FROM {_ITEMS} AND ({readable.sql}) GROUP BY d.organism_id) x",
        (*own.values, list_id, *readable.values),
    )
    return counted


def _query(
    viewer: Viewer, dialect: Dialect, list_id: UUID, readable: Condition, own: Condition
) -> tuple[str, tuple[Any, ...]]:
    told = ", ".join(read_as(column, dialect) for column in USER_COLUMNS)
    organisms = (
        f"SELECT d.organism_id AS id, min(d.code) AS code FROM {_ITEMS} "  # noqa: S608 - the values are apart
        f"AND ({readable.sql}) AND ({own.sql}) GROUP BY 1"
    )
    query = (
        f"WITH {_HELD} SELECT {told} FROM ({organisms}) {_USERS} "  # noqa: S608 - the values are apart
        "ORDER BY x.code, u.last_name, u.first_name, u.id"
    )
    names = [one.name for one in PROFILES.values()]
    labels = [one.label for one in PROFILES.values()]
    return query, (names, labels, platform_of(viewer), list_id, *readable.values, *own.values)


async def _note(viewer: Viewer, channel: str, organisms: int, total: int) -> None:
    if total:
        told = {"list": "users", "format": channel, "count": total, "organisms": organisms}
        async with transaction():
            await journal.record(viewer, Kind.LIST_TAKEN, platform_of(viewer) or "", told)
