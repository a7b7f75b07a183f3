"""What was agreed: the conventions between a platform and its partners, and the organisms' consents."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from tortoise import fields
from tortoise.models import Model

from models.dossiers import Dossier
from models.organizations import Organism, Organization, Platform
from models.users import User


class Convention(Model):
    """The agreement between a platform and a partner; it compiles to `p` rows that carry its article.

    `articles`: its rules as data (`resolvers.conventions`); `published_at` null: a draft, without rows.
    It is suspended on the days from `suspended_since` to `suspended_until` (null: until it is resumed).
    """

    id = fields.UUIDField(primary_key=True, default=uuid4)
    platform: fields.ForeignKeyRelation[Platform] = fields.ForeignKeyField(
        "models.Platform", on_delete=fields.RESTRICT
    )
    partner: fields.ForeignKeyRelation[Organization] = fields.ForeignKeyField(
        "models.Organization", on_delete=fields.RESTRICT
    )
    title = fields.CharField(max_length=200)
    purpose = fields.TextField(default="")
    since: date = fields.DateField()
    until: date = fields.DateField()
    articles: list[dict[str, Any]] = fields.JSONField(default=list)
    revision = fields.IntField(default=1)
    published_at: datetime | None = fields.DatetimeField(null=True)
    suspended_since: date | None = fields.DateField(null=True)
    suspended_until: date | None = fields.DateField(null=True)
    renews: fields.ForeignKeyNullableRelation[Convention] = fields.ForeignKeyField(
        "models.Convention", null=True, on_delete=fields.RESTRICT, related_name="renewals"
    )
    signed_name = fields.CharField(max_length=200, default="")
    signed_key = fields.CharField(max_length=200, default="")
    signed_sha256 = fields.CharField(max_length=64, default="")
    signed_size = fields.IntField(default=0)
    signed_at: datetime | None = fields.DatetimeField(null=True)

    partner_id: UUID
    platform_id: str
    renews_id: UUID | None

    class Meta:
        table = "convention"


class ConventionRevision(Model):
    """What a convention said from one accepted change to the next; `content` is the whole of it."""

    id = fields.BigIntField(primary_key=True)
    convention: fields.ForeignKeyRelation[Convention] = fields.ForeignKeyField(
        "models.Convention", on_delete=fields.CASCADE, related_name="revisions"
    )
    revision = fields.IntField()
    event = fields.CharField(max_length=20)
    content: dict[str, Any] = fields.JSONField()
    policy_version: int | None = fields.IntField(null=True)
    author: fields.ForeignKeyNullableRelation[User] = fields.ForeignKeyField(
        "models.User", null=True, on_delete=fields.RESTRICT
    )
    at = fields.DatetimeField()

    convention_id: UUID

    class Meta:
        table = "convention_revision"
        unique_together = (("convention", "revision"),)


class Consent(Model):
    """An organism's yes or no to a partner, per platform, form type and year (manual §6.3)."""

    id = fields.BigIntField(primary_key=True)
    organism: fields.ForeignKeyRelation[Organism] = fields.ForeignKeyField(
        "models.Organism", on_delete=fields.RESTRICT
    )
    partner: fields.ForeignKeyRelation[Organization] = fields.ForeignKeyField(
        "models.Organization", on_delete=fields.RESTRICT
    )
    platform: fields.ForeignKeyRelation[Platform] = fields.ForeignKeyField(
        "models.Platform", on_delete=fields.RESTRICT
    )
    form = fields.CharField(max_length=16)
    year = fields.SmallIntField()
    given = fields.BooleanField()
    at: datetime = fields.DatetimeField(auto_now=True)
    author: fields.ForeignKeyNullableRelation[User] = fields.ForeignKeyField(
        "models.User", null=True, on_delete=fields.RESTRICT
    )

    class Meta:
        table = "consent"
        unique_together = (("organism", "partner", "platform", "form", "year"),)


class ConsentChange(Model):
    """One answer of an organism to a partner, kept when it changes its mind."""

    id = fields.BigIntField(primary_key=True)
    organism: fields.ForeignKeyRelation[Organism] = fields.ForeignKeyField(
        "models.Organism", on_delete=fields.RESTRICT
    )
    partner: fields.ForeignKeyRelation[Organization] = fields.ForeignKeyField(
        "models.Organization", on_delete=fields.RESTRICT
    )
    platform: fields.ForeignKeyRelation[Platform] = fields.ForeignKeyField(
        "models.Platform", on_delete=fields.RESTRICT
    )
    form = fields.CharField(max_length=16)
    year = fields.SmallIntField()
    given = fields.BooleanField()
    author: fields.ForeignKeyNullableRelation[User] = fields.ForeignKeyField(
        "models.User", null=True, on_delete=fields.RESTRICT
    )
    at = fields.DatetimeField()

    class Meta:
        table = "consent_change"
        indexes = (("organism_id", "at"),)


class DossierReading(Model):
    """Someone outside the organism read or took away its dossier, once a day a person and a channel.

    `ref`: the article under which he did. `subject`: the account or the machine client.
    """

    id = fields.BigIntField(primary_key=True)
    dossier: fields.ForeignKeyRelation[Dossier] = fields.ForeignKeyField(
        "models.Dossier", on_delete=fields.CASCADE, related_name="readings"
    )
    organization: fields.ForeignKeyRelation[Organization] = fields.ForeignKeyField(
        "models.Organization", on_delete=fields.RESTRICT
    )
    subject = fields.CharField(max_length=100)
    name = fields.CharField(max_length=170)
    channel = fields.CharField(max_length=16)
    ref = fields.CharField(max_length=300)
    day: date = fields.DateField()
    at = fields.DatetimeField()

    dossier_id: UUID
    organization_id: UUID

    class Meta:
        table = "dossier_reading"
        unique_together = (("dossier", "subject", "channel", "day"),)
