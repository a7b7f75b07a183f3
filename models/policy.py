"""What may be: Casbin's rule rows, versioned, and the changes that administrators ask for."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from tortoise import fields
from tortoise.models import Model

from models.conventions import Convention
from models.organizations import Platform
from models.users import User


class PolicyVersion(Model):
    """One accepted change of the policy; the highest number is in force.

    Every table the policy derives from (rules, consents, users, organisms) bumps it
    in the transaction that changes it, so that a process can tell a stale table from a fresh one.

    `touched`: what changed besides the lines, kind of fact → its names (`accounts`: subjects,
    `organizations` and `organisms`: keys, `consents`: `organism|partner|platform|form|year`); the lines
    themselves tell by their versions. Null: anything may have, so everything is read again.
    """

    version = fields.IntField(primary_key=True)
    at = fields.DatetimeField(auto_now_add=True)
    author: fields.ForeignKeyNullableRelation[User] = fields.ForeignKeyField(
        "models.User", null=True, on_delete=fields.RESTRICT
    )
    comment = fields.CharField(max_length=300)
    touched: dict[str, list[str]] | None = fields.JSONField(null=True)
    proposal: fields.ForeignKeyNullableRelation[PolicyProposal] = fields.ForeignKeyField(
        "models.PolicyProposal", null=True, on_delete=fields.RESTRICT, related_name="versions"
    )

    class Meta:
        table = "policy_version"


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
        indexes = (("until_version",), ("since_version",))


class ProposalState(StrEnum):
    """Where a change of the policy stands; all but the first two are final."""

    AWAITING_SIGNATURE = "awaiting_signature"
    SCHEDULED = "scheduled"
    APPLIED = "applied"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    FAILED = "failed"


class PolicyProposal(Model):
    """A change of a platform's policy that was asked for: applied at once, on a date, or once signed.

    `edits`: {"add": [{"ptype", "values", "convention"}], "close": [line id, …]}, based on `base_version`.
    """

    id = fields.UUIDField(primary_key=True, default=uuid4)
    platform: fields.ForeignKeyRelation[Platform] = fields.ForeignKeyField(
        "models.Platform", on_delete=fields.RESTRICT
    )
    comment = fields.CharField(max_length=300)
    base_version = fields.IntField()
    edits: dict[str, Any] = fields.JSONField()
    effective_on: date | None = fields.DateField(null=True)
    state = fields.CharEnumField(ProposalState, max_length=20)
    author: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", on_delete=fields.RESTRICT, related_name="proposals"
    )
    at = fields.DatetimeField()
    signer: fields.ForeignKeyNullableRelation[User] = fields.ForeignKeyField(
        "models.User", null=True, on_delete=fields.RESTRICT, related_name="signed_proposals"
    )
    signed_at: datetime | None = fields.DatetimeField(null=True)
    reason = fields.CharField(max_length=500, default="")
    applied_version: int | None = fields.IntField(null=True)

    platform_id: str
    author_id: UUID
    signer_id: UUID | None

    class Meta:
        table = "policy_proposal"
        indexes = (("platform_id", "state"),)


class PolicyTest(Model):
    """A sentence that must stay true: « la CDC ne lit jamais le dossier d’une SEM avant l’étape 4 ».

    `actor`: an organization's key, a kind, a user or a client; `organisms`: a group or an organism;
    `expected`: True, it may always; False, it never may. `year` null: every year that policies name.
    """

    id = fields.UUIDField(primary_key=True, default=uuid4)
    platform: fields.ForeignKeyRelation[Platform] = fields.ForeignKeyField(
        "models.Platform", on_delete=fields.RESTRICT
    )
    sentence = fields.CharField(max_length=300)
    actor = fields.CharField(max_length=100)
    right = fields.CharField(max_length=40)
    form = fields.CharField(max_length=16)
    year: int | None = fields.SmallIntField(null=True)
    organisms = fields.CharField(max_length=40)
    steps = fields.CharField(max_length=7)
    expected = fields.BooleanField()
    author: fields.ForeignKeyNullableRelation[User] = fields.ForeignKeyField(
        "models.User", null=True, on_delete=fields.RESTRICT
    )
    at = fields.DatetimeField()

    platform_id: str

    class Meta:
        table = "policy_test"
