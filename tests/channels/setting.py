"""One world for the whole matrix: a filled dossier, last year's, the other form's, and everyone who asks."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import httpx

from authz import (
    Authority,
    Viewer,
    add_rows,
    read_version,
    standing_lines,
)
from gql.app import build_app, build_engine
from gql.settings import Settings
from models import (
    Consent,
    Dossier,
    Export,
    ExportKind,
    ExportState,
    FileStore,
    Platform,
    PlatformKind,
    ReopeningRequest,
    execute,
    fetch,
)
from rendering.xml_out import write_dossier
from resolvers import export_jobs
from tests.channels.attaching import attach
from tests.channels.exchanges import build_talks
from tests.channels.kept import keep
from tests.channels.oracle import ASKERS, OURS
from tests.channels.people import close_accounts, lines_of, open_accounts, prove
from tests.channels.things import build_things
from tests.copies import seal
from tests.masses import own_mass
from tests.resolvers import past
from tests.resolvers.filled import filled

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.applications import Starlette

    from gql.execution import Engine

FILE = b"%PDF-1.7 une impression"


# A password tried in vain is noted, and a list taken without what one may not read: nothing else changes.
_NOTED = {"event": " WHERE kind NOT IN ('sign_in_refused', 'list_taken')"}


@dataclass(slots=True)
class Setting:
    """What a case needs: who asks and by which proof, what there is to ask for, and where to ask."""

    authority: Authority
    engine: Engine
    http: httpx.AsyncClient
    viewers: dict[str, Viewer]
    proofs: dict[str, dict[str, str]]
    exports: dict[str, UUID]
    jobs: dict[str, UUID]
    masses: dict[str, UUID]
    attachments: tuple[UUID, UUID]
    dossier: UUID
    last_year: UUID
    survey: UUID
    xml: str
    seen: str
    commitments: int
    tables: tuple[str, ...]
    # What else there is to ask for, by the name that `things.py` gives it.
    things: dict[str, object]
    files: Path
    app: Starlette
    # The state as it was last seen, and what was told of what nobody holds, by question and kind of asker.
    seen_state: str = ""
    of_none: dict[tuple[object, ...], bytes] = field(default_factory=dict)

    async def put(self, step: int) -> None:
        """Lay the dossier at a step, as if it had always been there."""
        await execute("UPDATE dossier SET step = %s, passes = %s WHERE id = %s", [step, step, self.dossier])

    async def is_as_before(self, left: str) -> bool:
        """Whether a case left the state that stands without it: read again only where it is another."""
        if left != self.seen_state:
            self.seen_state = await self.state()
        return left == self.seen_state

    async def state(self) -> str:
        """Whatever is kept: any row added, changed or removed in any table, or any file, changes it."""
        one = "SELECT '{0}' AS name, count(*) AS n, coalesce(sum(xmin::text::bigint), 0) AS x FROM \"{0}\"{1}"
        every = " UNION ALL ".join(one.format(table, _NOTED.get(table, "")) for table in self.tables)
        summed = "SELECT md5(string_agg(name || n || '/' || x, ' ' ORDER BY name)) AS m FROM ({}) t"
        kept = sorted(path.name for path in self.files.rglob("*"))
        return f"{await fetch(summed.format(every))} {kept}"


async def build_setting(url: str, folder: Path) -> Setting:
    """Build it in an empty database whose pool is open."""
    world = await filled()
    await past.last_year({"A1.L011.B": "4321.5"})
    survey = await past.survey(world, {"QA.L011.V": "Office d’essai"}, people={})
    people = await _others()
    authority, viewers, proofs = await _prove(people)
    settings = Settings(DATABASE_URL=url, base_url="http://localhost:8000", data=folder, web_client=folder)
    files = FileStore.local(folder / "files")
    await files.put("impression", FILE)
    app = build_app(settings, authority, files)
    content = await export_jobs.content(viewers["saisie"], world.dossier, ["A1"])
    # Somebody outside the organism has read it: its people are told so.
    await export_jobs.content(viewers["ministere"], world.dossier, ["A1"])
    talks = await build_talks(viewers, world.dossier)
    things = await build_things(authority, viewers, people, files)
    things["request"] = await _request(viewers, world.dossier)
    things |= await keep(viewers, world.dossier)
    things["copy"] = (await seal(viewers["saisie"], world.dossier, files)).id
    return Setting(
        authority=authority,
        engine=build_engine(settings, authority, files),
        http=httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost:8000"),
        viewers=viewers,
        proofs=proofs,
        exports=await _exports(viewers, world.dossier, ExportState.READY),
        masses=await _masses(viewers, world.dossier),
        attachments=await attach(world.dossier, "impression"),
        jobs=await _exports(viewers, world.dossier, ExportState.WAITING),
        dossier=world.dossier,
        last_year=(await Dossier.get(form="ER", year=2023)).id,
        survey=survey,
        commitments=len(content.pack.cycle.commitments),
        seen=content.tabs[0].values["L011.B"],
        xml=write_dossier(content, written_at=datetime.now(UTC)).decode(),
        tables=await _tables(),
        things={"dossier": world.dossier, **talks, **things},
        files=folder / "files",
        app=app,
    )


async def _others() -> dict[str, UUID]:
    """Whoever else there is: another platform, and an account for each asker."""
    await execute("UPDATE dossier SET step = 4 WHERE form = 'QDIS'")
    await Platform.create(code="EPL", name="Fédération d’essai", kind=PlatformKind.FEDERATION)
    await Consent.all().delete()
    return await open_accounts()


async def _request(viewers: dict[str, Viewer], dossier: UUID) -> UUID:
    """A request of the organism to reopen the dossier, which waits for its answer."""
    author = viewers["hierarchie"]
    asked = await ReopeningRequest.create(
        dossier_id=dossier,
        organization_id=author.organization_id,
        asked_by_id=author.user_id,
        asked_at=datetime.now(UTC),
        reason="Une écriture oubliée",
    )
    return asked.id


async def _prove(people: dict[str, UUID]) -> tuple[Authority, dict[str, Viewer], dict[str, dict[str, str]]]:
    """The askers with their rules, proven while they were open; one of them is closed since."""
    lines = [*standing_lines(["EPL"]), *(line for asker in ASKERS for line in lines_of(asker))]
    await add_rows(lines, base=await read_version(), author_id=None, comment="Matrice")
    authority = await Authority.load()
    viewers, proofs = await prove(authority, people)
    await close_accounts(people)
    await authority.refresh()
    return authority, viewers, proofs


async def _exports(viewers: dict[str, Viewer], dossier: UUID, state: ExportState) -> dict[str, UUID]:
    """An export of the dossier for each asker, made when he still had the right."""
    found = {}
    for name, viewer in viewers.items():
        made = await Export.create(
            id=uuid4(),
            kind=ExportKind.PDF,
            organization_id=viewer.organization_id,
            user_id=viewer.user_id,
            client_id=viewer.client_id,
            dossier_id=dossier,
            tabs=["A1"],
            accessible=False,
            past={"whole": True, "cells": []},
            state=state,
            requested_at=datetime.now(UTC),
            expires_at=datetime.now(UTC) + timedelta(days=7),
        )
        if state is ExportState.READY:
            await Export.filter(id=made.id).update(**_made())
        found[name] = made.id
    return found


async def _masses(viewers: dict[str, Viewer], dossier: UUID) -> dict[str, UUID]:
    """A mass export of that one dossier for each asker, made when he still had the right."""
    return {name: await own_mass(viewer, dossier, "impression", FILE) for name, viewer in viewers.items()}


def _made() -> dict[str, Any]:
    return {
        "file_name": f"er_2024_{OURS}.pdf",
        "file_key": "impression",
        "size": len(FILE),
        "sha256": hashlib.sha256(FILE).hexdigest(),
    }


async def _tables() -> tuple[str, ...]:
    """Every table but those that note a visit: the sessions seen, the passwords tried in vain."""
    rows = await fetch("SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
    return tuple(row["name"] for row in rows if row["name"] not in {"session", "sign_in_failure"})
