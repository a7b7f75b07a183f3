"""A platform's whole life: 1,000 organisms, 8,000 users, and a dossier of each organism in each campaign.

Two platforms, 20 forms; 25 years are a million dossiers, the most that 1,000 organisms can have (one a
campaign). Of the past years 97 in 100 are finished; those of the last year stand at any step.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from authz import (
    Authority,
    Effect,
    Line,
    Right,
    Viewer,
    add_rows,
    box_line,
    convention_line,
    profile_line,
    standing_lines,
    viewer_of_user,
)
from models import User, close_database, execute, fetch, open_database
from models.embedded import EmbeddedServer
from models.schema import migrate

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

ORGANISMS, USERS, FORMS, LAST = 1_000, 8_000, 20, 2024
PARTNERS = ("KIND", "SCATTERED", "RANDOM", "LATE")
CATEGORIES = ("OPH", "SA", "COOP", "SEM", "MOI")

_BODIES = """
INSERT INTO organization (id, key, kind, name, short_name, address, phone, email, version)
SELECT gen_random_uuid(), key, split_part(key, ':', 1), 'Habitat ' || key, key, '', '', '', 0
FROM unnest(%s::text[]) key"""
_ORGANISMS = """
INSERT INTO organism (id, organization_id, siren, category, department, city)
SELECT gen_random_uuid(), id, substr(key, 10), (%s::text[])[1 + substr(key, 10)::int %% 5],
       lpad((1 + substr(key, 10)::int %% 95)::text, 2, '0'), 'Ville'
FROM organization WHERE kind = 'organism'"""
_CAMPAIGNS = """
INSERT INTO campaign (platform_id, form, year, pack, opens_on)
SELECT code, 'F' || lpad(form::text, 2, '0'), year, 'ER/2024/1', make_date(year + 1, 3, 1)
FROM platform, generate_series(1, %s) form, generate_series(%s::int, %s::int) year"""
_DOSSIERS = """
INSERT INTO dossier (id, campaign_id, organism_id, platform, form, year, pack, code, category, search, step,
    step_since, passes, version)
SELECT gen_random_uuid(), c.id, o.id, c.platform_id, c.form, c.year, c.pack, substr(o.siren, 6), o.category,
       'habitat ' || o.siren || ' ' || o.department,
       CASE WHEN c.year = %s THEN floor(random() * 7)
            WHEN random() < 0.97 THEN 6 ELSE 4 + floor(random() * 2) END,
       now() - random() * interval '900 days', 0, 0
FROM campaign c, organism o"""
# Those of the last year have somebody who follows them, and a last day that half of them have passed.
_FOLLOWED = """
INSERT INTO assignment (dossier_id, role, user_id, at, author_id)
SELECT d.id, 'officer', (array_agg(u.id))[1 + d.code::int %% count(*)], now(), min(u.id::text)::uuid
FROM dossier d, user_account u JOIN organization g ON g.id = u.organization_id
WHERE d.year = %s AND g.key = 'operator:' || d.platform GROUP BY d.id"""
_DEADLINES = """
INSERT INTO deadline (campaign_id, step, category, due_on)
SELECT c.id, step, '', now()::date + (step - 3) * 30 FROM campaign c, generate_series(0, 5) step
WHERE c.year = %s"""
_CONSENTS = """
INSERT INTO consent (organism_id, partner_id, platform_id, form, year, given, at)
SELECT o.id, g.id, c.platform_id, c.form, c.year, true, now()
FROM campaign c, organism o, organization g
WHERE g.key = ANY(%s) AND c.form = ANY(%s) AND c.year > %s AND c.platform_id = 'MIN' AND random() < 0.3"""


@asynccontextmanager
async def platforms(years: int) -> AsyncIterator[dict[str, Viewer]]:
    """A database of its own with so many years of dossiers; a user of each of those measured, by name."""
    with TemporaryDirectory(prefix="harmonia-bench-") as folder:
        server = EmbeddedServer(Path(folder) / "postgres")
        try:
            url = server.ensure_database("bench")
            await migrate(url)
            await open_database(url, pool=20)
            await _fill(years)
            yield await _viewers()
        finally:
            await close_database()
            server.stop()


async def _fill(years: int) -> None:
    await execute(
        "INSERT INTO platform (code, name, kind, second_signature) "
        "VALUES ('MIN', 'Ministère', 'ministry', false), ('FED', 'Fédération', 'federation', false)"
    )
    organisms = [f"organism:{100_000_001 + number}" for number in range(ORGANISMS)]
    partners = [f"partner:{name}" for name in PARTNERS]
    await execute(_BODIES, [[*organisms, *partners, "operator:MIN", "operator:FED"]])
    await execute(_ORGANISMS, [list(CATEGORIES)])
    await _open_accounts()
    await execute(_CAMPAIGNS, [FORMS, LAST - years + 1, LAST])
    await execute("ALTER TABLE dossier DISABLE TRIGGER USER")
    await execute(_DOSSIERS, [LAST])
    await execute("ALTER TABLE dossier ENABLE TRIGGER USER")
    await execute("SELECT dossier_tally_rebuild()")
    await execute(_FOLLOWED, [LAST])
    await execute(_DEADLINES, [LAST])
    consenting = ["partner:SCATTERED", "partner:RANDOM"]
    await execute(_CONSENTS, [consenting, ["F01", "F05", "F09", "F12", "F20"], LAST - 5])
    await add_rows(list(_lines(organisms)), base=0, author_id=None, comment="Au début")
    await execute("VACUUM ANALYZE")  # in production autovacuum has been by


async def _open_accounts() -> None:
    people = [
        User(
            organization_id=body["id"],
            login=f"{body['key'].partition(':')[2]}-{number}",
            password_hash="x",  # noqa: S106 - nobody signs in with it
            first_name="Camille",
            last_name="Durand",
            email="",
        )
        for body in await fetch("SELECT id, key FROM organization")
        for number in range(1, USERS // ORGANISMS + 1)
    ]
    await User.bulk_create(people, batch_size=1_000)


def _lines(organisms: list[str]) -> Iterator[Line]:
    yield from standing_lines(["MIN", "FED"])
    logins = [f"{key.partition(':')[2]}-{number}" for key in organisms for number in range(1, 9)]
    for login in (*logins, *(f"{name}-1" for name in (*PARTNERS, "MIN"))):
        yield box_line(subject=f"user:{login}", platform="MIN", right=Right.READ, ref="boîte")
        yield box_line(subject=f"user:{login}", platform="FED", right=Right.READ, ref="boîte")
    yield box_line(subject="user:MIN-1", platform="MIN", right=Right.POLICY_EDIT, ref="boîte")
    for login in logins:
        yield profile_line(subject=f"user:{login}", profile="profile:entry", platform="MIN", form="F01")
    for_all = {"platform": "MIN", "right": Right.READ, "ref": "art. 3"}
    yield convention_line(actor="partner:KIND", organisms="category:SEM", steps="456", **for_all)  # type: ignore[arg-type] # three fields by name
    yield convention_line(actor="partner:SCATTERED", organisms="all", steps="456", consent=True, **for_all)  # type: ignore[arg-type] # three fields by name
    for key in organisms[-3:]:
        yield convention_line(actor="partner:LATE", organisms=key, steps="4", **for_all)  # type: ignore[arg-type] # three fields by name
    yield from _random_lines(organisms)


def _random_lines(organisms: list[str]) -> Iterator[Line]:
    """A convention of everything: groups and named organisms, forms, steps, consents, denies."""
    random = Random(4)  # noqa: S311 - the same ground at each run
    groups = [*(f"category:{code}" for code in CATEGORIES), *(f"department:{n:02}" for n in range(1, 96))]
    for number in range(40):
        named = number % 2 == 0
        yield convention_line(
            actor="partner:RANDOM",
            platform=random.choice(["MIN", "FED"]),
            form=random.choice(["*", *(f"F{form:02}" for form in range(1, FORMS + 1))]),
            organisms=random.choice(organisms if named else groups),
            right=Right.READ,
            steps=random.choice(["456", "56", "6", "4", "123"]),
            consent=number % 5 == 0,
            effect=Effect.DENY if number % 9 == 8 else Effect.ALLOW,  # noqa: PLR2004 - one in nine
            ref=f"art. {number}",
        )


async def _viewers() -> dict[str, Viewer]:
    authority = await Authority.load()
    one = f"{100_000_001 + ORGANISMS // 2}-1"
    names = {"MIN-1": "a minister's user", "KIND-1": "a user of one kind", one: "a user of one organism"}
    names |= {"SCATTERED-1": "a user of scattered consents", "RANDOM-1": "a random partner"}
    names |= {"LATE-1": "a partner of the last three organisms, one step"}
    found = await fetch("SELECT id, login FROM user_account WHERE login = ANY(%s)", [list(names)])
    ids = {record["login"]: record["id"] for record in found}
    return {name: await viewer_of_user(authority, ids[login]) for login, name in names.items()}
