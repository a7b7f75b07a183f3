"""From a convention to the rules that it stands for; pure: the same convention gives the same rules."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from authz import Effect, Line, Right, convention_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from resolvers.convention_rows import Article, Content, Pause

DAY = timedelta(days=1)
Span = tuple[date, date]


def article_ref(title: str, number: str) -> str:
    """What every refusal and every reading will name: « title, art. number »."""
    return f"{title}, art. {number}"


def compile_lines(convention: UUID, content: Content, pause: Pause | None) -> tuple[Line, ...]:
    """The rules of a published convention, each with its article, its dates and the convention's id.

    A suspension leaves the days before and after it: they close and open by themselves.
    """
    spans = tuple(in_force(content.since, content.until, pause))
    lines = (
        line
        for article in content.articles
        for span in spans
        for line in _article_lines(convention, content, article, span)
    )
    # Two articles of one number and one meaning would be one rule: it is written once.
    return tuple(dict.fromkeys(lines))


def in_force(since: date, until: date, pause: Pause | None) -> Iterator[Span]:
    """The days of force, both ends included, without those of the suspension."""
    if pause is None:
        yield since, until
        return
    # Compared first: there is no day before the calendar's first, nor after its last.
    if since < pause.since:
        yield since, min(until, pause.since - DAY)
    if pause.until is not None and pause.until < until:
        yield max(since, pause.until + DAY), until


def _article_lines(convention: UUID, content: Content, article: Article, span: Span) -> Iterator[Line]:
    spoken_of = (*article.groups, *article.included)
    allowed, denied = ((), spoken_of) if article.forbids else (spoken_of, article.excluded)
    for effect, targets in ((Effect.ALLOW, allowed), (Effect.DENY, denied)):
        for form in article.forms:
            for organisms in targets:
                for grant in article.grants:
                    allows = effect is Effect.ALLOW
                    yield convention_line(
                        actor=content.partner,
                        platform=content.platform,
                        form=form,
                        organisms=organisms,
                        right=Right(grant.right),
                        steps="".join(str(step) for step in sorted(grant.steps)),
                        dates=span,
                        consent=article.consent and allows,
                        # A tab is never denied by itself: what is excluded is excluded whole.
                        tabs=article.tabs_of(form) if allows else (),
                        effect=effect,
                        ref=article_ref(content.title, article.number),
                        convention_id=convention,
                    )
