"""Lists as files: the exact bytes of small ones, and what spreadsheets and browsers make of them."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID, uuid4

import openpyxl
import pytest
from lxml import etree

from forms import Step
from rendering.lists.csv_list import csv_list
from rendering.lists.heads import ListHead
from rendering.lists.html_list import html_list, page_policy
from rendering.lists.sheet_list import sheet_list
from rendering.lists.words import asked_in_words
from rendering.lists.xml_list import SCHEMA, xml_list
from resolvers.criteria import Criteria, Sort
from resolvers.list_columns import COLUMNS, Column
from resolvers.list_rows import ListAsked
from tests.rendering.office import converted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

AT: Final = datetime(2026, 11, 22, 17, 45, tzinfo=UTC)
DAY: Final = date(2025, 3, 1)
CHOSEN: Final = (Column.CODE, Column.NAME, Column.SIREN, Column.YEAR, Column.STEP_SINCE, Column.TRANSMITTED)
HEAD: Final = ListHead(
    "dossiers",
    "Liste de dossiers",
    ("dossier", "dossiers"),
    tuple(COLUMNS[column] for column in CHOSEN),
    2,
    AT,
    ('Recherche\u00a0: «\u00a0<&"\u00a0»',),
)
# As PostgreSQL writes them: quotes doubled, a missing value blank.
LINES: Final = (
    '001;"Habitat ""Sud""; <b>&amp;</b>";732829320;2024;{0};\n',
    "002;=1+1;552100554;2023;{0};{0}\n",
)


def made(written: Callable[[Iterator[bytes]], Iterator[bytes]], day: str) -> bytes:
    return b"".join(written(line.format(day).encode() for line in LINES))


def test_a_csv_is_what_french_spreadsheets_open() -> None:
    found = made(csv_list(HEAD, left="3 organismes laissés"), "31/12/2025")
    assert (
        found
        == (
            "\ufeffCode;Organisme;SIREN;Année;Depuis le;Transmis le\r\n"
            '001;"Habitat ""Sud""; <b>&amp;</b>";732829320;2024;31/12/2025;\r\n'
            "002;=1+1;552100554;2023;31/12/2025;31/12/2025\r\n"
            "3 organismes laissés\r\n"
        ).encode()
    )
    assert HEAD.file_name("csv") == "harmonia_dossiers_20261122-1845.csv"
    assert list(csv.reader(io.StringIO(found.decode("utf-8-sig")), delimiter=";"))[1][1].startswith("Habitat")


def test_xml_is_as_its_schema_says() -> None:
    found = made(xml_list(HEAD), "2025-12-31")
    assert found.decode() == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<liste xmlns="urn:harmonia:liste:1" version="1.0" du="2026-11-22T18:45:00+01:00" nombre="2"'
        " recherche='Recherche\u00a0: «\u00a0&lt;&amp;\"\u00a0»'>\n"
        '<dossier><code>001</code><organisme>Habitat "Sud"; &lt;b&gt;&amp;amp;&lt;/b&gt;</organisme>'
        "<siren>732829320</siren><annee>2024</annee><depuis>2025-12-31</depuis></dossier>\n"
        "<dossier><code>002</code><organisme>=1+1</organisme><siren>552100554</siren><annee>2023</annee>"
        "<depuis>2025-12-31</depuis><transmis>2025-12-31</transmis></dossier>\n"
        "</liste>\n"
    )
    schema = etree.XMLSchema(etree.parse(SCHEMA))
    schema.assertValid(etree.fromstring(found))
    named = {one.get("name") for one in etree.parse(SCHEMA).iter("{*}element")}
    assert named == {"liste", "dossier", *(column.element for column in COLUMNS.values())}
    assert set(COLUMNS) == set(Column)


def test_a_workbook_has_real_days_a_frozen_head_and_a_filter(tmp_path: Path) -> None:
    source = tmp_path / "liste.xlsx"
    source.write_bytes(made(sheet_list(HEAD, "Dossiers"), "46022"))
    for path in (source, converted(source, "xlsx", tmp_path)):
        sheet = openpyxl.load_workbook(path)["Dossiers"]
        assert [cell.value for cell in sheet[4]] == [column.head for column in HEAD.columns]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
        day = datetime(2025, 12, 31)  # noqa: DTZ001 - a day of a spreadsheet has no zone
        assert rows == [
            ["001", 'Habitat "Sud"; <b>&amp;</b>', "732829320", 2024, day, None],
            ["002", "=1+1", "552100554", 2023, day, day],
        ]
        assert sheet["B6"].data_type == "s"
        assert sheet.auto_filter.ref == "A4:F6"
        assert sheet["E5"].is_date
        assert sheet["A2"].value == "2\u00a0dossiers · Liste du 22/11/2026 à 18\u00a0h\u00a045"
    # LibreOffice without a screen keeps nobody's panes.
    assert openpyxl.load_workbook(source)["Dossiers"].freeze_panes == "A5"


def test_a_page_runs_nothing_and_hides_nothing() -> None:
    found = made(html_list(HEAD), "31/12/2025").decode()
    page = etree.fromstring(found, etree.HTMLParser())
    assert [cell.text for cell in page.iter("th")] == [column.head for column in HEAD.columns]
    rows = [
        ["".join(map(str, cell.itertext())).strip() for cell in row] for row in page.iterfind(".//tbody/tr")
    ]
    assert rows[0] == [
        "001", 'Habitat "Sud"; <b>&amp;</b>', "732\u00a0829\u00a0320", "2024", "31/12/2025", "",
    ]  # fmt: skip
    assert len(rows) == 2
    assert [one.text for one in page.iter("li")] == list(HEAD.asked)
    assert not list(page.iter("script", "link", "img", "iframe"))
    assert "sha256-" in page_policy(HEAD)
    empty = b"".join(html_list(replace(HEAD, total=0))(iter(()))).decode()
    assert "Aucune ligne" in empty


def test_criteria_are_told_in_words() -> None:
    officer, label, unknown, listed = uuid4(), uuid4(), uuid4(), uuid4()
    names = {officer: "Ana Roux", label: "Urgent", listed: ""}
    criteria = Criteria(
        search=" sud ",
        department="34",
        category="OPH",
        forms=("ER", "QDIS"),
        year=2024,
        steps=(Step(3), Step(2)),
        passed_step=Step(4),
        passed_since=DAY,
        handed_since=DAY,
        handed_until=DAY,
        late=False,
        anomalies=True,
        officer=officer,
        account_manager=unknown,
        labels=(label, unknown),
        work_list=listed,
    )
    asked = ListAsked(criteria, Sort.STEP_SINCE, descending=True, without=(UUID(int=1), UUID(int=2)))
    assert asked_in_words(asked, names) == (
        "Recherche\u00a0: «\u00a0sud\u00a0»",
        "Département\u00a0: 34",
        "Type\u00a0: Office public de l’habitat",
        "Formulaires\u00a0: ER, QDIS",
        "Année\u00a0: 2024",
        "Étapes\u00a0: 2, 3",
        "Passés à l’étape 4 depuis le 01/03/2025",
        "Entre les mains de l’organisme le 01/03/2025",
        "Avec anomalies",
        "Sans retard",
        "Chargé de mission\u00a0: Ana Roux",
        "Responsable d’affaire\u00a0: choisi",
        "Étiquette\u00a0: Urgent",
        "Liste de travail",
        "Sans 2 dossiers écartés",
        "Tri\u00a0: Depuis le, décroissant",
    )


def test_a_single_dossier_left_out_is_told_as_one() -> None:
    told = asked_in_words(ListAsked(without=(uuid4(),)), {})
    assert told == ("Sans 1 dossier écarté", "Tri\u00a0: Code")
    assert "Une partie seulement de la liste" in asked_in_words(ListAsked(only=(uuid4(),)), {})


@pytest.mark.parametrize("sort", list(Sort))
def test_each_sort_is_a_column(sort: Sort) -> None:
    assert COLUMNS[Column(sort.value)].head in asked_in_words(ListAsked(sort=sort), {})[0]
