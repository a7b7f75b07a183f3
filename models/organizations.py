"""Who takes part: platforms, organizations and what is particular to an organism."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID, uuid4

from tortoise import fields
from tortoise.models import Model

from forms import OrganismKind

# A dossier is of the category of its organism: the packs name the kinds, and nobody names them twice.
Category = OrganismKind


class PlatformKind(StrEnum):
    """Which authority collects (manual §1.2.1)."""

    MINISTRY = "ministry"
    FEDERATION = "federation"


class OrganizationKind(StrEnum):
    """The three kinds of users' bodies (manual §2.1.1)."""

    ORGANISM = "organism"
    OPERATOR = "operator"
    PARTNER = "partner"


class Platform(Model):
    """The authority that collects: the Ministry or a federation; a Casbin domain.

    `second_signature`: a change of its policy waits for the signature of a second administrator.
    """

    code = fields.CharField(max_length=16, primary_key=True)
    name = fields.CharField(max_length=200)
    kind = fields.CharEnumField(PlatformKind, max_length=16)
    second_signature = fields.BooleanField(default=False)

    class Meta:
        table = "platform"


class Organization(Model):
    """An organism, a platform's operator or a partner; every user belongs to exactly one.

    `key` is the name under which the policies know it: `organism:732829320`,
    `operator:MIN`, `partner:CDC`.
    """

    id = fields.UUIDField(primary_key=True, default=uuid4)
    key = fields.CharField(max_length=40, unique=True)
    kind = fields.CharEnumField(OrganizationKind, max_length=16)
    name = fields.CharField(max_length=200)
    short_name = fields.CharField(max_length=60)
    platform: fields.ForeignKeyNullableRelation[Platform] = fields.ForeignKeyField(
        "models.Platform", null=True, on_delete=fields.RESTRICT
    )
    address = fields.CharField(max_length=300, default="")
    phone = fields.CharField(max_length=30, default="")
    email = fields.CharField(max_length=200, default="")
    version = fields.IntField(default=0)

    platform_id: str | None

    class Meta:
        table = "organization"


class Organism(Model):
    """What is particular to a social-housing body, keyed by SIREN."""

    id = fields.UUIDField(primary_key=True, default=uuid4)
    organization: fields.OneToOneRelation[Organization] = fields.OneToOneField(
        "models.Organization", on_delete=fields.RESTRICT, related_name="organism"
    )
    siren = fields.CharField(max_length=9, unique=True)
    category = fields.CharEnumField(Category, max_length=8)
    department = fields.CharField(max_length=3)
    city = fields.CharField(max_length=80)
    federation: fields.ForeignKeyNullableRelation[Platform] = fields.ForeignKeyField(
        "models.Platform", null=True, on_delete=fields.RESTRICT, related_name="members"
    )

    organization_id: UUID
    federation_id: str | None

    class Meta:
        table = "organism"


class OrganismCode(Model):
    """The internal code by which one platform knows an organism (manual §6.4)."""

    id = fields.BigIntField(primary_key=True)
    organism: fields.ForeignKeyRelation[Organism] = fields.ForeignKeyField(
        "models.Organism", on_delete=fields.CASCADE, related_name="codes"
    )
    platform: fields.ForeignKeyRelation[Platform] = fields.ForeignKeyField(
        "models.Platform", on_delete=fields.RESTRICT
    )
    code = fields.CharField(max_length=16)

    organism_id: UUID
    platform_id: str

    class Meta:
        table = "organism_code"
        unique_together = (("platform", "code"), ("platform", "organism"))
