"""What people keep in order to find again: work lists, searches, labels, and how each likes his lists."""

from __future__ import annotations

from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from tortoise import fields
from tortoise.models import Model

from models.dossiers import Dossier
from models.organizations import Organization
from models.users import User


class WorkList(Model):
    """Dossiers gathered by a person for work in bulk (manual §7), with the sort of its columns.

    `name` is blank in the one that each person has without having asked for it. A shared list is read and
    edited by all of its owner's organization.
    """

    id = fields.UUIDField(primary_key=True, default=uuid4)
    organization: fields.ForeignKeyRelation[Organization] = fields.ForeignKeyField(
        "models.Organization", on_delete=fields.RESTRICT
    )
    owner: fields.ForeignKeyRelation[User] = fields.ForeignKeyField("models.User", on_delete=fields.RESTRICT)
    name = fields.CharField(max_length=80, default="")
    shared = fields.BooleanField(default=False)
    sort = fields.CharField(max_length=24, default="code")
    descending = fields.BooleanField(default=False)
    created_at = fields.DatetimeField()

    organization_id: UUID
    owner_id: UUID

    class Meta:
        table = "work_list"
        unique_together = (("owner", "name"),)
        indexes = (("organization_id", "shared"),)


class WorkListItem(Model):
    """One dossier of a work list; its readers are those who may read the dossier, and no others."""

    id = fields.BigIntField(primary_key=True)
    work_list: fields.ForeignKeyRelation[WorkList] = fields.ForeignKeyField(
        "models.WorkList", on_delete=fields.CASCADE, related_name="items"
    )
    dossier: fields.ForeignKeyRelation[Dossier] = fields.ForeignKeyField(
        "models.Dossier", on_delete=fields.CASCADE
    )
    author: fields.ForeignKeyRelation[User] = fields.ForeignKeyField("models.User", on_delete=fields.RESTRICT)
    added_at = fields.DatetimeField()

    work_list_id: UUID
    dossier_id: UUID
    author_id: UUID

    class Meta:
        table = "work_list_item"
        unique_together = (("work_list", "dossier"),)


class SavedSearch(Model):
    """A search that a person gave a name; `criteria` as the schema's input writes them."""

    id = fields.UUIDField(primary_key=True, default=uuid4)
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField("models.User", on_delete=fields.CASCADE)
    name = fields.CharField(max_length=80)
    criteria: dict[str, Any] = fields.JSONField()
    sort = fields.CharField(max_length=24, default="code")
    descending = fields.BooleanField(default=False)
    created_at = fields.DatetimeField()

    user_id: UUID

    class Meta:
        table = "saved_search"
        unique_together = (("user", "name"),)


class LabelTone(StrEnum):
    """The colour of a label; its name is always written beside it."""

    BLUE = "blue"
    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    VIOLET = "violet"
    GREY = "grey"


class Label(Model):
    """A word that an organization puts on dossiers for itself; no other organization knows of it.

    `folded` is the name without case nor accents: two labels never differ by these alone.
    """

    id = fields.UUIDField(primary_key=True, default=uuid4)
    organization: fields.ForeignKeyRelation[Organization] = fields.ForeignKeyField(
        "models.Organization", on_delete=fields.CASCADE
    )
    name = fields.CharField(max_length=40)
    folded = fields.CharField(max_length=60)
    tone = fields.CharEnumField(LabelTone, max_length=8, default=LabelTone.GREY)
    created_at = fields.DatetimeField()

    organization_id: UUID

    class Meta:
        table = "label"
        unique_together = (("organization", "folded"),)


class DossierLabel(Model):
    """A label on a dossier."""

    id = fields.BigIntField(primary_key=True)
    label: fields.ForeignKeyRelation[Label] = fields.ForeignKeyField(
        "models.Label", on_delete=fields.CASCADE, related_name="dossiers"
    )
    dossier: fields.ForeignKeyRelation[Dossier] = fields.ForeignKeyField(
        "models.Dossier", on_delete=fields.CASCADE, related_name="labels"
    )
    author: fields.ForeignKeyRelation[User] = fields.ForeignKeyField("models.User", on_delete=fields.RESTRICT)
    at = fields.DatetimeField()

    label_id: UUID
    dossier_id: UUID
    author_id: UUID

    class Meta:
        table = "dossier_label"
        unique_together = (("label", "dossier"),)
        indexes = (("dossier_id",),)


class ListView(Model):
    """How a person likes one of his lists: its columns in order, and whether it is cut into pages."""

    id = fields.BigIntField(primary_key=True)
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField("models.User", on_delete=fields.CASCADE)
    place = fields.CharField(max_length=16)
    columns: list[str] = fields.JSONField()
    paged = fields.BooleanField(default=False)

    user_id: UUID

    class Meta:
        table = "list_view"
        unique_together = (("user", "place"),)
