"""Whom a convention bears on, in figures: organisms, their dossiers today, the partner's people."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from authz import Right
from authz.reach import accounts_of, groups_of_organism
from authz.rights import STEP_BIT
from models import fetch

if TYPE_CHECKING:
    from uuid import UUID

    from authz import Viewer
    from authz.policy import Policy
    from resolvers.convention_rows import Article, ConventionRow

_COUNT = """
SELECT count(*) AS n FROM dossier d WHERE d.platform = %s AND d.form = %s AND d.organism_id = ANY(%s::uuid[])
AND (d.step = ANY(%s) OR (d.step = ANY(%s) AND EXISTS (
    SELECT 1 FROM consent s WHERE s.organism_id = d.organism_id AND s.partner_id = %s AND s.given
    AND s.platform_id = d.platform AND s.form = d.form AND s.year = d.year)))
"""


@dataclass(frozen=True, slots=True)
class Reach:
    """`dossiers`: those that it opens today, consents counted, were it in force; `users`: who may use it."""

    organisms: int
    dossiers: int
    users: int


async def reach(viewer: Viewer, row: ConventionRow) -> Reach:
    """How far the convention goes, draft or not."""
    policy = viewer.authority.policy
    organisms: set[UUID] = set()
    dossiers = 0
    for form in sorted({form for article in row.content.articles for form in article.forms}):
        alike: dict[tuple[int, int], list[UUID]] = defaultdict(list)
        for key, place in policy.organisms.places.items():
            free, asked = _reading(row, form, key, policy)
            if free | asked:
                alike[free, asked].append(policy.organisms.ids[place])
        for (free, asked), ids in alike.items():
            organisms.update(ids)
            values = [row.platform, form, _array(ids), _steps(free), _steps(asked), row.partner_id]
            dossiers += int((await fetch(_COUNT, values))[0]["n"])
    return Reach(len(organisms), dossiers, _users(policy, row))


def _reading(row: ConventionRow, form: str, organism: str, policy: Policy) -> tuple[int, int]:
    """The steps at which an organism's dossier is open, as bits: without its consent, and with it."""
    groups = groups_of_organism(policy, organism)
    free = asked = denied = 0
    for article in row.content.articles:
        if form not in article.forms:
            continue
        steps = _bits(article)
        covers = article.covers(organism, groups)
        if (article.forbids and covers) or organism in article.excluded:
            denied |= steps
        elif covers and article.consent:
            asked |= steps
        elif covers:
            free |= steps
    return free & ~denied, asked & ~denied


def _bits(article: Article) -> int:
    steps = {step for grant in article.grants if grant.right == Right.READ for step in grant.steps}
    return sum(STEP_BIT[step] for step in steps)


def _steps(bits: int) -> list[int]:
    return [step for step, bit in STEP_BIT.items() if bits & bit]


def _array(ids: list[UUID]) -> str:
    return "{" + ",".join(map(str, ids)) + "}"


def _users(policy: Policy, row: ConventionRow) -> int:
    """The partner's people to whom its administrator gave the reading of one of the forms."""
    forms = {form for article in row.content.articles for form in article.forms}
    people = [one for one in accounts_of(policy, row.content.partner) if policy.accounts[one].user_id]
    tables = (policy.table(subject) for subject in people)
    return sum(any(table.box_steps(row.platform, form, Right.READ) for form in forms) for table in tables)
