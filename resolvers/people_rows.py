"""Accounts as people who manage them read them, with the lines of policy that are theirs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from authz import Line
from models import OrganizationKind, fetch

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

COLUMNS = """
SELECT u.id, u.login, u.civility, u.title, u.first_name, u.last_name, u.email, u.phone, u.mobile, u.service,
       u.home_form, u.home_year, u.default_profile, u.version, u.delegated_administrator, u.closed_at,
       g.id AS organization_id, g.key, g.kind
FROM user_account u JOIN organization g ON g.id = u.organization_id
"""
_LINES = """
SELECT id, ptype, "values" FROM policy_row
WHERE until_version IS NULL AND ptype IN ('g', 'p2') AND "values" ->> 0 = ANY(%s) ORDER BY id
"""


@dataclass(frozen=True, slots=True)
class AccountEntry:
    """What is known of a person besides name of connection and password; every text may be empty."""

    first_name: str
    last_name: str
    email: str
    phone: str
    civility: str = ""
    mobile: str = ""
    title: str = ""
    service: str = ""
    home_form: str = ""
    home_year: int | None = None
    delegated_administrator: bool = False
    default_profile: str = ""


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account that the viewer may know of; `lines` are its own in the policy, boxes and profiles."""

    id: UUID
    login: str
    entry: AccountEntry
    version: int
    closed_at: datetime | None
    organization_id: UUID
    organization: str
    kind: OrganizationKind
    lines: tuple[Line, ...]

    @property
    def subject(self) -> str:
        """Its name in the policies."""
        return f"user:{self.login}"

    @property
    def name(self) -> str:
        """As others read it."""
        return f"{self.entry.first_name} {self.entry.last_name}"


async def account_rows(records: Sequence[dict[str, Any]]) -> tuple[AccountRow, ...]:
    """Rows of records (`COLUMNS`), the lines of all of them read at once."""
    lines = await _lines_of(f"user:{record['login']}" for record in records)
    return tuple(_row(record, lines.get(f"user:{record['login']}", [])) for record in records)


async def account_row(account_id: UUID) -> AccountRow | None:
    """One account, whoever asks."""
    rows = await account_rows(await fetch(f"{COLUMNS} WHERE u.id = %s", [account_id]))
    return rows[0] if rows else None


async def _lines_of(subjects: Iterable[str]) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for record in await fetch(_LINES, [list(subjects)]):
        line = Line(record["ptype"], tuple(record["values"]), None, record["id"])
        found.setdefault(line.values[0], []).append(line)
    return found


def _row(record: dict[str, Any], lines: list[Line]) -> AccountRow:
    entry = AccountEntry(
        first_name=record["first_name"],
        last_name=record["last_name"],
        email=record["email"],
        phone=record["phone"],
        civility=record["civility"],
        mobile=record["mobile"],
        title=record["title"],
        service=record["service"],
        home_form=record["home_form"],
        home_year=record["home_year"],
        delegated_administrator=record["delegated_administrator"],
        default_profile=record["default_profile"],
    )
    return AccountRow(
        id=record["id"],
        login=record["login"],
        entry=entry,
        version=record["version"],
        closed_at=record["closed_at"],
        organization_id=record["organization_id"],
        organization=record["key"],
        kind=OrganizationKind(record["kind"]),
        lines=tuple(lines),
    )
