"""Asking for an export of many dossiers: of which, of what, by whom, how often; and following one's own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest

from authz import Right, add_rows, convention_line, read_version, viewer_of_client
from models import (
    Conflict,
    Dossier,
    Event,
    Invalid,
    MassExport,
    MassExportItem,
    MassExportKind,
    NotFound,
    Problem,
    Refused,
    WorkList,
    WorkListItem,
    fetch,
)
from resolvers import mass_exports
from resolvers.criteria import Criteria
from resolvers.mass_export_choice import Wanted
from tests.campaign import Conducted, conducted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from authz import Viewer
    from resolvers.mass_export_rows import MassExportRow

pytestmark = pytest.mark.usefixtures("database")
PDF = MassExportKind.PDF


@pytest.fixture
async def many(database: str) -> Conducted:
    assert database
    return await conducted(4)


async def _in_it(row: MassExportRow) -> list[UUID]:
    lines = await MassExportItem.filter(export_id=row.id).order_by("position")
    return [line.dossier_id for line in lines]


async def _nothing_asked() -> bool:
    jobs = await fetch("SELECT 1 FROM procrastinate_jobs")
    asked = await Event.filter(kind="export_asked").count()
    return (jobs, asked, await MassExport.all().count(), await MassExportItem.all().count()) == ([], 0, 0, 0)


async def test_dossiers_are_those_chosen_found_or_kept_in_their_order_without_some(many: Conducted) -> None:
    viewer, (a, b, c, d) = many.world["ministere"], many.dossiers
    chosen = await mass_exports.request(viewer, Wanted(PDF, (c, a, c, b), without=(b,)), "chosen")
    assert (await _in_it(chosen), chosen.total) == ([c, a], 2)
    assert chosen.expires_at - chosen.requested_at == timedelta(days=7)
    found = Wanted(PDF, criteria=Criteria(name="organisme"), without=(b,))
    assert await _in_it(await mass_exports.request(viewer, found, "found")) == [a, c, d]
    kept = await _list_of(viewer, (a, d, c))
    assert await _in_it(await mass_exports.request(viewer, Wanted(PDF, work_list=kept), "kept")) == [d, c, a]
    # Each is noted on its own dossier, with the article that allows it.
    noted = await Event.filter(kind="export_asked", dossier_id=a)
    assert {event.details["kind"] for event in noted} == {"pdf"}
    assert len(noted) == 3


async def _list_of(viewer: Viewer, dossiers: Sequence[UUID]) -> UUID:
    kept = await WorkList.create(
        organization_id=viewer.organization_id,
        owner_id=viewer.user_id,
        name="Ma liste",
        sort="code",
        descending=True,
        created_at=datetime.now(UTC),
    )
    for one in dossiers:
        await WorkListItem.create(
            work_list=kept, dossier_id=one, author_id=viewer.user_id, added_at=datetime.now(UTC)
        )
    return kept.id


async def test_what_makes_no_sense_is_refused_whole(many: Conducted) -> None:
    viewer, dossiers = many.world["ministere"], many.dossiers
    kept = await _list_of(many.world["pilote"], dossiers[:1])
    unknown = tuple(uuid4() for _ in range(2001))
    wrong: dict[str, Sequence[tuple[Wanted, type[Problem]]]] = {
        "MASS_SOURCE": [
            (Wanted(PDF), Invalid),
            (Wanted(PDF, dossiers, criteria=Criteria(name="o")), Invalid),
            (Wanted(PDF, dossiers, work_list=kept), Invalid),
        ],
        "DOSSIERS_COUNT": [
            (Wanted(PDF, ()), Invalid),
            (Wanted(PDF, dossiers, without=dossiers), Invalid),
            (Wanted(PDF, unknown), Invalid),
            (Wanted(PDF, criteria=Criteria(name="personne")), Invalid),
            # Another's list is told like an empty one.
            (Wanted(PDF, work_list=kept), Invalid),
            (Wanted(PDF, work_list=uuid4()), Invalid),
        ],
        "CRITERIA_EMPTY": [(Wanted(PDF, criteria=Criteria()), Invalid)],
        "NOT_FOUND": [(Wanted(PDF, (*dossiers, uuid4())), NotFound)],
        "TABS_EMPTY": [(Wanted(PDF, dossiers, tabs=()), Invalid)],
        "TAB_UNKNOWN": [(Wanted(PDF, dossiers, tabs=("A1", "ZZ")), NotFound)],
        "MASS_TABS_WHOLE": [(Wanted(MassExportKind.COPY, dossiers, tabs=("A1",)), Invalid)],
        "MASS_ONE_PDF_TAGGED": [(Wanted(MassExportKind.ONE_PDF, dossiers, accessible=True), Invalid)],
    }
    for code, asked in wrong.items():
        for number, (wanted, kind) in enumerate(asked):
            with pytest.raises(kind) as refused:
                await mass_exports.request(viewer, wanted, f"{code}{number}")
            assert refused.value.code == code
    await Dossier.filter(id=dossiers[0]).update(pack="ER/2023/1", year=2023)
    with pytest.raises(Invalid) as mixed:
        await mass_exports.request(viewer, Wanted(PDF, dossiers, tabs=("A1",)), "mixed")
    assert mixed.value.code == "MASS_TABS_MIXED"
    assert await _nothing_asked()


async def test_a_strangers_dossier_is_told_like_none_and_a_right_is_needed(many: Conducted) -> None:
    own, theirs = many.world.dossier, many.dossiers[0]
    told = []
    for dossier in (theirs, uuid4()):
        with pytest.raises(NotFound) as unknown:
            await mass_exports.request(many.world["saisie"], Wanted(PDF, (own, dossier)), "k")
        told.append((unknown.value.code, unknown.value.message, unknown.value.path))
    assert told[0] == told[1]
    await Dossier.filter(id=own).update(step=1, passes=1)
    for one in many.dossiers:
        await Dossier.filter(id=one).update(step=1, passes=1)
    for login in ("cdc", "machine"):
        with pytest.raises(NotFound):
            await mass_exports.request(many.world[login], Wanted(PDF, (own,)), "k")
    assert await _nothing_asked()


async def test_who_may_read_and_not_export_is_refused(many: Conducted) -> None:
    """Of several, one that may be exported is enough: the others are told on their lines."""
    wanted = Wanted(PDF, many.dossiers)
    reader = await _reader(many)
    with pytest.raises(Refused) as refused:
        await mass_exports.request(reader, wanted, "k")
    assert refused.value.details["right"] == "dossier:export"
    assert await _nothing_asked()


async def _reader(many: Conducted) -> Viewer:
    """A system whose token reads and does not export."""
    line = convention_line(
        actor="partner:CDC",
        platform="MIN",
        form="ER",
        organisms="all",
        right=Right.READ,
        steps="4",
        ref="r",
    )
    await add_rows([line], base=await read_version(), author_id=None, comment="Lire seulement")
    await many.world.authority.refresh()
    return await viewer_of_client(many.world.authority, "cdc-machine", [Right.READ.value])


async def test_the_same_request_is_made_once_and_so_many_wait_at_most(many: Conducted) -> None:
    viewer, wanted = many.world["ministere"], Wanted(PDF, many.dossiers)
    first = await mass_exports.request(viewer, wanted, "k")
    assert (await mass_exports.request(viewer, wanted, "k")).id == first.id
    with pytest.raises(Conflict) as reused:
        await mass_exports.request(viewer, Wanted(PDF, many.dossiers[:1]), "k")
    assert reused.value.code == "IDEMPOTENCY_REUSED"
    for number in range(mass_exports.MOST_UNFINISHED - 1):
        await mass_exports.request(viewer, wanted, f"{number}")
    with pytest.raises(Conflict) as many_already:
        await mass_exports.request(viewer, wanted, "one more")
    assert many_already.value.code == "MASS_TOO_MANY"
    assert await MassExport.all().count() == mass_exports.MOST_UNFINISHED
    # Nobody else's are counted.
    await mass_exports.request(many.world["pilote"], wanted, "k")
    await mass_exports.cancel(viewer, first.id, "c")
    await mass_exports.request(viewer, wanted, "one more")


async def test_a_day_has_an_end_and_what_is_given_up_counts(many: Conducted) -> None:
    viewer, wanted = many.world["ministere"], Wanted(PDF, many.dossiers)
    first = await mass_exports.request(viewer, wanted, "k")
    await mass_exports.cancel(viewer, first.id, "c")
    asked = mass_exports.MOST_A_DAY - len(many.dossiers) + 1
    await MassExport.filter(id=first.id).update(total=asked)
    before = await MassExport.all().count(), await Event.all().count()
    with pytest.raises(Conflict) as too_many:
        await mass_exports.request(viewer, wanted, "one more")
    assert too_many.value.code == "MASS_TOO_MANY_TODAY"
    assert "pour 20\u202f000 au plus" in too_many.value.message
    assert (await MassExport.all().count(), await Event.all().count()) == before
    # Nobody else's are counted, nor those of the day before.
    await mass_exports.request(many.world["pilote"], wanted, "k")
    await MassExport.filter(id=first.id).update(requested_at=datetime.now(UTC) - timedelta(hours=25))
    await mass_exports.request(viewer, wanted, "one more")


async def test_one_follows_ones_own_and_nobody_elses(many: Conducted) -> None:
    viewer, wanted = many.world["ministere"], Wanted(PDF, many.dossiers)
    rows = [await mass_exports.request(viewer, wanted, f"{number}") for number in range(3)]
    theirs = await mass_exports.request(many.world["pilote"], wanted, "k")
    shown, after = [], None
    while True:
        page = await mass_exports.mass_exports(viewer, 2, after)
        shown += [row.id for row in page.rows]
        assert page.total == 3
        if not page.has_next:
            break
        after = page.cursors[-1]
    assert shown == [row.id for row in reversed(rows)]
    before = await MassExport.all().values()
    for act in (
        mass_exports.read(viewer, theirs.id),
        mass_exports.cancel(viewer, theirs.id, "c"),
        mass_exports.retry(viewer, theirs.id, "r"),
        mass_exports.cancel(viewer, uuid4(), "c2"),
        mass_exports.read(many.world["machine"], theirs.id),
    ):
        with pytest.raises(NotFound) as unknown:
            await act
        assert unknown.value.code == "MASS_EXPORT_UNKNOWN"
    assert await MassExport.all().values() == before
    lines = await mass_exports.items(viewer, rows[0], 3)
    rest = await mass_exports.items(viewer, rows[0], 3, lines.cursors[-1])
    assert ([one.position for one in (*lines.rows, *rest.rows)], lines.total) == ([0, 1, 2, 3], 4)
    for cursor in ("é", lines.cursors[0][:-3], rest.cursors[0]):
        with pytest.raises(Invalid) as made_up:
            await mass_exports.items(viewer, rows[1], 3, cursor)
        assert made_up.value.code == "CURSOR_INVALID"
    for first in (0, 10**9):
        with pytest.raises(Invalid) as beyond:
            await mass_exports.items(viewer, rows[0], first)
        assert beyond.value.code == "FIRST_OUT_OF_BOUNDS"


async def test_a_system_exports_as_a_person_does_and_is_told_of_nothing(many: Conducted) -> None:
    machine = many.world["machine"]
    asked = await mass_exports.request(machine, Wanted(PDF, (many.world.dossier,)), "k")
    assert (await mass_exports.read(machine, asked.id)).total == 1
    with pytest.raises(NotFound):
        await mass_exports.read(many.world["cdc"], asked.id)
