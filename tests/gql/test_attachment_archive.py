"""An archive of attachments leaves as it is read: what nobody has taken yet is not even opened."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from models import Attachment, AttachmentState, Dossier, FileStore
from rendering.attachment_zip import zip_attachments
from resolvers import attachments
from tests.gql.conftest import proof

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.gql.conftest import House

MANY, BYTES = 12, 8_000_000
KEY = "attachments/shared"
# What the kernel keeps between two ends of one machine, at most, beside what the server writes ahead.
IN_BETWEEN = 24_000_000


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The contents opened, in order."""
    found: list[str] = []
    blocks = FileStore.blocks

    def counted(files: FileStore, key: str) -> Iterator[bytes]:
        found.append(key)
        yield from blocks(files, key)

    monkeypatch.setattr(FileStore, "blocks", counted)
    return found


@pytest.fixture
async def house(fresh: House) -> House:
    """With twelve documents of one content."""
    author, content, now = fresh.world["saisie"], bytes(BYTES), datetime.now(UTC)
    await fresh.files.put(KEY, content)
    await Attachment.bulk_create(
        Attachment(
            dossier_id=fresh.world.dossier,
            name=f"document-{number}.pdf",
            original="document.pdf",
            media_type="application/pdf",
            size=BYTES,
            received=BYTES,
            file_key=KEY,
            sha256=hashlib.sha256(content).hexdigest(),
            state=AttachmentState.READY,
            author_id=author.user_id,
            organization_id=author.organization_id,
            added_at=now,
            sent_at=now,
        )
        for number in range(MANY)
    )
    await Dossier.filter(id=fresh.world.dossier).update(step=4)
    return fresh


async def test_a_content_is_opened_once_those_before_it_have_left(house: House, opened: list[str]) -> None:
    _, rows = await attachments.read_all(house.world["ministere"], house.world.dossier)
    left, most = 0, 0
    for block in zip_attachments(house.files, rows):
        most = max(most, len(block))
        assert len(opened) <= left // BYTES + 1
        left += len(block)
    assert len(opened) == MANY
    assert left > MANY * BYTES
    assert most < BYTES


async def test_the_door_sends_what_it_has_read_and_reads_no_further(house: House, opened: list[str]) -> None:
    by = proof(await house.sign_in("ministere"))
    address = f"/dossiers/{house.world.dossier}/attachments.zip"
    async with house.http.stream("GET", address, headers=by) as answer:
        first = await anext(answer.aiter_raw(64_000))
        assert first.startswith(b"PK")
        assert len(opened) <= IN_BETWEEN // BYTES + 1 < MANY
