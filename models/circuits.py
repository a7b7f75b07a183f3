"""Visas given in the circuits of a form (`forms.circuit`), and who may give them for another."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from models.dossiers import Dossier
from models.users import User


class VisaAct(Model):
    """One answer to a visa, in a round: a return begins anew, and so does taking back what was handed back.

    `passage`: the dossier's passes when its round began; `round`: how many times it had been taken back.
    `holder`: whose answer it is; `author` is another where he stands for him. `data_hash`: of what was
    decided upon, "" of an opinion; once the data is another, the decision has lapsed and may be given again.
    """

    id = fields.BigIntField(primary_key=True)
    dossier: fields.ForeignKeyRelation[Dossier] = fields.ForeignKeyField(
        "models.Dossier", on_delete=fields.CASCADE, related_name="visa_acts"
    )
    passage = fields.SmallIntField()
    round = fields.SmallIntField(default=0)
    circuit = fields.CharField(max_length=40)
    visa = fields.CharField(max_length=40)
    holder: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", on_delete=fields.RESTRICT, related_name="visas_held"
    )
    author: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", on_delete=fields.RESTRICT, related_name="visas_given"
    )
    answer = fields.CharField(max_length=12)
    reason = fields.TextField(default="")
    data_hash = fields.CharField(max_length=64, default="")
    at = fields.DatetimeField()

    dossier_id: UUID

    class Meta:
        table = "visa_act"
        unique_together = (("dossier", "passage", "round", "visa", "holder", "data_hash"),)


class Delegation(Model):
    """Who may answer visas for another of the same organization, on which days; `form` "": every form."""

    id = fields.BigIntField(primary_key=True)
    holder: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", on_delete=fields.RESTRICT, related_name="delegations_given"
    )
    delegate: fields.ForeignKeyRelation[User] = fields.ForeignKeyField(
        "models.User", on_delete=fields.RESTRICT, related_name="delegations_held"
    )
    platform = fields.CharField(max_length=16)
    form = fields.CharField(max_length=16, default="")
    since: date = fields.DateField()
    until: date = fields.DateField()
    at = fields.DatetimeField()
    revoked_at: datetime | None = fields.DatetimeField(null=True)

    holder_id: UUID
    delegate_id: UUID

    class Meta:
        table = "delegation"
        indexes = (("delegate_id", "until"),)
