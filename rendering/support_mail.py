"""The mail that brings a question to the hotline: what was asked, by whom, from where, and what is joined."""

from __future__ import annotations

from email.message import EmailMessage
from email.utils import formataddr, formatdate
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from rendering.pages.words import day_and_hour

if TYPE_CHECKING:
    from rendering.mail import MailSettings
    from resolvers.support import SupportTask


def support_message(task: SupportTask, joined: bytes, settings: MailSettings) -> EmailMessage:
    """The mail of a question; an answer to it goes to whoever asked."""
    name = " ".join(task.name.split())
    message = EmailMessage()
    message["From"] = formataddr(("Harmonia", settings.sender))
    message["To"] = settings.support or settings.sender
    message["Reply-To"] = formataddr((name, task.email))
    message["Subject"] = f"Assistance Harmonia – {task.theme} – {task.platform}"
    message["Date"] = formatdate(localtime=True)
    message["Message-ID"] = f"<support-{task.id}@{urlsplit(settings.base_url).hostname}>"
    facts = {
        "Demandeur": f"{name} ({task.login}), {task.organization}",
        "Adresse électronique": task.email,
        "Téléphone": task.phone or "non communiqué",
        "Plateforme": task.platform,
        "Thème": task.theme,
        "Posée le": day_and_hour(task.at),
        "Écran": settings.base_url.rstrip("/") + task.path if task.path else "non communiqué",
        "Référence": str(task.id),
    }
    told = "\n".join(f"{label}\u00a0: {value}" for label, value in facts.items())
    message.set_content(f"{told}\n\n{task.question}\n")
    if joined:
        # Never opened by what shows the mail: whatever it is, it is a file to keep.
        message.add_attachment(
            joined, maintype="application", subtype="octet-stream", filename=task.file_name
        )
    # A body that is set clears what was said of the content before it.
    message["Content-Language"] = "fr"
    return message
