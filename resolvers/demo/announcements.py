"""What the Ministry tells those who try the demonstration."""

from __future__ import annotations

from datetime import UTC, datetime

from authz.clock import today
from models import Announcement, User
from resolvers.demo.accounts import shown_accounts

TITLE = "Campagne des comptes 2024\u00a0: les dates à retenir"
TEXT = """La saisie des dossiers ER 2024 est ouverte. Transmettez votre dossier avant la date qu’il affiche.

Une question\u202f? «\u00a0Assistance\u00a0», en haut de l’écran, vous met en relation avec la plateforme."""
ON_FORM = "À lire avant de saisir l’ER"
ON_FORM_TEXT = """Reprenez d’abord les valeurs de l’an dernier, onglet par onglet, puis corrigez-les.

Joignez les pièces demandées avant de transmettre."""


async def write_announcements() -> None:
    """One message in the banner and one on the ER's dossiers, both the Ministry's."""
    accounts = (one for one in shown_accounts() if one.key == "operator:MIN")
    author = await User.get(login=next(accounts).login)
    for form, title, text in (("", TITLE, TEXT), ("ER", ON_FORM, ON_FORM_TEXT)):
        await Announcement.create(
            platform_id="MIN",
            form=form,
            title=title,
            text=text,
            since=today().date,
            author_id=author.id,
            at=datetime.now(UTC),
        )
