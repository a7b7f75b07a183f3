"""What organisms are asked: the partners whose published conventions wait for their yes."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from authz.clock import today
from authz.reach import groups_of_organism
from forms import load_pack
from models import fetch
from resolvers import conventions, packs
from resolvers.consent_rows import Offer
from resolvers.convention_rows import ConventionState
from resolvers.convention_words import effect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from authz import Viewer
    from resolvers.consent_rows import ConsentKey
    from resolvers.convention_rows import Article, ConventionRow

# The campaigns of the platforms that know the organism.
_CAMPAIGNS = """
SELECT k.platform_id, k.form, k.year, k.pack, o.category FROM campaign k
JOIN organism_code c ON c.platform_id = k.platform_id JOIN organism o ON o.id = c.organism_id
WHERE o.organization_id = %s ORDER BY k.year DESC, k.form, k.platform_id
"""


async def offers(viewer: Viewer) -> dict[ConsentKey, Offer]:
    """What the viewer's organism is asked, by platform, partner, form and year."""
    records = await fetch(_CAMPAIGNS, [viewer.organization_id])
    await packs.ensure({record["pack"] for record in records})
    asking = [*_asking(viewer, await conventions.published())]
    found: dict[ConsentKey, Offer] = {}
    for record in records:
        platform, form = record["platform_id"], record["form"]
        here = [(row, one) for row, one in asking if row.platform == platform and form in one.forms]
        # Only the definitions that matter are read, aside: each takes a second at first.
        if here and (await asyncio.to_thread(load_pack, record["pack"])).is_for(record["category"]):
            for row, article in here:
                key = (platform, row.content.partner, form, record["year"])
                found[key] = _with(found.get(key, Offer()), row, article)
    return found


def asks(row: ConventionRow, article: Article) -> bool:
    """Whether an article of a convention waits for consents, now or later."""
    over = row.state(today().date) in {ConventionState.DRAFT, ConventionState.ENDED}
    return article.consent and not article.forbids and not over


def _asking(viewer: Viewer, rows: list[ConventionRow]) -> Iterator[tuple[ConventionRow, Article]]:
    groups = groups_of_organism(viewer.authority.policy, viewer.organization)
    for row in rows:
        for article in row.content.articles:
            if asks(row, article) and article.covers(viewer.organization, groups):
                yield row, article


def _with(offer: Offer, row: ConventionRow, article: Article) -> Offer:
    opened = effect(article.grants)
    return Offer(
        conventions=tuple(dict.fromkeys((*offer.conventions, row.content.title))),
        articles=(*offer.articles, f"art. {article.number}"),
        effect=f"{offer.effect}, {opened}" if offer.effect else opened,
    )
