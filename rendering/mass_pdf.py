"""The PDF of one dossier of a mass export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rendering import kept_prints

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from rendering.services import Services
    from resolvers.rows import DossierContent


async def printed(
    services: Services,
    content: DossierContent,
    now: datetime,
    *,
    accessible: bool,
    only: Collection[str] | None = None,
) -> bytes:
    """Its print, or that of `only` some of its tabs. Raises Problem as `Printer.print_html`."""
    return await kept_prints.printed(services, content, now, accessible=accessible, only=only)
