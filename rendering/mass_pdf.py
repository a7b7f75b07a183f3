"""The PDF of one dossier of a mass export."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from rendering.pages.document import dossier_html, printed_cells, printed_tabs

if TYPE_CHECKING:
    from datetime import datetime

    from rendering.services import Services
    from resolvers.rows import DossierContent


async def printed(services: Services, content: DossierContent, now: datetime, *, accessible: bool) -> bytes:
    """Its print. Raises Problem as `Printer.print_html`."""
    html = await asyncio.to_thread(dossier_html, content, printed_at=now)
    return await services.printer.print_html(
        html,
        tabs=[tab.code for tab in printed_tabs(content)],
        cells=printed_cells(content),
        accessible=accessible,
    )
