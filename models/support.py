"""What an installation tells its users, and what they tell its hotline (manual §5.4, §5.5)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from tortoise import fields
from tortoise.models import Model

from models.organizations import Platform
from models.users import User


class Announcement(Model):
    """A platform's message: in the banner of every screen or, with a form, on that form's dossiers."""

    id = fields.UUIDField(primary_key=True, default=uuid4)
    platform: fields.ForeignKeyRelation[Platform] = fields.ForeignKeyField(
        "models.Platform", on_delete=fields.RESTRICT
    )
    form = fields.CharField(max_length=16, default="")
    title = fields.CharField(max_length=120)
    text = fields.TextField()
    since: date = fields.DateField()
    until: date | None = fields.DateField(null=True)
    author: fields.ForeignKeyRelation[User] = fields.ForeignKeyField("models.User", on_delete=fields.RESTRICT)
    at = fields.DatetimeField()
    removed_at: datetime | None = fields.DatetimeField(null=True)

    platform_id: str

    class Meta:
        table = "announcement"
        indexes = (("platform_id", "removed_at"),)


class SupportRequest(Model):
    """A question to the hotline; a job mails it once, with its attachment, under a stable Message-ID."""

    id = fields.UUIDField(primary_key=True, default=uuid4)
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField("models.User", on_delete=fields.RESTRICT)
    name = fields.CharField(max_length=170)
    email = fields.CharField(max_length=200)
    phone = fields.CharField(max_length=30, default="")
    platform = fields.CharField(max_length=16)
    theme = fields.CharField(max_length=40)
    question = fields.TextField()
    path = fields.CharField(max_length=200, default="")
    file_name = fields.CharField(max_length=200, default="")
    file_key = fields.CharField(max_length=200, default="")
    file_size = fields.IntField(default=0)
    at = fields.DatetimeField()
    mailed_at: datetime | None = fields.DatetimeField(null=True)
    refused_at: datetime | None = fields.DatetimeField(null=True)

    user_id: UUID

    class Meta:
        table = "support_request"
        indexes = (("user_id", "at"),)


class SupervisionTrail(Model):
    """The screens that a user agreed to show to the hotline, until his session ends.

    `platform`: whose hotline may see it. `session`: the key of his session; the trail has ended when the
    session has, even if nobody said so.
    """

    id = fields.UUIDField(primary_key=True, default=uuid4)
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField("models.User", on_delete=fields.CASCADE)
    session = fields.CharField(max_length=64)
    platform = fields.CharField(max_length=16)
    started_at = fields.DatetimeField()
    ended_at: datetime | None = fields.DatetimeField(null=True)

    user_id: UUID

    class Meta:
        table = "supervision_trail"
        indexes = (("platform", "started_at"), ("session",))


class SupervisionScreen(Model):
    """One screen of a trail: its address and its title, without any value."""

    id = fields.BigIntField(primary_key=True)
    trail: fields.ForeignKeyRelation[SupervisionTrail] = fields.ForeignKeyField(
        "models.SupervisionTrail", on_delete=fields.CASCADE, related_name="screens"
    )
    at = fields.DatetimeField()
    path = fields.CharField(max_length=200)
    title = fields.CharField(max_length=200)

    class Meta:
        table = "supervision_screen"
        indexes = (("trail_id", "id"),)
