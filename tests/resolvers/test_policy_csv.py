"""Rules as a file: taken away, loaded by Casbin, brought back, and refused line by line."""

from __future__ import annotations

import csv
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import casbin
import orjson
import pytest
from casbin.core_enforcer import EnforceContext
from casbin.persist.adapters import FileAdapter

from authz import Line, Right, Target, Viewer
from authz.csv_lines import MOST_BYTES, MOST_LINES, read_lines, write_lines
from authz.enforcement import MODEL
from authz.policy import Policy
from authz.rights import step_in, tab_in
from authz.store import read_facts
from gql.settings import Settings
from models import Invalid
from resolvers import policy_csv
from tests.rights_desk import OPH, build_desk, changed, editor, reads, refusal
from tests.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LAYERS = [EnforceContext("r", f"p{n}", f"e{n}", f"m{n}") for n in ("", "2", "3")]
DAY = "2026-11-22"


@pytest.fixture
async def world(database: str) -> World:  # noqa: ARG001 - opened for the world to be built in
    return await build_desk()


class QuotedAdapter(FileAdapter):  # type: ignore[misc]  # Casbin publishes no types
    """pycasbin's own file adapter splits at every comma; other Casbins read quotes, and so does this one."""

    def load_policy(self, model: Any) -> None:  # noqa: ANN401 - Casbin publishes no types
        """Load each line, quoted fields read as such."""
        with open(self._file_path, encoding="utf-8", newline="") as file:  # noqa: PTH123 - Casbin's path is a text
            for ptype, *values in csv.reader(file, skipinitialspace=True):
                model[ptype[0]][ptype].policy.append(values)


def loaded(adapter: FileAdapter) -> Any:  # noqa: ANN401 - Casbin publishes no types
    """An enforcer of the product's model over a file."""
    enforcer = casbin.Enforcer(str(MODEL), adapter)
    enforcer.add_function("stepIn", step_in)
    enforcer.add_function("tabIn", tab_in)
    return enforcer


def asked(of: Policy) -> Iterator[tuple[str, Right, Target]]:
    for subject in sorted(of.accounts):
        for right in (Right.READ, Right.EXPORT, Right.WRITE):
            for form in ("ER", "QDIS"):
                for step in (1, 4, 6):
                    yield subject, right, Target("MIN", form, 2024, OPH, step)


def agree(enforcer: Any, of: Policy) -> int:  # noqa: ANN401 - Casbin publishes no types
    """The number of decisions that allow; all are the same on both sides."""
    allowed = 0
    for subject, right, target in asked(of):
        request = (subject, "MIN", target.form, "2024", OPH, right.value, str(int(target.step)), DAY, "*")
        theirs = all(enforcer.enforce(layer, *request) for layer in LAYERS)
        assert theirs == all(of.enforce(subject, right, target)), request
        allowed += theirs
    return allowed


async def exported(viewer: Viewer, version: int | None = None, *, relations: bool = False) -> str:
    return "".join(await policy_csv.export(viewer, "MIN", version, relations=relations))


async def test_casbin_loads_the_file_and_decides_the_same(world: World, tmp_path: Path) -> None:
    await changed(await editor(), reads())
    admin, policy = await editor(), Policy(await read_facts())
    text = await exported(admin, relations=True)
    assert (
        'p, partner:ANCOLS, MIN, ER, all, dossier:read, 456, 1900-01-01, 9999-12-31, no, *, allow, "' in text
    )
    assert '"convention ""ANCOLS"", art. 3"' in text
    file = tmp_path / "policy.csv"
    file.write_text(text, encoding="utf-8")
    assert agree(loaded(QuotedAdapter(str(file))), policy) > 20
    # Lines without a comma in a field are read by pycasbin as it is.
    plain = [line for line in text.splitlines() if '"' not in line]
    assert len(plain) > 100
    file.write_text("\n".join(plain), encoding="utf-8")
    stock = loaded(FileAdapter(str(file)))
    assert sum(len(stock.get_named_policy(ptype)) for ptype in ("p", "p2", "p3")) > 90
    for stranger in ("cdc", "ministere"):
        await refusal("POLICY_DESK_UNKNOWN", policy_csv.export(world[stranger], "MIN", None, relations=False))
    await refusal("POLICY_VERSION_UNKNOWN", policy_csv.export(admin, "MIN", 999, relations=False))


@pytest.mark.usefixtures("world")
async def test_a_file_brought_back_changes_nothing_and_an_edited_one_what_it_says() -> None:
    start = (await editor()).authority.version
    before = await exported(await editor())
    await changed(await editor(), reads(), reads(organisms=OPH))
    admin = await editor()
    for relations in (False, True):
        same = await policy_csv.read(admin, "MIN", await exported(admin, relations=relations))
        assert (same.add, same.close, same.faults, same.impact) == ((), (), (), None)
    back = await policy_csv.read(admin, "MIN", "\ufeff# commentaire\r\n" + before.replace("\n", "\r\n"))
    assert sorted(row.values for row in back.close) == sorted([reads().values, reads(organisms=OPH).values])
    assert (back.add, back.faults) == ((), ())
    assert back.impact is not None
    assert back.impact.lost == 1
    assert await exported(admin, start) == before
    # As it is read, so it is applied.
    wanted = reads("partner:CDC", right=Right.ASK_REOPENING, ref="=1+1".lstrip("="))
    text = await exported(admin) + "".join(write_lines([wanted]))
    reading = await policy_csv.read(admin, "MIN", text)
    assert [row.values for row in reading.add] == [wanted.values]
    await changed(admin, *(Line(row.ptype, row.values) for row in reading.add))
    again = await policy_csv.read(await editor(), "MIN", text)
    assert (again.add, again.close) == ((), ())


@pytest.mark.usefixtures("world")
async def test_each_fault_is_told_at_its_line_and_nothing_is_added() -> None:
    admin = await editor()
    good = "".join(write_lines([reads()])).strip()
    bad = {
        good.replace(", allow", ""): ("ref", "CSV_COLUMN_MISSING"),
        good + ", de trop": ("", "CSV_COLUMN_EXTRA"),
        good.replace("dossier:read", "dossier:raed"): ("act", "POLICY_LINE_INVALID"),
        good.replace("456", "47"): ("steps", "POLICY_LINE_INVALID"),
        good.replace(", all,", ", organism:999999999,"): ("orgs", "POLICY_LINE_INVALID"),
        good.replace("1900-01-01, 9999-12-31", "2027-01-01, 2026-01-01"): ("until", "POLICY_LINE_INVALID"),
        good.replace("allow", "alow"): ("eft", "POLICY_LINE_INVALID"),
        good.replace('"convention', '"=HYPERLINK'): ("ref", "POLICY_LINE_INVALID"),
        good[:-1]: ("", "CSV_QUOTES"),
        "q, a, b": ("ptype", "CSV_PTYPE_UNKNOWN"),
        "p, " + "x" * 5000 + ", MIN" + ", a" * 10: ("", "CSV_FIELD_TOO_LONG"),
        "p3, kind:partner, MIN, *, dossier:write, 1, allow, x": ("", "POLICY_LINE_OF_SYSTEM"),
        "g, user:cdc, profile:operator_admin, MIN/ER": ("", "POLICY_LINE_OF_USER"),
        "g4, organism:552100554, partner:CDC, MIN/ER/2024": ("", "POLICY_LINE_OF_SYSTEM"),
        good.replace("MIN", "ESH"): ("", "POLICY_LINE_ELSEWHERE"),
    }
    text = "\n".join([good, *bad])
    reading = await policy_csv.read(admin, "MIN", text)
    assert [(fault.line, fault.field, fault.code) for fault in reading.faults] == [
        (number, *expected) for number, expected in enumerate(bad.values(), start=2)
    ]
    assert (reading.add, reading.impact) == ((), None)
    assert all(fault.sentence for fault in reading.faults)


def test_a_hundred_thousand_rules_leave_and_come_back_within_one_request() -> None:
    model = reads()
    assert model.field("orgs") == model.values[3]
    rules = [
        replace(model, values=(*model.values[:3], f"organism:{n:09}", *model.values[4:]))
        for n in range(100_000)
    ]
    text = "".join(write_lines(rules))
    assert 11_000_000 < len(text.encode()) <= MOST_BYTES
    body = orjson.dumps({"query": " " * 10_000, "variables": {"csv": text}})
    assert len(body) <= Settings.model_fields["body_bytes"].default
    found, faults = read_lines(text)
    assert ([one.line.values for one in found], faults) == ([rule.values for rule in rules], [])


def test_a_file_out_of_bounds_is_refused_whole() -> None:
    for text in ("p\n" * (MOST_LINES + 1), "é" * (MOST_BYTES // 2 + 1)):
        with pytest.raises(Invalid) as refused:
            read_lines(text)
        assert refused.value.code == "POLICY_CSV_TOO_LARGE"
