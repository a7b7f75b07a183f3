"""The exchange space of a busy dossier: opened whole, beside the statements that it takes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bench.ground import fastest
from bench.report import Measure
from models import Message, Thread, fetch
from resolvers import dossiers
from resolvers.exchange_marks import marks
from resolvers.exchange_reading import threads

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.world import World

_THREADS, _EACH = 200, 5
_DOSSIER = """
SELECT d.*, o.siren, g.name FROM dossier d JOIN organism o ON o.id = d.organism_id
JOIN organization g ON g.id = o.organization_id WHERE d.id = %s
"""
_COUNTS = """
SELECT t.level, t.anchor, m.nature, count(*) FROM thread t JOIN message m ON m.thread_id = t.id
WHERE t.dossier_id = %s GROUP BY 1, 2, 3
"""
_TEXTS = """
SELECT t.*, m.* FROM thread t JOIN message m ON m.thread_id = t.id WHERE t.dossier_id = %s
ORDER BY t.opened_at DESC, m.written_at
"""


async def measures(world: World, *, quick: bool) -> AsyncIterator[Measure]:
    """A thousand messages by the Ministry: who may, icons, unread, threads with their texts and labels."""
    await _talk(world)
    viewer, rounds = world["ministere"], 10 if quick else 40

    async def opened() -> None:
        dossier = await dossiers.read(viewer, world.dossier)
        found = await marks(viewer, dossier)
        page = await threads(viewer, dossier, first=200)
        if sum(mark.count for mark in found.rows) != sum(len(row.messages) for row in page.rows):
            message = "marks and threads tell different numbers"
            raise RuntimeError(message)

    async def bare() -> None:
        for query in (_DOSSIER, _COUNTS, _TEXTS):
            await fetch(query, [world.dossier])

    yield Measure(
        "exchange space of 1,000 messages",
        await fastest(opened, rounds),
        "ms",
        "three bare SELECTs of the same rows",
        await fastest(bare, rounds),
        "<= 3 x",
    )


async def _talk(world: World) -> None:
    start = datetime(2026, 1, 5, tzinfo=UTC)
    people = (world["ministere"], world["saisie"])
    rows = [
        Thread(
            dossier_id=world.dossier,
            level="cell",
            anchor=f"A1.L{11 + number % 4:03}.B",
            organization_id=people[0].organization_id,
            opened_at=start + timedelta(hours=number),
        )
        for number in range(_THREADS)
    ]
    await Thread.bulk_create(rows)
    await Message.bulk_create(
        Message(
            thread_id=row.id,
            nature="comment" if rank else "question",
            text="Le montant des emprunts a doublé depuis l’an dernier. " * 6,
            author_id=people[rank % 2].user_id,
            organization_id=people[rank % 2].organization_id,
            written_at=row.opened_at + timedelta(minutes=rank),
            published_at=row.opened_at + timedelta(minutes=rank),
        )
        for row in rows
        for rank in range(_EACH)
    )
