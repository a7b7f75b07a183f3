"""Making the annex of a convention: printed once a revision, then kept in the object store."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import structlog

from models import Problem
from rendering.pages.convention import annex_html
from resolvers import convention_annex

if TYPE_CHECKING:
    from uuid import UUID

    from rendering.services import Services

# What the time limit of the print is counted on.
CELLS_A_GRANT = 8
log = structlog.get_logger(__name__)


async def render_annex(services: Services, convention_id: UUID) -> None:
    """Print the annex of the latest revision, unless it is there already.

    What Chromium cannot print is logged, and asked for again by the next who wants it.
    """
    found = await convention_annex.content(convention_id)
    if found is None or await services.files.holds(convention_annex.annex_key(found.row)):
        return
    html = await asyncio.to_thread(annex_html, found)
    grants = sum(len(article.grants) for article in found.row.content.articles)
    try:
        pdf = await services.printer.print_html(html, tabs=(), cells=CELLS_A_GRANT * grants, accessible=True)
    except Problem as problem:
        log.warning("annex_refused", convention=str(convention_id), code=problem.code)
        return
    await services.files.put(convention_annex.annex_key(found.row), pdf)
    log.info("annex_ready", convention=str(convention_id), size=len(pdf))
