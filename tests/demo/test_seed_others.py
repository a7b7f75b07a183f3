"""The forms of a few: SEM, MOI and the cooperatives' surveys, as their people find them."""

from __future__ import annotations

import pytest

from authz import Authority, Viewer, viewer_of_user
from forms import Severity, Step, load_pack
from models import Campaign, ContactRole, Snapshot, Transmission
from resolvers import cells, circuits, dossiers, listing, snapshots, steps, tabs, verification, visas
from resolvers.cells import CellWrite
from resolvers.criteria import Criteria
from resolvers.demo.accounts import ADMIN, ENTRY, login_of
from resolvers.demo.cast import cast
from resolvers.demo.identifiers import stable_id
from resolvers.demo.others import ASKED, FORMS, asked, filed_others
from resolvers.life_rows import ContactRow

pytestmark = pytest.mark.usefixtures("demo")


async def viewer_of(login: str) -> Viewer:
    return await viewer_of_user(await Authority.load(), stable_id("user", login))


async def test_each_form_has_its_campaign_and_its_dossiers_are_found_by_who_collects_and_by_nobody_else() -> (
    None
):
    told = await Campaign.exclude(form__in=["ER", "QDIS"]).values_list("platform_id", "form", "year", "pack")
    assert sorted(told) == sorted((one.platform, one.form, 2024, one.pack) for one in FORMS)
    here = {"MIN": await viewer_of("ministere.affaire"), "COOP": await viewer_of("coop.affaire")}
    strangers = [await viewer_of(login) for login in ("foph.affaire", "cglls.lecture")]
    for form in FORMS:
        criteria = Criteria(form=form.form)
        found = await listing.search(here[form.platform], criteria, first=20)
        assert {row.organism.siren for row in found.rows} == {body.siren for body in asked(form)}
        assert found.total == ASKED
        assert all(load_pack(form.pack).is_for(row.organism.category) for row in found.rows)
        assert {row.step for row in found.rows} == {Step.TO_INITIALISE, Step.ENTRY, Step.REVIEW}
        elsewhere = [here[code] for code in here if code != form.platform]
        for viewer in (*strangers, *elsewhere):
            assert (await listing.search(viewer, criteria, first=1)).total == 0


async def test_a_filled_one_names_its_body_and_its_checks_find_again_what_was_transmitted() -> None:
    sirens = {body.siren for body in cast().listed}
    for one in filed_others():
        if not one.filled:
            continue
        listed = one.organism.siren in sirens
        assert listed or one.form in {"MOI", "ACTIONNARIAT"}
        viewer = await viewer_of(login_of(one.organism, ENTRY if listed else ADMIN))
        row = await dossiers.read(viewer, one.id)
        values = [value for tab in await tabs.open_tabs(row) for value in tab.values.values()]
        assert {one.organism.name, one.organism.siren} <= set(values)
        assert (row.form, row.platform, row.step) == (one.form, one.platform, one.step)
        found = await verification.run(row)
        assert Severity.BLOCKING not in {anomaly.anomaly.severity for anomaly in found.anomalies}
        if one.step is Step.REVIEW:
            last = await verification.last(row)
            assert last is not None
            assert (last.data_hash, last.anomalies, last.stale) == (found.data_hash, found.anomalies, False)
            assert (await Transmission.get(dossier_id=one.id)).data_hash == found.data_hash
            assert (await Snapshot.get(dossier_id=one.id)).data_hash == found.data_hash
        assert await snapshots.previous_values(row) == {}


@pytest.mark.parametrize(
    ("form", "cell"), [("SEM", "G01.L036.V"), ("ACTIVITE", "AC01.L015.V"), ("MOI", "M01.L027.V")]
)
async def test_the_dossier_in_entry_is_written_and_one_not_begun_is_opened(form: str, cell: str) -> None:
    entry = next(one for one in filed_others() if (one.form, one.step) == (form, Step.ENTRY))
    role = ADMIN if form == "MOI" else ENTRY
    writer = await viewer_of(login_of(entry.organism, role))
    row = await dossiers.read(writer, entry.id)
    (seen,) = await tabs.open_tabs(row, [cell.partition(".")[0]])
    was = seen.values[cell.partition(".")[2]]
    result = await cells.write(writer, row.id, [CellWrite(cell, "Camille Desprez", was)])
    assert (result.conflicts, result.refused) == ((), ())
    (now,) = await tabs.open_tabs(row, [cell.partition(".")[0]])
    assert now.values[cell.partition(".")[2]] == "Camille Desprez" != was
    blank = next(one for one in filed_others() if (one.form, one.step) == (form, Step.TO_INITIALISE))
    opener = await viewer_of(login_of(blank.organism, ADMIN))
    whom = [ContactRow(ContactRole.DECLARANT, "Camille Desprez", email="camille@example.org")]
    opened = await steps.advance(opener, blank.id, "initialise", None, "key-1", contacts=whom)
    assert opened.step is Step.ENTRY


async def test_each_dossier_of_the_circuit_waits_for_another_rank() -> None:
    inside = [one for one in filed_others() if one.form == "ACTIONNARIAT" and one.step is Step.REVIEW]
    officer, waited = await viewer_of("coop.mission"), []
    for one in inside:
        row = await circuits.read_one(await dossiers.read(officer, one.id))
        assert row is not None
        waited.append([visa.visa.code for visa in row.progress.waited_for])
        shown = await visas.visas(officer, row)
        assert any(visa.own or visa.stands_for for visa in shown)
    assert waited == [["AVIS_MISSION"], ["VALIDATION"], ["SIGNATURE"]]
