"""Fetching a mass export by HTTP: whole, by any part of it, again, and by nobody else."""

from __future__ import annotations

import io
import zipfile
import zlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from models import (
    Dossier,
    Event,
    Export,
    ExportState,
    FileStore,
    MassExport,
    MassExportItem,
    MassExportState,
)
from rendering.mass_archive import Archive, Entry
from tests.gql.conftest import proof
from tests.gql.test_downloads import ready as print_ready
from tests.masses import FILE_NAME, own_mass

if TYPE_CHECKING:
    from pathlib import Path

    import httpx

    from tests.gql.conftest import House

CONTENT = b"%PDF-1.7 une impression"


async def ready(house: House, login: str = "saisie", **changes: Any) -> tuple[str, str]:  # noqa: ANN401 - columns
    """A session, and the identifier of a mass export of one dossier whose file is in the store."""
    by, key = await house.sign_in(login), uuid4().hex
    await house.files.put(key, CONTENT)
    made = await own_mass(house.world[login], house.world.dossier, key, CONTENT)
    if changes:
        await MassExport.filter(id=made).update(**changes)
    return by, str(made)


async def asked(house: House, path: str, by: str, method: str = "GET", **headers: str) -> httpx.Response:
    """A file, or its headers, as someone asks for it."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return await house.http.request(method, path, headers={**proof(by), **sent})


async def fetched(house: House, by: str, made: object, end: str = "file", **headers: str) -> httpx.Response:
    """The archive, or its manifest."""
    return await asked(house, f"/mass-exports/{made}/{end}", by, **headers)


async def test_the_archive_is_whole_the_same_again_and_noted_once(house: House) -> None:
    by, made = await ready(house)
    before = await Event.filter(kind="export_taken").count()
    first, second = [await fetched(house, by, made) for _ in range(2)]
    assert (first.status_code, first.headers["content-type"]) == (200, "application/zip")
    assert first.content == second.content
    assert first.headers["etag"] == second.headers["etag"]
    assert first.headers["content-length"] == str(len(first.content))
    assert "attachment; filename*=UTF-8''harmonia_pdf_2026" in first.headers["content-disposition"]
    with zipfile.ZipFile(io.BytesIO(first.content)) as found:
        assert (found.testzip(), found.read(FILE_NAME)) == (None, CONTENT)
        listed = found.read("manifeste.csv")
    alone = await fetched(house, by, made, "manifeste.csv")
    assert (alone.content, alone.headers["content-type"]) == (listed, "text/csv; charset=utf-8")
    taken = await Event.filter(kind="export_taken").order_by("-id")
    assert len(taken) == before + 1
    assert (taken[0].details["mass"], taken[0].dossier_id) == (made, house.world.dossier)


async def test_every_cut_of_an_archive_is_the_rest_of_it(house: House) -> None:
    by, made = await ready(house)
    whole = await fetched(house, by, made)
    content, etag = whole.content, whole.headers["etag"]
    for cut in range(1, len(content), 7):
        parts = [
            await fetched(house, by, made, range=part, if_range=etag)
            for part in (f"bytes=0-{cut - 1}", f"bytes={cut}-")
        ]
        assert [part.status_code for part in parts] == [206, 206]
        assert parts[0].content + parts[1].content == content
        assert parts[1].headers["content-range"] == f"bytes {cut}-{len(content) - 1}/{len(content)}"
        assert parts[1].headers["content-length"] == str(len(content) - cut)


@pytest.mark.parametrize("kind", ["one", "many"])
async def test_a_range_is_given_refused_or_passed_over_by_the_rules_of_http(house: House, kind: str) -> None:
    if kind == "many":
        by, made = await ready(house)
        path = f"/mass-exports/{made}/file"
    else:
        by, made = await print_ready(house)
        path = f"/exports/{made}/file"
    whole = await asked(house, path, by)
    size, etag = len(whole.content), whole.headers["etag"]
    assert whole.headers["accept-ranges"] == "bytes"
    wanted = {
        "bytes=-10": (206, whole.content[-10:]),
        f"bytes=-{size * 2}": (206, whole.content),
        f"bytes=5-{size * 2}": (206, whole.content[5:]),
        "bytes=0-0": (206, whole.content[:1]),
        # Several at once, units that are not ours and what cannot be read: all of it.
        "bytes=0-1,4-5": (200, whole.content),
        "lines=1-2": (200, whole.content),
        "bytes=9-4": (200, whole.content),
        "bytes=-": (200, whole.content),
    }
    for text, (status, content) in wanted.items():
        answer = await asked(house, path, by, range=text)
        assert (answer.status_code, answer.content == content) == (status, True), text
    for text in (f"bytes={size}-", "bytes=-0", f"bytes={10**14}-"):
        answer = await asked(house, path, by, range=text)
        assert (answer.status_code, answer.json()["extensions"]["code"]) == (416, "RANGE_UNSATISFIABLE")
        assert answer.headers["content-range"] == f"bytes */{size}"
    # Of a file that was another, or by a date, which we give none of, all of it is given again.
    for known in ('"another"', f"W/{etag}", "Sun, 22 Nov 2026 18:30:00 GMT"):
        answer = await asked(house, path, by, range="bytes=5-9", if_range=known)
        assert (answer.status_code, answer.content == whole.content) == (200, True)
    told = await asked(house, path, by, "HEAD")
    assert (told.status_code, told.content) == (200, b"")
    assert (told.headers["content-length"], told.headers["etag"]) == (str(size), etag)


async def test_asking_what_there_is_takes_nothing(house: House) -> None:
    by, made = await ready(house)
    one, printed = await print_ready(house)
    before = await Event.all().count()
    assert (await asked(house, f"/mass-exports/{made}/file", by, "HEAD")).status_code == 200
    assert (await asked(house, f"/exports/{printed}/file", one, "HEAD")).status_code == 200
    assert await Event.all().count() == before
    assert (await Export.get(id=printed)).state is ExportState.READY


async def test_what_changed_meanwhile_is_another_file(house: House) -> None:
    """Who goes on with an archive whose content or articles are others is given the new one, whole."""
    by, made = await ready(house)
    whole = await fetched(house, by, made)
    # As a dossier made again leaves them: the export then ends anew.
    await MassExportItem.filter(export_id=made).update(article="une autre")
    await MassExport.filter(id=made).update(finished_at=datetime.now(UTC))
    both = await fetched(house, by, made, range="bytes=5-", if_range=whole.headers["etag"])
    assert both.status_code == 200
    assert both.headers["etag"] != whole.headers["etag"]


async def test_nobody_else_learns_that_it_exists(house: House) -> None:
    _, made = await ready(house)
    other = await house.sign_in("hierarchie")
    for end in ("file", "manifeste.csv"):
        assert (await fetched(house, "", made, end)).status_code == 401
        answers = [await fetched(house, other, one, end) for one in (made, uuid4(), "nonsense")]
        assert answers[0].content == answers[1].content == answers[2].content
        assert (answers[0].status_code, answers[0].json()["extensions"]["code"]) == (
            404,
            "MASS_EXPORT_UNKNOWN",
        )


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"state": MassExportState.RUNNING}, 409, "EXPORT_NOT_READY"),
        ({"state": MassExportState.CANCELLED}, 409, "EXPORT_NOT_READY"),
        ({"expires_at": "2026-01-01T00:00:00Z"}, 410, "EXPORT_EXPIRED"),
        ({"file_name": ""}, 410, "EXPORT_EXPIRED"),
        ({"kind": "one_pdf", "file_key": "gone"}, 410, "EXPORT_EXPIRED"),
    ],
)
async def test_a_file_that_cannot_be_had_is_explained(
    house: House, changes: dict[str, Any], status: int, code: str
) -> None:
    by, made = await ready(house, **changes)
    answer = await fetched(house, by, made)
    assert (answer.status_code, answer.json()["extensions"]["code"]) == (status, code)
    assert answer.json()["message"].endswith(".")


async def test_a_right_lost_meanwhile_is_lost(house: House) -> None:
    by, made = await ready(house)
    await Dossier.filter(id=house.world.dossier).update(platform="EPL")
    try:
        answers = [await fetched(house, by, made, end) for end in ("file", "manifeste.csv")]
    finally:
        await Dossier.filter(id=house.world.dossier).update(platform="MIN")
    assert {answer.json()["extensions"]["code"] for answer in answers} == {"MASS_EXPORT_CLOSED"}
    assert not any(CONTENT in answer.content for answer in answers)


async def test_an_archive_beyond_four_gigabytes_says_where_its_files_are(tmp_path: Path) -> None:
    """Laid on a file with holes, where a file of five gigabytes would be: its directory leads past it."""
    at, large = datetime(2026, 11, 22, 18, 30, tzinfo=UTC), 5 * 1024**3
    after = Entry("after.txt", at, len(CONTENT), zlib.crc32(CONTENT), content=CONTENT)
    whole = Archive([Entry("large.pdf", at, large, 0, key="large"), after])
    path, head = tmp_path / "whole.zip", 30 + len("large.pdf") + 20
    with path.open("wb") as laid:
        for start, stop in ((0, head), (head + large, whole.size)):
            laid.seek(start)
            laid.writelines([block async for block in whole.stream(FileStore.local(tmp_path), start, stop)])
    with zipfile.ZipFile(path) as found:
        assert [(one.filename, one.file_size) for one in found.infolist()] == [
            ("large.pdf", large),
            ("after.txt", len(CONTENT)),
        ]
        assert found.read("after.txt") == CONTENT
        assert found.infolist()[0].date_time == (2026, 11, 22, 19, 30, 0)


async def test_more_files_than_an_old_directory_counts(tmp_path: Path) -> None:
    at = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)
    whole = Archive([Entry(f"{number}", at, 0, 0) for number in range(0x10000)])
    blocks = [block async for block in whole.stream(FileStore.local(tmp_path))]
    with zipfile.ZipFile(io.BytesIO(b"".join(blocks))) as found:
        assert len(found.namelist()) == 0x10000
