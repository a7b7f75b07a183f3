"""The CSV of a dynamic tab: what leaves comes back; what is doubtful is refused by line and column."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from bench.sample import reference_content
from models import Invalid, NotFound
from rendering.rows_in import MOST_BYTES, read_rows
from rendering.rows_out import write_rows
from resolvers.loaded import FileOrigin, LoadedFile

CONTENT = reference_content("plain", ["F01"])
TEXT = write_rows(CONTENT).decode("utf-8-sig")
HEAD, FIRST, *_ = TEXT.split("\r\n")


def read(data: bytes | str, tab: str = "F01") -> LoadedFile:
    return read_rows(data.encode() if isinstance(data, str) else data, CONTENT.dossier, tab)


def spoilt(**values: str) -> str:
    """The file with its first row alone, some of whose columns say something else."""
    codes = [head.partition(" ")[0] for head in HEAD.split(";")]
    fields = dict(zip(codes, FIRST.split(";"), strict=True)) | values
    return "\n".join([HEAD, ";".join(fields[code] for code in codes)])


def test_what_leaves_comes_back_the_same() -> None:
    data = write_rows(CONTENT)
    assert data.startswith(b"\xef\xbb\xbfCl\xc3\xa9;C01 \xe2\x80\x93 ")
    file = read(data)
    assert (file.origin, file.replaced, len(file.rows)) == (FileOrigin.CSV, frozenset({"F01"}), 150)
    (tab,) = CONTENT.tabs
    for ours, theirs in zip(tab.rows, file.rows, strict=True):
        french = {code: value.replace(",", ".") for code, value in theirs.values.items()}
        assert (theirs.key, french) == (ours.key, dict(ours.values))


def test_a_text_that_a_spreadsheet_would_run_stays_a_text() -> None:
    assert read(spoilt(C02="'=A1")).rows[0].values["C02"] == "=A1"
    assert read(spoilt(C02='"a;b ""c"""')).rows[0].values["C02"] == 'a;b "c"'


def test_a_key_that_a_spreadsheet_would_run_stays_a_key() -> None:
    (tab,) = CONTENT.tabs
    rows = tuple(replace(row, key=f"-{number}-1") for number, row in enumerate(tab.rows))
    data = write_rows(replace(CONTENT, tabs=(replace(tab, rows=rows),)))
    assert data.decode().split("\r\n")[1].startswith("'-0-1;")
    assert [row.key for row in read(data).rows] == [row.key for row in rows]


def test_a_row_without_a_key_is_given_a_free_one() -> None:
    keys = [row.key for row in read("\n".join([HEAD, FIRST, FIRST.replace("0001", "", 1), ";" * 20])).rows]
    assert keys == ["0001", "0002"]


@pytest.mark.parametrize(
    ("data", "code", "details"),
    [
        (TEXT.encode("latin-1", "replace"), "CSV_ENCODING", {"line": 1}),
        ((HEAD + "\n" + FIRST).encode() + b"\n\xe9", "CSV_ENCODING", {"line": 3}),
        (TEXT.encode("utf-16"), "CSV_ENCODING", {"line": 1}),
        ("a\0", "CSV_ENCODING", {"line": 1}),
        (b"x" * (MOST_BYTES + 1), "CSV_TOO_LARGE", {}),
        (HEAD.replace(";", ","), "CSV_SEPARATOR", {"line": 1}),
        ("", "CSV_COLUMNS", {"line": 1}),
        (HEAD.replace("C06 ", "C99 "), "CSV_COLUMNS", {"line": 1, "column": "C99"}),
        (HEAD.replace("C06 ", "C05 "), "CSV_COLUMNS", {"line": 1, "column": "C05"}),
        (HEAD.rpartition(";C08")[0], "CSV_COLUMNS", {"line": 1, "column": "C08"}),
        (f"{HEAD}\n{FIRST};1", "CSV_ROW_LENGTH", {"line": 2}),
        (f"{HEAD}\n{FIRST}\n{FIRST}", "CSV_KEY", {"line": 3, "column": "Clé"}),
        (f'{HEAD}\n"a"b;', "CSV_MALFORMED", {"line": 2}),
        (spoilt(C07="1,234.56"), "CSV_NUMBER_ENGLISH", {"line": 2, "column": "C07"}),
        (spoilt(C07="1234.56"), "CSV_NUMBER_ENGLISH", {"line": 2, "column": "C07"}),
        (spoilt(C07="1,234,567"), "CSV_NUMBER_ENGLISH", {"line": 2, "column": "C07"}),
    ],
)
def test_what_is_doubtful_is_refused_with_its_place(
    data: bytes | str, code: str, details: dict[str, object]
) -> None:
    with pytest.raises(Invalid) as found:
        read(data)
    assert (found.value.code, found.value.details, found.value.path) == (code, details, ("csv",))


def test_only_dynamic_tabs_have_rows() -> None:
    with pytest.raises(Invalid) as fixed:
        read(TEXT, "A1")
    assert fixed.value.code == "TAB_NOT_DYNAMIC"
    with pytest.raises(NotFound) as unknown:
        read(TEXT, "ZZ")
    assert unknown.value.code == "TAB_UNKNOWN"


def test_sixteen_thousand_rows_are_read_in_a_moment() -> None:
    rows = "\n".join(f"{number:05d}{FIRST[4:]}" for number in range(16_000))
    started = time.process_time()
    file = read(f"{HEAD}\n{rows}")
    assert (len(file.rows), time.process_time() - started < 5) == (16_000, True)
