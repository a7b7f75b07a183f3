"""Files put into a work list: in whatever writing, told line by line; what is no list is refused whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from models import Conflict, Invalid, NotFound, Organism, OrganismCode, Platform, PlatformKind, WorkListItem
from resolvers import work_list_import, work_list_items
from resolvers.list_columns import COLUMNS, STANDARD
from resolvers.work_list_file import MOST_BYTES, read_file
from resolvers.work_list_import import LineOutcome, Wanted
from tests.kept import dossier_of, own, put_at
from tests.world import OTHER_SIREN, SIREN, World, build_world

if TYPE_CHECKING:
    from resolvers.work_list_import import Imported

ADDED, ALREADY = LineOutcome.ADDED, LineOutcome.ALREADY
UNKNOWN, AMBIGUOUS, UNREADABLE = LineOutcome.UNKNOWN, LineOutcome.AMBIGUOUS, LineOutcome.UNREADABLE
EXPORT = (
    "Code;Organisme;Type;SIREN;Formulaire;Année;Étape\r\n"
    f"001;Office d’essai « à l’œuvre »;OPH;{SIREN};ER;2024;Revue\r\n"
    f"001;Office d’essai;OPH;{SIREN};ER;2019;Clos\r\n"
)


@pytest.fixture
async def world(database: str) -> World:
    assert database
    return await build_world(step=4)


async def load(world: World, content: str | bytes, login: str = "ministere", **wanted: object) -> Imported:
    viewer = world[login]
    data = content.encode() if isinstance(content, str) else content
    key = f"{len(data)}{hash(data)}{wanted}"[:80]
    return await work_list_import.load(viewer, own(viewer), data, Wanted(**wanted), key)  # type: ignore[arg-type]  # the fields of Wanted


def told(report: Imported) -> list[LineOutcome]:
    return [line.outcome for line in report.lines]


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "cp1252"],
    ids=["utf-8", "with its mark", "utf-16", "windows"],
)
async def test_our_own_export_is_read_in_whatever_a_spreadsheet_saved_it(world: World, encoding: str) -> None:
    report = await load(world, EXPORT.encode(encoding))
    assert told(report) == [ADDED, UNKNOWN]
    assert (report.added, report.already, report.refused) == (1, 0, 1)
    assert [line.number for line in report.lines] == [2, 3]
    assert "« à l’œuvre »" in report.lines[0].text
    assert [item.dossier_id for item in await WorkListItem.all()] == [world.dossier]


async def test_a_plain_list_is_of_siren_and_codes_with_any_separator(world: World) -> None:
    older = await dossier_of(SIREN, 2023, "001")
    report = await load(
        world,
        f"732 829 320\r\n\r\n  732\u00a0829\u202f320  ;;\n001\n{OTHER_SIREN}\n999999999\ninconnu-9\n",
    )
    assert told(report) == [ADDED, ALREADY, ALREADY, UNKNOWN, UNKNOWN, UNKNOWN]
    assert [line.number for line in report.lines] == [1, 3, 4, 5, 6, 7]
    assert report.lines[0].message == "2 dossiers ajoutés."
    assert {item.dossier_id for item in await WorkListItem.all()} == {world.dossier, older}
    for text in (
        f"{SIREN},ER",
        f"Nom\tSIREN\nOffice\t{SIREN}",
        f'"{SIREN}";"a;b"',
        f"siren,année\n{SIREN},2024",
    ):
        assert told(await load(world, text)) == [ALREADY]


async def test_the_form_and_the_year_are_those_of_the_line_or_those_asked(world: World) -> None:
    older = await dossier_of(SIREN, 2023, "001")
    assert told(await load(world, SIREN, form="QDIS")) == [UNKNOWN]
    assert told(await load(world, SIREN, year=2022)) == [UNKNOWN]
    assert (await load(world, SIREN, form="ER", year=2023)).added == 1
    assert [item.dossier_id for item in await WorkListItem.all()] == [older]
    assert (await load(world, EXPORT, year=2023)).added == 1


async def test_formulas_and_what_names_nobody_are_lines_that_cannot_be_read(world: World) -> None:
    lines = [
        '=HYPERLINK("http://example.org")',
        "'=1+1",
        "@SUM(A1)",
        "+33 1 40 00 00 00 00 00 00",
        f'="{SIREN}"',
        "7,33E+08",
        "x" * 500,
        "% _ ' \\",
        "<script>",
    ]
    report = await load(
        world, "SIREN\n" + "\n".join(f'"{line.replace(chr(34), chr(34) * 2)}"' for line in lines)
    )
    assert told(report) == [UNREADABLE] * len(lines)
    assert max(len(line.text) for line in report.lines) <= 61
    assert report.refused == len(lines)
    bad_year = await load(
        world, f"SIREN;Formulaire;Année\n{SIREN};ER;24\n{SIREN};E R é;2024\n{SIREN};er;2024\n"
    )
    assert told(bad_year) == [UNREADABLE, UNREADABLE, ADDED]


async def test_a_code_of_two_platforms_is_not_guessed(world: World) -> None:
    await Platform.create(code="COOP", name="Fédération", kind=PlatformKind.FEDERATION)
    neighbour = await Organism.get(siren=OTHER_SIREN)
    await OrganismCode.create(organism=neighbour, platform_id="COOP", code="001")
    theirs = await dossier_of(OTHER_SIREN, 2024, "001")
    report = await load(world, "001\n")
    assert told(report) == [AMBIGUOUS]
    assert "2 organismes" in report.lines[0].message
    assert await WorkListItem.all().count() == 0
    # Who reads one of the two alone knows nothing of the other.
    assert told(await load(world, "001\n", "saisie")) == [ADDED]
    assert told(await load(world, "001\n", "voisin")) == [ADDED]
    assert told(await load(world, f"{OTHER_SIREN}\n")) == [ADDED]
    assert {item.dossier_id for item in await WorkListItem.all()} == {world.dossier, theirs}


async def test_a_strangers_siren_reads_like_one_that_nobody_has(world: World) -> None:
    stranger = await load(world, f"{SIREN}\n001\n", "voisin")
    nobody = await load(world, "111111111\nZZZ\n", "voisin")
    assert [(line.outcome, line.message, line.dossiers) for line in stranger.lines] == [
        (line.outcome, line.message, line.dossiers) for line in nobody.lines
    ]
    await put_at(world.dossier, 1)
    assert told(await load(world, f"{SIREN}\n", "cdc")) == [UNKNOWN]
    assert await WorkListItem.all().count() == 0


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"1\n" * 1_000_000, "CSV_TOO_LARGE"),
        (b"\n" * 1_000_000, "CSV_TOO_LARGE"),
        (b"732829320\n" * 20_001, "CSV_TOO_LARGE"),
        (b"SIREN\n" + b"732829320\n" * 20_001, "CSV_TOO_LARGE"),
        (b"x" * (MOST_BYTES + 1), "CSV_TOO_LARGE"),
        (b"PK\x03\x04\x14\x00\x06\x00", "CSV_ENCODING"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "CSV_ENCODING"),
        ("732829320".encode("utf-16-le"), "CSV_ENCODING"),
        (b"\xff\xfe7\x003", "CSV_ENCODING"),
        (b"\xff\xfe\x00\x00" + "732829320".encode("utf-32-le"), "CSV_ENCODING"),
        (b"\xef\xbb\xbf732829320;\xe9", "CSV_ENCODING"),
        (b"732829320;\x81", "CSV_ENCODING"),
        (b'SIREN\n"732829320\n', "CSV_MALFORMED"),
        (b'"732829320"x\n', "CSV_MALFORMED"),
        (b'"' + b"a" * 200_000 + b'"\n', "CSV_MALFORMED"),
        (b"", "CSV_EMPTY"),
        (b"\xef\xbb\xbf \r\n;;\r\n", "CSV_EMPTY"),
        (b"SIREN;Formulaire\r\n", "CSV_EMPTY"),
    ],
    ids=range(18),
)
def test_what_is_no_list_is_refused_whole(content: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_file(content)
    assert (refused.value.code, refused.value.path) == (code, ("file",))


async def test_a_file_that_is_refused_adds_nothing(world: World) -> None:
    with pytest.raises(Invalid) as refused:
        await load(world, f'{SIREN}\n"001\n')
    assert refused.value.code == "CSV_MALFORMED"
    assert await WorkListItem.all().count() == 0


def test_as_many_lines_as_a_list_has_are_read_at_once() -> None:
    lines = read_file("\n".join(f"{number:09d}" for number in range(20_000)).encode())
    assert len(lines) == 20_000
    assert (lines[-1].number, lines[-1].siren) == (20_000, "000019999")


def test_the_file_of_a_full_list_with_all_standard_columns_comes_back() -> None:
    head = ";".join(COLUMNS[column].head for column in STANDARD)
    kind = "Société anonyme d’habitations à loyer modéré"
    row = (
        f"A{{0:05d}};Société d’essai n° {{0}} de l’agglomération;{kind};{{0:09d}};75;ER;2024;"
        "Fiabilisation par le ministère;12/03/2026;30/06/2025;Prénom-Composé Nom-Composé;Prénom Nom-Composé"
    )
    written = "\r\n".join([head, *(row.format(number) for number in range(20_000))])
    content = b"\xef\xbb\xbf" + written.encode() + b"\r\n"
    assert 3_500_000 < len(content) <= MOST_BYTES
    lines = read_file(content)
    assert len(lines) == 20_000
    last = lines[-1]
    assert (last.number, last.siren, last.form, last.year) == (20_001, "000019999", "ER", 2024)


def test_the_type_of_a_list_is_the_organisms_and_names_no_form() -> None:
    (line,) = read_file(f"SIREN;Type\n{SIREN};OPH\n".encode())
    assert (line.siren, line.form, line.year) == (SIREN, "", None)


async def test_a_report_is_given_again_and_a_full_list_takes_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    viewer = world["ministere"]
    await dossier_of(SIREN, 2023, "001")
    monkeypatch.setattr(work_list_items, "MOST_ITEMS", 1)
    with pytest.raises(Conflict) as full:
        await load(world, SIREN)
    assert full.value.code == "WORK_LIST_FULL"
    assert await WorkListItem.all().count() == 0
    first = await work_list_import.load(viewer, own(viewer), SIREN.encode(), Wanted(year=2024), "k")
    assert await work_list_import.load(viewer, own(viewer), SIREN.encode(), Wanted(year=2024), "k") == first
    assert (first.added, told(first)) == (1, [ADDED])
    with pytest.raises(Conflict) as reused:
        await work_list_import.load(viewer, own(viewer), b"001", Wanted(year=2024), "k")
    assert reused.value.code == "IDEMPOTENCY_REUSED"
    with pytest.raises(NotFound) as others:
        await work_list_import.load(viewer, own(world["saisie"]), SIREN.encode(), Wanted(), "o")
    assert others.value.code == "WORK_LIST_UNKNOWN"
    with pytest.raises(Invalid) as machine:
        await work_list_import.load(world["machine"], own(viewer), SIREN.encode(), Wanted(), "o")
    assert machine.value.code == "PERSON_REQUIRED"
    assert await WorkListItem.all().count() == 1
