"""A newer version brings its standing lines to a policy in service, once, and undoes nobody's edit."""

from __future__ import annotations

from authz import Right, close_rows, ensure_standing_lines, read_version, standing_lines
from models import PolicyRow, execute
from tests.authz.stored import settle, stored

NEW = [Right.CONSENT_GIVE.value, Right.POLICY_EDIT.value]


async def test_what_an_older_version_did_not_know_is_added_in_one_version(database: str) -> None:
    assert database
    await settle()
    before = sorted([list(line.values) for line in standing_lines(["MIN"])])
    # As an older version left it: without the rights that it did not know.
    await execute('DELETE FROM policy_row WHERE "values" ?| %s', [NEW])
    added = await ensure_standing_lines()
    assert added == sum(any(right in values for right in NEW) for values in before) > 0
    assert sorted(row.values for row in await PolicyRow.filter(until_version=None)) == before
    assert await read_version() == 2
    assert await ensure_standing_lines() == 0
    assert await read_version() == 2


async def test_a_line_closed_on_purpose_does_not_come_back(database: str) -> None:
    assert database
    await settle()
    row = await PolicyRow.get(ptype="p2", values__contains=["profile:entry", Right.EXPORT.value])
    await close_rows([row.id], base=1, author_id=None, comment="Plus d'export")
    before = await stored()
    assert await ensure_standing_lines() == 0
    assert await stored() == before


async def test_a_database_without_a_policy_is_left_without(database: str) -> None:
    assert database
    assert await ensure_standing_lines() == 0
    assert await read_version() == 0
