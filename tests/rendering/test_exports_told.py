"""What a file says beside the values that were asked for is taken away by right too."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
import pytest

from authz import Line, Right, Touched, add_rows, bump, convention_line, read_version
from models import (
    Consent,
    Crossing,
    MassExportKind,
    NotFound,
    Organism,
    Organization,
    PolicyRow,
    Refused,
    transaction,
)
from rendering import mass_export_job
from rendering.export_job import render_export
from rendering.mass_export_merge import merge
from resolvers import dossiers, export_jobs, exports, mass_export_taking, mass_exporting, readings
from resolvers.kept_past import NONE_CROSSED, KeptPast, past_shut
from resolvers.mass_export_choice import Wanted
from resolvers.rows import ClosedPast
from tests.campaign import conducted
from tests.rendering.massing import archive, errors_of, made, opened, services_of, withdraw
from tests.resolvers import past
from tests.resolvers.filled import filled
from tests.world import SIREN, World, build_world

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from models import FileStore
    from resolvers.mass_export_rows import MassExportItemRow, MassExportRow, MassFile

pytestmark = pytest.mark.usefixtures("database")
BOTH = (Right.READ, Right.EXPORT)
SECRET, OPENED = "Les provisions ne sont pas prêtes", 5


def _line(right: Right, *, steps: str = "456", tabs: Sequence[str] = (), consent: bool = False) -> Line:
    actor, ref = "partner:ANCOLS", f"art. {right.value}"
    return convention_line(
        actor=actor,
        platform="MIN",
        right=right,
        organisms="all",
        steps=steps,
        tabs=tabs,
        consent=consent,
        ref=ref,
    )


async def _ruled(world: World, lines: Sequence[Line]) -> None:
    """ANCOLS has these lines, and no other."""
    own = [row.id for row in await PolicyRow.filter(ptype="p") if row.values[0] == "partner:ANCOLS"]
    async with transaction():
        version = await bump(None, "Fini", Touched())
        await PolicyRow.filter(id__in=own, until_version=None).update(until_version=version)
    await add_rows(list(lines), base=await read_version(), author_id=None, comment="ANCOLS")
    await world.authority.refresh()


async def test_the_anomalies_of_a_tab_closed_since_leave_with_no_file_of_another(tmp_path: Path) -> None:
    world = await filled(step=4)
    viewer, services = world["ancols"], services_of(world, tmp_path)
    await _ruled(world, [_line(right) for right in BOTH])
    kinds = (MassExportKind.XML, MassExportKind.DOSSIER, MassExportKind.PDF)
    rows = {
        kind: await made(services, viewer, Wanted(kind, (world.dossier,), tabs=("G01",)), kind.value)
        for kind in kinds
    }
    for kind in kinds[:2]:
        found = opened(await archive(services, viewer, rows[kind]))
        assert b" ecart=" in found.read("er/2024/er_2024_732829320.xml")
    await _ruled(world, [_line(right, tabs=["G01"]) for right in BOTH])
    for kind in kinds[:2]:
        with pytest.raises(Refused) as closed:
            await mass_export_taking.take(viewer, rows[kind].id)
        assert closed.value.code == "MASS_EXPORT_CLOSED"
    # The print of a tab tells none, and what is made today tells nothing of the others.
    assert (await mass_export_taking.take(viewer, rows[MassExportKind.PDF].id)).opened
    again = await made(services, viewer, Wanted(MassExportKind.XML, (world.dossier,), tabs=("G01",)), "again")
    told = opened(await archive(services, viewer, again)).read("er/2024/er_2024_732829320.xml")
    assert b"<anomalie " in told
    assert b" ecart=" not in told


async def test_last_years_values_that_one_may_read_alone_are_in_no_file() -> None:
    world = await build_world(step=4)
    dossier = await dossiers.read(world["ministere"], world.dossier)
    cells = [name for name, _ in dossier.definition.program.previous_numbers][:5]
    await past.last_year(dict.fromkeys(cells, "424242"))
    # The organism agrees to this year's dossier being taken away, and has said nothing of last year's.
    await Consent.create(
        organism=await Organism.get(siren=SIREN),
        partner=await Organization.get(key="partner:ANCOLS"),
        platform_id="MIN",
        form="ER",
        year=2024,
        given=True,
    )
    await _ruled(world, [_line(Right.READ), _line(Right.EXPORT, consent=True)])
    viewer = world["ancols"]
    for channel in (readings.XLSX, readings.XML, readings.ZIP, readings.PDF):
        content = await export_jobs.content(viewer, world.dossier, None, channel)
        assert (content.previous, content.closed_past) == ({}, ClosedPast(whole=True))
    shown = await dossiers.read(viewer, world.dossier)
    assert await past_shut(viewer, [(shown, KeptPast(opens=NONE_CROSSED))]) == [True]
    await _ruled(world, [_line(right) for right in BOTH])
    content = await export_jobs.content(viewer, world.dossier, None, readings.XLSX)
    assert set(content.previous) >= set(cells)
    assert await past_shut(viewer, [(shown, KeptPast(opens=NONE_CROSSED))]) == [False]


async def _crossed(world: World) -> None:
    for source in (3, 4, 5):
        await Crossing.create(
            dossier_id=world.dossier,
            passage=100 + source,
            move="x",
            source=source,
            target=source + 1,
            at=datetime.now(UTC),
            author_id=world["ministere"].user_id,
            reason=SECRET if source == OPENED - 1 else "",
        )


async def test_steps_crossed_before_it_was_opened_leave_with_no_file_made_when_they_were_told(
    tmp_path: Path,
) -> None:
    world = await build_world(step=6)
    viewer, services = world["ancols"], services_of(world, tmp_path)
    await _crossed(world)
    await _ruled(world, [_line(right) for right in BOTH])
    wanted = Wanted(MassExportKind.XML, (world.dossier,))
    row = await made(services, viewer, wanted, "xml")
    names = ("print", "blank")
    asked = [
        await exports.request_print(
            viewer, world.dossier, None, accessible=False, key=name, blank=name == "blank"
        )
        for name in names
    ]
    for one in asked:
        await render_export(services, one.id)
    told = opened(await archive(services, viewer, row)).read("er/2024/er_2024_732829320.xml")
    assert (told.count(b"<passage "), SECRET in told.decode()) == (3, True)
    await _ruled(world, [_line(right, steps="6") for right in BOTH])
    assert len(await dossiers.crossings(await dossiers.read(viewer, world.dossier))) == 1
    with pytest.raises(Refused) as closed:
        await mass_export_taking.take(viewer, row.id)
    assert closed.value.code == "MASS_EXPORT_CLOSED"
    with pytest.raises(NotFound):
        await exports.taken(viewer, asked[0].id)
    # A form without a value tells no step, and what is made today tells those of today.
    assert [one.id for one in (await exports.list_exports(viewer))[0]] == [asked[1].id]
    again = await made(services, viewer, wanted, "again")
    told = opened(await archive(services, viewer, again)).read("er/2024/er_2024_732829320.xml")
    assert (told.count(b"<passage "), SECRET in told.decode()) == (1, False)
    assert (await mass_export_taking.take(viewer, again.id)).opened


async def test_one_pdf_holds_no_dossier_that_another_worker_found_closed_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = await conducted(2)
    viewer, services = many.world["ministere"], services_of(many.world, tmp_path)
    merges: list[int] = []

    async def overtaken(
        files: FileStore, export: MassExportRow, items: Sequence[MassExportItemRow]
    ) -> MassFile:
        done = await merge(files, export, items)
        if not merges:
            await withdraw(many.dossiers[1])
            await mass_exporting.still_opened(viewer, export)
        merges.append(len(items))
        return done

    monkeypatch.setattr(mass_export_job, "merge", overtaken)
    row = await made(services, viewer, Wanted(MassExportKind.ONE_PDF, many.dossiers, tabs=("A1",)))
    assert (merges, await errors_of(row.id)) == ([2, 1], [None, "RIGHT_LOST"])
    taken = await mass_export_taking.take(viewer, row.id)
    with pikepdf.open(BytesIO(await services.files.read(taken.export.file_key))) as found:
        assert len(found.pages) == len(("cover", "A1"))
