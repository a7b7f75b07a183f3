"""What was made with last year's values is not taken away once last year is closed to who asked for it."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from authz import add_rows, profile_line, read_version
from models import (
    Consent,
    Export,
    ExportState,
    MassExportItem,
    MassExportKind,
    MassExportState,
    NotFound,
    Organism,
    Organization,
    Refused,
)
from rendering.export_job import render_export
from rendering.mass_export_job import make_mass_export
from resolvers import dossiers, export_jobs, exports, mass_export_taking, mass_exports
from resolvers.kept_past import NONE_CROSSED, NOTHING, KeptPast, past_of, past_shut
from resolvers.mass_export_choice import Wanted
from resolvers.rows import ClosedPast
from tests.rendering.massing import archive, errors_of, made, manifest_of, opened, services_of
from tests.resolvers import past
from tests.world import SIREN, World, build_world

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from authz import Viewer
    from rendering.services import Services

pytestmark = pytest.mark.usefixtures("database")

SECRET = "424242"
KINDS = (MassExportKind.SHEET, MassExportKind.DOSSIER, MassExportKind.PDF, MassExportKind.ONE_PDF)


async def _changed(world: World, form: str) -> None:
    """Consents are read anew with the rules: a line of no consequence makes them another version."""
    line = profile_line(subject="user:cdc", profile="profile:partner_user", platform="MIN", form=form)
    await add_rows([line], base=await read_version(), author_id=None, comment="2023")
    await world.authority.refresh()


async def _agreed() -> Consent:
    """The organism lets the partner read its year of 2023."""
    return await Consent.create(
        organism=await Organism.get(siren=SIREN),
        partner=await Organization.get(key="partner:CDC"),
        platform_id="MIN",
        form="ER",
        year=2023,
        given=True,
    )


async def _with_last_year() -> World:
    world = await build_world(step=4)
    dossier = await dossiers.read(world["ministere"], world.dossier)
    cells = [name for name, _ in dossier.definition.program.previous_numbers][:5]
    await past.last_year(dict.fromkeys(cells, SECRET))
    return world


async def _printed(services: Services, viewer: Viewer, dossier: UUID) -> dict[str, UUID]:
    """A print, an archive and a blank form of the dossier, made."""
    rows = {
        "print": await exports.request_print(viewer, dossier, None, accessible=False, key="p"),
        "archive": await exports.request_zip(viewer, dossier, "z"),
        "blank": await exports.request_print(viewer, dossier, None, accessible=False, key="b", blank=True),
    }
    for row in rows.values():
        await render_export(services, row.id)
        assert (await Export.get(id=row.id)).state is ExportState.READY
    return {name: row.id for name, row in rows.items()}


async def _listed(viewer: Viewer, names: dict[str, UUID]) -> set[str]:
    shown = {row.id for row in (await exports.list_exports(viewer))[0]}
    return {name for name, one in names.items() if one in shown}


async def _refused(viewer: Viewer, export: UUID) -> None:
    with pytest.raises(NotFound) as refused:
        await exports.taken(viewer, export)
    assert refused.value.code == "NOT_FOUND"


@pytest.mark.parametrize("noted", [True, False])
async def test_a_year_closed_since_takes_back_what_was_made_with_it(tmp_path: Path, noted: bool) -> None:
    world = await _with_last_year()
    consent = await _agreed()
    await _changed(world, "QDIS")
    viewer, services = world["cdc"], services_of(world, tmp_path)
    many = [await made(services, viewer, Wanted(kind, (world.dossier,)), kind.value) for kind in KINDS]
    names = await _printed(services, viewer, world.dossier)
    if not noted:
        # Made before it was kept: anything of last year may be there.
        await MassExportItem.all().update(past=None)
        await Export.all().update(past=None)
    for row in many:
        assert (await mass_export_taking.take(viewer, row.id)).opened
    sheet = opened(await archive(services, viewer, many[0]))
    book = next(name for name in sheet.namelist() if name.endswith(".xlsx"))
    with zipfile.ZipFile(io.BytesIO(sheet.read(book))) as found:
        assert any(SECRET.encode() in found.read(name) for name in found.namelist())
    assert await _listed(viewer, names) == set(names)
    await consent.delete()
    await _changed(world, "*")
    for row in many:
        with pytest.raises(Refused) as closed:
            await mass_export_taking.take(viewer, row.id)
        assert closed.value.code == "MASS_EXPORT_CLOSED"
    # A form without a value holds nothing of any year.
    left = {"blank"} if noted else set()
    assert await _listed(viewer, names) == left
    for name in names.keys() - left:
        await _refused(viewer, names[name])
    assert (await Export.get(id=names["print"])).file_key
    # Given anew, the same files are there again.
    await _agreed()
    await _changed(world, "ER")
    assert await _listed(viewer, names) == set(names)
    assert len(manifest_of(await archive(services, viewer, many[0]))) == 1


async def test_one_pdf_is_put_together_again_without_what_was_closed(tmp_path: Path) -> None:
    world = await _with_last_year()
    consent = await _agreed()
    await _changed(world, "QDIS")
    viewer, services = world["cdc"], services_of(world, tmp_path)
    row = await made(services, viewer, Wanted(MassExportKind.ONE_PDF, (world.dossier,)))
    await consent.delete()
    await _changed(world, "*")
    await mass_exports.retry(viewer, row.id, "r1")
    await make_mass_export(services, row.id)
    assert await errors_of(row.id) == ["RIGHT_LOST"]
    assert (await mass_exports.read(viewer, row.id)).state is MassExportState.FAILED
    # What is made now is made as he may read it now, and stays his.
    await mass_exports.retry(viewer, row.id, "r2")
    await make_mass_export(services, row.id)
    assert (await mass_export_taking.take(viewer, row.id)).opened
    item = await MassExportItem.get(export_id=row.id)
    assert item.past == {"whole": True, "cells": [], "opens": 7}


async def test_what_was_made_without_last_year_stays_with_its_requester(tmp_path: Path) -> None:
    world = await _with_last_year()
    viewer, services = world["cdc"], services_of(world, tmp_path)
    row = await made(services, viewer, Wanted(MassExportKind.SHEET, (world.dossier,)))
    names = await _printed(services, viewer, world.dossier)
    assert (await export_jobs.content(viewer, world.dossier, None)).closed_past.whole
    assert (await mass_export_taking.take(viewer, row.id)).opened
    assert await _listed(viewer, names) == set(names)


async def test_a_cell_closed_since_closes_and_one_opened_since_does_not() -> None:
    world = await _with_last_year()
    viewer = world["ministere"]
    dossier = await dossiers.read(viewer, world.dossier)
    content = await export_jobs.content(viewer, world.dossier, None)
    assert past_of(content) == KeptPast(opens=NONE_CROSSED)
    some = KeptPast(ClosedPast(cells=frozenset({"A1.L011.B"})))
    known = [(dossier, then) for then in (KeptPast(), some, NOTHING, None)]
    # Nothing is closed to him today.
    assert await past_shut(viewer, known) == [False] * 4
    stranger = world["cdc"]
    shown = await dossiers.read(stranger, world.dossier)
    assert await past_shut(stranger, [(shown, then) for _, then in known]) == [True, True, False, True]
    assert await past_shut(stranger, []) == []
