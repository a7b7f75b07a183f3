"""Dossiers to be listed, and all that they are sorted on: some stands beside them, and not all read it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from authz import Right, Target, Viewer, decide
from models import AssignmentRole, Organization, OrganizationKind, User, execute, fetch
from resolvers.criteria import Sort
from resolvers.folding import fold
from tests.authz.sample import ORGANISMS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from uuid import UUID

Record = dict[str, Any]
_ER = ("MIN", "ER")
# By first and last name: an accent, a ligature and capitals, which a sort does not see.
PEOPLE = [("Zoé", "Œuvray"), ("Émile", "adam"), ("Anne", "Oberlin"), ("Bo", "Éluard")]
FACTS = {fact.id: fact for fact in ORGANISMS}
_NAMES = (
    "(SELECT u.last_name || ' ' || u.first_name FROM assignment a JOIN user_account u ON u.id = a.user_id"
)
_READ = f"""SELECT d.*, {_NAMES} WHERE a.dossier_id = d.id AND a.role = 'officer') AS officer,
{_NAMES} WHERE a.dossier_id = d.id AND a.role = 'account_manager') AS account_manager
FROM dossier d ORDER BY code, platform, form, year, id"""  # noqa: S608 - our own constants


async def follow() -> None:
    """Most dossiers followed by one or the other, in each role; the platform ESH a federation's."""
    await execute("UPDATE platform SET kind = 'federation' WHERE code = 'ESH'")
    body = await Organization.filter(kind=OrganizationKind.ORGANISM).first()
    for first, last in PEOPLE if not await User.filter(login=PEOPLE[0][1]).exists() else ():
        await User.create(
            organization=body, login=last, password_hash="x", first_name=first, last_name=last, email=""
        )
    await execute("DELETE FROM assignment")
    for role in AssignmentRole:
        await execute(
            "INSERT INTO assignment (dossier_id, role, user_id, author_id, at) "
            "SELECT DISTINCT ON (d.id) d.id, %s, u.id, u.id, now() FROM dossier d, user_account u "
            "WHERE u.login = ANY(%s) AND ascii(d.id::text) %% 5 > 0 ORDER BY d.id, random()",
            [role.value, [last for _, last in PEOPLE]],
        )


async def read_records() -> list[Record]:
    """Every dossier by code, with the folded names of those who follow it."""
    found = await fetch(_READ)
    for one in found:
        for role in AssignmentRole:
            one[role.value] = None if one[role.value] is None else fold(one[role.value])
    return found


def sees(asker: Viewer, record: Record) -> bool:
    """Whether the rules let him read it."""
    key = FACTS[record["organism_id"]].key
    target = Target(record["platform"], record["form"], record["year"], key, record["step"])
    return decide(asker, Right.READ, target).allowed


def with_ers(asker: Viewer, records: Sequence[Record]) -> list[Record]:
    """The dossiers with `er_transmitted` as he is told it: he reads the ER, or is of one of the two sides."""
    ers = {(one["organism_id"], one["year"]): one for one in records if (one["platform"], one["form"]) == _ER}

    def told(record: Record) -> object:
        er = ers[record["organism_id"], record["year"]]
        own = asker.organization in {FACTS[record["organism_id"]].key, f"operator:{record['platform']}"}
        return er["transmitted_at"] if record["platform"] == "ESH" and (own or sees(asker, er)) else None

    return [{**one, "er_transmitted": told(one)} for one in records]


async def scattered() -> list[Record]:
    """Dossiers at any step, since any of a few days, some transmitted."""
    await execute(
        "UPDATE dossier SET step = floor(random() * 7), search = 'office ' || search || ' ' || code,"
        " step_since = %s::timestamptz + floor(random() * 4) * interval '1 day',"
        " transmitted_at = CASE WHEN random() < 0.5 THEN %s::timestamptz + random() * interval '9 days' END",
        [datetime(2026, 3, 9, 12, tzinfo=UTC)] * 2,
    )
    await follow()
    return await read_records()


def siren_of(record: Record) -> str:
    """The SIREN of its organism."""
    return FACTS[record["organism_id"]].key[-9:]


KEYS: dict[Sort, Callable[[Record], Any]] = {
    Sort.CODE: lambda one: one["code"],
    Sort.NAME: lambda one: one["search"],
    Sort.CATEGORY: lambda one: one["category"],
    Sort.SIREN: siren_of,
    Sort.DEPARTMENT: lambda one: FACTS[one["organism_id"]].department,
    Sort.FORM: lambda one: one["form"],
    Sort.YEAR: lambda one: one["year"],
    Sort.STEP: lambda one: one["step"],
    Sort.STEP_SINCE: lambda one: one["step_since"],
    Sort.TRANSMITTED: lambda one: one["transmitted_at"],
    Sort.ER_TRANSMITTED: lambda one: one["er_transmitted"],
    Sort.OFFICER: lambda one: one["officer"],
    Sort.ACCOUNT_MANAGER: lambda one: one["account_manager"],
}


def in_order(records: list[Record], sort: Sort, *, descending: bool) -> list[UUID]:
    """Those of a list, by the key of its sort; what has none is last, in either direction."""
    key = KEYS[sort]
    have = [one for one in records if key(one) is not None]
    have.sort(key=key, reverse=descending)
    return [one["id"] for one in (*have, *(one for one in records if key(one) is None))]
