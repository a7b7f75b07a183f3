"""The two bodies of a mail, text and plain HTML, from the same paragraphs and links."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from email.message import EmailMessage


@dataclass(frozen=True, slots=True)
class Link:
    """A paragraph that leads somewhere: a sentence, and the whole address."""

    sentence: str
    address: str


def lay_body(message: EmailMessage, parts: list[str | Link]) -> None:
    """Give a mail its body."""
    message.set_content("\n\n".join(_text(part) for part in parts) + "\n")
    paragraphs = "\n".join(f"<p>{_html(part)}</p>" for part in parts)
    message.add_alternative(
        '<!doctype html>\n<html lang="fr">\n<head><meta charset="utf-8"><title>Harmonia</title></head>\n'
        f"<body>\n{paragraphs}\n</body>\n</html>\n",
        subtype="html",
    )
    # A body that is set clears what was said of the content before it.
    message["Content-Language"] = "fr"


def _text(part: str | Link) -> str:
    return part if isinstance(part, str) else f"{part.sentence}\n{part.address}"


def _html(part: str | Link) -> str:
    if isinstance(part, str):
        return escape(part).replace("\n", "<br>\n")
    address = escape(part.address)
    return f'{escape(part.sentence)}<br>\n<a href="{address}">{address}</a>'
