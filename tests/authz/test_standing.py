"""A newer version brings its standing lines to a policy in service, once, and undoes nobody's edit."""

from __future__ import annotations

from importlib import import_module

from tortoise.migrations.operations import RunSQL

from authz import Right, close_rows, ensure_standing_lines, read_version, standing_lines
from authz.lines import FIELDS
from models import PolicyRow, execute
from tests.authz.stored import settle, stored

rights = import_module("models.migrations.0006_rights")
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


async def test_lines_of_before_the_tabs_are_brought_up_and_one_on_some_tabs_never_widened(
    database: str,
) -> None:
    assert database
    await settle()
    tabs = FIELDS["p"].index("tabs")
    before = [row.values for row in await PolicyRow.filter(ptype="p").order_by("id")]
    (change,) = [
        operation
        for operation in rights.Migration.operations
        if isinstance(operation, RunSQL) and "jsonb_insert" in str(operation.sql)
    ]
    limited = await PolicyRow.filter(ptype="p").order_by("id").first()
    assert limited is not None
    await execute(
        'UPDATE policy_row SET "values" = jsonb_set("values", \'{9}\', \'"A1"\') WHERE id = %s', [limited.id]
    )
    await execute(str(change.reverse_sql))
    old = [row.values for row in await PolicyRow.filter(ptype="p").order_by("id")]
    assert old == [
        [*before[0][:tabs], "A1", *before[0][tabs + 1 :]],
        *([*v[:tabs], *v[tabs + 1 :]] for v in before[1:]),
    ]
    await execute(str(change.sql))
    assert [row.values for row in await PolicyRow.filter(ptype="p").order_by("id")][1:] == before[1:]
