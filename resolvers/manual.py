"""Asking for the users' manual to be printed; what is in it is `rendering`'s, and everybody's."""

from __future__ import annotations

from models import transaction
from models.jobs import RENDER_MANUAL, defer


async def ask() -> None:
    """Leave the job that prints the manual of this version."""
    async with transaction():
        await defer(RENDER_MANUAL, lock="manual")
