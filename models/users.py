"""Who signs in: people, their sessions, and the partners' machine clients."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from tortoise import fields
from tortoise.models import Model

from models.organizations import Organization


class User(Model):
    """A person; belongs to exactly one organization. Closed, never erased: an author stays named."""

    id = fields.UUIDField(primary_key=True, default=uuid4)
    organization: fields.ForeignKeyRelation[Organization] = fields.ForeignKeyField(
        "models.Organization", on_delete=fields.RESTRICT, related_name="users"
    )
    login = fields.CharField(max_length=80, unique=True)
    password_hash = fields.CharField(max_length=200)
    civility = fields.CharField(max_length=8, default="")
    title = fields.CharField(max_length=60, default="")
    first_name = fields.CharField(max_length=80)
    last_name = fields.CharField(max_length=80)
    email = fields.CharField(max_length=200)
    phone = fields.CharField(max_length=30, default="")
    mobile = fields.CharField(max_length=30, default="")
    service = fields.CharField(max_length=120, default="")
    home_form = fields.CharField(max_length=16, default="")
    home_year: int | None = fields.SmallIntField(null=True)
    default_profile = fields.CharField(max_length=60, default="")
    # Who typed the password in force, when it was not its user; and when it was last set.
    password_set_by: fields.ForeignKeyNullableRelation[User] = fields.ForeignKeyField(
        "models.User", null=True, on_delete=fields.RESTRICT, related_name="passwords_set"
    )
    password_set_at: datetime | None = fields.DatetimeField(null=True)
    version = fields.IntField(default=0)
    delegated_administrator = fields.BooleanField(default=False)
    closed_at: datetime | None = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField(auto_now_add=True)

    organization_id: UUID
    password_set_by_id: UUID | None

    class Meta:
        table = "user_account"


class SignInFailure(Model):
    """Failed sign-ins under one name, by the SHA-256 of the name typed (manual §4).

    Kept apart from the accounts: a name that nobody has is locked like any other, so that the
    lock does not tell which names exist.
    """

    id = fields.CharField(max_length=64, primary_key=True)
    count = fields.SmallIntField(default=0)
    last_at = fields.DatetimeField()
    locked_until: datetime | None = fields.DatetimeField(null=True)

    class Meta:
        table = "sign_in_failure"


class Session(Model):
    """A server-side session; only the SHA-256 of its cookie is kept."""

    id = fields.CharField(max_length=64, primary_key=True)
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField("models.User", on_delete=fields.CASCADE)
    created_at = fields.DatetimeField()
    seen_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()

    user_id: UUID

    class Meta:
        table = "session"
        indexes = (("expires_at",),)


class MachineClient(Model):
    """A partner system that signs in by OAuth 2 client credentials."""

    id = fields.CharField(max_length=60, primary_key=True)
    organization: fields.ForeignKeyRelation[Organization] = fields.ForeignKeyField(
        "models.Organization", on_delete=fields.RESTRICT, related_name="clients"
    )
    name = fields.CharField(max_length=120)
    secret_hash = fields.CharField(max_length=200)
    scopes: list[str] = fields.JSONField()
    closed_at: datetime | None = fields.DatetimeField(null=True)

    organization_id: UUID

    class Meta:
        table = "machine_client"


class AccessToken(Model):
    """A bearer token given to a machine client; only its SHA-256 is kept."""

    id = fields.CharField(max_length=64, primary_key=True)
    client: fields.ForeignKeyRelation[MachineClient] = fields.ForeignKeyField(
        "models.MachineClient", on_delete=fields.CASCADE
    )
    scopes: list[str] = fields.JSONField()
    expires_at = fields.DatetimeField()

    client_id: str

    class Meta:
        table = "access_token"
        indexes = (("expires_at",),)
