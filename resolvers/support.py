"""Questions to the hotline: kept, then mailed once with what is joined (manual §5.5)."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from models import Invalid, Problem, SupportRequest, fetch, transaction
from models.jobs import SEND_SUPPORT, defer
from resolvers import journal
from resolvers.events import Kind
from resolvers.idempotency import done_under, once
from resolvers.people_entries import TEXTS, Text, checked_email, checked_phone, checked_text
from resolvers.person import person_of
from resolvers.supervision import answers_for, hotlines

if TYPE_CHECKING:
    from authz import Viewer
    from models import FileStore

FOLDER = "support"
OPERATION = "ask_support"
MOST_BYTES = 5_000_000
MOST_AN_HOUR = 30
LONGEST_PATH = 200
_PATH = re.compile(r"/(?:[^/\\][^\\]*)?")
NAME = Text("Nom", 170, required=True)
QUESTION = Text("Question", 5_000, lines=True)
FILE_NAME = Text("Nom du fichier", 200, required=True)


class Theme(StrEnum):
    """What a question is about; the value is what the hotline reads."""

    ACCESS = "Connexion et mot de passe"
    ENTRY = "Saisie et chargement d’un dossier"
    CHECKS = "Contrôles et anomalies"
    TRANSMISSION = "Étapes et transmission"
    EXCHANGE = "Espace d’échange et pièces jointes"
    RIGHTS = "Droits, conventions et accès"
    PRINTS = "Impressions et exports"
    OTHER = "Autre question"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: by whom, how he is reached, about what, from which screen; a file as base64."""

    platform: str
    name: str
    email: str
    phone: str
    theme: Theme
    question: str
    path: str = ""
    file_name: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class SupportTask:
    """One question to mail, as it was asked; `file_key` "": nothing is joined."""

    id: UUID
    platform: str
    name: str
    organization: str
    login: str
    email: str
    phone: str
    theme: str
    question: str
    path: str
    file_name: str
    file_key: str
    at: datetime


@dataclass(frozen=True, slots=True)
class HotlineRow:
    """A platform's hotline and how it is reached; `answers`: the viewer is of it."""

    code: str
    name: str
    phone: str
    email: str
    answers: bool


async def known_hotlines(viewer: Viewer) -> tuple[HotlineRow, ...]:
    """The hotlines that the viewer may ask, by code (manual §12.2): those of the platforms that he reads."""
    own = answers_for(viewer)
    records = await fetch(
        "SELECT p.code, p.name, g.phone, g.email FROM platform p "
        "JOIN organization g ON g.platform_id = p.code "
        "WHERE p.code = ANY(%s) ORDER BY p.code",
        [sorted(hotlines(viewer))],
    )
    return tuple(HotlineRow(**record, answers=record["code"] in own) for record in records)


async def ask(viewer: Viewer, files: FileStore, asked: Question, key: str) -> UUID:
    """Keep the question and leave the job that mails it; its identifier.

    Raises Invalid QUESTION_MISSING, PLATFORM_UNKNOWN, FILE_INVALID, FILE_TOO_LARGE, FIELD_REQUIRED…,
    EMAIL_INVALID, PHONE_INVALID, PERSON_REQUIRED, QUESTIONS_TOO_MANY.
    """
    checked = _checked(viewer, asked) | {"id": uuid4(), "user_id": person_of(viewer)}
    content = _content(asked)
    told = {name: getattr(asked, name) for name in Question.__slots__}
    before = await done_under(viewer, key, OPERATION, told)
    if before is not None:
        return UUID(before["request"])
    file_key = f"{FOLDER}/{checked['id']}"

    async def act() -> dict[str, Any]:
        await _require_few(checked["user_id"])
        named = file_key if content else ""
        made = await SupportRequest.create(
            **checked, at=datetime.now(UTC), file_key=named, file_size=len(content)
        )
        await journal.record(viewer, Kind.SUPPORT_ASKED, asked.platform, {"request": made.id})
        await defer(SEND_SUPPORT, request=str(made.id))
        return {"request": str(made.id)}

    try:
        if content:
            await _join(files, file_key, content, checked["user_id"])
        made = UUID((await once(viewer, key, OPERATION, told, act))["request"])
    except Problem:
        await files.delete(file_key)
        # The same question, asked at once, may be the one that filled the hour.
        before = await done_under(viewer, key, OPERATION, told)
        if before is None:
            raise
        return UUID(before["request"])
    if made != checked["id"]:
        # Asked at once under the same key: the other's file is the one that the question names.
        await files.delete(file_key)
    return made


async def _join(files: FileStore, file_key: str, content: bytes, user_id: UUID) -> None:
    """Keep what is joined, of whom may still ask; what no question names is an orphan (`attachment_tidy`)."""
    async with transaction():
        await _require_few(user_id)
    await files.put(file_key, content)


async def _require_few(user_id: UUID) -> None:
    """A person asks so often only by a script; whoever asks at once is counted one after the other."""
    await fetch("SELECT id FROM user_account WHERE id = %s FOR NO KEY UPDATE", [user_id])
    asked = await SupportRequest.filter(
        user_id=user_id, at__gt=datetime.now(UTC) - timedelta(hours=1)
    ).count()
    if asked >= MOST_AN_HOUR:
        raise Invalid(
            "QUESTIONS_TOO_MANY",
            f"Vous avez posé {MOST_AN_HOUR} questions en une heure\u00a0: attendez un peu avant la suivante, "
            "ou joignez l’assistance par téléphone.",
            path=("question",),
        )


def _checked(viewer: Viewer, asked: Question) -> dict[str, Any]:
    question = checked_text(asked.question, QUESTION, ("question",))
    if not question:
        raise Invalid("QUESTION_MISSING", "Vous n’avez pas posé de question.", path=("question",))
    if asked.platform not in hotlines(viewer):
        raise Invalid(
            "PLATFORM_UNKNOWN",
            "Cette plateforme n’est pas des vôtres\u00a0: choisissez-en une de la liste.",
            path=("platform",),
        )
    email = checked_email(checked_text(asked.email, TEXTS["email"], ("email",)), ("email",))
    phone = checked_phone(checked_text(asked.phone, TEXTS["mobile"], ("phone",)), ("phone",))
    # A path of ours and nothing else: after our address, anything else may name another site.
    path = asked.path[:LONGEST_PATH] if _PATH.fullmatch(asked.path) and asked.path.isprintable() else ""
    return {
        "platform": asked.platform,
        "name": checked_text(asked.name, NAME, ("name",)),
        "email": email,
        "phone": phone,
        "theme": asked.theme.name.lower(),
        "question": question,
        "path": path,
        "file_name": checked_text(asked.file_name, FILE_NAME, ("fileName",)) if asked.file else "",
    }


def _content(asked: Question) -> bytes:
    try:
        content = base64.b64decode(asked.file, validate=True)
    except (binascii.Error, ValueError):
        raise Invalid(
            "FILE_INVALID",
            "La pièce jointe n’a pas pu être lue\u00a0: choisissez de nouveau le fichier.",
            path=("file",),
        ) from None
    if len(content) > MOST_BYTES:
        raise Invalid(
            "FILE_TOO_LARGE",
            "La pièce jointe dépasse 5\u00a0Mo\u00a0: réduisez-la ou décrivez le problème sans elle.",
            path=("file",),
        )
    return content


async def pending(request: UUID) -> SupportTask | None:
    """The question to mail; None when it was mailed, or refused for good, already."""
    records = await fetch(
        "SELECT r.id, p.name AS platform, r.name, g.name AS organization, u.login, r.email, r.phone, "
        "r.theme, r.question, r.path, r.file_name, r.file_key, r.at FROM support_request r "
        "JOIN user_account u ON u.id = r.user_id JOIN organization g ON g.id = u.organization_id "
        "JOIN platform p ON p.code = r.platform WHERE r.id = %s "
        "AND r.mailed_at IS NULL AND r.refused_at IS NULL",
        [request],
    )
    for record in records:
        return SupportTask(**{**record, "theme": Theme[record["theme"].upper()].value})
    return None


async def mailed(request: UUID) -> None:
    """The peer accepted the mail: it is not sent again."""
    await SupportRequest.filter(id=request, mailed_at=None).update(mailed_at=datetime.now(UTC))


async def refused(request: UUID) -> None:
    """The hotline's address takes no mail, ever: nothing is tried again, and the question stays kept."""
    await SupportRequest.filter(id=request, mailed_at=None).update(refused_at=datetime.now(UTC))
