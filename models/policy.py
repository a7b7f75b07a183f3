"""What may be: Casbin's rule rows, versioned, and the objects that write them."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from tortoise import fields
from tortoise.models import Model

from models.organizations import Organism, Organization, Platform
from models.users import User


class PolicyVersion(Model):
    """One accepted change of the policy; the highest number is in force.

    Every table the policy derives from (rules, consents, users, organisms) bumps it
    in the transaction that changes it, so that a process can tell a stale table from a fresh one.
    """

    version = fields.IntField(primary_key=True)
    at = fields.DatetimeField(auto_now_add=True)
    author: fields.ForeignKeyNullableRelation[User] = fields.ForeignKeyField(
        "models.User", null=True, on_delete=fields.RESTRICT
    )
    comment = fields.CharField(max_length=300)

    class Meta:
        table = "policy_version"


class Convention(Model):
    """The agreement between a platform and a partner; it compiles to `p` rows that carry its article."""

    id = fields.UUIDField(primary_key=True, default=uuid4)
    platform: fields.ForeignKeyRelation[Platform] = fields.ForeignKeyField(
        "models.Platform", on_delete=fields.RESTRICT
    )
    partner: fields.ForeignKeyRelation[Organization] = fields.ForeignKeyField(
        "models.Organization", on_delete=fields.RESTRICT
    )
    title = fields.CharField(max_length=200)
    since: date = fields.DateField()
    until: date = fields.DateField()

    partner_id: UUID
    platform_id: str

    class Meta:
        table = "convention"


class PolicyRow(Model):
    """One Casbin line, alive in the versions `[since_version, until_version)`.

    `ptype` is p, p2, p3 or g; `values` are the line's fields in the model's order.
    g2, g3 and g4 have no rows: they derive from organisms, users and consents.
    """

    id = fields.BigIntField(primary_key=True)
    ptype = fields.CharField(max_length=2)
    values: list[str] = fields.JSONField()
    convention: fields.ForeignKeyNullableRelation[Convention] = fields.ForeignKeyField(
        "models.Convention", null=True, on_delete=fields.RESTRICT
    )
    since_version = fields.IntField()
    until_version: int | None = fields.IntField(null=True)

    class Meta:
        table = "policy_row"
        indexes = (("until_version",),)


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
