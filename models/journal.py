"""What happened, in order: an append-only log, and the chain of hashes that makes a change of it seen.

Triggers of the migration refuse UPDATE, DELETE and TRUNCATE on both tables.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.models import Model


class Event(Model):
    """One thing that someone did. `details` holds no value of a dossier.

    `xid`: the transaction that wrote it, so that only what is committed for good is sealed, in one order.
    `ref`: the article under which somebody from outside acted.
    """

    id = fields.BigIntField(primary_key=True)
    at = fields.DatetimeField()
    xid = fields.BigIntField()
    kind = fields.CharField(max_length=40)
    platform = fields.CharField(max_length=16, default="")
    dossier_id: UUID | None = fields.UUIDField(null=True)
    organization = fields.CharField(max_length=40, default="")
    subject = fields.CharField(max_length=100, default="")
    name = fields.CharField(max_length=170, default="")
    ref = fields.CharField(max_length=300, default="")
    details: dict[str, Any] = fields.JSONField(default=dict)

    class Meta:
        table = "event"
        indexes = (("dossier_id", "id"), ("kind", "at"), ("xid", "id"))


class EventSeal(Model):
    """The place of an event in the chain: `hash` is of the hash before and of the event as it was written."""

    position = fields.BigIntField(primary_key=True)
    event_id = fields.BigIntField(unique=True)
    hash = fields.CharField(max_length=64)
    at: datetime = fields.DatetimeField()

    class Meta:
        table = "event_seal"
