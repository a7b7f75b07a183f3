"""The demonstration's documents are real ones, some missing and some not sent."""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING

import pypdf
import pytest

from models import Attachment, FileStore
from resolvers.demo.attachments import write_contents

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.usefixtures("demo")
async def test_each_document_is_a_pdf_that_its_row_names(tmp_path: Path) -> None:
    files = FileStore.local(tmp_path)
    for _ in range(2):
        await write_contents(files)
    rows = await Attachment.all()
    for row in rows:
        content = await files.read(row.file_key)
        assert hashlib.sha256(content).hexdigest() == row.sha256
        assert len(content) == row.size
        assert "Comptes 2024" in pypdf.PdfReader(io.BytesIO(content)).pages[0].extract_text()
    assert len([file async for file in files.listed("attachments")]) == len(rows) > 10
    assert {row.sent_at is None for row in rows} == {True, False}
    assert {row.piece == "" for row in rows} == {True, False}
