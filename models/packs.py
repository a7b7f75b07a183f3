"""The revisions of forms made by operators: drafts being worked on, and those published."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from tortoise import fields
from tortoise.models import Model

from models.organizations import Platform
from models.users import User


class PackDraft(Model):
    """The texts of one revision of a form; published once `revision` is given, and frozen from then on.

    `base` is the revision that its author started from, null for the first of a year. `files` are texts by
    name. Drafts have no revision, so the unique key binds the published ones: two never share a number.
    """

    id = fields.UUIDField(primary_key=True, default=uuid4)
    platform: fields.ForeignKeyRelation[Platform] = fields.ForeignKeyField(
        "models.Platform", on_delete=fields.RESTRICT
    )
    form = fields.CharField(max_length=16)
    year = fields.SmallIntField()
    base: int | None = fields.SmallIntField(null=True)
    revision: int | None = fields.SmallIntField(null=True)
    files: dict[str, str] = fields.JSONField()
    sha256 = fields.CharField(max_length=64)
    note = fields.CharField(max_length=500, default="")
    author: fields.ForeignKeyNullableRelation[User] = fields.ForeignKeyField(
        "models.User", null=True, on_delete=fields.RESTRICT, related_name="pack_drafts"
    )
    created_at = fields.DatetimeField()
    publisher: fields.ForeignKeyNullableRelation[User] = fields.ForeignKeyField(
        "models.User", null=True, on_delete=fields.RESTRICT, related_name="published_packs"
    )
    published_at: datetime | None = fields.DatetimeField(null=True)

    platform_id: str
    author_id: UUID | None
    publisher_id: UUID | None

    class Meta:
        table = "pack_draft"
        unique_together = (("form", "year", "revision"),)
