"""The campaign of the demonstration is conducted: days that some have missed, exceptions, followers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from authz import Authority, viewer_of_user
from forms import Step
from models import AssignmentRole, User
from resolvers.assignments import followers
from resolvers.campaign_lists import Filters, campaign_dossiers, step_counts
from resolvers.campaign_rows import Asked
from resolvers.campaigns import campaigns, labels_of
from resolvers.deadline_exceptions import granted

if TYPE_CHECKING:
    from authz import Viewer

pytestmark = pytest.mark.usefixtures("demo")
ASKED = Asked("MIN", "ER", 2024)


async def pilot() -> Viewer:
    account = await User.get(login="ministere.admin")
    return await viewer_of_user(await Authority.load(), account.id)


async def test_the_ministry_conducts_a_campaign_with_late_dossiers_and_exceptions() -> None:
    viewer = await pilot()
    row = next(one for one in await campaigns(viewer) if one.asked == ASKED)
    assert [(one.step, one.category) for one in row.deadlines] == [
        (Step.HIERARCHICAL_VALIDATION, ""),
        (Step.HIERARCHICAL_VALIDATION, "COOP"),
        (Step.REVIEW, ""),
    ]
    counts = {one.step: one for one in await step_counts(viewer, ASKED, labels_of(row))}
    assert 0 < counts[Step.ENTRY].late < counts[Step.ENTRY].total
    assert counts[Step.CLOSURE].late == 0
    given = await granted(viewer, ASKED)
    assert given.total > 5
    late = await campaign_dossiers(viewer, ASKED, Filters(late=True))
    assert {one.dossier.id for one in given.rows}.isdisjoint(one.dossier.id for one in late.rows)


async def test_its_dossiers_are_followed() -> None:
    viewer = await pilot()
    page = await campaign_dossiers(viewer, ASKED, Filters(), 200)
    found = await followers([one.dossier.id for one in page.rows])
    assert all(AssignmentRole.ACCOUNT_MANAGER in found[one.dossier.id] for one in page.rows)
    officers = sum(AssignmentRole.OFFICER in found[one.dossier.id] for one in page.rows)
    assert 0 < officers < len(page.rows)
