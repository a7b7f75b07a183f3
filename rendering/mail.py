"""Mails: French, short, without one datum of the dossier (manual §2.1.4); they only say what, and where."""

from __future__ import annotations

from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formataddr, formatdate
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import quote, urlsplit
from uuid import UUID, uuid5

from aiosmtplib import SMTP, SMTPRecipientsRefused

from rendering.mail_page import Link, lay_body
from rendering.mail_words import OBJECTS, REASONS, SENTENCES
from rendering.support_mail import support_message

if TYPE_CHECKING:
    from datetime import date

    from resolvers.digests import DigestTask
    from resolvers.notifications import MailTask
    from resolvers.support import SupportTask

_INVITATION: Final = "Pour le consulter, connectez-vous à Harmonia\u00a0:"
# Of a text that a platform wrote itself, nothing is promised.
_WRITTEN: Final = "Vous recevez ce message, écrit par la plateforme, parce que vous êtes contact privilégié."
_FOLLOWING: Final = "Pour y donner suite, connectez-vous à Harmonia\u00a0:"
_DIRECT: Final = "Pour prendre directement sa copie scellée, sans ouvrir le dossier\u00a0:"
_REASON: Final = "parce que vous êtes contact privilégié"
_CLOSING: Final = (
    "Vous recevez ce message {reason}. Il est envoyé automatiquement et ne contient aucune donnée du dossier."
)
_DIGEST: Final = "Voici ce qui s’est produit depuis votre dernier récapitulatif."
_DIGEST_CLOSING: Final = (
    "Vous recevez ce récapitulatif parce que vous l’avez choisi dans Harmonia, où vous pouvez le changer. Il"
    " est envoyé automatiquement et ne contient aucune donnée des dossiers."
)
# Replies to RCPT by which a server says that there is no such mailbox, and never will be; with 5.7.x it
# speaks of us (a relay denied, a name to prove), which somebody will put right.
_NO_MAILBOX: Final = frozenset({550, 551, 553})
_POLICY: Final = "5.7."


class AddressRefusedError(Exception):
    """The peer says that it will never take mails for this address: trying again would change nothing."""


@dataclass(frozen=True, slots=True)
class MailSettings:
    """How mails leave; `base_url` is where their links lead, without a final slash.

    `support`: the hotline's address, the sender's own where none is given.
    """

    host: str
    port: int
    sender: str
    base_url: str
    tls: Literal["none", "starttls", "tls"] = "none"
    user: str = ""
    password: str = field(default="", repr=False)
    seconds: float = 30.0
    support: str = ""


class Mailer:
    """Sends one mail at a time, on a connection of its own."""

    def __init__(self, settings: MailSettings) -> None:
        self._settings = settings

    async def send(self, task: MailTask) -> None:
        """Hand the mail of a notification over to the SMTP server; as `deliver`.

        The Message-ID is the notification's: a mail sent twice, because the worker died right after, is
        shown once.
        """
        await self.deliver(self.message(task))

    async def send_digest(self, task: DigestTask) -> None:
        """Hand a digest over; its Message-ID is the person's and the day's. As `deliver`."""
        await self.deliver(self.digest(task))

    async def send_support(self, task: SupportTask, joined: bytes) -> None:
        """Hand a question over to the hotline's address, with what is joined to it. As `deliver`."""
        await self.deliver(support_message(task, joined, self._settings))

    async def deliver(self, message: EmailMessage) -> None:
        """Hand a message over to the SMTP server.

        Raises AddressRefusedError; and OSError, TimeoutError or aiosmtplib's SMTPException where nothing
        tells whether a later try would succeed, so that the job tries again.
        """
        settings = self._settings
        client = SMTP(
            hostname=settings.host,
            port=settings.port,
            timeout=settings.seconds,
            use_tls=settings.tls == "tls",
            start_tls=settings.tls == "starttls",
            username=settings.user or None,
            password=settings.password or None,
        )
        try:
            async with client:
                await client.send_message(message)
        except SMTPRecipientsRefused as refusal:
            if all(_for_good(one.code, one.message) for one in refusal.recipients):
                raise AddressRefusedError(str(refusal.recipients[0].message)) from refusal
            raise

    def message(self, task: MailTask) -> EmailMessage:
        """The mail of a notification, as text and as plain HTML."""
        if task.text:
            return self._written(task)
        sentence = SENTENCES[task.event].format(subject=task.subject)
        said = f"{task.subject}\u00a0: {OBJECTS[task.event]}"
        message = self._begin(task.name, task.recipient, said, str(task.notification_id))
        link = Link(_INVITATION, self._address(task.path))
        closing = _CLOSING.format(reason=REASONS.get(task.event, _REASON))
        direct = [Link(_DIRECT, self._address(task.direct))] if task.direct else []
        lay_body(message, [f"Bonjour {_one_line(task.name)},", sentence, link, *direct, closing])
        return message

    def _written(self, task: MailTask) -> EmailMessage:
        """What a platform wrote itself: its own subject, and its paragraphs as text."""
        said = _one_line(task.subject)
        message = self._begin(task.name, task.recipient, said, str(task.notification_id))
        paragraphs = [part.strip("\n") for part in task.text.replace("\r\n", "\n").split("\n\n")]
        link = Link(_FOLLOWING, self._address(task.path))
        greeting = f"Bonjour {_one_line(task.name)},"
        lay_body(message, [greeting, *filter(None, paragraphs), link, _WRITTEN])
        return message

    def digest(self, task: DigestTask) -> EmailMessage:
        """The digest of a person and a day: how many of each event, and where they are."""
        said = f"récapitulatif du {task.day:%d/%m/%Y}"
        message = self._begin(task.name, task.recipient, said, str(digest_id(task.user_id, task.day)))
        links: list[str | Link] = [
            Link(
                f"{OBJECTS[event][:1].upper()}{OBJECTS[event][1:]}\u00a0: {count}",
                self._address(f"/notifications?event={quote(event)}"),
            )
            for event, count in task.counts
        ]
        lay_body(message, [f"Bonjour {_one_line(task.name)},", _DIGEST, *links, _DIGEST_CLOSING])
        return message

    def _begin(self, name: str, recipient: str, said: str, identity: str) -> EmailMessage:
        settings = self._settings
        message = EmailMessage()
        message["From"] = formataddr(("Harmonia", settings.sender))
        message["To"] = formataddr((_one_line(name), recipient))
        message["Subject"] = f"Harmonia – {said}"
        message["Date"] = formatdate(localtime=True)
        message["Message-ID"] = f"<{identity}@{urlsplit(settings.base_url).hostname}>"
        message["Auto-Submitted"] = "auto-generated"
        return message

    def _address(self, path: str) -> str:
        return self._settings.base_url.rstrip("/") + path


def digest_id(user_id: UUID, day: date) -> UUID:
    """The name of a person's digest of a day: always the same, and short enough to stand in one line."""
    return uuid5(user_id, f"digest {day}")


def _one_line(name: str) -> str:
    """A line break in a name would be refused as a header of its own."""
    return " ".join(name.split())


def _for_good(code: int, said: str) -> bool:
    return code in _NO_MAILBOX and not said.startswith(_POLICY)
