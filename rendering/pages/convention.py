"""From a convention to the HTML of its legal annex: pure, the same convention gives the same page."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import orjson

from rendering.pages.environment import environment
from rendering.pages.words import NB, day_and_hour, siren
from resolvers.convention_words import group_label, right_label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from resolvers.convention_annex import AnnexContent
    from resolvers.convention_rows import Article, ConventionRow, EventRow, Grant

STEPS = tuple(range(7))


@dataclass(frozen=True, slots=True)
class PrintedGrant:
    """A line of an article's table: a function, and whether each step has it."""

    label: str
    steps: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class PrintedArticle:
    """An article as it is printed."""

    number: str
    text: str
    forbids: bool
    consent: bool
    forms: str
    organisms: tuple[str, ...]
    excluded: tuple[str, ...]
    tabs: tuple[tuple[str, str], ...]
    grants: tuple[PrintedGrant, ...]


def annex_html(content: AnnexContent) -> str:
    """The whole HTML document to print: nothing in it is fetched from anywhere."""
    row = content.row
    agreed = row.content
    return (
        environment()
        .get_template("convention.html.jinja")
        .render(
            title=agreed.title,
            platform=row.platform_name,
            partner=row.partner_name,
            purpose=agreed.purpose.splitlines(),
            since=_day(agreed.since),
            until=_day(agreed.until),
            pause=_pause(row),
            draft=row.draft,
            renews=content.renews,
            articles=[_article(article, content) for article in agreed.articles],
            steps=STEPS,
            events=[_event(event) for event in content.history],
            signed=f"{row.signed_name} (SHA-256 {row.signed_sha256})" if row.signed_at else "",
            revision=row.revision,
            digest=digest(row),
            at=day_and_hour(content.at),
        )
    )


def digest(row: ConventionRow) -> str:
    """SHA-256 of what the convention says, as it is stored: the same text has the same."""
    agreed, pause = row.content, row.pause
    said = {
        "platform": agreed.platform,
        "partner": agreed.partner,
        "title": agreed.title,
        "purpose": agreed.purpose,
        "since": agreed.since,
        "until": agreed.until,
        "articles": [article.stored() for article in agreed.articles],
        "suspended": [pause.since, pause.until] if pause else None,
    }
    return hashlib.sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _article(article: Article, content: AnnexContent) -> PrintedArticle:
    groups = tuple(group_label(key, content.platforms) for key in article.groups)
    return PrintedArticle(
        number=article.number,
        text=article.text,
        forbids=article.forbids,
        consent=article.consent,
        forms=", ".join(article.forms),
        organisms=(*groups, *_named(article.included, content.names)),
        excluded=_named(article.excluded, content.names),
        tabs=tuple(
            (form, " ; ".join(_tab(code, content.tabs.get(form, {})) for code in codes))
            for form, codes in article.tabs
        ),
        grants=tuple(_grant(grant) for grant in article.grants),
    )


def _named(keys: Sequence[str], names: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(f"{names.get(key, key)} (SIREN {siren(key.partition(':')[2])})" for key in keys)


def _tab(code: str, titles: Mapping[str, str]) -> str:
    return f"{code}{NB}– {titles[code]}" if code in titles else code


def _grant(grant: Grant) -> PrintedGrant:
    return PrintedGrant(right_label(grant.right), tuple(step in grant.steps for step in STEPS))


def _pause(row: ConventionRow) -> str:
    if row.pause is None:
        return ""
    if row.pause.until is None:
        return f"depuis le {_day(row.pause.since)}, jusqu’à sa reprise"
    return f"du {_day(row.pause.since)} au {_day(row.pause.until)} inclus"


def _event(event: EventRow) -> dict[str, str]:
    return {
        "revision": str(event.revision),
        "label": event.label,
        "at": _moment(event.at),
        "author": event.author or "",
        "version": "" if event.policy_version is None else str(event.policy_version),
    }


def _moment(at: datetime) -> str:
    return day_and_hour(at)


def _day(value: date) -> str:
    return value.strftime("%d/%m/%Y")
