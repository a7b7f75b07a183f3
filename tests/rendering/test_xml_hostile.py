"""Files made to be slow, or read at the same time as another's: bounded, and told apart."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any, cast

import pytest
from lxml import etree

from bench.sample import reference_content
from models import Invalid
from rendering import xml_rules
from rendering.xml_faults import sentence
from rendering.xml_format import schema, strict_parser
from rendering.xml_in import read_dossier
from rendering.xml_out import write_dossier

GOOD = write_dossier(reference_content("plain", ["A1", "F01"])).decode()


def _file(content: str) -> str:
    return (
        '<dossier xmlns="urn:harmonia:dossier:1" format="1.0" type="ER" exercice="2024" pack="ER-2024.1">'
        '<organisme siren="732829320" type="OPH"><raisonSociale>x</raisonSociale></organisme><formulaire>'
        f'<partie code="1"><onglet code="A1">{content}</onglet></partie></formulaire></dossier>'
    )


def _refused(data: str) -> Invalid:
    with pytest.raises(Invalid) as refusal:
        read_dossier(data)
    return refusal.value


def test_two_files_read_at_once_never_tell_each_other_s_faults() -> None:
    together = Barrier(2)

    def messages(name: str) -> list[str]:
        cells = "".join(f'<c id="A1.L{number:03d}.B" v="1" g="{name}"/>' for number in range(100))
        found = []
        for _ in range(60):
            together.wait()
            found.append(_refused(_file(cells)).message)
        return found

    with ThreadPoolExecutor(2) as threads:
        ours, theirs = threads.map(messages, ["OURS", "THEIRS"])
    assert len(ours) == len(theirs) == 60
    assert all("OURS" in message and "THEIRS" not in message for message in ours)
    assert all("THEIRS" in message and "OURS" not in message for message in theirs)


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """For each reading against the schema, the octets parsed and the faults collected."""
    counts: list[tuple[int, int]] = []

    def watched(parser: type[etree.XMLParser]) -> type[etree.XMLParser]:
        class Watched(parser):  # type: ignore[misc, valid-type]  # the class is given
            def __init__(self, *args: object, **kwargs: object) -> None:
                super().__init__(*args, **kwargs)
                self.number = len(counts)
                counts.append((0, 0))

            def feed(self, data: bytes) -> None:
                super().feed(data)
                counts[self.number] = (counts[self.number][0] + len(data), len(self.feed_error_log))

        return Watched

    for name in ("XMLParser", "XMLPullParser"):
        monkeypatch.setattr(f"rendering.xml_rules.etree.{name}", watched(getattr(etree, name)))
    return counts


@pytest.mark.parametrize("bad", ['<c id="A1.L001.B" v="1" g="z"/>', '<c a="" b=""/>'])
@pytest.mark.parametrize("times", [3_000, 30_000])
def test_what_is_read_of_a_file_of_faults_does_not_grow_with_it(
    bad: str, times: int, parsed: list[tuple[int, int]]
) -> None:
    refusal = _refused(_file(bad * times))
    assert refusal.code == "XML_INVALID"
    assert "ligne 1, " in refusal.message
    readings = [each for each in parsed if each[0]]
    assert len(readings) >= 2
    for octets, faults in readings:
        assert octets <= 6 * xml_rules.CHUNK
        assert 0 < faults <= xml_rules.CHUNK


def test_a_fault_at_the_end_of_a_large_file_is_located_in_its_chunk_alone(
    parsed: list[tuple[int, int]],
) -> None:
    cells = "\n".join(f'<c id="A1.L{n % 1000:03d}.B{n // 1000}" v="1"/>' for n in range(20_000))
    refusal = _refused(_file(f'{cells}\n<c id="A1.L000.B0" v="2"/>'))
    assert refusal.details["faults"] == [
        {"line": 20_001, "message": "«\u00a0A1.L000.B0\u00a0» figure deux fois"}
    ]
    assert [faults for octets, faults in parsed if octets] == [1, 1]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('siren="732829320"', 'siren="73282932"'),
        ('format="1.0"', 'format="2"'),
        ('gravite="majeure"', 'gravite="grave"'),
        ('id="A1.L011.D"', 'id="A1.L011.B"'),
        ('id="A1.L011.D" v=', 'id="A1.L011.D" w='),
        ("<formulaire>", "<annexe/><formulaire>"),
        ("<formulaire>", "<formulaire>abc\n\n"),
        ("<raisonSociale>", "<autre/>\n<raisonSociale>"),
        ("</formulaire>", '</formulaire>\n<verification date="hier">\n\n</verification>'),
        ('k="C02"', 'k="c2"'),
        ("</organisme>", "</organisme><organisme\n/>"),
        ("<formulaire>", "<formulaire><partie code='Z'>\n\n</partie>"),
    ],
)
def test_faults_are_those_of_the_whole_tree_with_the_same_lines(old: str, new: str) -> None:
    assert old in GOOD
    spoilt = GOOD.replace(old, new, 1).encode()
    rules = schema()
    assert not rules.validate(etree.fromstring(spoilt, parser=strict_parser()))
    wanted = [{"line": error.line, "message": sentence(error)} for error in cast("Any", rules.error_log)]
    assert _refused(spoilt.decode()).details["faults"] == wanted[:5]


def test_more_than_one_dossier_can_hold_is_not_validated(parsed: list[tuple[int, int]]) -> None:
    for content in ('<c id="A1.L001.B" v="1"/>' * 70_000, "<a/>" * 200_000):
        refusal = _refused(_file(content))
        assert refusal.code == "XML_TOO_LARGE"
        assert "200\u202f000 éléments et attributs" in refusal.message
    many = " ".join(f'a{number}=""' for number in range(33))
    assert _refused(_file(f"<c {many}/>")).code == "XML_FORBIDDEN"
    assert [octets for octets, _ in parsed if octets] == []


def test_a_large_body_is_within_the_bounds() -> None:
    cells = "".join(
        f'<c id="A1.L{n % 1000:03d}.B{n // 1000}" v="1" g="S" force="true" calc="2"/>' for n in range(21_000)
    )
    assert len(read_dossier(_file(cells)).cells) == 21_000


@pytest.mark.parametrize("zeros", [0, 5_000])
def test_a_row_whose_number_is_endless_is_a_fault_with_its_line(zeros: int) -> None:
    row = '<rang n="{}"><x k="C01" v="1"/></rang>'
    refusal = _refused(_file("\n" + row.format("0" * zeros + "9" * 5_000)))
    assert refusal.code == "XML_INVALID"
    assert [fault["line"] for fault in refusal.details["faults"]] == [2]
    assert "n’est pas une clé de rang" in refusal.message
    assert len(refusal.message) < 300


def test_numbers_are_read_whatever_their_sign_and_zeros() -> None:
    content = _file('<rang n=" +012 "><x k="C01" v="1"/></rang>')
    file = read_dossier(content.replace('"2024"', f'"{"0" * 5_000}2024"'))
    assert (file.year, [row.key for row in file.rows]) == (2024, ["0012"])
