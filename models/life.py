"""What happens to a dossier on its way, beside the steps it crosses (manual §2.1.3, §8.6)."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid4

from tortoise import fields
from tortoise.models import Model

from models.dossiers import Campaign, Dossier
from models.organizations import Organization
from models.users import User


class ContactRole(StrEnum):
    """Whom the platform may call about a dossier."""

    DIRECTOR = "director"
    DECLARANT = "declarant"
    ACCOUNTANT = "accountant"


class DossierContact(Model):
    """A person to call about a dossier, as confirmed when it was initialised; he needs no account."""

    id = fields.BigIntField(primary_key=True)
    dossier: fields.ForeignKeyRelation[Dossier] = fields.ForeignKeyField(
        "models.Dossier", on_delete=fields.CASCADE, related_name="contacts"
    )
    role = fields.CharEnumField(ContactRole, max_length=12)
    name = fields.CharField(max_length=160)
    title = fields.CharField(max_length=120, default="")
    email = fields.CharField(max_length=200, default="")
    phone = fields.CharField(max_length=30, default="")
    confirmed_at = fields.DatetimeField()
    confirmed_by: fields.ForeignKeyNullableRelation[User] = fields.ForeignKeyField(
        "models.User", null=True, on_delete=fields.RESTRICT
    )

    dossier_id: UUID

    class Meta:
        table = "dossier_contact"
        unique_together = (("dossier", "role"),)


class HandBack(Model):
    """A time during which the organism corrects its dossier in review; `taken_at` null: it still does.

    A partial unique index allows one such open time a dossier; `Dossier.handed_back_at` repeats it.
    """

    id = fields.BigIntField(primary_key=True)
    dossier: fields.ForeignKeyRelation[Dossier] = fields.ForeignKeyField(
        "models.Dossier", on_delete=fields.CASCADE, related_name="hand_backs"
    )
    reason = fields.TextField()
    due_on: date | None = fields.DateField(null=True)
    handed_at = fields.DatetimeField()
    handed_by: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", on_delete=fields.RESTRICT, related_name="hand_backs"
    )
    taken_at: datetime | None = fields.DatetimeField(null=True)
    taken_by: fields.ForeignKeyNullableRelation[User] = fields.ForeignKeyField(
        "models.User", null=True, on_delete=fields.RESTRICT, related_name="hands_taken"
    )
    taken_reason = fields.TextField(default="")

    dossier_id: UUID

    class Meta:
        table = "hand_back"
        indexes = (("dossier_id", "handed_at"), ("handed_at",))


class AssignmentRole(StrEnum):
    """Who follows a dossier at its platform: « chargé de mission », « responsable d'affaire »."""

    OFFICER = "officer"
    ACCOUNT_MANAGER = "account_manager"


class Assignment(Model):
    """Who follows a dossier now, in one of the two roles."""

    id = fields.BigIntField(primary_key=True)
    dossier: fields.ForeignKeyRelation[Dossier] = fields.ForeignKeyField(
        "models.Dossier", on_delete=fields.CASCADE, related_name="assignments"
    )
    role = fields.CharEnumField(AssignmentRole, max_length=16)
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", on_delete=fields.RESTRICT, related_name="assignments"
    )
    at = fields.DatetimeField()
    author: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", on_delete=fields.RESTRICT, related_name="assignments_made"
    )

    dossier_id: UUID
    user_id: UUID

    class Meta:
        table = "assignment"
        unique_together = (("dossier", "role"),)
        indexes = (("user_id", "role"),)


class Deadline(Model):
    """The last day to leave a step in a campaign, for a kind of organism; category "" is all others."""

    id = fields.BigIntField(primary_key=True)
    campaign: fields.ForeignKeyRelation[Campaign] = fields.ForeignKeyField(
        "models.Campaign", on_delete=fields.CASCADE, related_name="deadlines"
    )
    step = fields.SmallIntField()
    category = fields.CharField(max_length=8, default="")
    due_on: date = fields.DateField()

    campaign_id: int

    class Meta:
        table = "deadline"
        unique_together = (("campaign", "step", "category"),)


class DeadlineException(Model):
    """Another last day for one dossier, with its reason; it wins over the campaign's.

    One that was withdrawn or replaced stays, with who did so, when and why; a partial unique index allows one
    in force a dossier and step.
    """

    id = fields.BigIntField(primary_key=True)
    dossier: fields.ForeignKeyRelation[Dossier] = fields.ForeignKeyField(
        "models.Dossier", on_delete=fields.CASCADE, related_name="deadline_exceptions"
    )
    step = fields.SmallIntField()
    due_on: date = fields.DateField()
    reason = fields.CharField(max_length=500)
    author: fields.ForeignKeyRelation[User] = fields.ForeignKeyField("models.User", on_delete=fields.RESTRICT)
    at = fields.DatetimeField()
    removed_at: datetime | None = fields.DatetimeField(null=True)
    removed_by: fields.ForeignKeyNullableRelation[User] = fields.ForeignKeyField(
        "models.User", on_delete=fields.RESTRICT, null=True, related_name="removed_exceptions"
    )
    removed_reason = fields.CharField(max_length=500, default="")

    dossier_id: UUID
    removed_by_id: UUID | None

    class Meta:
        table = "deadline_exception"


class ReopeningRequest(Model):
    """A request to bring a dossier back to step 4, and its answer (manual §8.6).

    A partial unique index allows one unanswered request a dossier.
    """

    id = fields.UUIDField(primary_key=True, default=uuid4)
    dossier: fields.ForeignKeyRelation[Dossier] = fields.ForeignKeyField(
        "models.Dossier", on_delete=fields.CASCADE, related_name="reopening_requests"
    )
    organization: fields.ForeignKeyRelation[Organization] = fields.ForeignKeyField(
        "models.Organization", on_delete=fields.RESTRICT
    )
    asked_by: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", on_delete=fields.RESTRICT, related_name="reopenings_asked"
    )
    asked_at = fields.DatetimeField()
    reason = fields.TextField()
    accepted = fields.BooleanField(null=True)
    answered_by: fields.ForeignKeyNullableRelation[User] = fields.ForeignKeyField(
        "models.User", null=True, on_delete=fields.RESTRICT, related_name="reopenings_answered"
    )
    answered_at: datetime | None = fields.DatetimeField(null=True)
    answer = fields.TextField(default="")

    dossier_id: UUID

    class Meta:
        table = "reopening_request"
        indexes = (("dossier_id", "asked_at"),)
