"""Two requests that complete one upload at once: one is believed, and the other is told the same."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from models import Attachment
from resolvers import attachment_upload
from resolvers.attachment_rows import AttachmentRow, Intake, one
from tests.gql.test_attachment_uploads import LARGE, PARTS, part, rest
from tests.gql.test_attachments import added, stored

if TYPE_CHECKING:
    import pytest

    from authz import Viewer
    from models import FileStore
    from tests.gql.conftest import House


async def test_whoever_is_slower_is_told_that_it_is_there(
    fresh: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    by, viewer = await fresh.sign_in("saisie"), fresh.world["saisie"]
    identifier = await added(fresh, by, LARGE)
    complete, whole = attachment_upload._complete, attachment_upload._whole  # noqa: SLF001 - who is quicker is chosen here

    async def killed(viewer: Viewer, _files: FileStore, key: UUID, _intake: Intake) -> AttachmentRow:
        return (await one(viewer, key))[1]

    async def overtaken(files: FileStore, row: Attachment) -> tuple[str, str]:
        monkeypatch.setattr(attachment_upload, "_whole", whole)
        await complete(viewer, files, row.id, Intake())
        return await whole(files, row)

    monkeypatch.setattr(attachment_upload, "_complete", killed)
    assert (await rest(fresh, by, identifier, 0)).json()["state"] == "ARRIVING"
    monkeypatch.setattr(attachment_upload, "_complete", complete)
    monkeypatch.setattr(attachment_upload, "_whole", overtaken)
    answer = await part(fresh, by, identifier, *PARTS[-1])
    assert (answer.status_code, answer.json()["state"]) == (200, "READY")
    again = await complete(viewer, fresh.files, UUID(identifier), Intake())
    assert again.state.name == "READY"
    assert len(stored(fresh)) == 1, "neither a part nor another whole is left behind"
    assert await fresh.files.read((await Attachment.get(id=identifier)).file_key) == LARGE
