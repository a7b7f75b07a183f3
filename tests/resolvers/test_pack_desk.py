"""A revision from its draft to its publication: kept, mended, refused, published once."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any

import pytest

from forms import key as catalogue
from forms import load_pack
from models import (
    Campaign,
    Conflict,
    Dossier,
    Invalid,
    NotFound,
    PackDraft,
    Platform,
    PlatformKind,
    Problem,
    execute,
)
from resolvers import dossiers, listing, pack_drafts, pack_publishing, pack_review, packs
from resolvers.criteria import Criteria
from resolvers.pack_drafts import Upload
from resolvers.pack_rows import DraftRow
from tests.desk import CYCLE, PART, Desk, build_desk, everything

pytestmark = pytest.mark.usefixtures("published_is_forgotten")


@pytest.fixture
async def desk(database: str) -> Desk:  # noqa: ARG001 - opened for the desk to be built in
    return await build_desk()


async def published(desk: Desk, files: dict[str, str] | None = None) -> DraftRow:
    return await pack_publishing.publish(desk.admin, (await desk.upload(files)).id)


async def test_the_first_revision_of_a_form_is_published_for_dossiers_opened_later(desk: Desk) -> None:
    draft = await desk.upload(desk.files() | desk.case(expected="3"), note=" Première ")
    assert (draft.key, draft.base, draft.author, draft.note) == (
        f"{desk.form}/2024/1",
        None,
        "Admin Essai",
        "Première",
    )
    assert await pack_review.obstacles(draft) == ()
    assert [(test.name, test.passed) for test in await pack_review.tests(draft)] == [("somme.json", True)]
    row = await pack_publishing.publish(desk.admin, draft.id)
    assert (row.revision, row.publisher, row.sha256) == (1, "Admin Essai", draft.sha256)
    await packs.ensure([row.key])
    assert str(load_pack(row.key).key) == row.key
    found = next(one for one in await packs.list_published(desk.world["cdc"]) if str(one.key) == row.key)
    assert (found.title, found.form_label, found.latest, found.editable) == (
        "Formulaire d’essai",
        "Essai",
        True,
        False,
    )
    assert await pack_drafts.list_drafts(desk.admin, 20) == ()


async def test_dossiers_keep_their_revision_and_the_campaign_moves(desk: Desk) -> None:
    first = await published(desk)
    await packs.ensure([first.key])
    old = await desk.dossier(first.key, {"L011.A": "1"})
    await Platform.create(code="ESH", name="Fédération", kind=PlatformKind.FEDERATION)
    await Campaign.create(
        platform_id="ESH", form=desk.form, year=2024, pack=first.key, opens_on=date(2025, 3, 1)
    )
    second = await published(desk, desk.files(formula="A - B"))
    assert (second.base, second.revision) == (1, 2)
    campaigns = {(one.platform_id, one.form): one.pack for one in await Campaign.all()}
    assert campaigns == {
        ("MIN", desk.form): second.key,
        ("ESH", desk.form): first.key,
        ("MIN", "ER"): "ER/2024/1",
    }
    assert (await Dossier.get(id=old.id)).pack == first.key
    assert str((await dossiers.read(desk.admin, old.id)).definition.key) == first.key


async def test_another_process_knows_a_revision_when_it_meets_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = await published(desk)
    await desk.dossier(row.key, {})
    assert row.key not in map(str, catalogue.list_packs())
    (dossier,) = (await listing.search(desk.admin, Criteria(form=desk.form))).rows
    assert str(dossier.definition.key) == row.key
    monkeypatch.setattr(catalogue._Added, "keys", ())  # noqa: SLF001 - a process that starts
    monkeypatch.setattr(catalogue._Added, "texts", {})  # noqa: SLF001 - a process that starts
    await packs.load_published()
    assert row.key in map(str, catalogue.list_packs())
    await execute("UPDATE pack_draft SET files = %s::jsonb WHERE id = %s", ["{}", row.id])
    with pytest.raises(Problem) as caught:
        await packs.load_published()
    assert (caught.value.code, caught.value.details) == ("PACK_CLASH", {"pack": row.key})


async def test_what_cannot_be_read_is_kept_with_its_place_and_mended(desk: Desk) -> None:
    broken = desk.files(formula="A + Z9.L011.A")
    draft = await desk.upload(broken)
    fault = (await pack_review.reading(draft)).fault
    assert fault is not None
    assert (fault.file, fault.line, fault.code) == ("part-01.txt", 5, "REFERENCE_UNKNOWN")
    assert fault in await pack_review.findings(draft)
    before = await everything()
    with pytest.raises(Invalid) as caught:
        await pack_publishing.publish(desk.admin, draft.id)
    assert caught.value.code == "PACK_UNREADABLE"
    assert caught.value.path == ("part-01.txt", "5", str(fault.column))
    assert "part-01.txt, ligne 5, colonne" in caught.value.message
    assert await everything() == before
    mended = await desk.upload(desk.files(), replaces=draft.id)
    assert [row.id for row in await pack_drafts.list_drafts(desk.admin, 20)] == [mended.id]
    with pytest.raises(NotFound):
        await pack_drafts.read(desk.admin, draft.id)


async def test_a_move_that_no_right_opens_is_a_fault(desk: Desk) -> None:
    cycle = "@etape 0 | Avant\n@etape 1 | Saisie\n@mouvement m | Aller | 0 | 1 | dossier:rien |\n"
    fault = (await pack_review.reading(await desk.upload(desk.files(cycle=cycle)))).fault
    assert fault is not None
    assert (fault.file, fault.line, fault.column) == ("cycle.txt", 3, 32)
    assert "dossier:rien" in fault.message


@pytest.mark.parametrize("role", ["dossier:rien", "pack:edit"])
async def test_a_visa_that_no_right_opens_is_a_fault(desk: Desk, role: str) -> None:
    cycle = f"{CYCLE}@etape 2 | Fin\n@mouvement m | Finir | 1 | 2 | dossier:write | circuit_approved\n"
    circuits = f"@circuit C | Circuit | 1\n@visa V | Visa | {role} | validation | 1\n"
    files = desk.files(cycle=cycle, circuits=circuits)
    fault = (await pack_review.reading(await desk.upload(files))).fault
    assert fault is not None
    assert (fault.file, fault.line, fault.column) == ("circuits.txt", 2, 18)
    assert role in fault.message
    files["circuits.txt"] = circuits.replace(role, "dossier:write")
    assert (await pack_review.reading(await desk.upload(files))).fault is None


async def test_advice_stops_nothing_and_differences_are_read(desk: Desk) -> None:
    await published(desk)
    await packs.ensure([f"{desk.form}/2024/1"])
    draft = await desk.upload(desk.files(formula="A / B", checks=""))
    assert {"DIVISION_UNGUARDED"} <= {finding.code for finding in await pack_review.findings(draft)}
    found = {(change.aspect.value, change.place) for change in await pack_review.difference(draft)}
    assert {("column", "A1.X"), ("check", "T-1")} <= found
    assert (await pack_publishing.publish(desk.admin, draft.id)).revision == 2


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("PACK_BREAKING", {"part_01": PART.format(formula="A").replace("@col B | b | S\n", "")}),
        ("PACK_TESTS_FAILED", {"formula": "A - B"}),
    ],
)
async def test_what_would_harm_is_not_published(desk: Desk, code: str, changes: dict[str, Any]) -> None:
    await published(desk)
    stored = desk.case(expected="3") if code == "PACK_TESTS_FAILED" else {}
    draft = await desk.upload(desk.files(**changes) | stored)
    assert [one.code for one in await pack_review.obstacles(draft)] == [code]
    before = await everything()
    with pytest.raises(Invalid) as caught:
        await pack_publishing.publish(desk.admin, draft.id)
    assert caught.value.code == code
    assert await everything() == before


async def test_a_draft_on_an_older_revision_is_a_conflict_that_names_the_newer(desk: Desk) -> None:
    await published(desk)
    late = await desk.upload(desk.files(formula="A - B"))
    newer = await published(desk, desk.files(formula="B"))
    before = await everything()
    with pytest.raises(Conflict, match=newer.key) as caught:
        await pack_publishing.publish(desk.admin, late.id)
    assert caught.value.code == "PACK_BASE_MOVED"
    for act in (pack_publishing.publish, pack_drafts.discard):
        with pytest.raises(Conflict) as again:
            await act(desk.admin, newer.id)
        assert again.value.code == "PACK_PUBLISHED_ALREADY"
    assert await everything() == before
    await pack_drafts.discard(desk.admin, late.id)
    assert await PackDraft.filter(id=late.id).count() == 0


async def test_of_two_publications_at_once_one_wins(desk: Desk) -> None:
    drafts = [await desk.upload(desk.files(formula=formula)) for formula in ("A", "B")]
    done = await asyncio.gather(
        *(pack_publishing.publish(desk.admin, draft.id) for draft in drafts), return_exceptions=True
    )
    (won,) = [one for one in done if isinstance(one, DraftRow)]
    (lost,) = [one for one in done if isinstance(one, Conflict)]
    assert (won.revision, lost.code) == (1, "PACK_BASE_MOVED")
    assert await PackDraft.filter(form=desk.form, revision=1).count() == 1


@pytest.mark.parametrize(
    ("code", "path", "changes"),
    [
        ("PACK_FILES_MISSING", ("files",), {"files": ()}),
        ("PACK_FILE_NAME", ("files", "../pack.txt"), {"files": (("../pack.txt", ""),)}),
        ("PACK_FILE_TWICE", ("files", "pack.txt"), {"files": (("pack.txt", ""), ("pack.txt", ""))}),
        ("PACK_FILE_TEXT", ("files", "pack.txt"), {"files": (("pack.txt", "a\0"),)}),
        ("PACK_FILE_TEXT", ("files", "pack.txt"), {"files": (("pack.txt", "\ud800"),)}),
        ("PACK_TOO_LARGE", ("files",), {"files": (("pack.txt", "x" * 3_000_001),)}),
        ("PACK_MISPLACED", ("files", "pack.txt"), {"year": 2023}),
        ("PACK_YEAR_INVALID", ("year",), {"year": 99}),
        ("PACK_BASE_UNKNOWN", ("base",), {"base": 7}),
        ("PACK_NOTE_TOO_LONG", ("note",), {"note": "x" * 501}),
    ],
)
async def test_an_upload_that_makes_no_sense_is_refused_whole(
    desk: Desk, code: str, path: tuple[str, ...], changes: dict[str, object]
) -> None:
    before = await everything()
    sent = {"form": desk.form, "year": 2024, "files": tuple(desk.files().items()), **changes}
    with pytest.raises(Invalid) as caught:
        await pack_drafts.upload(desk.admin, Upload(**sent))  # type: ignore[arg-type]  # one field of each kind
    assert (caught.value.code, caught.value.path) == (code, path)
    assert await everything() == before


async def test_the_header_says_the_base_and_takes_the_next_number(desk: Desk) -> None:
    await published(desk)
    sent = {**desk.files(), "pack.txt": "# un commentaire\r\n" + desk.files()["pack.txt"]}
    draft = await desk.upload(sent)
    files = await pack_drafts.files_of(draft)
    assert (draft.base, draft.key) == (1, f"{desk.form}/2024/2")
    assert files["pack.txt"].splitlines() == [
        "# un commentaire",
        f"@formulaire {desk.form} | 2024 | 2 | Formulaire d’essai | Essai",
    ]
    with pytest.raises(Invalid) as caught:
        await desk.upload(desk.files(revision=2))
    assert caught.value.code == "PACK_BASE_UNKNOWN"


async def test_a_workbook_keeps_the_stored_tests_of_its_base(desk: Desk) -> None:
    stored = desk.case(expected="3")
    await published(desk, desk.files() | stored)
    draft = await desk.upload(desk.files(formula="B + A"), keeps_tests=True)
    assert stored.items() <= (await pack_drafts.files_of(draft)).items()
