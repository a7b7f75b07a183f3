"""Contents that arrive whole, in parts, cut, lied about or harmful: one effect, or none that stays."""

from __future__ import annotations

import asyncio
import hashlib
import io
import socket
import zipfile
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from models import Attachment, AttachmentState, Dossier, Event, Invalid, NotFound
from rendering.attachment_jobs import forget_attachments
from resolvers import attachment_upload
from resolvers.attachment_kinds import MOST_ENTRIES, judge
from resolvers.attachment_rows import Intake
from resolvers.attachment_upload import LEAST_PART
from tests.gql.conftest import proof
from tests.gql.test_attachments import REMOVE, added, listed, put, stored

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpx

    from tests.gql.conftest import House

LARGE = b"%PDF-1.7\n" + bytes(range(256)) * 4_000
PART = 300_000
PARTS = [(start, min(start + PART, len(LARGE))) for start in range(0, len(LARGE), PART)]


async def part(house: House, by: str, identifier: str, start: int, stop: int) -> httpx.Response:
    told = f"bytes {start}-{stop - 1}/{len(LARGE)}"
    return await put(house, by, identifier, LARGE[start:stop], content_range=told)


async def rest(house: House, by: str, identifier: str, first: int) -> httpx.Response:
    """Send the parts from the one of that number; what the last is answered."""
    answers = [await part(house, by, identifier, *span) for span in PARTS[first:]]
    return answers[-1]


def code(answer: httpx.Response) -> str:
    return str(answer.json()["extensions"]["code"])


async def test_a_large_file_comes_in_parts_each_kept_once(fresh: House) -> None:
    by = await fresh.sign_in("saisie")
    identifier = await added(fresh, by, LARGE)
    gap = await part(fresh, by, identifier, *PARTS[1])
    assert (gap.status_code, code(gap), gap.json()["extensions"]["details"]) == (
        409,
        "ATTACHMENT_PART_ELSEWHERE",
        {"received": 0},
    )
    first = await part(fresh, by, identifier, *PARTS[0])
    assert (first.status_code, first.json()["received"]) == (202, PART)
    again = await part(fresh, by, identifier, *PARTS[0])
    assert (again.status_code, again.json()["received"]) == (202, PART), "a part sent twice is kept once"
    astride = await part(fresh, by, identifier, PART // 2, PART * 2)
    assert code(astride) == "ATTACHMENT_PART_ELSEWHERE"
    tiny = await part(fresh, by, identifier, PART, PART + LEAST_PART - 1)
    assert (tiny.status_code, code(tiny)) == (416, "ATTACHMENT_RANGE")
    nonsense = await put(fresh, by, identifier, b"x", content_range="bytes */12")
    assert code(nonsense) == "ATTACHMENT_RANGE"
    both = await asyncio.gather(*(part(fresh, by, identifier, *PARTS[1]) for _ in range(2)))
    assert {answer.status_code for answer in both} <= {202, 409}
    assert 202 in {answer.status_code for answer in both}
    answer = await rest(fresh, by, identifier, 2)
    assert (answer.status_code, answer.json()["state"]) == (200, "READY")
    (row,) = await listed(fresh, by)
    assert row["sha256"] == hashlib.sha256(LARGE).hexdigest()
    content = await fresh.get(row["url"], by)
    assert content.content == LARGE
    assert len(stored(fresh)) == 1, "no part is left behind"


async def test_a_body_cut_in_the_middle_leaves_nothing_and_is_taken_up_again(fresh: House) -> None:
    by = await fresh.sign_in("saisie")
    identifier = await added(fresh, by, LARGE)
    await part(fresh, by, identifier, *PARTS[0])
    port = int(fresh.url.rpartition(":")[2])
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    start, stop = PARTS[1]
    head = (
        f"PUT /attachments/{identifier}/content HTTP/1.1\r\nHost: localhost\r\n"
        f"Cookie: {proof(by)['cookie']}\r\n"
        f"Content-Range: bytes {start}-{stop - 1}/{len(LARGE)}\r\nContent-Length: {stop - start}\r\n\r\n"
    )
    writer.write(head.encode() + LARGE[start : start + 100_000])
    await writer.drain()
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    writer.close()
    assert await reader.read() == b""
    (row,) = await listed(fresh, by)
    assert (row["state"], row["received"]) == ("ARRIVING", PART)
    answer = await rest(fresh, by, identifier, 1)
    assert answer.json()["state"] == "READY"
    assert len(stored(fresh)) == 1


@pytest.mark.parametrize(
    ("sent", "status", "expected"),
    [
        (LARGE + b"x", 400, "ATTACHMENT_SIZE"),
        (LARGE[:-1], 400, "ATTACHMENT_SIZE"),
        (b"x" * 10_000_001, 413, "ATTACHMENT_TOO_LARGE"),
    ],
    ids=["more", "less", "beyond the limit"],
)
@pytest.mark.parametrize("declared", [True, False], ids=["declared", "lied"])
async def test_a_size_is_what_was_announced(
    house: House, sent: bytes, status: int, expected: str, *, declared: bool
) -> None:
    by = await house.sign_in("saisie")
    identifier = await added(house, by, LARGE)
    before = stored(house)

    async def blocks() -> AsyncIterator[bytes]:
        for start in range(0, len(sent), 100_000):
            yield sent[start : start + 100_000]

    # Without a length declared, what comes is counted, and told by the size that it passes.
    answer = await put(house, by, identifier, sent if declared else blocks())
    wanted = (status, expected) if declared else (400, "ATTACHMENT_SIZE")
    assert (answer.status_code, code(answer)) == wanted
    row = next(row for row in await listed(house, by) if row["id"] == identifier)
    assert (row["state"], row["received"], stored(house)) == ("ARRIVING", 0, before)


TYPES = "[Content_Types].xml"


def office(
    types: str, *entries: tuple[str, bytes], name: str = TYPES, packing: int = zipfile.ZIP_STORED
) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", packing) as archive:
        archive.writestr(name, types)
        for entry, content in entries:
            archive.writestr(entry, content)
    return made.getvalue()


def damaged(types: str, packing: int) -> bytes:
    made = bytearray(office(types, packing=packing))
    begin = made.find(TYPES.encode()) + len(TYPES)
    made[begin + 6 : begin + 30] = bytes(24)
    return bytes(made)


def far(types: str) -> bytes:
    """A directory that says that it begins beyond where it does."""
    made = bytearray(office(types))
    made[-6:-2] = (2**31).to_bytes(4, "little")
    return bytes(made)


DOCX = '<Types><Override ContentType="application/vnd.openxmlformats-officedocument.{}.main+xml"/></Types>'
WORD, SHEET = DOCX.format("wordprocessingml.document"), DOCX.format("spreadsheetml.sheet")
ODT = "application/vnd.oasis.opendocument.text"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 32
CONTENTS = [
    ("a.pdf", b"%PDF-1.4 ...", ""),
    ("a.png", PNG, ""),
    ("a.jpeg", b"\xff\xd8\xff\xe0\0\x10JFIF" + b"\0" * 32, ""),
    ("a.tif", b"II*\0" + b"\0" * 32, ""),
    ("a.docx", office(WORD), ""),
    ("a.xlsx", office(SHEET), ""),
    ("a.odt", office(ODT, name="mimetype"), ""),
    ("a.csv", "Nom;Valeur\r\né;1\r\n".encode(), ""),
    ("a.pdf", b"MZ\x90\0 un programme", "ATTACHMENT_KIND_FALSE"),
    ("a.pdf", b" %PDF-1.4 plus loin", "ATTACHMENT_KIND_FALSE"),
    ("a.pdf", PNG, "ATTACHMENT_KIND_FALSE"),
    ("a.png", b"%PDF-1.4", "ATTACHMENT_KIND_FALSE"),
    ("a.docx", office(SHEET), "ATTACHMENT_KIND_FALSE"),
    ("a.docx", b"PK\3\4 rien", "ATTACHMENT_KIND_FALSE"),
    ("a.docx", damaged(WORD, zipfile.ZIP_DEFLATED), "ATTACHMENT_KIND_FALSE"),
    ("a.docx", damaged(WORD, zipfile.ZIP_BZIP2), "ATTACHMENT_KIND_FALSE"),
    ("a.docx", damaged(WORD, zipfile.ZIP_LZMA), "ATTACHMENT_KIND_FALSE"),
    ("a.docx", office(WORD, packing=zipfile.ZIP_BZIP2), "ATTACHMENT_KIND_FALSE"),
    ("a.docx", office(WORD, packing=zipfile.ZIP_DEFLATED), ""),
    ("a.docx", far(WORD), "ATTACHMENT_KIND_FALSE"),
    ("a.docx", office(WORD)[:-20], "ATTACHMENT_KIND_FALSE"),
    ("a.docx", office(WORD, ("word/vbaProject.bin", b"x")), "ATTACHMENT_MACROS"),
    ("a.xlsx", office(SHEET.replace("main+xml", "x") + "macroEnabled"), "ATTACHMENT_MACROS"),
    ("a.odt", office(ODT, ("Basic/Standard/a.xml", b"x"), name="mimetype"), "ATTACHMENT_MACROS"),
    ("a.ods", office(ODT, name="mimetype"), "ATTACHMENT_KIND_FALSE"),
    ("a.txt", "é".encode("latin-1"), "ATTACHMENT_KIND_FALSE"),
    ("a.txt", b"un\0nul", "ATTACHMENT_KIND_FALSE"),
]


def test_an_archive_of_too_many_entries_is_refused_before_they_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    many = office(WORD, *((str(number), b"") for number in range(MOST_ENTRIES)))
    monkeypatch.setattr(zipfile.ZipFile, "__init__", None)
    with pytest.raises(Invalid, match="DOCX"):
        judge("docx", io.BytesIO(many))


@pytest.mark.parametrize("group", [True, False], ids=["taken", "refused"])
async def test_what_it_is_is_told_by_its_content(house: House, *, group: bool) -> None:
    by = await house.sign_in("saisie")
    for name, content, expected in CONTENTS:
        if bool(expected) is not group:
            await _told_by_its_content(house, by, name, content, expected)


async def _told_by_its_content(house: House, by: str, name: str, content: bytes, expected: str) -> None:
    identifier = await added(house, by, content, name)
    before = stored(house)
    answer = await put(house, by, identifier, content)
    row = next(row for row in await listed(house, by) if row["id"] == identifier)
    if not expected:
        assert (answer.status_code, row["state"]) == (200, "READY"), name
        return
    assert (answer.status_code, code(answer)) == (400, expected), (name, content[:20])
    assert (row["state"], stored(house)) == ("REFUSED", before)
    assert row["refusal"].endswith(".")
    event = await Event.filter(kind="attachment_refused").order_by("-id").first()
    assert event is not None
    assert event.details == {"attachment": identifier, "code": expected}


async def test_a_document_removed_while_it_arrives_leaves_nothing(fresh: House) -> None:
    by = await fresh.sign_in("saisie")
    identifier = await added(fresh, by, LARGE)

    async def blocks() -> AsyncIterator[bytes]:
        yield LARGE[:500_000]
        await fresh.ask(REMOVE, {"id": identifier, "key": "r"}, by=by)
        yield LARGE[500_000:]

    answer = await put(fresh, by, identifier, blocks())
    assert (answer.status_code, code(answer)) == (404, "NOT_FOUND")
    assert (stored(fresh), await Attachment.all().count()) == ([], 0)


async def test_a_right_lost_while_it_arrives_is_lost(fresh: House) -> None:
    by = await fresh.sign_in("saisie")
    identifier = await added(fresh, by, LARGE)

    async def blocks() -> AsyncIterator[bytes]:
        yield LARGE[:500_000]
        await Dossier.filter(id=fresh.world.dossier).update(step=5)
        yield LARGE[500_000:]

    answer = await put(fresh, by, identifier, blocks())
    assert (answer.status_code, code(answer)) == (403, "REFUSED")
    assert (stored(fresh), (await Attachment.get(id=identifier)).received) == ([], 0)


async def test_no_byte_is_read_of_whoever_may_not(fresh: House) -> None:
    by, stranger = await fresh.sign_in("saisie"), await fresh.sign_in("voisin")
    identifier = await added(fresh, by, LARGE)
    with pytest.raises(NotFound):
        await attachment_upload.expect(fresh.world["voisin"], UUID(identifier), None, Intake())
    assert (await put(fresh, stranger, identifier, b"")).status_code == 404
    other = await put(fresh, by, identifier, LARGE, origin="https://ailleurs.example")
    assert (other.status_code, code(other)) == (403, "ORIGIN_REFUSED")
    assert stored(fresh) == []


async def test_what_never_arrives_is_forgotten_and_nothing_is_orphaned(fresh: House) -> None:
    by = await fresh.sign_in("saisie")
    late, kept = await added(fresh, by, LARGE), await added(fresh, by)
    await part(fresh, by, late, *PARTS[0])
    await put(fresh, by, kept)
    await fresh.files.put("attachments/not-one/of-ours", b"x")
    await fresh.files.put(f"attachments/{kept}/left-behind", b"x")
    now = datetime.now(UTC)
    assert await forget_attachments(fresh.files, now=now) == 0
    assert len(stored(fresh)) == 4, "what is young may be on its way"
    assert await forget_attachments(fresh.files, now=now + timedelta(days=1, minutes=1)) == 1
    (row,) = await Attachment.all()
    assert (str(row.id), row.state, len(stored(fresh))) == (kept, AttachmentState.READY, 1)
    assert await fresh.files.read(row.file_key)


async def test_a_content_that_is_gone_is_told_so(fresh: House) -> None:
    by = await fresh.sign_in("saisie")
    identifier = await added(fresh, by)
    await put(fresh, by, identifier)
    await fresh.files.delete((await Attachment.get(id=identifier)).file_key)
    answer = await fresh.get(f"/attachments/{identifier}/content", by)
    assert (answer.status_code, code(answer)) == (410, "ATTACHMENT_GONE")
