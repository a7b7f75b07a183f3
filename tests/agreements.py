"""A platform that writes conventions, and the smallest one that it may write."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from authz import Right, Target, Viewer, add_rows, decide, profile_line, read_version, viewer_of_user
from authz.clock import today
from models import Organization, Platform, User, fetch
from resolvers import convention_edits
from resolvers.convention_rows import Article, Content, ConventionRow, Grant
from tests.world import SIREN, World, build_world, password_hash

ORGANISM = f"organism:{SIREN}"
TITLE = "Convention d’essai"
DAY = timedelta(days=1)
READING = (Grant("dossier:read", (4, 5, 6)), Grant("dossier:export", (4, 5, 6)))


def article(**changes: Any) -> Article:  # noqa: ANN401 - fields of an article
    """Reading and export of every OPH's ER, once transmitted."""
    return replace(Article("1", ("ER",), READING, "Texte.", ("category:OPH",)), **changes)


def content(*articles: Article, **changes: Any) -> Content:  # noqa: ANN401 - fields of a content
    """A convention with ANCOLS, which has no other, from ten days ago to a month from now."""
    day = today().date
    plain = Content("MIN", "partner:ANCOLS", TITLE, "Objet.", day - 10 * DAY, day + 30 * DAY, ())
    return replace(plain, articles=articles or (article(),), **changes)


async def build_agreements(world: World | None = None) -> World:
    """The world of tests/world.py at step 4, with two administrators of the Ministry, `admin`, `second`."""
    world = world or await build_world(step=4)
    operator = await Organization.get(key="operator:MIN")
    lines = []
    for login in ("admin", "second"):
        await User.create(
            organization=operator,
            login=login,
            password_hash=password_hash(),
            first_name=login.capitalize(),
            last_name="Essai",
            email=f"{login}@example.org",
        )
        lines.append(
            profile_line(subject=f"user:{login}", profile="profile:operator_admin", platform="MIN", form="ER")
        )
    lines.append(
        profile_line(subject="user:hierarchie", profile="profile:organism_admin", platform="MIN", form="ER")
    )
    await add_rows(lines, base=await read_version(), author_id=None, comment="Administrateurs")
    await world.authority.refresh()
    for user in await User.all():
        world.viewers[user.login] = await viewer_of_user(world.authority, user.id)
    return world


async def published(world: World, *articles: Article, **changes: Any) -> ConventionRow:  # noqa: ANN401 - as `content`
    """A convention in force, by the platform's own verbs."""
    drafted = await convention_edits.create(world["admin"], content(*articles, **changes), f"k{id(articles)}")
    row = await convention_edits.publish(world["admin"], drafted.id, drafted.revision)
    await world.authority.refresh()
    return row


def reads(viewer: Viewer, days: int = 0, *, step: int = 4, organism: str = ORGANISM) -> bool:
    """Whether the viewer reads the organism's ER of 2024, so many days from today."""
    target = Target("MIN", "ER", 2024, organism, step)
    return decide(viewer, Right.READ, target, today().date + days * DAY).allowed


async def everything() -> dict[str, Any]:
    """All that a refusal must leave as it was."""
    tables = ("convention", "convention_revision", "policy_row", "policy_version", "policy_proposal")
    found = {table: await fetch(f"SELECT * FROM {table} ORDER BY 1") for table in tables}  # noqa: S608 - constants
    more = ("consent", "consent_change", "notification", "idempotency_key")
    return {**found, **{table: await fetch(f"SELECT * FROM {table} ORDER BY 1") for table in more}}  # noqa: S608 - constants


async def lines_of(convention: UUID) -> list[list[str]]:
    """The living rules of a convention."""
    rows = await fetch(
        'SELECT "values" FROM policy_row WHERE convention_id = %s AND until_version IS NULL ORDER BY id',
        [convention],
    )
    return [row["values"] for row in rows]


async def ask_two_signatures() -> None:
    """The Ministry asks for a second signature from now on."""
    await Platform.filter(code="MIN").update(second_signature=True)
