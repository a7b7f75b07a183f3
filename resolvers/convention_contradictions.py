"""What an article gives and another forbids: legal, since what forbids wins, but seldom what was meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from resolvers.convention_lines import article_ref
from resolvers.convention_words import doing, joined, steps_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from resolvers.convention_known import Known
    from resolvers.convention_rows import Article, Content

MOST_TOLD = 50


@dataclass(frozen=True, slots=True)
class Contradiction:
    """`article` gives what `other` (its full reference) forbids."""

    article: str
    other: str
    sentence: str


def contradictions(content: Content, others: Iterable[Content], known: Known) -> tuple[Contradiction, ...]:
    """Where a convention contradicts itself, or another one of the same partner on the same days."""
    same_days = [
        other
        for other in others
        if (other.platform, other.partner) == (content.platform, content.partner)
        and other.since <= content.until
        and content.since <= other.until
    ]
    pairs = [(content, content), *((content, other) for other in same_days)]
    pairs += [(other, content) for other in same_days]
    found = (
        told
        for giving, taking in pairs
        for gives in giving.articles
        for takes in taking.articles
        if gives is not takes and not gives.forbids
        for told in _between(giving, gives, taking, takes, known)
    )
    return tuple(dict.fromkeys(found))[:MOST_TOLD]


def _between(
    giving: Content, gives: Article, taking: Content, takes: Article, known: Known
) -> Iterator[Contradiction]:
    forms = [form for form in gives.forms if form in takes.forms]
    steps = {
        grant.right: steps
        for grant in gives.grants
        if (
            steps := set(grant.steps)
            & {s for one in takes.grants if one.right == grant.right for s in one.steps}
        )
    }
    taken = [key for key in known.policy.organisms.places if _takes(takes, key, known)] if steps else []
    both = [key for key in taken if gives.covers(key, known.groups(key))]
    if not (forms and both):
        return
    what = joined([f"{doing(right)} {steps_words(found)}" for right, found in steps.items()])
    whom = known.policy.organizations[both[0]].name if len(both) == 1 else f"{len(both)} organismes"
    other = article_ref(taking.title, takes.number)
    yield Contradiction(
        article=gives.number,
        other=other,
        sentence=f"« {article_ref(giving.title, gives.number)} » donne {what} sur {joined(forms)} "
        f"pour {whom}, ce que « {other} » interdit : l’interdiction l’emporte.",
    )


def _takes(article: Article, organism: str, known: Known) -> bool:
    if not article.forbids:
        return organism in article.excluded
    return article.covers(organism, known.groups(organism))
