"""Moves of many dossiers at once, and their report, dossier by dossier."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from tortoise import fields
from tortoise.models import Model

from models.dossiers import Dossier
from models.users import User


class MassOutcome(StrEnum):
    """What became of one dossier of a mass move."""

    WAITING = "waiting"
    MOVED = "moved"
    REFUSED = "refused"


class MassMove(Model):
    """One move asked for many dossiers: a job makes it, each dossier in a transaction of its own."""

    id = fields.UUIDField(primary_key=True, default=uuid4)
    move = fields.CharField(max_length=40)
    label = fields.CharField(max_length=200, default="")
    platform = fields.CharField(max_length=16, default="")
    form = fields.CharField(max_length=16, default="")
    reason = fields.CharField(max_length=500, default="")
    author: fields.ForeignKeyRelation[User] = fields.ForeignKeyField("models.User", on_delete=fields.RESTRICT)
    at = fields.DatetimeField()
    finished_at: datetime | None = fields.DatetimeField(null=True)

    author_id: UUID

    class Meta:
        table = "mass_move"
        indexes = (("author_id", "at"),)


class MassMoveItem(Model):
    """One dossier of a mass move; `code` and `message` say why it did not move."""

    id = fields.BigIntField(primary_key=True)
    mass: fields.ForeignKeyRelation[MassMove] = fields.ForeignKeyField(
        "models.MassMove", on_delete=fields.CASCADE, related_name="items"
    )
    position = fields.IntField()
    dossier: fields.ForeignKeyRelation[Dossier] = fields.ForeignKeyField(
        "models.Dossier", on_delete=fields.RESTRICT
    )
    # How often a worker began with it: one that kills its worker each time is given up.
    attempts = fields.SmallIntField(default=0)
    outcome = fields.CharEnumField(MassOutcome, max_length=8, default=MassOutcome.WAITING)
    code = fields.CharField(max_length=60, default="")
    message = fields.CharField(max_length=500, default="")

    mass_id: UUID
    dossier_id: UUID

    class Meta:
        table = "mass_move_item"
        unique_together = (("mass", "dossier"), ("mass", "position"))
