"""What the demonstration shows of last year and of the other form."""

from __future__ import annotations

import pytest

from authz import Authority, viewer_of_user
from models import Snapshot, fetch
from resolvers import dossiers, snapshots
from resolvers.common_core import common_core
from resolvers.demo.accounts import ENTRY, login_of
from resolvers.demo.cast import cast
from resolvers.demo.identifiers import stable_id
from resolvers.suggestions import acceptable, last_year

pytestmark = pytest.mark.usefixtures("demo")


async def test_all_that_was_transmitted_and_nothing_else_is_kept_for_next_year() -> None:
    kept = await Snapshot.all().values_list("dossier_id", flat=True)
    due = await fetch("SELECT id FROM dossier WHERE transmitted_at IS NOT NULL")
    assert sorted(map(str, kept)) == sorted(str(row["id"]) for row in due)
    states = await fetch(
        "SELECT DISTINCT s.state, d.step FROM snapshot s JOIN dossier d ON d.id = s.dossier_id"
    )
    assert {(row["state"], row["step"]) for row in states} >= {
        ("transmitted", 4),
        ("finalised", 5),
        ("finalised", 6),
    }
    assert all(row["step"] >= 4 for row in states)


async def test_the_blank_dossier_is_proposed_all_of_last_year() -> None:
    body = cast().blank
    viewer = await viewer_of_user(await Authority.load(), stable_id("user", login_of(body, ENTRY)))
    dossier = await dossiers.read(viewer, stable_id("dossier", body.siren, 2024))
    before = await last_year(viewer, dossier)
    assert before is not None
    assert before.dossier.year == 2023
    assert before.values == await snapshots.previous_values(dossier)
    assert await acceptable(dossier, before, None) > 1500


async def test_a_survey_differs_from_the_accounts_by_what_was_slipped_in() -> None:
    body = next(one for one in cast().listed if one.federation and one is not cast().blank)
    viewer = await viewer_of_user(await Authority.load(), stable_id("user", login_of(body, ENTRY)))
    core = await common_core(viewer, await dossiers.read(viewer, stable_id("dossier", body.siren, 2024)))
    assert core is not None
    assert (core.other.form, core.other.platform, core.other_writable) == ("QDIS", body.federation, True)
    blank = [pair for pair in core.divergences if pair.there is None]
    assert 2 <= len(core.divergences) <= 6
    assert len(core.divergences) - len(blank) == 1
