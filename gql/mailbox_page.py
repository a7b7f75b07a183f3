"""How the demonstration's mailbox looks: a page and its style sheet, apart from it for the strict CSP."""

from __future__ import annotations

import re
from email.utils import parsedate_to_datetime
from html import escape
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gql.mailbox import Mail

PARIS = ZoneInfo("Europe/Paris")
PAGE = """<!doctype html>
<html lang="fr">
<head><meta charset="utf-8"><meta http-equiv="refresh" content="10">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/mailbox.css">
<title>Courriels de démonstration</title></head>
<body><main>
<h1>Courriels de démonstration</h1>
<p class="about">Ces courriels sont restés sur cette machine. La page se recharge toutes les dix secondes.</p>
{mails}
</main></body>
</html>
"""
STYLE = """
body { margin: 0; background: #f4f5f7; color: #1b2430; font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 2.5rem 1.25rem; }
h1 { margin: 0; font-size: 1.6rem; }
.about, .meta { color: #4a5563; }
article { margin-top: 1rem; padding: 1.25rem 1.5rem; background: #fff; border: 1px solid #d8dde4;
  border-radius: 12px; }
h2 { margin: 0; font-size: 1.1rem; }
.meta { margin: 0.15rem 0 0.75rem; font-size: 0.9rem; }
.text { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
a { color: #1d4f9c; }
a:focus-visible { outline: 3px solid #2b6fd6; outline-offset: 2px; }
"""
_ADDRESS = re.compile(r"https?://[^\s<>\"']+")


def mailbox_page(mails: Sequence[Mail]) -> str:
    """The whole page; every text of a mail is escaped, and only its addresses become links."""
    shown = "".join(_article(mail) for mail in mails)
    return PAGE.format(mails=shown or "<p>Aucun courriel pour le moment.</p>")


def _article(mail: Mail) -> str:
    return (
        f"<article><h2>{escape(mail.subject)}</h2>"
        f'<p class="meta">À {escape(mail.to)} · {_moment(mail.date)}</p>'
        f'<p class="text">{_linked(mail.text)}</p></article>'
    )


def _linked(text: str) -> str:
    shown, at = "", 0
    for found in _ADDRESS.finditer(text):
        address = escape(found[0])
        shown += f'{escape(text[at : found.start()])}<a href="{address}">{address}</a>'
        at = found.end()
    return shown + escape(text[at:])


def _moment(date: str) -> str:
    """`22/11/2026 à 01:55`, Paris time; a date that is none is shown as it came."""
    try:
        return f"{parsedate_to_datetime(date).astimezone(PARIS):%d/%m/%Y à %H:%M}"
    except ValueError:
        return escape(date)
