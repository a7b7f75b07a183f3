"""Mails: French, short, without one datum of the dossier (manual §2.1.4); they only say what, and where."""

from __future__ import annotations

from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formataddr, formatdate
from html import escape
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import urlsplit

from aiosmtplib import SMTP

from rendering.mail_words import OBJECTS, SENTENCES

if TYPE_CHECKING:
    from resolvers.notifications import MailTask

_OBJECT: Final = "nouvel évènement"
_SENTENCE: Final = "Un évènement vient de se produire sur un dossier {subject}."
_INVITATION: Final = "Pour le consulter, connectez-vous à Harmonia\u00a0:"
_CLOSING: Final = (
    "Vous recevez ce message parce que vous êtes contact privilégié. Il est envoyé automatiquement et ne"
    " contient aucune donnée du dossier."
)


@dataclass(frozen=True, slots=True)
class MailSettings:
    """How mails leave; `base_url` is where their links lead, without a final slash."""

    host: str
    port: int
    sender: str
    base_url: str
    tls: Literal["none", "starttls", "tls"] = "none"
    user: str = ""
    password: str = field(default="", repr=False)
    seconds: float = 30.0


class Mailer:
    """Sends one mail at a time, on a connection of its own."""

    def __init__(self, settings: MailSettings) -> None:
        self._settings = settings

    async def send(self, task: MailTask) -> None:
        """Hand the mail over to the SMTP server.

        Raises OSError, TimeoutError or aiosmtplib's SMTPException: nothing tells whether a later try would
        succeed, so the job tries again. The Message-ID is the notification's: a mail sent twice, because the
        worker died right after, is shown once.
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
        async with client:
            await client.send_message(self.message(task))

    def message(self, task: MailTask) -> EmailMessage:
        """The mail of a task, as text and as plain HTML."""
        settings = self._settings
        sentence = SENTENCES.get(task.event, _SENTENCE).format(subject=task.subject)
        link = settings.base_url.rstrip("/") + task.path
        message = EmailMessage()
        message["From"] = formataddr(("Harmonia", settings.sender))
        # A line break in a name would be refused as a header of its own.
        name = " ".join(task.name.split())
        message["To"] = formataddr((name, task.recipient))
        message["Subject"] = f"Harmonia – {task.subject}\u00a0: {OBJECTS.get(task.event, _OBJECT)}"
        message["Date"] = formatdate(localtime=True)
        message["Message-ID"] = f"<{task.notification_id}@{urlsplit(settings.base_url).hostname}>"
        message["Auto-Submitted"] = "auto-generated"
        message["Content-Language"] = "fr"
        greeting = f"Bonjour {name},"
        message.set_content("\n\n".join((greeting, sentence, f"{_INVITATION}\n{link}", _CLOSING)) + "\n")
        message.add_alternative(_html(greeting, sentence, link), subtype="html")
        return message


def _html(greeting: str, sentence: str, link: str) -> str:
    address = escape(link)
    return (
        '<!doctype html>\n<html lang="fr">\n<head><meta charset="utf-8"><title>Harmonia</title></head>\n'
        f"<body>\n<p>{escape(greeting)}</p>\n<p>{escape(sentence)}</p>\n"
        f'<p>{escape(_INVITATION)}<br>\n<a href="{address}">{address}</a></p>\n'
        f"<p>{escape(_CLOSING)}</p>\n</body>\n</html>\n"
    )
