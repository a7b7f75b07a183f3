"""Those whom a convention gives a few tabs (decision 0008): whatever shows a value shows no other."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

import orjson
import pytest

from authz import Right
from gql.execution import Request
from models import execute
from resolvers import export_jobs
from tests.channels.asking import Answer, fetched
from tests.channels.oracle import ASKERS, OURS, Asker
from tests.channels.trying import tried

if TYPE_CHECKING:
    from tests.channels.setting import Setting

LIMITED = tuple(one for one in ASKERS if one.convention is not None and one.convention.tabs is not None)
WIDE = "A1", "A2", "F01"
# Long enough not to be said by chance, and not the organism's own number, which heads every file.
_TOLD = re.compile(r"(?<![\w.])\d{4,}(?:\.\d+)?(?![\w.]*\w)")
# As a sentence writes them: 51 936,02.
_SPACES, _COMMA = re.compile("(?<=\\d)[\u202f\u00a0](?=\\d)"), re.compile(r"(?<=\d),(?=\d\d(?!\d))")
SHORT = 5
CELLS = {"A1": "A1.L011.B", "A2": "A2.L111.B", "F01": "F01[0001].C10"}
# Everything of a dossier that is asked without naming a tab.
WHOLE = """query Whole($id: ID!) { dossier(id: $id) { parts { tabs { code } } groups { keys } suggestionCount
 commonCore { divergences { id here there } } history { move author reason }
 verification { anomalies { check explanation gap gapDisplay justification proposedJustification } }
 formulaData { version cells forced rows groups previous } moves { name refusal } } }"""
ONE = """query One($id: ID!, $tab: String!) { dossier(id: $id) { tab(code: $tab) { values forced editable
 cells { id } rows { key values } suggestions { cell previous current } } } }"""
PAST = """query Past($id: ID!, $cell: String!) { cellHistory(dossier: $id, cell: $cell, first: 5)
 { edges { node { before after } } } }"""


@pytest.fixture(scope="module")
async def marks(setting: Setting) -> dict[str, set[str]]:
    """Of each tab, the values long enough that no other tab holds, nor says by chance."""
    await execute("UPDATE dossier SET step = 4, passes = 4 WHERE id = %s", [setting.dossier])
    held = await export_jobs.content(setting.viewers["saisie"], setting.dossier, None)
    found: dict[str, set[str]] = {code: set() for code in WIDE}
    for tab in held.tabs:
        told = [*tab.values.values(), *(value for row in tab.rows for value in row.values.values())]
        whole = (str(value) for value in told if _TOLD.fullmatch(str(value)))
        found.setdefault(tab.code, set()).update(
            value for value in whole if value != OURS and len(value) > SHORT
        )
    tabs_of = Counter(value for values in found.values() for value in values)
    return {code: {one for one in found[code] if tabs_of[one] == 1} for code in found if code != "G01"}


async def operation(setting: Setting, asker: Asker, text: str, **values: str) -> Answer:
    """A document, whole."""
    asked = Request(text, variables={"id": str(setting.dossier), **values})
    body = (await setting.engine.run(asked, setting.viewers[asker.name])).body
    code = body["errors"][0]["extensions"]["code"] if "errors" in body else "OK"
    return Answer(str(code), orjson.dumps(body))


async def file(setting: Setting, asker: Asker, end: str) -> Answer:
    """A file, unpacked where it is compressed."""
    found = await fetched(setting, asker, f"/dossiers/{setting.dossier}/{end}")
    start = found.told.find(b"PK\x03\x04")
    if start < 0:
        return found
    with zipfile.ZipFile(io.BytesIO(found.told[start:])) as book:
        # Colours are numbers too.
        names = [name for name in book.namelist() if "theme" not in name and "styles" not in name]
        return Answer(found.code, b"".join(book.read(name) for name in names))


async def printed(setting: Setting, asker: Asker) -> Answer:
    """What the worker prints and packs, as the requester."""
    found = await export_jobs.content(setting.viewers[asker.name], setting.dossier, None)
    return Answer("OK", repr((found.tabs, found.verification, found.previous)).encode())


def shown(marks: dict[str, set[str]], told: bytes) -> set[str]:
    """The tabs of which something is told."""
    text = _SPACES.sub("", told.decode(errors="replace"))
    numbers = set(_TOLD.findall(_COMMA.sub(".", text)))
    return {code for code, values in marks.items() if not values.isdisjoint(numbers)}


def test_the_world_tells_its_tabs_apart(marks: dict[str, set[str]]) -> None:
    assert [code for code in WIDE if not marks.get(code)] == []
    assert len(LIMITED) == 3


@pytest.mark.parametrize("asker", LIMITED, ids=[asker.name for asker in LIMITED])
async def test_a_reader_of_a_few_tabs_is_shown_no_other(
    setting: Setting, marks: dict[str, set[str]], asker: Asker
) -> None:
    await setting.put(4)
    assert asker.convention is not None
    read = set(asker.convention.named(Right.READ))
    whole, _ = await tried(setting, operation(setting, asker, WHOLE))
    assert whole.code == "OK"
    assert shown(marks, whole.told) <= read
    parts = orjson.loads(whole.told)["data"]["dossier"]["parts"]
    assert {tab["code"] for part in parts for tab in part["tabs"]} == read
    assert "A1" not in read or "A1" in shown(marks, whole.told)
    for code in WIDE:
        (tab, clean) = await tried(setting, operation(setting, asker, ONE, tab=code))
        (past, kept) = await tried(setting, operation(setting, asker, PAST, cell=CELLS[code]))
        assert (tab.code, past.code) == (("OK", "OK") if code in read else ("TAB_WITHHELD", "TAB_WITHHELD"))
        assert shown(marks, tab.told + past.told) == ({code} if code in read else set())
        assert code in read or (clean and kept)


@pytest.mark.parametrize("asker", LIMITED, ids=[asker.name for asker in LIMITED])
async def test_whoever_takes_a_few_tabs_away_takes_no_other(
    setting: Setting, marks: dict[str, set[str]], asker: Asker
) -> None:
    await setting.put(4)
    taken = {code for code in WIDE if asker.opens(code, taken=True)}
    for ask in (partial(file, end="export.xlsx"), partial(file, end="export.xml"), printed):
        answer, _ = await tried(setting, ask(setting, asker))
        assert answer.code == "OK"
        assert shown(marks, answer.told) == taken, ask
    for code in WIDE:
        for end in (f"export.xlsx?tabs={code}", f"export.xml?tabs={code}"):
            answer, clean = await tried(setting, file(setting, asker, end))
            assert answer.code == ("OK" if code in taken else "TAB_WITHHELD")
            # A formula may carry the value of another tab that he takes as well.
            least, most = ({code}, taken) if code in taken else (set[str](), set[str]())
            assert least <= shown(marks, answer.told) <= most
            assert clean or code in taken
