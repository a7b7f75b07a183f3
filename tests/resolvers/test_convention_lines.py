"""From articles to rules: forms, tabs, exceptions, prohibitions, and the days of a suspension."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from resolvers.convention_lines import compile_lines, in_force
from resolvers.convention_rows import Content, Pause
from tests.agreements import ORGANISM, READING, article
from tests.world import OTHER_SIREN

OTHER = f"organism:{OTHER_SIREN}"


def said() -> Content:
    """Two articles: one limited to tabs on one of its forms, with an exception; one that forbids."""
    return Content(
        "MIN",
        "partner:ANCOLS",
        "C",
        "",
        date(2026, 1, 1),
        date(2026, 12, 31),
        (
            article(
                forms=("ER", "SEM"),
                grants=READING[:1],
                groups=("all",),
                included=(OTHER,),
                excluded=(ORGANISM,),
                tabs=(("ER", ("A1", "A2")),),
                consent=True,
            ),
            article(number="2", grants=READING[:1], groups=(), included=(OTHER,), forbids=True),
        ),
    )


def test_articles_compile_to_rules_that_carry_them() -> None:
    key = uuid4()

    lines = compile_lines(key, said(), Pause(date(2026, 3, 1), date(2026, 3, 31)))

    assert {line.convention_id for line in lines} == {key}
    first = [line.values for line in lines if line.values[6] == "2026-01-01"]
    told = [(v[2], v[3], v[7], v[8], v[9], v[10], v[11]) for v in first]
    until = "2026-02-28"
    assert told == [
        ("ER", "all", until, "yes", "A1+A2", "allow", "C, art. 1"),
        ("ER", OTHER, until, "yes", "A1+A2", "allow", "C, art. 1"),
        ("SEM", "all", until, "yes", "*", "allow", "C, art. 1"),
        ("SEM", OTHER, until, "yes", "*", "allow", "C, art. 1"),
        ("ER", ORGANISM, until, "no", "*", "deny", "C, art. 1"),
        ("SEM", ORGANISM, until, "no", "*", "deny", "C, art. 1"),
        ("ER", OTHER, until, "no", "*", "deny", "C, art. 2"),
    ]
    assert [line.values[6:8] for line in lines if line.values[6] != "2026-01-01"] == (
        [("2026-04-01", "2026-12-31")] * 7
    )
    assert compile_lines(key, said(), Pause(date(2025, 1, 1), None)) == ()


def test_the_calendars_first_and_last_days_are_days_like_others() -> None:
    first, last, day = date(1, 1, 1), date(9999, 12, 31), date(2026, 6, 1)
    eve, morrow = date(2026, 5, 31), date(2026, 6, 2)
    spans = {
        Pause(day, last): [(first, eve)],
        Pause(first, day): [(morrow, last)],
        Pause(first, last): [],
        Pause(first, None): [],
        Pause(day, day): [(first, eve), (morrow, last)],
        None: [(first, last)],
    }
    assert {pause: list(in_force(first, last, pause)) for pause in spans} == spans
    # A suspension of other days leaves all of them; one that runs over the end, those before it.
    assert list(in_force(day, morrow, Pause(first, eve))) == [(day, morrow)]
    assert list(in_force(day, morrow, Pause(morrow, last))) == [(day, day)]
