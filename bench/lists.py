"""Lists: a page of a search in the viewer's scope, beside the same page asked for in bare SQL, without it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.ground import clone_dossiers, fastest, ground
from bench.report import Measure
from models import fetch
from resolvers.listing import Criteria, search

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

_DOSSIERS = 7_000
_BARE = """
SELECT d.*, o.siren, g.name, p.name AS platform_name FROM dossier d
JOIN organism o ON o.id = d.organism_id JOIN organization g ON g.id = o.organization_id
JOIN platform p ON p.code = d.platform
WHERE d.search LIKE %s ORDER BY d.code, d.id LIMIT 51
"""


async def measures(*, quick: bool) -> AsyncIterator[Measure]:
    """First page, deep page and word search for the Ministry and for a partner, 7,000 dossiers."""
    rounds = 5 if quick else 30
    async with ground(step=4) as world:
        await clone_dossiers(world, _DOSSIERS)
        bare = await _bare("%", rounds)
        for login, who in (("ministere", "the Ministry"), ("cdc", "a partner with consents")):
            yield Measure(
                f"first page of {_DOSSIERS} dossiers with its exact total, {who}",
                await fastest(lambda login=login: search(world[login], Criteria()), rounds),  # type: ignore[misc]  # a default argument that the type does not show
                "ms",
                peer="the page in bare SQL, without scope nor total",
                peer_value=bare,
            )
        half = (await search(world["cdc"], Criteria(search="100003500"), 1)).cursors[-1]
        yield Measure(
            "a page in the middle of the list, a partner",
            await fastest(lambda: search(world["cdc"], Criteria(), 50, half), rounds),
            "ms",
            peer="the first page in bare SQL",
            peer_value=bare,
        )
        yield Measure(
            "search of one word, a partner",
            await fastest(lambda: search(world["cdc"], Criteria(search="100000042")), rounds),
            "ms",
            peer="the same word in bare SQL, without scope nor total",
            peer_value=await _bare("%100000042%", rounds),
        )


async def _bare(pattern: str, rounds: int) -> float:
    return await fastest(lambda: fetch(_BARE, [pattern]), rounds)
