"""Printing the users' manual: once a version of its text, then kept in the object store (manual §5.2)."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import structlog

from models import Problem
from rendering.pages.manual import manual_html, manual_key

if TYPE_CHECKING:
    from rendering.services import Services

# What the time limit of the print is counted on: a manual is as long as a hundred tabs.
CELLS = 20_000
log = structlog.get_logger(__name__)


async def render_manual(services: Services) -> None:
    """Print the manual, unless it is there already; what Chromium cannot print is asked for again."""
    if await services.files.holds(manual_key()):
        return
    html = await asyncio.to_thread(manual_html)
    try:
        pdf = await services.printer.print_html(html, tabs=(), cells=CELLS, accessible=True)
    except Problem as problem:
        log.warning("manual_refused", code=problem.code)
        return
    await services.files.put(manual_key(), pdf)
    log.info("manual_ready", size=len(pdf))
