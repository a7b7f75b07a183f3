"""The policy is edited one accepted change at a time; what is refused leaves nothing behind."""

from __future__ import annotations

import asyncio

import pytest

from authz import Authority, Line, Right, add_rows, bump, close_rows, convention_line, edit_rows, profile_line
from authz.store import read_facts, read_version
from models import Conflict, Invalid, PolicyRow, PolicyVersion, User, transaction
from tests.authz.stored import settle, stored


def line(ref: str, *, organisms: str = "category:OPH") -> Line:
    return convention_line(
        actor="partner:CDC", platform="MIN", right=Right.READ, organisms=organisms, steps="456", ref=ref
    )


async def test_a_change_is_a_version_with_its_author_and_its_words(database: str) -> None:
    assert database
    await settle()
    author = await User.get(login="min")
    assert await add_rows([line("art. 1")], base=1, author_id=author.id, comment="Convention CDC") == 2
    row = await PolicyRow.get(since_version=2)
    assert row.values[-1] == "art. 1"
    assert row.until_version is None
    versions = await PolicyVersion.filter(version=2).values("author_id", "comment")
    assert versions == [{"author_id": author.id, "comment": "Convention CDC"}]


async def test_an_edit_of_an_old_version_is_refused_and_leaves_nothing(database: str) -> None:
    assert database
    await settle(line("art. 1"))
    await add_rows([line("art. 2")], base=1, author_id=None, comment="x")
    before = await stored()
    with pytest.raises(Conflict) as caught:
        await add_rows([line("art. 3")], base=1, author_id=None, comment="x")
    assert caught.value.code == "POLICY_STALE"
    assert caught.value.details == {"base": 1, "version": 2}
    assert await stored() == before


async def test_of_two_administrators_at_once_one_is_told(database: str) -> None:
    assert database
    await settle()
    edits = [add_rows([line(ref)], base=1, author_id=None, comment=ref) for ref in ("art. 1", "art. 2")]
    results = await asyncio.gather(*(asyncio.create_task(edit) for edit in edits), return_exceptions=True)
    refused = [result for result in results if isinstance(result, Conflict)]
    assert [result for result in results if not isinstance(result, Conflict)] == [2]
    assert [problem.code for problem in refused] == ["POLICY_STALE"]
    assert await PolicyRow.filter(since_version=2).count() == 1


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        (line("art. 2", organisms="category:ZZ"), ("1", "orgs")),
        (
            profile_line(subject="user:cdc", profile="profile:nobody", platform="MIN", form="ER"),
            ("1", "profile"),
        ),
        (Line("p", ("too", "short")), ("1", "values")),
    ],
)
async def test_a_wrong_line_is_named_and_nothing_of_its_lot_is_written(
    database: str, wrong: Line, path: tuple[str, str]
) -> None:
    assert database
    await settle()
    before = await stored()
    with pytest.raises(Invalid) as caught:
        await add_rows([line("art. 1"), wrong], base=1, author_id=None, comment="x")
    assert caught.value.code == "POLICY_LINE_INVALID"
    assert caught.value.path == path
    assert await stored() == before


async def test_a_closed_line_is_kept_in_the_versions_it_lived_in(database: str) -> None:
    assert database
    await settle(line("art. 1"))
    row = await PolicyRow.get(ptype="p", values__contains=["art. 1"])
    assert await close_rows([row.id], base=1, author_id=None, comment="Fin") == 2
    await row.refresh_from_db()
    assert (row.since_version, row.until_version) == (1, 2)
    assert all(kept.id != row.id for kept in (await read_facts()).lines)


async def test_closing_what_is_closed_changes_nothing(database: str) -> None:
    assert database
    await settle(line("art. 1"), line("art. 2"))
    first, second = await PolicyRow.filter(ptype="p").order_by("-id").limit(2)
    await close_rows([first.id], base=1, author_id=None, comment="x")
    before = await stored()
    with pytest.raises(Conflict) as caught:
        await close_rows([second.id, first.id], base=2, author_id=None, comment="x")
    assert caught.value.code == "POLICY_LINE_CLOSED"
    assert await stored() == before


async def test_replacing_a_line_is_one_version(database: str) -> None:
    assert database
    await settle(line("art. 1"))
    row = await PolicyRow.get(ptype="p", values__contains=["art. 1"])
    assert await edit_rows([line("art. 1 bis")], [row.id], base=1, author_id=None, comment="Avenant") == 2
    refs = [kept.values[-1] for kept in (await read_facts()).lines if kept.values[0] == "partner:CDC"]
    assert refs == ["art. 1 bis"]


async def test_a_profile_still_held_cannot_lose_its_last_box(database: str) -> None:
    assert database
    await settle(profile_line(subject="user:cdc", profile="profile:contact", platform="MIN", form="ER"))
    boxes = await PolicyRow.filter(ptype="p2", values__contains=["profile:contact"])
    before = await stored()
    with pytest.raises(Invalid) as caught:
        await close_rows([box.id for box in boxes], base=1, author_id=None, comment="x")
    assert caught.value.path[-1] == "profile"
    assert await stored() == before


async def test_commas_and_quotes_come_back_from_the_database(database: str) -> None:
    assert database
    ref = 'article 4, « b » ; l\'alinéa "2"'
    login = 'o\'brien, "x"'
    await settle(
        line(ref),
        profile_line(subject=f"user:{login}", profile="profile:partner_user", platform="MIN", form="ER"),
    )
    policy = (await Authority.load()).policy
    assert any(values[-1] == ref for values in policy.enforcement.lines("p"))
    assert policy.enforcement.profiles.has_link(f"user:{login}", "profile:partner_user", "MIN/ER")


async def test_a_version_is_opened_inside_a_transaction_only(database: str) -> None:
    assert database
    with pytest.raises(Exception, match="LOCK TABLE"):
        await bump(None, "x")
    assert await read_version() == 0
    async with transaction():
        assert await bump(None, "x") == 1
        assert await bump(None, "x") == 2
    assert await read_version() == 2
