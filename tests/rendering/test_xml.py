"""XML: what is written is valid and comes back the same; what is wrong is said, with its line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from bench.sample import AT, reference_content
from models import Invalid
from rendering.xml_format import read_pack, schema, strict_parser, tag, written_pack
from rendering.xml_in import read_dossier
from rendering.xml_out import write_dossier
from resolvers.rows import RowContent

if TYPE_CHECKING:
    from resolvers.rows import DossierContent

CASES = ["plain", "forced"]


@pytest.fixture(scope="module", params=CASES)
def content(request: pytest.FixtureRequest) -> DossierContent:
    return reference_content(request.param)


def _cells(content: DossierContent) -> dict[str, str]:
    return {f"{tab.code}.{place}": value for tab in content.tabs for place, value in tab.values.items()}


def _rows(content: DossierContent) -> dict[tuple[str, str], dict[str, str]]:
    return {(tab.code, row.key): dict(row.values) for tab in content.tabs for row in tab.rows}


def test_what_is_written_follows_the_schema(content: DossierContent) -> None:
    root = etree.fromstring(write_dossier(content, written_at=AT), parser=strict_parser())
    schema().assertValid(root)


def test_what_is_written_comes_back_the_same(content: DossierContent) -> None:
    file = read_dossier(write_dossier(content))
    assert (file.form, file.year, file.siren, file.pack) == ("ER", 2024, "732829320", "ER/2024/1")
    assert {cell.id: cell.value for cell in file.cells} == _cells(content)
    assert {(row.tab, row.key): dict(row.values) for row in file.rows} == _rows(content)


def test_forced_cells_come_back_with_both_values() -> None:
    content = reference_content("forced")
    file = read_dossier(write_dossier(content))
    forced = {
        f"{tab.code}.{place}": (found.value, found.automatic)
        for tab in content.tabs
        for place, found in tab.forced.items()
    }
    # The twenty-fifth of the case stands on a line of another kind of organism.
    assert len(forced) == 24
    assert {cell.id: (cell.value, cell.calc) for cell in file.cells if cell.forced} == forced


def test_the_same_content_gives_the_same_bytes(content: DossierContent) -> None:
    assert write_dossier(content) == write_dossier(content)


def test_anomalies_and_steps_are_told() -> None:
    content = reference_content("plain")
    root = etree.fromstring(write_dossier(content))
    assert content.verification is not None
    told = {
        (element.get("regle"), element.get("gravite"), element.get("ecart"))
        for element in root.iter(tag("anomalie"))
    }
    assert told == {
        (row.anomaly.check, row.anomaly.severity.french, row.anomaly.gap)
        for row in content.verification.anomalies
    }
    assert [element.get("etape") for element in root.iter(tag("passage"))] == ["1", "2", "3", "4"]


def test_some_tabs_alone_are_a_file_too() -> None:
    file = read_dossier(write_dossier(reference_content("plain", ["F01", "A1"])))
    assert {cell.id.partition(".")[0] for cell in file.cells} == {"A1"}
    assert {row.tab for row in file.rows} == {"F01"}


def test_texts_that_xml_cannot_carry_do_not_stop_the_file() -> None:
    content = reference_content("plain", ["G02"])
    (tab,) = content.tabs
    strange = {"C01": 'a\x0bb <&"é\n\u2028 ]]>', "C02": "\ud800"}
    rows = (RowContent("r1", strange), RowContent("r2", {}))
    file = read_dossier(write_dossier(replace(content, tabs=(replace(tab, rows=rows),))))
    assert dict(file.rows[0].values) == {"C01": 'a\ufffdb <&"é\n\u2028 ]]>', "C02": "\ufffd"}
    assert dict(file.rows[1].values) == {"C01": ""}


def test_lines_are_those_of_the_file() -> None:
    data = write_dossier(reference_content("plain", ["A1", "F01"]))
    lines = data.decode().split("\n")
    file = read_dossier(data)
    for cell in file.cells:
        assert f'id="{cell.id}"' in lines[cell.line - 1]
    for row in file.rows:
        assert f'cle="{row.key}"' in lines[row.line - 1]


def test_a_file_already_decoded_is_read_whatever_it_declares() -> None:
    content = reference_content("plain", ["G01"])
    data = write_dossier(content)
    text = data.decode().replace("UTF-8", "ISO-8859-1")
    assert read_dossier(text) == read_dossier(data)
    assert read_dossier(data.decode().replace("UTF-8", "UTF-16").encode("utf-16")) == read_dossier(data)


def test_packs_are_written_as_the_format_wants_and_read_back() -> None:
    assert written_pack("QDIS/2024/12") == "QDIS-2024.12"
    assert read_pack("QDIS-2024.12") == "QDIS/2024/12"
    assert read_pack("autre") == "autre"


def _refused(data: bytes | str) -> Invalid:
    with pytest.raises(Invalid) as refusal:
        read_dossier(data)
    assert refusal.value.path == ("xml",)
    return refusal.value


GOOD = write_dossier(reference_content("plain", ["A1", "F01"]))


def _spoilt(old: str, new: str) -> bytes:
    assert GOOD.count(old.encode()) >= 1
    return GOOD.replace(old.encode(), new.encode(), 1)


BOMB = """<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>
<dossier xmlns="urn:harmonia:dossier:1">&c;</dossier>"""


@pytest.mark.parametrize(
    "data",
    [
        BOMB,
        BOMB.replace("?>", chr(32) + 'encoding="UTF-16"?>', 1).encode("utf-16"),
        '<!DOCTYPE dossier SYSTEM "file:///etc/passwd"><dossier/>',
        '<!DOCTYPE dossier [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]><dossier>&x;</dossier>',
        "<!DOCTYPE dossier><dossier/>",
        "<a>" * 5000 + "</a>" * 5000,
    ],
)
def test_declarations_entities_and_depth_are_forbidden(data: bytes | str) -> None:
    assert _refused(data).code == "XML_FORBIDDEN"


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"", 1),
        (b"\x00\x01\x02", 1),
        (b"PK\x03\x04", 1),
        (GOOD[: len(GOOD) // 2], GOOD[: len(GOOD) // 2].count(b"\n") + 1),
        (_spoilt("</raisonSociale>", "&amp</raisonSociale>"), 4),
        (_spoilt("<raisonSociale>", "<raisonSociale>&eacute;"), 4),
    ],
)
def test_what_is_no_xml_is_said_with_its_line(data: bytes, line: int) -> None:
    refusal = _refused(data)
    assert (refusal.code, refusal.details) == ("XML_MALFORMED", {"line": line})
    assert f"ligne {line}" in refusal.message


def test_a_file_too_large_is_not_even_read() -> None:
    assert _refused(b"<a>" + b" " * 5_000_000).code == "XML_TOO_LARGE"


@pytest.mark.parametrize("data", [_spoilt("urn:harmonia:dossier:1", "urn:autre"), b"<dossier/>", b"<html/>"])
def test_another_namespace_is_not_a_dossier(data: bytes) -> None:
    refusal = _refused(data)
    assert refusal.code == "XML_NAMESPACE"
    assert "urn:harmonia:dossier:1" in refusal.message


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'siren="732829320"',
            'siren="73282932"',
            "ligne 3, la valeur «\u00a073282932\u00a0» de «\u00a0siren\u00a0»",
        ),
        ('exercice="2024"', 'exercice="24"', "ligne 2, la valeur «\u00a024\u00a0» de «\u00a0exercice\u00a0»"),
        ('gravite="majeure"', 'gravite="grave"', "la valeur «\u00a0grave\u00a0» de «\u00a0gravite\u00a0»"),
        ('id="A1.L011.D"', 'id="A1.L011.B"', "ligne 10, «\u00a0A1.L011.B\u00a0» figure deux fois"),
        ('id="A1.L011.D"', 'id="A2.L011.D"', "ligne 10, la cellule A2.L011.D n’est pas de l’onglet A1"),
        ('id="A1.L011.D" v=', 'id="A1.L011.D" w=', "«\u00a0c\u00a0» n’a pas d’attribut «\u00a0w\u00a0»"),
        ('id="A1.L011.D" v="', 'id="A1.L011.D" g="', ""),
        ("<formulaire>", "<annexe/><formulaire>", "ligne 6, «\u00a0annexe\u00a0» n’est pas à sa place"),
        ('cle="0002"', 'cle="0001"', "le rang «\u00a00001\u00a0» figure deux fois"),
        ('cle="0002"', 'cle="a b"', "«\u00a0a b\u00a0» n’est pas une clé de rang"),
        ('k="C02"', 'k="C01"', "une colonne du rang «\u00a00001\u00a0» figure deux fois"),
    ],
)
def test_what_breaks_the_format_is_named_with_its_line(old: str, new: str, said: str) -> None:
    refusal = _refused(_spoilt(old, new))
    assert refusal.code in {"XML_INVALID", "XML_MALFORMED"}
    assert said in refusal.message
    assert len(refusal.message) < 1000


def test_only_the_first_faults_are_told() -> None:
    refusal = _refused(GOOD.replace(b' g="S"', b' g="Z"'))
    assert refusal.code == "XML_INVALID"
    assert len(refusal.details["faults"]) == 5
    assert " autres)" in refusal.message


def test_a_row_without_a_key_is_named_by_its_number() -> None:
    file = read_dossier(GOOD.replace(b' cle="0002"', b""))
    assert [row.key for row in file.rows][:3] == ["0001", "0002", "0003"]
