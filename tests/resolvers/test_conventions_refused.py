"""What no convention may say, and who may write none: refused with its place, and nothing is written."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from authz.clock import today
from models import Conflict, FileStore, Invalid, NotFound, Organism, OrganismCode, PackDraft, Problem, Refused
from resolvers import convention_choices, convention_edits, convention_signed, convention_simulating
from resolvers.convention_checks import check_content
from resolvers.convention_known import known_of
from resolvers.convention_rows import Article, Grant, Pause
from tests.agreements import DAY, ORGANISM, article, build_agreements, content, everything, published
from tests.world import OTHER_SIREN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("database")
OTHER = f"organism:{OTHER_SIREN}"


WRONG: dict[str, tuple[str, tuple[Article, ...], dict[str, object]]] = {
    "partner": ("CONVENTION_PARTNER_UNKNOWN", (), {"partner": "partner:NONE"}),
    "title": ("CONVENTION_TITLE_INVALID", (), {"title": ""}),
    "purpose": ("CONVENTION_TEXT_TOO_LONG", (), {"purpose": "x" * 5001}),
    "dates": ("CONVENTION_DATES_REVERSED", (), {"until": date(2000, 1, 1)}),
    "number": ("ARTICLE_NUMBER_INVALID", (article(number=""),), {}),
    "twice": ("ARTICLE_NUMBER_TWICE", (article(), article()), {}),
    "empty": ("ARTICLE_EMPTY", (article(groups=()),), {}),
    "no step": ("ARTICLE_EMPTY", (article(grants=(Grant("dossier:read", ()),)),), {}),
    "form": ("ARTICLE_FORM_UNKNOWN", (article(forms=("XX",)),), {}),
    "group": ("ARTICLE_GROUP_UNKNOWN", (article(groups=("category:ZZ",)),), {}),
    "organism": ("ARTICLE_ORGANISM_UNKNOWN", (article(included=("organism:000000000",)),), {}),
    "right": ("ARTICLE_RIGHT_UNKNOWN", (article(grants=(Grant("dossier:reed", (4,)),)),), {}),
    "step": ("ARTICLE_STEP_FORBIDDEN", (article(grants=(Grant("dossier:read", (3, 4)),)),), {}),
    "never": ("ARTICLE_STEP_FORBIDDEN", (article(grants=(Grant("policy:edit", (4,)),)),), {}),
    "tab": ("ARTICLE_TAB_UNKNOWN", (article(tabs=(("ER", ("ZZ",)),)),), {}),
    "tab twice": ("ARTICLE_TAB_TWICE", (article(tabs=(("ER", ("A1", "A1")),)),), {}),
    "tabs twice": ("ARTICLE_TAB_TWICE", (article(tabs=(("ER", ("A1",)), ("ER", ("A2",)))),), {}),
    "tabs": ("ARTICLE_TABS_MISPLACED", (article(tabs=(("SEM", ("A1",)),)),), {}),
    "limits": ("ARTICLE_PROHIBITION_LIMITED", (article(forbids=True, consent=True),), {}),
    "vain": ("ARTICLE_EXCLUSION_VAIN", (article(groups=("category:SEM",), excluded=(ORGANISM,)),), {}),
    "formula": ("CONVENTION_TITLE_INVALID", (), {"title": "=cmd|' /C calc'!A0"}),
    "turned": ("CONVENTION_TITLE_INVALID", (), {"title": "Audit\u202e2026"}),
    "turned purpose": ("CONVENTION_TEXT_UNPRINTABLE", (), {"purpose": "Objet\u202e."}),
    "zero width": ("CONVENTION_TEXT_UNPRINTABLE", (article(text="Te\u200bxte"),), {}),
    "control": ("CONVENTION_TEXT_UNPRINTABLE", (article(text="Te\x07xte"),), {}),
    "blank letter": ("ARTICLE_NUMBER_INVALID", (article(number="1\u3164"),), {}),
    "formula number": ("ARTICLE_NUMBER_INVALID", (article(number="@1"),), {}),
    "step twice": ("ARTICLE_STEP_TWICE", (article(grants=(Grant("dossier:read", (4, 4)),)),), {}),
    "many": ("CONVENTION_TOO_LARGE", (article(included=(OTHER,) * 2001),), {}),
}


async def test_what_cannot_stand_is_refused_with_its_place_and_nothing_is_written() -> None:
    world = await build_agreements()
    row = await published(world)
    before = await everything()
    for code, articles, changes in WRONG.values():
        with pytest.raises(Invalid) as refusal:
            await convention_edits.create(world["admin"], content(*articles, **changes), "new")
        assert refusal.value.code == code
        assert refusal.value.path[0] == "convention"
    with pytest.raises(Invalid) as empty:
        await convention_edits.create(world["admin"], replace(content(), articles=()), "new")
    assert empty.value.code == "CONVENTION_ARTICLES_MISSING"
    several = content(article(forms=("XX",), groups=("zz",)), title="")
    with pytest.raises(Invalid) as all_at_once:
        await convention_edits.update(world["admin"], row.id, several, row.revision)
    assert [fault["path"] for fault in all_at_once.value.details["faults"]] == [
        ["convention", "title"],
        ["convention", "articles", "0", "forms", "0"],
        ["convention", "articles", "0", "groups", "0"],
    ]
    assert await everything() == before


class Unread(tuple[str, ...]):
    """Names that may be counted, and that nobody has the time to walk through."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        raise AssertionError


async def test_an_organism_is_named_where_the_platform_knows_it_and_it_fills_a_form() -> None:
    world = await build_agreements()
    other = (await Organism.get(siren=OTHER_SIREN)).id
    named = article(groups=(), included=(OTHER,))
    await convention_edits.create(world["admin"], content(named), "k")
    before = await everything()
    # The form SEM is filled by SEM, and this organism is an OPH; a form besides that it fills is enough.
    for forms, faults in ((("SEM",), ["ARTICLE_ORGANISM_MISPLACED"]), (("SEM", "ER"), [])):
        with pytest.raises(Invalid) as misplaced:
            await convention_edits.create(
                world["admin"], content(replace(named, forms=forms), title=""), "new"
            )
        codes = [fault["code"] for fault in misplaced.value.details["faults"]]
        assert codes == ["CONVENTION_TITLE_INVALID", *faults]
    await OrganismCode.filter(organism_id=other).delete()
    with pytest.raises(Invalid) as unknown:
        await convention_edits.create(world["admin"], content(named), "new")
    assert (unknown.value.code, unknown.value.path[-2:]) == ("ARTICLE_ORGANISM_UNKNOWN", ("included", "0"))
    assert await everything() == before


async def test_a_form_that_is_being_written_may_be_agreed_upon() -> None:
    world = await build_agreements()
    later = content(article(forms=("LOGEMENT",)))
    with pytest.raises(Invalid) as unknown:
        await convention_edits.create(world["admin"], later, "k")
    assert unknown.value.code == "ARTICLE_FORM_UNKNOWN"
    await PackDraft.create(
        platform_id="MIN", form="LOGEMENT", year=2026, files={}, sha256="0" * 64, created_at=datetime.now(UTC)
    )
    made = await convention_edits.create(world["admin"], later, "k")
    assert made.content.articles[0].forms == ("LOGEMENT",)
    limited = content(article(forms=("LOGEMENT",), tabs=(("LOGEMENT", ("A1",)),)))
    with pytest.raises(Invalid) as tab:
        await convention_edits.create(world["admin"], limited, "k2")
    assert tab.value.code == "ARTICLE_TAB_UNKNOWN"


async def test_what_is_too_large_is_refused_unread() -> None:
    world = await build_agreements()
    many = Unread(("category:OPH",) * 20_001)
    for vast in (article(groups=many), article(groups=many, grants=()), article(included=many, forms=())):
        with pytest.raises(Invalid) as refused:
            check_content(content(vast, title=""), await known_of(world["admin"], "MIN"))
        faults = [(fault["code"], fault["path"]) for fault in refused.value.details["faults"]]
        assert faults == [
            ("CONVENTION_TITLE_INVALID", ["convention", "title"]),
            ("CONVENTION_TOO_LARGE", ["convention", "articles"]),
        ]


async def test_a_text_is_of_several_lines_and_a_title_is_set_with_hard_spaces() -> None:
    world = await build_agreements()
    title, purpose = "Audit\u00a0: «\u00a02026\u00a0»", "Un.\n\nDeux\u202f; trois.\r\nQuatre."
    sent = content(article(text="a\nb"), title=title, purpose=purpose)
    row = await convention_edits.create(world["admin"], sent, "k")
    assert (row.content.title, row.content.purpose) == (title, purpose)


async def test_a_suspension_needs_days_to_come_and_a_reason() -> None:
    world = await build_agreements()
    row = await published(world)
    before = await everything()
    day = today().date
    for pause, reason, code in (
        (Pause(day - DAY, None), "Audit", "CONVENTION_DATES_REVERSED"),
        (Pause(day, day - DAY), "Audit", "CONVENTION_DATES_REVERSED"),
        (Pause(day, None), " ", "CONVENTION_REASON_MISSING"),
    ):
        with pytest.raises(Invalid) as refused:
            await convention_edits.suspend(world["admin"], row.id, pause, reason, row.revision)
        assert refused.value.code == code
    assert await everything() == before


async def test_only_the_platforms_editors_write() -> None:
    world = await build_agreements()
    row = await published(world)
    drafted = await convention_edits.create(world["admin"], content(title="Projet"), "draft")
    before = await everything()
    verbs = {
        "ministere": Refused,
        "ancols": Refused,
        "hierarchie": Refused,
        "cdc": NotFound,
        "machine": NotFound,
    }
    for login, problem in verbs.items():
        viewer = world[login]
        for act in (
            convention_edits.update(viewer, row.id, content(), row.revision),
            convention_edits.end(viewer, row.id, today().date, "Fin", row.revision),
            convention_edits.renew(viewer, row.id, (date(2030, 1, 1), date(2031, 1, 1), "R"), "k"),
        ):
            with pytest.raises(problem):
                await act
        told = set()
        for there in ("MIN", "RIEN"):
            wanted = content(platform=there)
            for verb in (
                convention_edits.create(viewer, wanted, "mine"),
                convention_choices.choices(viewer, there),
                convention_simulating.simulate(viewer, None, wanted),
            ):
                with pytest.raises(NotFound) as unknown:
                    await verb
                told.add((unknown.value.code, str(unknown.value), unknown.value.path))
        assert len(told) == 1
        with pytest.raises(Problem):
            await convention_edits.delete(viewer, drafted.id, 1)
    assert await everything() == before


async def test_an_old_revision_and_an_act_that_has_no_sense_are_refused() -> None:
    world = await build_agreements()
    row = await published(world)
    drafted = await convention_edits.create(world["admin"], content(title="Projet"), "draft")
    before = await everything()
    with pytest.raises(Conflict) as stale:
        await convention_edits.end(world["admin"], row.id, today().date, "Fin", row.revision - 1)
    assert stale.value.code == "CONVENTION_STALE"
    for verb in (convention_edits.publish, convention_edits.delete):
        with pytest.raises(Invalid) as done:
            await verb(world["admin"], row.id, row.revision)
        assert done.value.code == "CONVENTION_PUBLISHED"
    with pytest.raises(Invalid) as draft:
        await convention_edits.renew(
            world["admin"], drafted.id, (date(2030, 1, 1), date(2031, 1, 1), "R"), "k"
        )
    assert draft.value.code == "CONVENTION_DRAFT"
    assert await everything() == before


def kept(folder: Path) -> list[Path]:
    return list(folder.rglob("*.pdf"))


async def test_a_signed_text_needs_a_name(tmp_path: Path) -> None:
    world = await build_agreements()
    row = await published(world)
    before = await everything()
    for name in ("", "a/b/ ", "x" * 200, "a\u0007"):
        sent = convention_signed.Sent(name, b"%PDF-1.7")
        with pytest.raises(Invalid) as refusal:
            await convention_signed.attach(
                world["admin"], FileStore.local(tmp_path), row.id, sent, row.revision
            )
        assert refusal.value.code == "SIGNED_TEXT_NAME"
    assert (await everything(), kept(tmp_path)) == (before, [])
