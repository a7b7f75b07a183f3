"""A dossier out and in again: XML, workbook, rows as CSV; with the database where a load needs it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

from bench.ground import fastest, ground
from bench.report import Measure
from bench.sample import AT, reference_content
from bench.timing import milliseconds
from rendering.rows_in import read_rows
from rendering.rows_out import write_rows
from rendering.sheets.reader import read_workbook
from rendering.sheets.workbook import write_workbook
from rendering.xml_in import read_dossier
from rendering.xml_out import write_dossier
from resolvers.loaded import LoadedFile
from resolvers.loading import load
from resolvers.rows import DossierContent

LARGE_ROWS = 800


def measures(*, quick: bool) -> Iterator[Measure]:
    """What needs no database: writing each kind of file, reading it again."""
    rounds, few = (3, 1) if quick else (20, 3)
    content = reference_content("plain")
    xml, book = write_dossier(content), write_workbook(content, AT)
    dossier = content.dossier
    yield Measure(
        f"XML out, ER 2024 whole ({len(xml) // 1000} kB)",
        milliseconds(lambda: write_dossier(content), rounds),
        "ms",
        goal="<= 50",
    )
    yield Measure(
        "XML in, read and held against the schema", milliseconds(lambda: read_dossier(xml), rounds), "ms"
    )
    yield Measure(
        "XML in, read and held against the strict schema of ER 2024",
        milliseconds(lambda: read_dossier(xml, content.pack), few),
        "ms",
    )
    yield Measure(
        f"XLSX out, ER 2024 whole with live formulas ({len(book) // 1000} kB)",
        milliseconds(lambda: write_workbook(content, AT), few),
        "ms",
    )
    yield Measure("XLSX in, read", milliseconds(lambda: read_workbook(book, dossier), few), "ms")
    large = _large(content)
    rows = write_rows(large)
    values = sum(len(row.values) for row in large.tabs[0].rows)
    yield Measure(
        f"CSV out, {LARGE_ROWS} rows of F01 ({values:,} values)",
        milliseconds(lambda: write_rows(large), rounds),
        "ms",
    )
    yield Measure(
        f"CSV in, read, {LARGE_ROWS} rows of F01 ({values:,} values)",
        milliseconds(lambda: read_rows(rows, dossier, "F01"), rounds),
        "ms",
    )


async def loads(*, quick: bool) -> AsyncIterator[Measure]:
    """Whole loads, the dossier locked in a database: read, checked, laid down, evaluated, compared."""
    rounds = 1 if quick else 10
    content = reference_content("plain")
    xml, rows = write_dossier(content), write_rows(_large(content))
    async with ground(step=1) as world:
        dossier = replace(content.dossier, id=world.dossier)
        viewer = world["saisie"]

        async def from_xml() -> None:
            await load(viewer, world.dossier, read_dossier(xml), dry_run=True)

        async def from_csv() -> None:
            await load(viewer, world.dossier, read_rows(rows, dossier, "F01"), dry_run=True)

        async def kept(file: LoadedFile) -> None:
            await load(viewer, world.dossier, file)

        blank = await fastest(from_xml, rounds)
        yield Measure(
            "XML import into a blank dossier, database included, previewed (nothing kept)",
            blank,
            "ms",
            goal="<= 100",
        )
        yield Measure(
            "CSV import of 16,000 values into a blank dossier, database included, previewed (nothing kept)",
            await fastest(from_csv, rounds),
            "ms",
        )
        read = read_dossier(xml)
        await kept(read)
        yield Measure(
            "XML import into the same dossier, already full, every tab replaced and kept",
            await fastest(lambda: kept(read_dossier(xml)), rounds),
            "ms",
        )


def _large(content: DossierContent) -> DossierContent:
    """The tab F01 alone, of a large body."""
    (tab,) = (tab for tab in content.tabs if tab.code == "F01")
    rows = tuple(
        replace(tab.rows[number % len(tab.rows)], key=f"{number + 1:04d}") for number in range(LARGE_ROWS)
    )
    return replace(content, tabs=(replace(tab, rows=rows),))
