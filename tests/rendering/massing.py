"""Many dossiers to export, a press that prints at once, and the archive as whoever asked for it takes it."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, cast

import pikepdf

from models import Dossier, FileStore, MassExportItem, MassExportItemState, MassExportKind
from rendering.mass_export_job import make_mass_export
from rendering.mass_manifest import composed
from rendering.services import Services
from resolvers import mass_export_taking, mass_exports
from resolvers.mass_export_choice import Wanted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from uuid import UUID

    from authz import Viewer
    from rendering.mail import Mailer
    from rendering.pdf import Printer
    from resolvers.mass_export_rows import MassExportRow
    from tests.world import World


@dataclass(slots=True)
class Press:
    """A printer that prints at once, a page a tab, and counts what it printed."""

    prints: list[tuple[str, ...]] = field(default_factory=list)
    version: str = "1"
    idle: bool = False

    async def print_html(self, html: str, *, tabs: Sequence[str], **options: object) -> bytes:
        """One page for each tab, with its named place, and a first page that links to them."""
        del html, options
        self.prints.append(tuple(tabs))
        return paper(tabs)


def paper(tabs: Sequence[str]) -> bytes:
    """A print of these tabs as Chromium lays them: a place a tab, and a page of contents with its links."""
    made, written = pikepdf.new(), BytesIO()
    for _ in range(len(tabs) + 1):
        made.add_blank_page()
    made.Root.Dests = pikepdf.Dictionary(
        {
            f"/{tab}": pikepdf.Array([made.pages[number].obj, pikepdf.Name.XYZ, 0, 800, 0])
            for number, tab in enumerate(tabs, start=1)
        }
    )
    made.pages[0].Annots = pikepdf.Array(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Link,
            Rect=[0, 0, 9, 9],
            Dest=pikepdf.Name(f"/{tab}"),
        )
        for tab in tabs
    )
    made.save(written)
    return written.getvalue()


def services_of(world: World, folder: Path, printer: object = None) -> Services:
    """What the job works with."""
    press = cast("Printer", printer or Press())
    return Services(world.authority, press, FileStore.local(folder), cast("Mailer", None))


async def ask(viewer: Viewer, wanted: Wanted, key: str = "k") -> MassExportRow:
    return await mass_exports.request(viewer, wanted, key)


async def made(services: Services, viewer: Viewer, wanted: Wanted, key: str = "k") -> MassExportRow:
    """Asked for, made, and read again."""
    asked = await ask(viewer, wanted, key)
    await make_mass_export(services, asked.id)
    return await mass_exports.read(viewer, asked.id)


def one_tab(dossiers: Sequence[object], kind: MassExportKind = MassExportKind.PDF) -> Wanted:
    """The smallest export of these dossiers."""
    return Wanted(kind, tuple(dossiers), tabs=("A1",))  # type: ignore[arg-type]  # identifiers, whatever holds them


async def archive(services: Services, viewer: Viewer, row: MassExportRow) -> bytes:
    """The whole archive, as it is downloaded."""
    whole, _ = composed(await mass_export_taking.take(viewer, row.id))
    content = b"".join([block async for block in whole.stream(services.files)])
    assert len(content) == whole.size
    return content


def opened(content: bytes) -> zipfile.ZipFile:
    """An archive that is whole."""
    found = zipfile.ZipFile(BytesIO(content))
    assert found.testzip() is None
    return found


def manifest_of(content: bytes) -> list[dict[str, str]]:
    """The lines of its manifest."""
    text = opened(content).read("manifeste.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


async def withdraw(dossier: UUID) -> None:
    """Give the dossier to a platform that none of the viewers is of."""
    await Dossier.filter(id=dossier).update(platform="EPL")


async def errors_of(export_id: UUID) -> list[str | None]:
    """The code on each line; None for one that is made."""
    lines = await MassExportItem.filter(export_id=export_id).order_by("position")
    return [None if line.state is MassExportItemState.MADE else line.error_code for line in lines]


def kept_files(folder: Path) -> list[Path]:
    """What the object store of that folder holds."""
    return [path for path in folder.rglob("*") if path.is_file()]
