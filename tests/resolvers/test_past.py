"""Last year's values go to whoever may read last year's dossier, whatever way they could take."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from authz import add_rows, profile_line, read_version
from models import Consent, Organism, Organization, TabDocument
from rendering.sheets.workbook import write_workbook
from resolvers import dossiers, export_jobs, pack_trial
from resolvers.anomalies import without_past
from resolvers.documents import load_documents
from resolvers.past import closed_by
from resolvers.rows import AnomalyRow, ClosedPast
from resolvers.suggestions import LastYear, last_year, suggestions
from resolvers.typed import typed_data
from resolvers.verification import run
from tests.resolvers import past
from tests.world import SIREN, World, build_world

if TYPE_CHECKING:
    from collections.abc import Callable

    from forms import Anomaly
    from resolvers.rows import DossierRow

pytestmark = pytest.mark.usefixtures("database")

SECRET = "424242"


async def _read_by_sharp(world: World) -> tuple[str, ...]:
    """Some of the cells whose value of last year this year's formulas read, filled."""
    dossier = await dossiers.read(world["ministere"], world.dossier)
    cells = tuple(name for name, _ in dossier.definition.program.previous_numbers)[:5]
    await past.last_year(dict.fromkeys(cells, SECRET))
    return cells


def _workbook(made: bytes) -> tuple[str, str]:
    """What stands in the hidden sheet of references, and all the sheets together."""
    with zipfile.ZipFile(io.BytesIO(made)) as book:
        texts = [book.read(name).decode() for name in book.namelist() if "worksheets/sheet" in name]
    return texts[-1], "".join(texts)


@pytest.mark.parametrize(
    ("login", "opens"), [("saisie", True), ("ministere", True), ("cdc", False), ("machine", False)]
)
async def test_last_years_values_go_only_to_readers_of_last_year(login: str, opens: bool) -> None:
    world = await build_world(step=4)
    cells = await _read_by_sharp(world)
    viewer = world[login]
    dossier = await dossiers.read(viewer, world.dossier)
    typed = await typed_data(viewer, dossier)
    assert (typed is not None) is opens
    if typed is not None:
        assert typed.previous == dict.fromkeys(cells, SECRET)
    content = await export_jobs.content(viewer, world.dossier, None)
    assert (content.previous, content.closed_past.whole) == (
        dict.fromkeys(cells, SECRET) if opens else {},
        not opens,
    )
    copied, everything = _workbook(write_workbook(content, datetime.now(UTC)))
    assert (f"<v>{SECRET}</v>" in copied) is opens
    assert (SECRET in everything) is opens


@pytest.mark.parametrize("login", ["saisie", "cdc"])
async def test_a_first_year_closes_nothing_to_anyone(login: str) -> None:
    world = await build_world(step=4)
    dossier = await dossiers.read(world[login], world.dossier)
    typed = await typed_data(world[login], dossier)
    assert typed is not None
    assert typed.previous == {}
    content = await export_jobs.content(world[login], world.dossier, None)
    assert content.closed_past == ClosedPast()
    assert await last_year(world[login], dossier) is None


async def test_a_partner_whose_convention_covers_last_year_reads_it() -> None:
    world = await build_world(step=4)
    await _read_by_sharp(world)
    partner = await Organization.get(key="partner:CDC")
    organism = await Organism.get(siren=SIREN)
    await Consent.create(
        organism=organism, partner=partner, platform_id="MIN", form="ER", year=2023, given=True
    )
    line = profile_line(subject="user:cdc", profile="profile:partner_user", platform="MIN", form="QDIS")
    await add_rows([line], base=await read_version(), author_id=None, comment="2023")
    await world.authority.refresh()
    dossier = await dossiers.read(world["cdc"], world.dossier)
    assert await dossiers.last_year_of(world["cdc"], [dossier])
    typed = await typed_data(world["cdc"], dossier)
    assert typed is not None
    assert SECRET in typed.previous.values()


async def _anomalies(world: World, login: str) -> list[Anomaly]:
    content = await export_jobs.content(world[login], world.dossier, None)
    assert content.verification is not None
    return [row.anomaly for row in content.verification.anomalies if row.anomaly.previous]


@pytest.mark.parametrize(("login", "opens"), [("saisie", True), ("cdc", False)])
async def test_an_anomaly_tells_no_gap_with_a_closed_year(login: str, opens: bool) -> None:
    world = await build_world(step=4)
    dossier = await dossiers.read(world["ministere"], world.dossier)
    checks = [check for check in dossier.definition.checks if check.previous]
    await past.last_year({cell: SECRET for check in checks for cell in check.previous})
    await run(dossier)
    found = await _anomalies(world, login)
    assert found
    assert any(one.gap for one in found) is opens
    assert any(SECRET in (value or "") for one in found for _, value in one.previous) is opens
    row = AnomalyRow(replace(found[0], previous=()), None, dossier)
    assert without_past(row, ClosedPast(whole=True)) is row


def _both_years(dossier: DossierRow, before: DossierRow) -> tuple[DossierRow, DossierRow]:
    return replace(dossier, insider=False), replace(before, insider=False)


async def test_what_was_personal_last_year_is_not_proposed_though_its_tab_is_open_now(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = await build_world(step=4)
    await past.last_year({"A1.L011.B": SECRET}, past.FIRST_ROWS)
    viewer = world["saisie"]
    dossier = await dossiers.read(viewer, world.dossier)
    known = await last_year(viewer, dossier)
    assert known is not None
    assert known.values == {"A1.L011.B": SECRET}
    old_pack = known.dossier.pack
    _close(monkeypatch, lambda pack: {"A1", "F01"} if pack == old_pack else set())
    here, before = _both_years(dossier, known.dossier)
    closed = closed_by(here, before)
    assert closed.closes("A1.L011.B")
    assert not closed.closes("A2.L011.B")
    monkeypatch.setattr(
        "resolvers.dossiers.reads_personal_data", lambda _, target: target.year != before.year
    )
    left = await last_year(viewer, here)
    assert left is not None
    assert left.values == {}
    assert await suggestions(here, LastYear(before, {}), {}, ["F01"]) == []


def _close(monkeypatch: pytest.MonkeyPatch, sensitive: Callable[[str], set[str]]) -> None:
    """As if a pack's tabs of personal data were these."""

    def closed(pack: str, _: frozenset[str] | None, *, insider: bool) -> frozenset[str]:
        return frozenset() if insider else frozenset(sensitive(pack))

    monkeypatch.setattr("resolvers.rows.closed_tabs", closed)


@pytest.mark.parametrize(("login", "opens"), [("ministere", True), ("cdc", False)])
async def test_a_trial_computes_from_what_its_reader_may_read(
    login: str, opens: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = await build_world(step=4)
    cells = await _read_by_sharp(world)
    await TabDocument.create(dossier_id=world.dossier, tab="A1", cells={"L011.B": "7"})
    _close(monkeypatch, lambda _: {"A1"})
    dossier = await dossiers.read(world[login], world.dossier)
    stored = await load_documents(dossier.id)
    made = await pack_trial._data(world[login], dossier, dossier.definition, stored)  # noqa: SLF001 - all that is computed from
    for data in made:
        assert data.cells == ({"A1.L011.B": "7"} if opens else {})
        assert data.previous == (dict.fromkeys(cells, SECRET) if opens else {})
