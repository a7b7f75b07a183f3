"""Who loses his right, or his account, while his request waits for the rules, changes nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from authz import Authority, Line, Right, Touched, Viewer, apply_edits, bump, convention_line, viewer_of_user
from models import (
    FileStore,
    Organization,
    PolicyRow,
    Problem,
    Refused,
    User,
    close_database,
    fetch,
    open_database,
    transaction,
)
from resolvers import (
    consents,
    convention_edits,
    convention_signed,
    organizations,
    people_passwords,
    policy_changes,
    policy_profiles,
    policy_sentences,
    policy_signing,
)
from resolvers.consent_rows import ConsentAnswer, ConsentWrite
from resolvers.convention_signed import Sent
from resolvers.policy_changes import Change
from resolvers.policy_profiles import ProfileWrite
from resolvers.policy_sentences import SentenceInput
from tests.agreements import article, ask_two_signatures, build_agreements, content, everything, published
from tests.settings import STRONG
from tests.settings import everything as people
from tests.world import PASSWORD, World

Verbs = dict[str, tuple[str, Callable[[], Awaitable[object]]]]
LOSERS = ("admin", "hierarchie")
SENTENCE = SentenceInput("Jamais", "partner:ANCOLS", "dossier:read", "*", None, "all", "0", expected=False)
CARD = {"name": "Autre", "short_name": "A", "address": "", "phone": "", "email": ""}
WAITING = "SELECT count(*) AS n FROM pg_locks WHERE NOT granted AND relation = 'policy_version'::regclass"
PDF = Sent("a.pdf", b"%PDF-1")


def line_on(form: str) -> Line:
    """A reading that no convention gives."""
    actor, ref = "partner:ANCOLS", "art. 1"
    return convention_line(
        actor=actor, platform="MIN", form=form, organisms="all", right=Right.READ, steps="6", ref=ref
    )


LINE, OTHER_LINE = line_on("QDIS"), line_on("SEM")


async def arrived(login: str) -> Viewer:
    """Someone whose request began on the rules in force, in a process of its own."""
    return await viewer_of_user(await Authority.load(), (await User.get(login=login)).id)


async def everywhere() -> list[Any]:
    """All that may not move."""
    tests = await fetch("SELECT * FROM policy_test ORDER BY id")
    platforms = await fetch("SELECT * FROM platform ORDER BY code")
    return [await everything(), await people(), tests, platforms]


def change(base: int, line: Line = LINE) -> Change:
    """One line more."""
    return Change("MIN", (line,), (), base, "Un essai")


async def proposed(author: Viewer, line: Line) -> UUID:
    """A change that waits for its second signature."""
    outcome = await policy_changes.change(author, change(author.authority.version, line), f"{author.subject}")
    assert outcome.proposal is not None
    return outcome.proposal


async def on_the_desk(second: Viewer) -> Verbs:
    """The verbs of the desk, by `admin`; and what refuses each."""
    sentence = (await policy_sentences.save(second, "MIN", None, SENTENCE)).test.id
    theirs, own = await proposed(second, LINE), await proposed(await arrived("admin"), OTHER_LINE)
    admin = await arrived("admin")
    base = admin.authority.version
    profile = ProfileWrite("MIN", "profile:partner_user", (), base, "Vide")
    desk, signing, unknown = "POLICY_DESK_UNKNOWN", policy_signing, "POLICY_PROPOSAL_UNKNOWN"
    return {
        "change": (desk, lambda: policy_changes.change(admin, change(base), "a")),
        "profile": (desk, lambda: policy_profiles.set_profile(admin, profile, "b")),
        "rollback": (desk, lambda: policy_changes.roll_back(admin, "MIN", 1, "Retour", "c")),
        "sign": (unknown, lambda: signing.sign(admin, theirs)),
        "refuse": (unknown, lambda: signing.refuse(admin, theirs, "Non")),
        "withdraw": (unknown, lambda: signing.withdraw(admin, own)),
        "second": (desk, lambda: signing.set_second_signature(admin, "MIN", required=False)),
        "save": (desk, lambda: policy_sentences.save(admin, "MIN", None, SENTENCE)),
        "delete": ("POLICY_TEST_UNKNOWN", lambda: policy_sentences.delete(admin, sentence)),
    }


async def elsewhere(world: World, store: FileStore) -> Verbs:
    """The verbs of conventions, of consents and of people."""
    drafted = await convention_edits.create(world["admin"], content(title="Projet"), "draft")
    row = await published(world, article(consent=True), title="Accord")
    admin, hierarchy = await arrived("admin"), await arrived("hierarchie")
    colleague = (await User.get(login="second")).id
    card = await Organization.get(key="operator:MIN")
    yes = ConsentWrite("MIN", "partner:ANCOLS", "ER", 2024, given=True, was=ConsentAnswer.NONE)
    edits, passwords = convention_edits, people_passwords
    return {
        "create": ("POLICY_DESK_UNKNOWN", lambda: edits.create(admin, content(title="Neuve"), "d")),
        "publish": ("REFUSED", lambda: edits.publish(admin, drafted.id, drafted.revision)),
        "update": ("REFUSED", lambda: edits.update(admin, row.id, content(), row.revision)),
        "attach": ("REFUSED", lambda: convention_signed.attach(admin, store, row.id, PDF, row.revision)),
        "card": ("REFUSED", lambda: organizations.update(admin, card.id, CARD, card.version)),
        "password": ("NOT_FOUND", lambda: passwords.change(admin, colleague, STRONG, STRONG, None)),
        "own": (
            "ACCOUNT_ALREADY_CLOSED",
            lambda: passwords.change(admin, own_id(admin), STRONG, STRONG, PASSWORD),
        ),
        "consent": ("REFUSED", lambda: consents.give(hierarchy, [yes])),
    }


def own_id(viewer: Viewer) -> UUID:
    """A person's account."""
    assert viewer.user_id is not None
    return viewer.user_id


async def lose(*, closing: bool) -> None:
    """Take the rights of both away, or close their accounts, in the caller's transaction."""
    subjects = [f"user:{login}" for login in LOSERS]
    version = await bump(None, "Perdu", Touched(accounts=tuple(subjects)))
    if closing:
        await User.filter(login__in=LOSERS).update(closed_at=datetime.now(UTC))
        return
    given = [row.id for row in await PolicyRow.filter(ptype="g") if row.values[0] in subjects]
    await PolicyRow.filter(id__in=given, until_version=None).update(until_version=version)


@pytest.mark.parametrize("closing", [False, True], ids=["revoked", "closed"])
async def test_who_loses_his_right_while_he_waits_changes_nothing(
    database: str, tmp_path: Path, *, closing: bool
) -> None:
    # Every request waits at the same time, each on a connection.
    await close_database()
    await open_database(database, pool=24)
    world = await build_agreements()
    outside = await elsewhere(world, FileStore.local(tmp_path))
    await ask_two_signatures()
    verbs = {**outside, **await on_the_desk(await arrived("second"))}
    if not closing:
        del verbs["own"]
    held, waited = asyncio.Event(), asyncio.Event()

    async def lost() -> list[Any]:
        async with transaction():
            await lose(closing=closing)
            left = await everywhere()
            held.set()
            await waited.wait()
            return left

    losing = asyncio.create_task(lost())
    async with asyncio.timeout(60):
        await held.wait()
        asked = [asyncio.ensure_future(ask()) for _, ask in verbs.values()]
        while (await fetch(WAITING))[0]["n"] < len(asked):
            assert not any(one.done() for one in asked)
        waited.set()
        answers = await asyncio.gather(*asked, return_exceptions=True)
    codes = {
        name: one.code if isinstance(one, Problem) else one for name, one in zip(verbs, answers, strict=True)
    }
    assert codes == {name: code for name, (code, _) in verbs.items()}
    assert await everywhere() == await losing


async def test_a_writer_of_rules_is_asked_for_his_right_where_they_are_written(database: str) -> None:  # noqa: ARG001 - opened
    await build_agreements()
    before = await everywhere()
    for login in ("ministere", "cdc"):
        viewer = await arrived(login)
        with pytest.raises(Refused) as refused:
            await apply_edits(viewer, [LINE], (), base=viewer.authority.version, comment="Un essai")
        assert refused.value.code == "REFUSED"
    assert await everywhere() == before
