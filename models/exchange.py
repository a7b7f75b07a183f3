"""What is said about a dossier (manual §9 and §10): threads anchored on it, and their messages."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid4

from tortoise import fields
from tortoise.models import Model

from models.dossiers import Dossier
from models.organizations import Organization
from models.users import User


class Level(StrEnum):
    """What a thread is about."""

    DOSSIER = "dossier"
    TAB = "tab"
    CELL = "cell"


class Audience(StrEnum):
    """Who may read what is published: whom a convention lets in, organism and platform, one's own body."""

    ALL = "all"
    PLATFORM = "platform"
    OWN = "own"


class ThreadState(StrEnum):
    """Whether one still talks; icons stay once closed or obsolete (manual §1.1.3)."""

    OPEN = "open"
    CLOSED = "closed"
    OBSOLETE = "obsolete"


class Nature(StrEnum):
    """What a message is; it may be changed (manual §1.1.4)."""

    QUESTION = "question"
    COMMENT = "comment"


class Thread(Model):
    """A conversation on a dossier, a tab or a cell, named by its stable code.

    `organization`: whose it is, for an audience of one's own. `carried_from`: the thread of last year.
    """

    id = fields.UUIDField(primary_key=True, default=uuid4)
    dossier: fields.ForeignKeyRelation[Dossier] = fields.ForeignKeyField(
        "models.Dossier", on_delete=fields.CASCADE, related_name="threads"
    )
    level = fields.CharEnumField(Level, max_length=8)
    anchor = fields.CharField(max_length=160, default="")
    audience = fields.CharEnumField(Audience, max_length=8, default=Audience.ALL)
    organization: fields.ForeignKeyRelation[Organization] = fields.ForeignKeyField(
        "models.Organization", on_delete=fields.RESTRICT
    )
    state = fields.CharEnumField(ThreadState, max_length=8, default=ThreadState.OPEN)
    due_on: date | None = fields.DateField(null=True)
    opened_at = fields.DatetimeField()
    settled_at: datetime | None = fields.DatetimeField(null=True)
    carried_from: UUID | None = fields.UUIDField(null=True, unique=True)

    dossier_id: UUID
    organization_id: UUID

    class Meta:
        table = "thread"
        indexes = (("dossier_id", "level", "anchor"),)


class Message(Model):
    """One message of a thread; its author's alone until it is published."""

    id = fields.UUIDField(primary_key=True, default=uuid4)
    thread: fields.ForeignKeyRelation[Thread] = fields.ForeignKeyField(
        "models.Thread", on_delete=fields.CASCADE, related_name="messages"
    )
    nature = fields.CharEnumField(Nature, max_length=8)
    text = fields.TextField()
    author: fields.ForeignKeyRelation[User] = fields.ForeignKeyField("models.User", on_delete=fields.RESTRICT)
    organization: fields.ForeignKeyRelation[Organization] = fields.ForeignKeyField(
        "models.Organization", on_delete=fields.RESTRICT
    )
    written_at = fields.DatetimeField()
    published_at: datetime | None = fields.DatetimeField(null=True)

    thread_id: UUID
    author_id: UUID
    organization_id: UUID

    class Meta:
        table = "message"
        indexes = (("thread_id", "published_at"), ("author_id", "published_at"))


class ThreadReading(Model):
    """How far a user has read a thread."""

    id = fields.BigIntField(primary_key=True)
    thread: fields.ForeignKeyRelation[Thread] = fields.ForeignKeyField(
        "models.Thread", on_delete=fields.CASCADE, related_name="readings"
    )
    user: fields.ForeignKeyRelation[User] = fields.ForeignKeyField("models.User", on_delete=fields.CASCADE)
    read_at = fields.DatetimeField()

    class Meta:
        table = "thread_reading"
        unique_together = (("thread", "user"),)
