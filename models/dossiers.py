"""What is declared: campaigns, dossiers, their tabs, and the trace of every change."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from tortoise import fields
from tortoise.models import Model

from models.organizations import Organism, Platform
from models.users import User


class Campaign(Model):
    """A form type's collection for one year of accounts (manual §2.1.2), under one published pack."""

    id = fields.IntField(primary_key=True)
    platform: fields.ForeignKeyRelation[Platform] = fields.ForeignKeyField(
        "models.Platform", on_delete=fields.RESTRICT
    )
    form = fields.CharField(max_length=16)
    year = fields.SmallIntField()
    pack = fields.CharField(max_length=40)
    opens_on: date = fields.DateField()
    closes_on: date | None = fields.DateField(null=True)

    platform_id: str

    class Meta:
        table = "campaign"
        unique_together = (("platform", "form", "year"),)


class Dossier(Model):
    """One organism's form for one campaign.

    The columns that lists filter and sort on (platform, form, year, code, category, search) repeat
    the organism's and the campaign's, so that a list reads one table; `search` is folded
    (lower case, no accents), because the embedded PostgreSQL has neither unaccent nor pg_trgm.
    """

    id = fields.UUIDField(primary_key=True, default=uuid4)
    campaign: fields.ForeignKeyRelation[Campaign] = fields.ForeignKeyField(
        "models.Campaign", on_delete=fields.RESTRICT
    )
    organism: fields.ForeignKeyRelation[Organism] = fields.ForeignKeyField(
        "models.Organism", on_delete=fields.RESTRICT, related_name="dossiers"
    )
    platform = fields.CharField(max_length=16)
    form = fields.CharField(max_length=16)
    year = fields.SmallIntField()
    pack = fields.CharField(max_length=40)
    code = fields.CharField(max_length=16)
    category = fields.CharField(max_length=8)
    search = fields.CharField(max_length=400)
    step = fields.SmallIntField(default=0)
    step_since = fields.DatetimeField()
    passes = fields.SmallIntField(default=0)
    version = fields.IntField(default=0)
    transmitted_at: datetime | None = fields.DatetimeField(null=True)
    handed_back_at: datetime | None = fields.DatetimeField(null=True)
    substep = fields.CharField(max_length=40, default="")

    campaign_id: int
    organism_id: UUID

    class Meta:
        table = "dossier"
        unique_together = (("campaign", "organism"),)
        indexes = (("platform", "form", "year", "code"), ("organism_id", "year"), ("code", "id"))


class TabDocument(Model):
    """The values of one tab of one dossier, as one JSONB document.

    A tab of a repeated group has one for each instance, `E1[1]`; the group itself, `ENFANT`, has one whose
    rows are the instances, in order.

    `cells`  typed values, `LINE.COLUMN` → canonical text;
    `forced` forced cells, `LINE.COLUMN` → {"value", "reason", "automatic"};
    `computed` last evaluated values of computed and forcible cells, kept so that a tab opens with one read;
    `rows`   dynamic rows in order, {"key", "values", "computed"}.
    """

    id = fields.BigIntField(primary_key=True)
    dossier: fields.ForeignKeyRelation[Dossier] = fields.ForeignKeyField(
        "models.Dossier", on_delete=fields.CASCADE, related_name="documents"
    )
    tab = fields.CharField(max_length=90)
    cells: dict[str, str] = fields.JSONField(default=dict)
    forced: dict[str, dict[str, str | None]] = fields.JSONField(default=dict)
    computed: dict[str, str | None] = fields.JSONField(default=dict)
    rows: list[dict[str, Any]] = fields.JSONField(default=list)

    dossier_id: UUID

    class Meta:
        table = "tab_document"
        unique_together = (("dossier", "tab"),)


class ChangeOrigin(StrEnum):
    """How a value came into its cell."""

    TYPED = "typed"
    PASTED = "pasted"
    XML = "xml"
    SPREADSHEET = "spreadsheet"
    CSV = "csv"
    PREVIOUS_YEAR = "previous_year"
    COMMON_CORE = "common_core"
    UNDO = "undo"


class CellChange(Model):
    """Who changed what, when, from where: one line a cell a write.

    `cell` may name a row of a dynamic tab, `F01[0001]`: its rank before and after, blank where it is not.
    `origin` is a ChangeOrigin; `batch` is common to all that one write changed, so that it can be undone.
    """

    id = fields.BigIntField(primary_key=True)
    # No foreign keys: they took half the time of a load of thousands of lines, and each line is written in
    # the transaction that holds its dossier and knows its author; neither is ever deleted.
    dossier: fields.ForeignKeyRelation[Dossier] = fields.ForeignKeyField(
        "models.Dossier", on_delete=fields.CASCADE, related_name="changes", db_constraint=False
    )
    cell = fields.CharField(max_length=160)
    before: str | None = fields.TextField(null=True)
    after: str | None = fields.TextField(null=True)
    origin = fields.CharField(max_length=16)
    reason = fields.CharField(max_length=500, default="")
    author: fields.ForeignKeyNullableRelation[User] = fields.ForeignKeyField(
        "models.User", null=True, on_delete=fields.RESTRICT, db_constraint=False
    )
    at = fields.DatetimeField()
    batch: UUID | None = fields.UUIDField(null=True)

    dossier_id: UUID
    author_id: UUID | None

    class Meta:
        table = "cell_change"
        indexes = (("dossier_id", "cell"), ("dossier_id", "batch"))


class SnapshotState(StrEnum):
    """At which move the values were kept."""

    TRANSMITTED = "transmitted"
    FINALISED = "finalised"
    CLOSED = "closed"


class Snapshot(Model):
    """The values of a dossier as they were transmitted, finalised or closed: what next year's `#` reads.

    `documents`: tab → {"cells", "forced", "computed", "rows"}, as in TabDocument; `previous`: last
    year's cells as they were read then, so that a later reopening of last year changes nothing here.
    """

    id = fields.BigIntField(primary_key=True)
    dossier: fields.ForeignKeyRelation[Dossier] = fields.ForeignKeyField(
        "models.Dossier", on_delete=fields.CASCADE, related_name="snapshots"
    )
    state = fields.CharEnumField(SnapshotState, max_length=12)
    at = fields.DatetimeField()
    pack = fields.CharField(max_length=40)
    data_hash = fields.CharField(max_length=64)
    documents: dict[str, dict[str, Any]] = fields.JSONField()
    previous: dict[str, str] = fields.JSONField()

    dossier_id: UUID

    class Meta:
        table = "snapshot"
        indexes = (("dossier_id", "id"),)


class Crossing(Model):
    """One step crossed, once: the unique key makes a second crossing of the same pass impossible."""

    id = fields.BigIntField(primary_key=True)
    dossier: fields.ForeignKeyRelation[Dossier] = fields.ForeignKeyField(
        "models.Dossier", on_delete=fields.CASCADE, related_name="crossings"
    )
    passage = fields.SmallIntField()
    move = fields.CharField(max_length=40)
    source = fields.SmallIntField()
    target = fields.SmallIntField()
    at = fields.DatetimeField()
    author: fields.ForeignKeyNullableRelation[User] = fields.ForeignKeyField(
        "models.User", null=True, on_delete=fields.RESTRICT
    )
    reason = fields.CharField(max_length=500, default="")

    dossier_id: UUID

    class Meta:
        table = "crossing"
        unique_together = (("dossier", "passage"),)


class Verification(Model):
    """The result of one run of the checks, with the pack and the hash of the data it read."""

    id = fields.BigIntField(primary_key=True)
    dossier: fields.ForeignKeyRelation[Dossier] = fields.ForeignKeyField(
        "models.Dossier", on_delete=fields.CASCADE, related_name="verifications"
    )
    at = fields.DatetimeField()
    pack = fields.CharField(max_length=40)
    data_hash = fields.CharField(max_length=64)
    version = fields.IntField()
    anomalies: list[dict[str, Any]] = fields.JSONField()

    dossier_id: UUID

    class Meta:
        table = "verification"
        indexes = (("dossier_id", "id"),)


class Justification(Model):
    """The organism's reason for one major anomaly, asked before transmission.

    `check_id` names the instance of a group too: `F-1[1]`.
    """

    id = fields.BigIntField(primary_key=True)
    dossier: fields.ForeignKeyRelation[Dossier] = fields.ForeignKeyField(
        "models.Dossier", on_delete=fields.CASCADE, related_name="justifications"
    )
    check_id = fields.CharField(max_length=90)
    text = fields.TextField()
    author: fields.ForeignKeyRelation[User] = fields.ForeignKeyField("models.User", on_delete=fields.RESTRICT)
    at = fields.DatetimeField()

    class Meta:
        table = "justification"
        unique_together = (("dossier", "check_id"),)


class Transmission(Model):
    """The declarant's commitment: who accepted what, and the hash of the data he saw. Once a dossier."""

    id = fields.BigIntField(primary_key=True)
    dossier: fields.OneToOneRelation[Dossier] = fields.OneToOneField(
        "models.Dossier", on_delete=fields.RESTRICT, related_name="transmission"
    )
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField("models.User", on_delete=fields.RESTRICT)
    at = fields.DatetimeField()
    pack = fields.CharField(max_length=40)
    data_hash = fields.CharField(max_length=64)
    commitments: list[str] = fields.JSONField()

    class Meta:
        table = "transmission"
