"""Exports of many dossiers at once, dossier by dossier, and the documents kept for whoever asks again."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from tortoise import fields
from tortoise.models import Model

from models.dossiers import Dossier
from models.organizations import Organization
from models.users import MachineClient, User


class MassExportKind(StrEnum):
    """What is made of the dossiers (manual §7.3)."""

    PDF = "pdf"
    ONE_PDF = "one_pdf"
    XML = "xml"
    DOSSIER = "dossier"
    SHEET = "sheet"
    COPY = "copy"


class MassExportState(StrEnum):
    """Where it stands; READY, FAILED and CANCELLED are final."""

    WAITING = "waiting"
    RUNNING = "running"
    READY = "ready"
    FAILED = "failed"
    CANCELLED = "cancelled"


class MassExportItemState(StrEnum):
    """What became of one dossier of it."""

    WAITING = "waiting"
    MADE = "made"
    FAILED = "failed"


class MassExport(Model):
    """One export of several dossiers, asked for by one person or machine client, made by a job.

    `tabs`: those asked for, all when empty. `file_key`, `size` and `sha256` are of the one PDF of ONE_PDF;
    an archive is made of its items' files while it is downloaded.
    """

    id = fields.UUIDField(primary_key=True, default=uuid4)
    kind = fields.CharEnumField(MassExportKind, max_length=8)
    organization: fields.ForeignKeyRelation[Organization] = fields.ForeignKeyField(
        "models.Organization", on_delete=fields.RESTRICT
    )
    user: fields.ForeignKeyNullableRelation[User] = fields.ForeignKeyField(
        "models.User", null=True, on_delete=fields.RESTRICT
    )
    client: fields.ForeignKeyNullableRelation[MachineClient] = fields.ForeignKeyField(
        "models.MachineClient", null=True, on_delete=fields.RESTRICT
    )
    tabs: list[str] = fields.JSONField(default=list)
    accessible = fields.BooleanField(default=False)
    state = fields.CharEnumField(MassExportState, max_length=10, default=MassExportState.WAITING)
    done = fields.IntField(default=0)
    failed = fields.IntField(default=0)
    total = fields.IntField()
    attempts = fields.SmallIntField(default=0)
    error_code = fields.CharField(max_length=60, default="")
    error = fields.CharField(max_length=500, default="")
    file_name = fields.CharField(max_length=200, default="")
    file_key = fields.CharField(max_length=200, default="")
    size = fields.BigIntField(default=0)
    sha256 = fields.CharField(max_length=64, default="")
    requested_at = fields.DatetimeField()
    finished_at: datetime | None = fields.DatetimeField(null=True)
    expires_at = fields.DatetimeField()

    organization_id: UUID
    user_id: UUID | None
    client_id: str | None

    class Meta:
        table = "mass_export"
        indexes = (("user_id", "requested_at"), ("client_id", "requested_at"))


class MassExportItem(Model):
    """One dossier of a mass export.

    `files`: what was made of it, {"name", "key", "size", "sha256", "crc32"}, `name` being its path in the
    archive; `held`: the tabs they were made with; `article`: the rule by which the requester took it.
    """

    id = fields.BigIntField(primary_key=True)
    export: fields.ForeignKeyRelation[MassExport] = fields.ForeignKeyField(
        "models.MassExport", on_delete=fields.CASCADE, related_name="items"
    )
    position = fields.IntField()
    dossier: fields.ForeignKeyRelation[Dossier] = fields.ForeignKeyField(
        "models.Dossier", on_delete=fields.RESTRICT
    )
    state = fields.CharEnumField(MassExportItemState, max_length=8, default=MassExportItemState.WAITING)
    # How often a worker began with it: one that kills its worker each time is given up.
    attempts = fields.SmallIntField(default=0)
    files: list[dict[str, Any]] = fields.JSONField(default=list)
    held: list[str] | None = fields.JSONField(null=True)
    # What of the past was closed to its requester then; null in what was made before it was kept.
    past: dict[str, Any] | None = fields.JSONField(null=True)
    article = fields.CharField(max_length=200, default="")
    error_code = fields.CharField(max_length=60, default="")
    error = fields.CharField(max_length=500, default="")
    made_at: datetime | None = fields.DatetimeField(null=True)

    export_id: UUID
    dossier_id: UUID

    class Meta:
        table = "mass_export_item"
        unique_together = (("export", "dossier"), ("export", "position"))


class KeptDocument(Model):
    """A whole dossier printed once, for whoever may have the very same again.

    `key` is the hash of everything that the print is made from; `places`: the first page, from 0, of each
    thing that a link leads to.
    """

    key = fields.CharField(max_length=64, primary_key=True)
    file_key = fields.CharField(max_length=200)
    size = fields.BigIntField()
    sha256 = fields.CharField(max_length=64)
    pages = fields.IntField()
    places: dict[str, int] = fields.JSONField(default=dict)
    made_at = fields.DatetimeField()
    used_at = fields.DatetimeField()

    class Meta:
        table = "kept_document"
        indexes = (("used_at",),)
