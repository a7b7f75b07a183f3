"""Documents joined to a dossier (manual §2.1.5 and §10.2)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from tortoise import fields
from tortoise.models import Model

from models.dossiers import Dossier
from models.organizations import Organization
from models.users import User


class AttachmentState(StrEnum):
    """How far the file has come; only READY can be sent or read."""

    ARRIVING = "arriving"
    QUARANTINED = "quarantined"
    READY = "ready"
    REFUSED = "refused"


class Attachment(Model):
    """A document added, then sent: until `sent_at` the organization that added it sees it, nobody else.

    `piece`: its type, of the pack's list; `name`: what it is called, by its type; `original`: as it came.
    `received`: bytes kept so far, where a large one is sent in several times; `parts`: where they lie, in
    order, until the file is whole.
    """

    id = fields.UUIDField(primary_key=True, default=uuid4)
    dossier: fields.ForeignKeyRelation[Dossier] = fields.ForeignKeyField(
        "models.Dossier", on_delete=fields.RESTRICT, related_name="attachments"
    )
    piece = fields.CharField(max_length=120, default="")
    name = fields.CharField(max_length=200)
    original = fields.CharField(max_length=255)
    media_type = fields.CharField(max_length=120, default="")
    size = fields.BigIntField()
    received = fields.BigIntField(default=0)
    parts: list[dict[str, Any]] = fields.JSONField(default=list)
    sha256 = fields.CharField(max_length=64, default="")
    file_key = fields.CharField(max_length=200, default="")
    state = fields.CharEnumField(AttachmentState, max_length=12, default=AttachmentState.ARRIVING)
    attempts = fields.SmallIntField(default=0)
    refusal = fields.CharField(max_length=60, default="")
    author: fields.ForeignKeyRelation[User] = fields.ForeignKeyField("models.User", on_delete=fields.RESTRICT)
    organization: fields.ForeignKeyRelation[Organization] = fields.ForeignKeyField(
        "models.Organization", on_delete=fields.RESTRICT
    )
    added_at = fields.DatetimeField()
    sent_at: datetime | None = fields.DatetimeField(null=True)

    dossier_id: UUID
    author_id: UUID
    organization_id: UUID

    class Meta:
        table = "attachment"
        indexes = (("dossier_id", "sent_at"),)
