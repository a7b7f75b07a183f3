"""One world for what is declared: something of everything to ask for, and whoever lacks one right of all."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import httpx

from authz import (
    Line,
    Right,
    Viewer,
    add_rows,
    box_line,
    ceiling_line,
    convention_line,
    read_version,
    viewer_of_client,
    viewer_of_user,
)
from gql.app import build_app, build_engine
from gql.http.door import COOKIE
from gql.http.routes import GuardedRoute
from gql.settings import Settings
from models import (
    AccessToken,
    Export,
    ExportKind,
    ExportState,
    FileStore,
    MachineClient,
    Organization,
    User,
    fetch,
)
from resolvers.clients import secret_hash
from resolvers.sessions import sign_in
from resolvers.work_list_rows import default_id
from tests import talks
from tests.agreements import build_agreements
from tests.copies import seal
from tests.gql.declared import (
    OPERATOR,
    ORGANISM,
    PARTNER,
    Case,
    Rights,
    askers,
    declared_fields,
    declared_routes,
)
from tests.gql.declared_things import made_things, waiting
from tests.masses import own_mass
from tests.resolvers.filled import filled
from tests.world import PASSWORD, SIREN, World, password_hash

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from gql.execution import Engine

BODIES = {ORGANISM: f"organism:{SIREN}", OPERATOR: "operator:MIN", PARTNER: "partner:CDC"}
FILE = b"%PDF-1.7 une impression"
Key = tuple[str, Rights]


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, by which proof over HTTP, and what is his own among what there is to ask for."""

    viewer: Viewer
    proof: dict[str, str]
    own: dict[str, str]


@dataclass(slots=True)
class Declaring:
    """What the cases need: who asks, what `$…` and `$$…` stand for, and where to ask."""

    engine: Engine
    http: httpx.AsyncClient
    files: Path
    declared: dict[str, Rights]
    tables: tuple[str, ...]
    named: dict[str, str]
    large: dict[str, Any]
    people: dict[Key, Asker]
    machines: dict[Key, Asker]

    async def state(self) -> str:
        """Whatever is kept: a row added, changed or removed in any table changes it, and so does a file."""
        one = "SELECT '{0}' AS name, count(*) AS n, coalesce(sum(xmin::text::bigint), 0) AS x FROM \"{0}\""
        every = " UNION ALL ".join(one.format(table) for table in self.tables)
        summed = "SELECT md5(string_agg(name || n || '/' || x, ' ' ORDER BY name)) AS m FROM ({}) t"
        stored = len([path for path in self.files.rglob("*") if path.is_file()])
        return f"{await fetch(summed.format(every))} {stored}"


async def build_declared(url: str, folder: Path, cases: Sequence[Case]) -> Declaring:
    """Build it in an empty database whose pool is open."""
    world = await build_agreements(await filled())
    settings = Settings(DATABASE_URL=url, base_url="http://localhost:8000", data=folder, web_client=folder)
    files = FileStore.local(folder / "files")
    await files.put("impression", FILE)
    app = build_app(settings, world.authority, files)
    routes = [each for each in app.routes if isinstance(each, GuardedRoute)]
    declared = declared_fields() | declared_routes(routes)
    keys = sorted(askers(cases, declared), key=_login)
    await _open(keys)
    await world.authority.refresh()
    whole = await User.get(login=_login((OPERATOR, frozenset())))
    world.viewers["whole"] = await viewer_of_user(world.authority, whole.id)
    named, large = await made_things(world)
    named["copy"] = str((await seal(world["saisie"], world.dossier, files)).id)
    return Declaring(
        engine=build_engine(settings, world.authority, files),
        http=httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost:8000"),
        files=folder / "files",
        declared=declared,
        tables=await _tables(),
        named=named,
        large=large,
        people={key: await _person(world, key) for key in keys},
        machines={key: await _machine(world, key) for key in keys},
    )


async def _tables() -> tuple[str, ...]:
    """Every table but those that note a visit: the sessions seen, the passwords tried in vain."""
    rows = await fetch("SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
    return tuple(row["name"] for row in rows if row["name"] not in {"session", "sign_in_failure"})


def _login(key: Key) -> str:
    place, lost = key
    return f"{place}." + hashlib.sha256(" ".join(sorted(lost)).encode()).hexdigest()[:8]


async def _open(keys: list[Key]) -> None:
    """An account for each, and one system a body: everything at every step, but what is lost."""
    bodies = {place: await Organization.get(key=key) for place, key in BODIES.items()}
    for key in keys:
        await User.create(
            organization=bodies[key[0]],
            login=_login(key),
            password_hash=password_hash(),
            first_name="Alix",
            last_name="Essai",
            email="alix@example.org",
        )
    for place, body in bodies.items():
        await MachineClient.create(
            id=place,
            organization=body,
            name=place,
            secret_hash=secret_hash(place),
            scopes=[right.value for right in Right],
        )
    lines = [*_widest(), *(line for key in keys for line in _boxes(f"user:{_login(key)}", key[1]))]
    lines += [line for place in BODIES for line in _boxes(f"client:{place}", frozenset())]
    await add_rows(lines, base=await read_version(), author_id=None, comment="Tout, moins un droit")


def _widest() -> Iterator[Line]:
    """The other two layers say yes to all three bodies, so that the boxes or a token alone refuse."""
    for right in Right:
        for place, key in BODIES.items():
            yield ceiling_line(kind=f"kind:{place}", platform="MIN", right=right, ref="essai")
            yield convention_line(actor=key, platform="MIN", organisms="all", right=right, ref="essai")


def _boxes(subject: str, lost: Rights) -> Iterator[Line]:
    for right in Right:
        if right not in lost:
            yield box_line(subject=subject, platform="MIN", right=right, ref="essai")


async def _person(world: World, key: Key) -> Asker:
    signed = await sign_in(world.authority, _login(key), PASSWORD)
    own = await _own(world, signed.viewer) | {"n": _login(key)}
    return Asker(signed.viewer, {"cookie": f"{COOKIE}={signed.token}"}, own)


async def _machine(world: World, key: Key) -> Asker:
    """The same by a token: the system may everything, and what is lost is not in its words."""
    place, lost = key
    scopes, secret = [right.value for right in Right if right not in lost], f"token-{_login(key)}"
    viewer = await viewer_of_client(world.authority, place, scopes)
    await AccessToken.create(
        id=secret_hash(secret),
        client_id=place,
        scopes=scopes,
        expires_at=datetime.now(UTC) + timedelta(hours=1),
    )
    return Asker(viewer, {"authorization": f"Bearer {secret}"}, await _own(world, viewer) | {"n": secret})


async def _own(world: World, viewer: Viewer) -> dict[str, str]:
    """An export of his, made when he had every right; a proposal and a draft, where a person makes them."""
    now = datetime.now(UTC)
    made = await Export.create(
        kind=ExportKind.PDF,
        organization_id=viewer.organization_id,
        user_id=viewer.user_id,
        client_id=viewer.client_id,
        dossier_id=world.dossier,
        tabs=["A1"],
        accessible=False,
        state=ExportState.READY,
        file_name="er.pdf",
        file_key="impression",
        size=len(FILE),
        sha256=hashlib.sha256(FILE).hexdigest(),
        requested_at=now,
        expires_at=now + timedelta(days=7),
    )
    author = world["admin"] if viewer.user_id is None else viewer
    told = await talks.thread(author, world.dossier)
    note = await talks.message(author, told, "À revoir.", draft=True)
    named = {
        "export": made.id,
        "own": await waiting(author),
        "note": note.id,
        "work_list": default_id(author.user_id or made.id),
        "mass": await own_mass(viewer, world.dossier, "impression", FILE),
    }
    return {name: str(one) for name, one in named.items()}
