"""Sealed copies: what a dossier held when it was transmitted or closed, under a hash, for good."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from tortoise import fields
from tortoise.models import Model

from models.dossiers import Dossier, Snapshot


class CopyKind(StrEnum):
    """At which move a copy is made; manual §3 calls them « transmis » and « fiabilise »."""

    TRANSMITTED = "transmitted"
    CLOSED = "closed"


class SealKey(Model):
    """A key by which the installation signs the PDFs of its copies; the newest that has not ended signs.

    `pkcs12`: the key and its certificate, without a password. Those that ended are kept, and sign no more.
    """

    id = fields.IntField(primary_key=True)
    pkcs12 = fields.BinaryField()
    sha256 = fields.CharField(max_length=64)
    made_at = fields.DatetimeField()
    ends_at = fields.DatetimeField()

    class Meta:
        table = "seal_key"


class SealedCopy(Model):
    """One sealed copy: frozen in the move's transaction, its files made by a job from that alone.

    `number`: its place among the dossier's, from 1. `frozen`: what is not in the snapshot (anomalies and
    justifications, attachments by hash, who, commitments, versions). `seal`: SHA-256 of its manifest, which
    names every file's hash and the seal of the copy before; "" until it is made. `anchor`: the place and the
    hash of the journal's last sealed event then.
    """

    id = fields.UUIDField(primary_key=True, default=uuid4)
    dossier: fields.ForeignKeyRelation[Dossier] = fields.ForeignKeyField(
        "models.Dossier", on_delete=fields.RESTRICT, related_name="sealed_copies"
    )
    kind = fields.CharEnumField(CopyKind, max_length=12)
    number = fields.SmallIntField()
    snapshot: fields.ForeignKeyRelation[Snapshot] = fields.ForeignKeyField(
        "models.Snapshot", on_delete=fields.RESTRICT
    )
    frozen: dict[str, Any] = fields.JSONField()
    at = fields.DatetimeField()
    author = fields.CharField(max_length=170, default="")
    made_at: datetime | None = fields.DatetimeField(null=True)
    attempts = fields.SmallIntField(default=0)
    error = fields.CharField(max_length=500, default="")
    seal = fields.CharField(max_length=64, default="")
    anchor: dict[str, Any] | None = fields.JSONField(null=True)
    file_name = fields.CharField(max_length=120, default="")
    file_key = fields.CharField(max_length=200, default="")
    file_size = fields.BigIntField(default=0)
    file_sha256 = fields.CharField(max_length=64, default="")
    receipt_key = fields.CharField(max_length=200, default="")
    receipt_size = fields.BigIntField(default=0)
    receipt_sha256 = fields.CharField(max_length=64, default="")

    dossier_id: UUID
    snapshot_id: int

    class Meta:
        table = "sealed_copy"
        unique_together = (("dossier", "number"),)
