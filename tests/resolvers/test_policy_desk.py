"""The rights' desk: what it edits, its lines and its history, rollback and profiles."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest

from authz import Line, Right, Target, box_line
from authz.clock import today
from authz.history import lines_at
from authz.policy import Policy
from authz.store import read_facts
from resolvers import (
    policy_changes,
    policy_desk,
    policy_profiles,
    policy_versions,
)
from resolvers.policy_changes import Change, Outcome
from resolvers.policy_desk import WantedLines
from resolvers.policy_profiles import Box, ProfileWrite
from tests.rights_desk import OPH, build_desk, changed, editor, number_of, reads, refusal
from tests.world import World


@pytest.fixture
async def world(database: str) -> World:  # noqa: ARG001 - opened for the world to be built in
    return await build_desk()


async def policy() -> Policy:
    return Policy(await read_facts())


def decisions(of: Policy) -> list[tuple[bool, bool, bool]]:
    """Casbin's answers for everyone, on the organism's dossiers."""
    return [
        of.enforce(subject, right, Target("MIN", form, 2024, OPH, step))
        for subject in sorted(of.accounts)
        for right in (Right.READ, Right.EXPORT)
        for form in ("ER", "QDIS")
        for step in (1, 4, 6)
    ]


@pytest.mark.usefixtures("world")
async def test_the_desk_edits_its_own_lines_once_and_no_others() -> None:
    admin = await editor()
    first = await changed(admin, reads(), key="une-fois")
    assert first == await changed(admin, reads(), key="une-fois") == Outcome(None, first.version)
    await refusal("IDEMPOTENCY_REUSED", changed(admin, reads(organisms=OPH), key="une-fois"))
    admin = await editor()
    rows = [row.line for row in await lines_at("MIN", admin.authority.version)]
    owned = next(row for row in rows if row.convention_id is not None)
    users = next(row for row in rows if row.ptype == "g")
    system = next(row for row in rows if row.ptype == "p3")
    told = await refusal("POLICY_LINE_OF_CONVENTION", changed(admin, close=(owned.id or 0,)))
    assert "modifiez la convention" in str(told)
    assert told.details == {"convention": str(owned.convention_id)}
    await refusal("POLICY_LINE_OF_USER", changed(admin, close=(users.id or 0,)))
    await refusal("POLICY_LINE_OF_SYSTEM", changed(admin, close=(system.id or 0,)))
    own = box_line(subject="user:admin", platform="MIN", right=Right.READ, ref="x")
    await refusal("POLICY_LINE_OF_USER", changed(admin, own))
    elsewhere = Line("p", ("partner:CDC", "ESH", *reads().values[2:]))
    await refusal("POLICY_LINE_ELSEWHERE", changed(admin, elsewhere))
    await refusal("POLICY_LINE_INVALID", changed(admin, Line("p", ("partner:CDC", "MIN"))))
    await refusal("POLICY_LINE_INVALID", changed(admin, reads(ref="=cmd()")))
    await refusal("POLICY_NOTHING_CHANGED", changed(admin))
    await refusal(
        "POLICY_DATE_PAST", changed(admin, reads(organisms=OPH), on=today().date - timedelta(days=1))
    )
    silent = Change("MIN", (reads(organisms=OPH),), (), admin.authority.version, " ")
    await refusal("POLICY_COMMENT_INVALID", policy_changes.change(admin, silent, "k"))


async def test_a_stranger_cannot_tell_a_platform_from_none(world: World) -> None:
    for stranger in ("ministere", "cdc"):
        viewer = world[stranger]
        words = set()
        for platform in ("MIN", "RIEN"):
            wanted = Change(platform, (reads(),), (), viewer.authority.version, "Un essai")
            for verb in (
                policy_changes.change(viewer, wanted, "s"),
                policy_changes.roll_back(viewer, platform, 1, "Retour", "s"),
                policy_profiles.set_profile(viewer, ProfileWrite(platform, "profile:x", (), 1, "?"), "s"),
                policy_desk.open_desk(viewer, platform),
            ):
                unknown = await refusal("POLICY_DESK_UNKNOWN", verb)
                words.add((str(unknown), unknown.path))
        assert len(words) == 1


async def changed_twice() -> int:
    """Two lines are added, then one of them closed; the version before."""
    admin = await editor()
    await changed(admin, reads(), reads(right=Right.EXPORT))
    await changed(await editor(), close=(await number_of(reads()),))
    return admin.authority.version


@pytest.mark.usefixtures("world")
async def test_lines_are_found_by_pages_and_by_what_is_searched() -> None:
    start = await changed_twice()
    admin = await editor()
    pages, after, total = [], None, 0
    while True:
        page = await policy_desk.page_of_lines(admin, "MIN", WantedLines("p", "", 10, after))
        pages += [row.id for row in page.rows]
        total, after = page.total, str(page.rows[-1].id)
        if not page.has_next:
            break
    assert len(pages) == total == len(set(pages))
    # What is searched is text, quotes and commas too; in whatever case.
    found = await policy_desk.page_of_lines(admin, "MIN", WantedLines(None, ", ART. 3", 50, None))
    refs = {row.ref for row in found.rows}
    assert (refs, found.total) == ({"convention CDC 2024, art. 3", 'convention "ANCOLS", art. 3'}, 4)
    (row,) = (
        await policy_desk.page_of_lines(admin, "MIN", WantedLines("p", "partner:ancols", 50, None))
    ).rows
    assert (row.editable, row.since, row.convention) == (True, start + 1, None)
    assert row.text.startswith("ANCOLS peut imprimer ou exporter le dossier ER")
    named = WantedLines("p", f"#{row.id} #999999999", 50, None)
    assert [one.id for one in (await policy_desk.page_of_lines(admin, "MIN", named)).rows] == [row.id]
    of_partner = await policy_desk.page_of_lines(admin, "MIN", WantedLines("p", "caisse des", 50, None))
    assert {one.values[0] for one in of_partner.rows} == {"partner:CDC"}


async def test_the_history_tells_what_each_version_did(world: World) -> None:
    start = await changed_twice()
    admin = await editor()
    versions = await policy_versions.page_of_versions("MIN", 2, None)
    assert [(one.added, one.closed, one.author) for one in versions.rows] == [
        (0, 1, "Admin Éditeur"),
        (2, 0, "Admin Éditeur"),
    ]
    assert versions.has_next
    last = await policy_versions.page_of_versions("MIN", 200, str(versions.rows[-1].version))
    assert [before.version > after.version for before, after in pairwise(last.rows)] == [True] * (
        len(last.rows) - 1
    )
    difference = await policy_versions.compare(admin, "MIN", start, start + 2)
    assert ([line.values for line in difference.added], difference.closed) == (
        [reads(right=Right.EXPORT).values],
        (),
    )
    back = await policy_versions.compare(admin, "MIN", start + 2, start - 1)
    assert len(back.closed) == 4
    await refusal("POLICY_VERSION_UNKNOWN", policy_versions.compare(admin, "MIN", 0, 999))
    await refusal("CURSOR_INVALID", policy_versions.page_of_versions("MIN", 2, "x"))
    await refusal("POLICY_DESK_UNKNOWN", policy_versions.compare(world["cdc"], "MIN", 1, 2))


async def test_a_rollback_gives_back_the_desks_lines_and_leaves_all_others(world: World) -> None:
    admin = await editor()
    start, before = admin.authority.version, decisions(await policy())
    owned = [
        row.line for row in await lines_at("MIN", start) if row.line.convention_id or row.line.ptype == "g"
    ]
    await changed(admin, reads(), reads("kind:partner", OPH, deny=True))
    await changed(await editor(), reads("partner:CDC"), close=(await number_of(reads()),))
    admin = await editor()
    await policy_profiles.set_profile(
        admin,
        ProfileWrite(
            "MIN", "profile:officer", (Box("dossier:read", "*", (4,)),), admin.authority.version, "Moins"
        ),
        "profil",
    )
    assert decisions(await policy()) != before
    outcome = await policy_changes.roll_back(await editor(), "MIN", start, "Comme avant", "retour")
    assert outcome == await policy_changes.roll_back(await editor(), "MIN", start, "Comme avant", "retour")
    assert decisions(await policy()) == before
    assert outcome.version is not None
    now = await lines_at("MIN", outcome.version)
    assert [row.line for row in now if row.line.convention_id or row.line.ptype == "g"] == owned
    same = await policy_versions.compare(await editor(), "MIN", start, outcome.version)
    assert (same.added, same.closed) == ((), ())
    await refusal(
        "POLICY_NOTHING_CHANGED", policy_changes.roll_back(await editor(), "MIN", start, "Encore", "k")
    )
    for never in (99, 0, -1):
        told = await refusal(
            "POLICY_VERSION_UNKNOWN", policy_changes.roll_back(await editor(), "MIN", never, "?", "l")
        )
        assert f"La version {never} des droits" in str(told)
    await refusal("POLICY_DESK_UNKNOWN", policy_changes.roll_back(world["cdc"], "MIN", start, "?", "m"))


async def test_a_profile_is_set_as_a_whole_within_the_ceiling(world: World) -> None:
    admin = await editor()
    boxes = (Box("dossier:read", "*", (4, 5)), Box("dossier:export", "ER", (4,)))
    wanted = ProfileWrite("MIN", "profile:partner_user", boxes, admin.authority.version, "Plus étroit")
    outcome = await policy_profiles.set_profile(admin, wanted, "p")
    assert outcome == await policy_profiles.set_profile(admin, wanted, "p")
    lines = await policy_desk.living_lines("MIN", "p2", "profile:partner_user")
    assert sorted((line.field("act"), line.field("form"), line.field("steps")) for line in lines) == [
        ("dossier:export", "ER", "4"),
        ("dossier:read", "*", "45"),
    ]
    found = await policy()
    reading = [
        found.enforce("user:cdc", Right.READ, Target("MIN", "ER", 2024, OPH, step))[1] for step in (4, 5, 6)
    ]
    assert reading == [True, True, False]
    assert found.enforce("user:cdc", Right.EXPORT, Target("MIN", "QDIS", 2024, OPH, 4))[1] is False
    admin = await editor()
    for code, profile, box in (
        ("POLICY_BOX_IMPOSED", "profile:partner_user", Box("dossier:read", "*", (1,))),
        ("POLICY_BOX_INVALID", "profile:partner_user", Box("dossier:reed", "*", (4,))),
        ("POLICY_PROFILE_UNKNOWN", "profile:nobody", Box("dossier:read", "*", (4,))),
        ("POLICY_SELF_LOCKOUT", "profile:operator_admin", Box("dossier:read", "*", (4,))),
    ):
        bad = ProfileWrite("MIN", profile, (box,), admin.authority.version, "Non")
        await refusal(code, policy_profiles.set_profile(admin, bad, code))
    emptied = ProfileWrite("MIN", "profile:partner_user", (), admin.authority.version, "Rien")
    told = await refusal("POLICY_LINE_INVALID", policy_profiles.set_profile(admin, emptied, "r"))
    assert "n’a ou n’aurait aucune case cochée" in str(told)
    await refusal("POLICY_DESK_UNKNOWN", policy_profiles.set_profile(world["saisie"], wanted, "q"))
