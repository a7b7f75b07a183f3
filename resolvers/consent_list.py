"""A partner's list of the organisms that gave it access or not, for a form and a year (manual §6.3)."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from authz import Right, Viewer, sentences
from authz.reach import groups_of_organism
from authz.words import typeset
from forms import load_pack
from models import Invalid, OrganizationKind, Refused, fetch
from resolvers import conventions, packs
from resolvers.consent_offers import asks
from resolvers.consent_rows import ConsentAnswer, ListedRow, answer_of
from resolvers.paging import check_first, decode, encode

if TYPE_CHECKING:
    from resolvers.convention_rows import Article

_ORGANISMS = """
SELECT o.id, g.key, g.name, o.siren, c.code, o.category, o.department, s.given, s.at
FROM organism o JOIN organization g ON g.id = o.organization_id
JOIN organism_code c ON c.organism_id = o.id AND c.platform_id = %s
LEFT JOIN consent s ON s.organism_id = o.id AND s.partner_id = %s AND s.platform_id = c.platform_id
     AND s.form = %s AND s.year = %s
ORDER BY c.code, o.id
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which list: of one platform's form for one year."""

    platform: str
    form: str
    year: int


@dataclass(frozen=True, slots=True)
class ConsentPage:
    """One page of the list, by code, with the exact total."""

    rows: tuple[ListedRow, ...]
    cursors: tuple[str, ...]
    total: int
    has_next: bool


async def consent_list(viewer: Viewer, asked: Asked) -> list[ListedRow]:
    """Every organism that the partner's conventions reach with its consent, by code. Raises Refused."""
    _require_partner(viewer, asked)
    articles = await _articles(viewer, asked)
    if not articles:
        return []
    suits = await _suiting(asked)
    values = [asked.platform, viewer.organization_id, asked.form, asked.year]
    policy = viewer.authority.policy
    return [
        _row(record)
        for record in await fetch(_ORGANISMS, values)
        if (suits is None or record["category"] in suits)
        and any(one.covers(record["key"], groups_of_organism(policy, record["key"])) for one in articles)
    ]


async def page(
    viewer: Viewer, asked: Asked, answer: ConsentAnswer | None, first: int = 50, after: str | None = None
) -> ConsentPage:
    """One page of the same, of one answer or of all."""
    check_first(first)
    found = [row for row in await consent_list(viewer, asked) if answer in {None, row.answer}]
    start = 0
    if after is not None:
        code, organism = decode(after)
        start = next((n for n, row in enumerate(found) if (row.code, row.id) > (code, organism)), len(found))
    rows = tuple(found[start : start + first])
    cursors = tuple(encode(row.code, row.id) for row in rows)
    return ConsentPage(rows, cursors, len(found), start + first < len(found))


async def platform_of(viewer: Viewer, form: str, platform: str | None) -> str:
    """The platform meant: the one named, or the only one that asks consents of this form for the partner.

    Raises Invalid PLATFORM_AMBIGUOUS.
    """
    if platform is not None:
        return platform
    found = {
        row.platform
        for row in await conventions.published()
        if row.partner_id == viewer.organization_id
        for article in row.content.articles
        if form in article.forms and asks(row, article)
    }
    if len(found) != 1:
        raise Invalid(
            "PLATFORM_AMBIGUOUS",
            "Aucune de vos conventions, ou plusieurs plateformes, demandent des accords pour ce formulaire : "
            "précisez la plateforme.",
            path=("platform",),
        )
    return found.pop()


def _require_partner(viewer: Viewer, asked: Asked) -> None:
    """A partner's user who may read the form, or its system with a token to read."""
    if viewer.kind is not OrganizationKind.PARTNER:
        raise Refused(
            "CONSENT_LIST_PARTNER",
            "Cette liste est celle d’un partenaire : un organisme voit ses propres réponses sur son écran.",
        )
    table = viewer.authority.policy.table(viewer.subject)
    readable = table.box_steps(asked.platform, asked.form, Right.READ)
    if not readable or (viewer.scopes is not None and Right.READ not in viewer.scopes):
        raise Refused("REFUSED", typeset(sentences.form_boxes(Right.READ, asked.form)))


async def _articles(viewer: Viewer, asked: Asked) -> list[Article]:
    return [
        article
        for row in await conventions.published()
        if (row.partner_id, row.platform) == (viewer.organization_id, asked.platform)
        for article in row.content.articles
        if asked.form in article.forms and asks(row, article)
    ]


async def _suiting(asked: Asked) -> frozenset[str] | None:
    """The kinds of organism that the year's form is for; None before there is a campaign."""
    records = await fetch(
        "SELECT pack FROM campaign WHERE platform_id = %s AND form = %s AND year = %s",
        [asked.platform, asked.form, asked.year],
    )
    if not records:
        return None
    await packs.ensure([records[0]["pack"]])
    pack = await asyncio.to_thread(load_pack, records[0]["pack"])
    kinds = await fetch("SELECT DISTINCT category FROM organism")
    return frozenset(record["category"] for record in kinds if pack.is_for(record["category"]))


def _row(record: dict[str, Any]) -> ListedRow:
    same = ("id", "key", "name", "siren", "code", "category", "department", "at")
    return ListedRow(answer=answer_of(record["given"]), **{name: record[name] for name in same})
