"""The channels of attachments: one that the organism sent, and one that it has not, asked of by everybody."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from authz import Right
from models import Attachment, AttachmentState, Dossier, User
from tests.channels.asking import Answer, Channel, Fetched, Operation, fetched, sent

if TYPE_CHECKING:
    from uuid import UUID

    from tests.channels.oracle import Asker
    from tests.channels.setting import Setting

# Its name is told to whoever may read attachments, and never to anybody else.
NAMED = "rapport-d-essai-des-pieces.pdf"
FILE = b"%PDF-1.7 une impression"


async def attach(dossier_id: UUID, key: str) -> tuple[UUID, UUID]:
    """A document that « saisie » sent, and one that she did not, whose content is `FILE` under `key`."""
    author, dossier = await User.get(login="saisie"), await Dossier.get(id=dossier_id)
    made = [
        await Attachment.create(
            dossier=dossier,
            name=NAMED,
            original=NAMED,
            media_type="application/pdf",
            size=len(FILE),
            received=len(FILE),
            sha256=hashlib.sha256(FILE).hexdigest(),
            file_key=key,
            state=AttachmentState.READY,
            author=author,
            organization_id=author.organization_id,
            added_at=datetime.now(UTC),
            sent_at=sent_at,
        )
        for sent_at in (datetime.now(UTC), None)
    ]
    return made[0].id, made[1].id


def _listed(asker: Asker, step: int) -> str:
    if asker.closed or not asker.may(Right.READ, step):
        return "NOT_FOUND"
    return "OK" if asker.may(Right.ATTACHMENT_READ, step) else "NULL"


class _Listed(Operation):
    """The list: what is not sent is in its organization's only."""

    async def __call__(self, setting: Setting, asker: Asker, target: object) -> Answer:
        """Ask, and count."""
        answer = await super().__call__(setting, asker, target)
        shown = answer.told.count(NAMED.encode())
        expected = 0 if answer.code != "OK" else 2 if asker.place == "ours" else 1
        return answer if shown == expected else Answer("WRONG_LIST", answer.told)


class _Content:
    """The content of the document that was sent."""

    path = "/attachments/{id}/content"

    async def __call__(self, setting: Setting, asker: Asker, target: UUID) -> Answer:
        """Fetch it."""
        del target
        return await fetched(setting, asker, self.path.format(id=setting.attachments[0]))


def _removes(asker: Asker, step: int) -> str:
    """What is not sent is known to its own organization alone."""
    if asker.place != "ours" or not asker.may(Right.READ, step):
        return "NOT_FOUND"
    return "OK" if asker.may(Right.ATTACHMENT_WRITE, step) else "REFUSED"


_WRITES = (Right.ATTACHMENT_WRITE,)
ATTACHING = (
    Channel(
        "attachments",
        "dossier",
        _Listed(
            "query Ask($id: ID!) { dossier(id: $id) { attachments { name author sha256 url } pieces { label"
            " provided } canAttach attachmentLimit } }",
            "dossier",
            "attachments",
        ),
        world=_listed,
    ),
    Channel(
        "/attachments/{id}/content",
        "file",
        _Content(),
        needs=(Right.ATTACHMENT_READ,),
        refused="NOT_FOUND",
        closed="ACCOUNT_CLOSED",
        unlinked=True,
    ),
    Channel(
        "/dossiers/{id}/attachments.zip",
        "file",
        Fetched("/dossiers/{id}/attachments.zip"),
        needs=(Right.ATTACHMENT_READ,),
        closed="ACCOUNT_CLOSED",
    ),
    sent(
        "addAttachment",
        'piece: "", fileName: "a.pdf", size: 10, idempotencyKey: "f"',
        "uploadUrl",
        needs=_WRITES,
    ),
    Channel(
        "sendAttachments",
        "writing",
        Operation(
            'mutation Send($id: ID!) { sendAttachments(dossier: $id, idempotencyKey: "g") }',
            "sendAttachments",
        ),
        needs=_WRITES,
    ),
    Channel(
        "removeAttachment",
        "writing",
        Operation(
            'mutation Gone($own: ID!) { removeAttachment(attachment: $own, idempotencyKey: "h") }',
            "removeAttachment",
            own=lambda setting, _: str(setting.attachments[1]),
        ),
        world=_removes,
        unlinked=True,
    ),
)
