"""What is published can be loaded: whatever was read before, however the header is written."""

from __future__ import annotations

import time

import pytest

from forms import load_pack
from models import Campaign, Invalid, NotFound, PackDraft, Platform, PlatformKind
from resolvers import pack_drafts, pack_publishing, pack_review, packs
from resolvers.pack_drafts import Upload
from resolvers.pack_files import named_by, with_revision
from tests.desk import Desk, build_desk, everything

LONG = 200_000


pytestmark = pytest.mark.usefixtures("published_is_forgotten")


@pytest.fixture
async def desk(database: str) -> Desk:  # noqa: ARG001 - opened for the desk to be built in
    return await build_desk()


async def test_what_was_read_for_one_year_says_nothing_of_another(desk: Desk) -> None:
    draft = await desk.upload()
    files = await pack_drafts.files_of(draft)
    assert (await pack_review.reading(draft)).pack is not None
    # No upload lets them through under another key: laid there, they are read afresh all the same.
    other = await pack_drafts.upload(
        desk.admin, Upload(desk.form, 2025, tuple({**files, "pack.txt": "rien"}.items()))
    )
    await PackDraft.filter(id=other.id).update(files=files, sha256=draft.sha256)
    other = await pack_drafts.read(desk.admin, other.id)
    assert (other.sha256, other.key) == (draft.sha256, f"{desk.form}/2025/1")
    fault = (await pack_review.reading(other)).fault
    assert fault is not None
    assert fault.code == "PACK_MISPLACED"
    before = await everything()
    with pytest.raises(Invalid) as caught:
        await pack_publishing.publish(desk.admin, other.id)
    assert caught.value.code == "PACK_UNREADABLE"
    assert await everything() == before
    row = await pack_publishing.publish(desk.admin, draft.id)
    await packs.ensure([row.key])
    assert str(load_pack(row.key).key) == row.key


@pytest.mark.parametrize("header", ["{} | 2024 | 00001", "{} | 02024 | 1", "{} | 2024 | 0", "{} | ٢٠٢٤ | 1"])
async def test_a_number_is_written_in_one_way(desk: Desk, header: str) -> None:
    files = desk.files(pack=f"@formulaire {header.format(desk.form)} | Essai | Essai\n")
    assert named_by(files) is None
    assert with_revision(files, 3) == files
    fault = (await pack_review.reading(await desk.upload(files))).fault
    assert fault is not None
    assert (fault.file, fault.line, fault.code) == ("pack.txt", 1, "PACK_UNREADABLE")
    assert "sans zéro devant" in fault.message


@pytest.mark.parametrize(
    "text",
    [
        "@formulaire" + " " * LONG + "x",
        "@formulaire " + "|" * LONG,
        "\t" * LONG + "\n@formulaire",
        ("\n" + " " * 500) * (LONG // 500) + "x",
    ],
)
def test_a_header_is_read_at_once_however_long(text: str) -> None:
    start = time.perf_counter()
    assert named_by({"pack.txt": text}) is None
    assert with_revision({"pack.txt": text}, 2) == {"pack.txt": text}
    # A fraction of a second on any machine; what took the square of the length took minutes.
    assert time.perf_counter() - start < 1


async def test_a_form_that_another_platform_has_come_to_collect_is_published_no_more(desk: Desk) -> None:
    draft = await desk.upload()
    await Platform.create(code="ESH", name="Fédération", kind=PlatformKind.FEDERATION)
    await Campaign.create(
        platform_id="ESH", form=desk.form, year=2024, pack="x", opens_on=draft.created_at.date()
    )
    await desk.world.authority.refresh()
    before = await everything()
    for act in (pack_drafts.read, pack_publishing.publish, pack_drafts.discard):
        with pytest.raises(NotFound) as caught:
            await act(desk.admin, draft.id)
        assert caught.value.code == "PACK_DRAFT_UNKNOWN"
    assert await pack_drafts.list_drafts(desk.admin, 20) == ()
    assert await everything() == before
