"""A draft tried on dossiers: what would change is told, and not a line of the database is touched."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from models import Campaign, Dossier, Invalid, Snapshot, SnapshotState, TabDocument, fetch
from resolvers import pack_publishing, pack_trial, packs
from tests.desk import PART, Desk, build_desk, everything

TWO_TABS = PART + "@onglet F1 | 01 | Lignes | État | eur | H | dyn\n@col C | c | S\n@col D | d | C | C * 2\n"
GROUP = (
    "@groupe G | Groupe | | | Clé\n@onglet E1 | 01 | Fiche | État | eur | H | fixe | groupe=G\n"
    "@col V | v | S\nL011 | | Ligne | S\n"
)
TWICE = TWO_TABS.replace("C * 2", "C * 3")


pytestmark = pytest.mark.usefixtures("published_is_forgotten")


@pytest.fixture
async def desk(database: str) -> Desk:  # noqa: ARG001 - opened for the desk to be built in
    made = await build_desk()
    first = await made.upload(made.files(part_01=TWO_TABS.format(formula="A + B")))
    row = await pack_publishing.publish(made.admin, first.id)
    await packs.ensure([row.key])
    return made


async def tried(desk: Desk, **files: Any) -> tuple[Any, ...]:  # noqa: ANN401 - texts of files
    draft = await desk.upload(desk.files(**files))
    before = await everything(), await fetch("SELECT * FROM pack_draft ORDER BY id")
    rows = await pack_trial.trial(desk.admin, draft, 10)
    assert (await everything(), await fetch("SELECT * FROM pack_draft ORDER BY id")) == before
    return rows


async def test_values_and_anomalies_that_would_change_are_told_and_nothing_is_written(desk: Desk) -> None:
    dossier = await desk.dossier(f"{desk.form}/2024/1", {"L011.A": "4", "L011.B": "3"})
    await fetch(
        "INSERT INTO tab_document (dossier_id, tab, cells, forced, computed, rows) "
        "VALUES (%s, 'F1', '{}', '{}', '{}', %s::jsonb) RETURNING id",
        [dossier.id, '[{"key": "k1", "values": {"C": "5"}, "computed": {"D": "10"}}]'],
    )
    (row,) = await tried(desk, part_01=TWICE.format(formula="A * B"))
    assert row.dossier.id == dossier.id
    assert {(value.cell, value.unit, value.before, value.after) for value in row.values} == {
        ("A1.L011.X", "eur", "7", "12"),
        ("F1[k1].D", "eur", "10", "15"),
    }
    assert row.changed == 2
    assert [anomaly.check for anomaly in row.appearing] == ["T-1"]
    assert row.disappearing == ()


async def test_a_rule_that_goes_takes_its_anomaly_with_it(desk: Desk) -> None:
    await desk.dossier(f"{desk.form}/2024/1", {"L011.A": "40"})
    (row,) = await tried(desk, part_01=TWO_TABS.format(formula="A + B"), checks="")
    assert (row.changed, row.appearing) == (0, ())
    assert [anomaly.check for anomaly in row.disappearing] == ["T-1"]


async def test_a_rule_of_a_group_fails_for_each_instance(desk: Desk) -> None:
    grouped = TWO_TABS.format(formula="A + B") + GROUP
    base = await desk.upload(desk.files(part_01=grouped), base=1)
    row = await pack_publishing.publish(desk.admin, base.id)
    await packs.ensure([row.key])
    dossier = await desk.dossier(row.key, {"L011.A": "1"})
    await TabDocument.create(dossier=dossier, tab="G", rows=[{"key": key, "values": {}} for key in "ab"])
    for key in "ab":
        await TabDocument.create(dossier=dossier, tab=f"E1[{key}]", cells={"L011.V": "1"})
    rule = "T-2 | majeure | E1.L011.V | = | 0 | 0 | toujours | nul\n"
    (told,) = await tried(desk, part_01=grouped, checks=rule)
    assert [(anomaly.check, anomaly.instance) for anomaly in told.appearing] == [("T-2", "a"), ("T-2", "b")]


async def test_last_year_is_read_as_the_years_of_the_draft_say(desk: Desk) -> None:
    grown = TWO_TABS.format(formula="A + B#")
    base = await desk.upload(desk.files(part_01=grown), base=1)
    row = await pack_publishing.publish(desk.admin, base.id)
    await packs.ensure([row.key])
    this = await desk.dossier(row.key, {"L011.A": "1"})
    campaign = await Campaign.create(
        platform_id="MIN", form=desk.form, year=2023, pack=row.key, opens_on=date(2024, 3, 1)
    )
    last = await Dossier.create(
        campaign=campaign, organism_id=this.organism_id, platform="MIN", form=desk.form, year=2023,
        pack=row.key, code="001", category="OPH", search="essai", step=1, step_since=this.step_since,
    )  # fmt: skip
    documents = {"A1": {"cells": {"L011.A": "20", "L011.B": "3"}, "forced": {}, "computed": {}, "rows": []}}
    await Snapshot.create(
        dossier=last, state=SnapshotState.TRANSMITTED, at=this.step_since, pack=row.key, data_hash="",
        documents=documents, previous={},
    )  # fmt: skip
    (same,) = await tried(desk, part_01=grown, revision=2)
    assert (same.dossier.id, same.changed) == (this.id, 0)
    moves = "A1.L011.A | A1.L011.B\nA1.L011.B | -\n"
    (moved,) = await tried(desk, part_01=grown, revision=2, years=moves)
    assert [(one.cell, one.before, one.after) for one in moved.values] == [("A1.L011.X", "4", "21")]
    # Frozen by the dossier's own transmission, and moved all the same where the draft says so.
    await Snapshot.create(
        dossier=this, state=SnapshotState.TRANSMITTED, at=this.step_since, pack=row.key, data_hash="",
        documents={}, previous={"A1.L011.B": "5"},
    )  # fmt: skip
    assert (await tried(desk, part_01=grown, revision=2))[0].changed == 0
    (frozen,) = await tried(desk, part_01=grown, revision=2, years=moves)
    assert [(one.before, one.after) for one in frozen.values] == [("6", "21")]


async def test_only_dossiers_that_the_viewer_may_read_are_tried(desk: Desk) -> None:
    await desk.dossier(f"{desk.form}/2024/1", {"L011.A": "4"})
    draft = await desk.upload(desk.files(formula="A * B"))
    assert len(await pack_trial.trial(desk.admin, draft, 1)) == 1
    assert await pack_trial.trial(desk.world["voisin"], draft, 10) == ()
    broken = await desk.upload(desk.files(formula="A +"))
    assert await pack_trial.trial(desk.admin, broken, 10) == ()


@pytest.mark.parametrize("first", [0, 51])
async def test_a_trial_is_of_1_to_50_dossiers(desk: Desk, first: int) -> None:
    draft = await desk.upload()
    with pytest.raises(Invalid) as caught:
        await pack_trial.trial(desk.admin, draft, first)
    assert caught.value.code == "FIRST_OUT_OF_BOUNDS"
