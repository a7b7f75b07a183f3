"""What is under way: exports, notifications, and the keys that make a retry harmless."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from tortoise import fields
from tortoise.models import Model

from models.dossiers import Dossier
from models.organizations import Organization
from models.users import MachineClient, User


class ExportKind(StrEnum):
    """What a requester asked for."""

    PDF = "pdf"
    ZIP = "zip"


class ExportState(StrEnum):
    """Where an export stands; READY and FAILED are final."""

    WAITING = "waiting"
    RUNNING = "running"
    READY = "ready"
    FAILED = "failed"


class Export(Model):
    """A print or an archive asked for by one user or one machine client, made by a job."""

    id = fields.UUIDField(primary_key=True, default=uuid4)
    kind = fields.CharEnumField(ExportKind, max_length=8)
    organization: fields.ForeignKeyRelation[Organization] = fields.ForeignKeyField(
        "models.Organization", on_delete=fields.RESTRICT
    )
    user: fields.ForeignKeyNullableRelation[User] = fields.ForeignKeyField(
        "models.User", null=True, on_delete=fields.RESTRICT
    )
    client: fields.ForeignKeyNullableRelation[MachineClient] = fields.ForeignKeyField(
        "models.MachineClient", null=True, on_delete=fields.RESTRICT
    )
    dossier: fields.ForeignKeyRelation[Dossier] = fields.ForeignKeyField(
        "models.Dossier", on_delete=fields.RESTRICT
    )
    tabs: list[str] = fields.JSONField(default=list)
    accessible = fields.BooleanField(default=False)
    # The form without a value, to be filled by hand.
    blank = fields.BooleanField(default=False)
    state = fields.CharEnumField(ExportState, max_length=8, default=ExportState.WAITING)
    done = fields.IntField(default=0)
    total = fields.IntField(default=1)
    error_code = fields.CharField(max_length=60, default="")
    error = fields.CharField(max_length=500, default="")
    file_name = fields.CharField(max_length=200, default="")
    file_key = fields.CharField(max_length=200, default="")
    size = fields.BigIntField(default=0)
    sha256 = fields.CharField(max_length=64, default="")
    # The tabs that the document was made with; null in what was made before they were kept: all may be there.
    held: list[str] | None = fields.JSONField(null=True)
    # What of last year was closed to its requester then; null in what was made before it was kept.
    past: dict[str, Any] | None = fields.JSONField(null=True)
    attempts = fields.SmallIntField(default=0)
    requested_at = fields.DatetimeField()
    finished_at: datetime | None = fields.DatetimeField(null=True)
    expires_at = fields.DatetimeField()

    organization_id: UUID
    user_id: UUID | None
    client_id: str | None
    dossier_id: UUID

    class Meta:
        table = "export"
        indexes = (("user_id", "requested_at"),)


class Delivery(StrEnum):
    """How a notification reaches its reader; the application's centre shows them all."""

    MAIL = "mail"
    DIGEST = "digest"
    CENTRE = "centre"


class GroupMail(Model):
    """A mail that a platform writes to the contacts of several dossiers at once."""

    id = fields.UUIDField(primary_key=True, default=uuid4)
    platform = fields.CharField(max_length=16)
    subject = fields.CharField(max_length=120)
    text = fields.TextField()
    author: fields.ForeignKeyRelation[User] = fields.ForeignKeyField("models.User", on_delete=fields.RESTRICT)
    at = fields.DatetimeField()

    author_id: UUID

    class Meta:
        table = "group_mail"
        indexes = (("platform", "at"),)


class Notification(Model):
    """One event told to one privileged contact; a job mails it once, under a stable Message-ID.

    `subject` and `path`: what it is about and where it leads, where that is not a dossier. `delivery`: as its
    reader chose when it happened; `mailed_at`: when a mail or a digest took it along; `withheld_at`: when it
    was found that he may not see the dossier any more, so that nothing is sent.
    """

    id = fields.UUIDField(primary_key=True, default=uuid4)
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", on_delete=fields.CASCADE, related_name="notifications"
    )
    dossier: fields.ForeignKeyNullableRelation[Dossier] = fields.ForeignKeyField(
        "models.Dossier", null=True, on_delete=fields.CASCADE
    )
    subject = fields.CharField(max_length=120, default="")
    path = fields.CharField(max_length=200, default="")
    event = fields.CharField(max_length=40)
    at = fields.DatetimeField()
    mailed_at: datetime | None = fields.DatetimeField(null=True)
    read_at: datetime | None = fields.DatetimeField(null=True)
    delivery = fields.CharEnumField(Delivery, max_length=8, default=Delivery.MAIL)
    withheld_at: datetime | None = fields.DatetimeField(null=True)
    # When his mail server said that it will never take mails for his address.
    refused_at: datetime | None = fields.DatetimeField(null=True)
    # The day of the digest that takes it along, chosen before that is sent: no other one takes it.
    digest_on: date | None = fields.DateField(null=True)
    group_mail: fields.ForeignKeyNullableRelation[GroupMail] = fields.ForeignKeyField(
        "models.GroupMail", null=True, on_delete=fields.RESTRICT
    )

    user_id: UUID
    dossier_id: UUID | None
    group_mail_id: UUID | None

    class Meta:
        table = "notification"
        indexes = (("user_id", "read_at"), ("user_id", "at"))


class NotificationPreference(Model):
    """How a user wants to be told of one event; without a line, by mail."""

    id = fields.BigIntField(primary_key=True)
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField("models.User", on_delete=fields.CASCADE)
    event = fields.CharField(max_length=40)
    delivery = fields.CharEnumField(Delivery, max_length=8)

    user_id: UUID

    class Meta:
        table = "notification_preference"
        unique_together = (("user", "event"),)


class IdempotencyKey(Model):
    """The answer already given to a mutation: a client that retries gets it again, and moves nothing."""

    id = fields.CharField(max_length=160, primary_key=True)
    operation = fields.CharField(max_length=60)
    fingerprint = fields.CharField(max_length=64)
    result: dict[str, Any] = fields.JSONField()
    at = fields.DatetimeField(auto_now_add=True)

    class Meta:
        table = "idempotency_key"
        indexes = (("at",),)
