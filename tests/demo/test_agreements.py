"""The demonstration's conventions: objects whose rules are exactly the policy's, in every state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from authz import Authority, viewer_of_user
from authz.clock import today
from models import fetch
from resolvers import consents, conventions, dossiers
from resolvers.convention_checks import check_content
from resolvers.convention_contradictions import contradictions
from resolvers.convention_known import known_of
from resolvers.convention_lines import compile_lines
from resolvers.conventions import Criteria
from resolvers.demo.cast import cast
from resolvers.demo.identifiers import stable_id
from resolvers.demo.others import filed_others
from resolvers.tabs import tab_names

if TYPE_CHECKING:
    from authz import Viewer

pytestmark = pytest.mark.usefixtures("demo")


async def viewer(login: str) -> Viewer:
    return await viewer_of_user(await Authority.load(), stable_id("user", login))


async def test_the_policy_holds_what_the_conventions_compile_to_and_each_could_be_written() -> None:
    admin = await viewer("ministere.admin")
    rows = [*await conventions.published(), *await conventions.all_readable(admin)]
    found = {row.id: row for row in rows}
    states = sorted(row.state(today().date).value for row in found.values())
    assert states == ["draft", "ended", "in_force", "in_force", "in_force", "in_force", "suspended"]
    for row in found.values():
        records: list[dict[str, Any]] = await fetch(
            'SELECT "values" FROM policy_row WHERE convention_id = %s AND until_version IS NULL', [row.id]
        )
        lines = () if row.draft else compile_lines(row.id, row.content, row.pause)
        assert sorted(tuple(record["values"]) for record in records) == sorted(line.values for line in lines)
        known = await known_of(admin, row.platform)
        check_content(row.content, known)
        history = await conventions.history(row)
        assert [event.revision for event in history] == list(range(row.revision, 0, -1))
        if row.content.partner != "partner:CDC":
            assert contradictions(row.content, [], known) == ()


async def test_who_reads_which_convention_and_which_is_asked_of_whom() -> None:
    counts = {
        login: (await conventions.list_conventions(await viewer(login), Criteria())).total
        for login in ("ministere.admin", "coop.affaire", "cglls.lecture", "ancols.admin", "cdc.lecture")
    }
    assert counts == {
        "ministere.admin": 6,
        "coop.affaire": 1,
        "cglls.lecture": 3,
        "ancols.admin": 2,
        "cdc.lecture": 1,
    }
    member = next(part.organism for part in cast().parts if part.organism.federation == "COOP")
    lines = await consents.consents(await viewer_of_admin(member.siren))
    asked = {(line.partner.key, line.key[2], line.key[3]) for line in lines}
    assert asked == {
        ("partner:ANCOLS", "EFFECTIFS", 2024),
        ("partner:CDC", "ER", 2023),
        ("partner:CDC", "ER", 2024),
    }


async def viewer_of_admin(siren: str) -> Viewer:
    return await viewer(f"admin.{siren}")


async def test_a_federations_convention_opens_two_tabs_of_a_survey_and_nothing_else() -> None:
    survey = next(one for one in filed_others() if one.form == "ACTIVITE" and one.journey.transmitted)

    row = await dossiers.read(await viewer("ancols.lecture"), survey.id)

    assert [name for name in tab_names(row, {}) if name in {"AC01", "AC02", "AC05"}] == ["AC01", "AC02"]
