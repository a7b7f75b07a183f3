"""An organization's accounts, by pages: those in service, and apart the closed ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from authz import Viewer
from models import fetch
from resolvers.folding import like_patterns
from resolvers.paging import check_first, decode, encode
from resolvers.people_rights import Hand, hand_on, not_administrator
from resolvers.people_rows import COLUMNS, AccountRow, account_rows

if TYPE_CHECKING:
    from resolvers.organizations import OrganizationRow

# What « É » and « ç » are searched by: the embedded PostgreSQL has no unaccent.
ACCENTS = ("àâäáãåçéèêëíìîïñóòôöõúùûüýÿ’", "aaaaaaceeeeiiiinooooouuuuyy''")
_SORT = "lower(u.last_name || ' ' || u.first_name)"
_SEARCHED = ("u.last_name", "u.first_name", "u.login", "u.email", "u.service", "u.title")


@dataclass(frozen=True, slots=True)
class AccountPage:
    """One page of accounts, by name."""

    rows: tuple[AccountRow, ...]
    cursors: tuple[str, ...]
    has_next: bool
    total: int


def folded(expression: str) -> str:
    """SQL: a text in lower case and without accents, as `like_patterns` writes what is searched."""
    letters, plain = (text.replace("'", "''") for text in ACCENTS)
    return f"translate(lower({expression}), '{letters}', '{plain}')"


async def list_accounts(  # noqa: PLR0913 - the criteria and the page, each named by the caller
    viewer: Viewer,
    organization: OrganizationRow,
    first: int,
    after: str | None = None,
    search: str | None = None,
    *,
    closed: bool = False,
) -> AccountPage:
    """A page of accounts; of another organization, its administrators only. Raises Refused REFUSED."""
    check_first(first)
    hand = await hand_on(viewer, organization.id)
    if hand is Hand.NONE:
        raise not_administrator()
    where, values = _conditions(organization.id, search, closed=closed)
    if hand is Hand.ADMINISTRATORS:
        where += " AND u.delegated_administrator"
    count = f"SELECT count(*) AS n FROM user_account u WHERE {where}"  # noqa: S608 - our own conditions
    counted = await fetch(count, values)
    if after is not None:
        name, account_id = decode(after)
        where += f' AND ({_SORT} COLLATE "C", u.id) > (%s, %s)'
        values = [*values, name, account_id]
    query = COLUMNS.replace("SELECT u.id,", f"SELECT {_SORT} AS sort, u.id,", 1)
    records = await fetch(
        f'{query} WHERE {where} ORDER BY {_SORT} COLLATE "C", u.id LIMIT %s', [*values, first + 1]
    )
    shown = records[:first]
    return AccountPage(
        rows=await account_rows(shown),
        cursors=tuple(encode(record["sort"], record["id"]) for record in shown),
        has_next=len(records) > first,
        total=int(counted[0]["n"]),
    )


def _conditions(organization_id: UUID, search: str | None, *, closed: bool) -> tuple[str, list[Any]]:
    patterns = like_patterns(search or "")
    text = folded(" || ' ' || ".join(_SEARCHED))
    state = "IS NOT NULL" if closed else "IS NULL"
    parts = [f"u.organization_id = %s AND u.closed_at {state}", *(f"{text} LIKE %s" for _ in patterns)]
    return " AND ".join(parts), [organization_id, *patterns]
