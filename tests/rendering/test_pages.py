"""The printed pages: what a reader must find there, and what must never get in."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING

import pytest
from markupsafe import escape

from bench.sample import AT, REASON, reference_content
from forms import Kind, Step
from rendering.pages.annex import rounded
from rendering.pages.columns import GUTTER, PAGE_WIDTH, Need, fit, panels
from rendering.pages.document import printed_cells
from rendering.pages.dynamic import dynamic_sheet
from rendering.pages.environment import css_string, ordinals
from rendering.pages.fixed import FixedSheet
from rendering.pages.legend import legend
from rendering.pages.measure import shortened
from rendering.pages.words import day_and_hour, note_sign, shown, unbroken
from resolvers.rows import TabContent
from tests.rendering.paper import dossier_html

if TYPE_CHECKING:
    from rendering.pages.sheet import Sheet
    from resolvers.rows import DossierContent

A_PAGE = 504.0


@pytest.fixture(scope="module")
def forced() -> DossierContent:
    return reference_content("forced")


@pytest.fixture(scope="module")
def whole(forced: DossierContent) -> str:
    return dossier_html(forced)


def _html(*tabs: str, case: str = "plain", step: Step = Step.REVIEW) -> str:
    return dossier_html(reference_content(case, tabs, step=step))


def _text(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", html.partition("</style>")[2]))


def _sheet(code: str, *, case: str = "plain", category: str = "OPH") -> Sheet:
    content = reference_content(case, [code])
    return FixedSheet(content.pack, content.tabs[0], category).sheet(A_PAGE)


def test_every_tab_is_a_section_that_the_contents_lead_to(forced: DossierContent, whole: str) -> None:
    for code in forced.pack.tabs:
        assert whole.count(f'<section class="tab" id="{code}">') == 1
        assert f'<a href="#{code}">' in whole
        assert f"#{code} {{ page: {code} }}" in whole


def test_every_value_is_printed_as_the_french_read_it() -> None:
    text = _text(_html("A1"))
    assert "51\u202f936,02" in text
    assert "ƒ 1\u202f092\u202f415,44" in text
    assert "Net exercice N\u20111" in text
    assert "\u22121\u202f040\u202f479,42" in text
    assert "570\u202f096,00" in text
    assert "51936" not in text


def test_cells_tell_their_kind_by_colour_and_by_sign() -> None:
    found: dict[str, set[str]] = {}
    for grid in _sheet("A2", case="forced").grids:
        for strip in grid.strips:
            for square in strip.squares:
                found.setdefault(square.css, set()).add(square.text.partition(" ")[0])
    assert found["c"] == {"ƒ"}
    assert found["t"] == {"↔"}
    assert found["f"] == {"○"}
    assert found["o"] == {"•a"}
    assert {key.css for key in legend([*Kind, "•"])} == {"s", "t", "c", "f", "o"}


def test_a_forced_cell_is_explained_below_its_table() -> None:
    (note,) = _sheet("A2", case="forced").notes
    assert (note.sign, note.cell, note.value, note.automatic, note.reason) == (
        "•a",
        "A2.L117.P",
        "\u221225\u202f005,13",
        "\u221222\u202f732,00",
        REASON,
    )
    text = _text(_html("A2", case="forced"))
    for said in ("A2.L117.P", "\u221222\u202f732,00", REASON, "Cellules forcées de l’onglet A2"):
        assert said in text


def test_lines_of_another_kind_of_organism_are_left_out() -> None:
    lines = {
        category: {
            strip.squares[0].text
            for strip in _sheet("P1", category=category).grids[0].strips
            if strip.squares
        }
        for category in ("OPH", "SA")
    }
    assert {"L212", "L213"} <= lines["OPH"] - lines["SA"]
    assert {"L211", "L217"} <= lines["SA"] - lines["OPH"]


def test_titles_and_totals_stand_out() -> None:
    (grid,) = _sheet("A1").grids
    styles = {strip.code or strip.squares[0].text: strip.style for strip in grid.strips}
    assert (styles["L010"], styles["L019"], styles["L090"], styles["L011"]) == ("title", "total", "grand", "")


def test_lines_that_add_up_those_above_are_totals_whatever_their_name() -> None:
    (grid,) = _sheet("V1").grids
    totals = {strip.squares[0].text for strip in grid.strips if strip.style == "total"}
    assert totals == {*(f"L0{tens}9" for tens in "1234567"), "L060"}


def test_a_compound_word_makes_no_column_wider_than_its_like() -> None:
    (grid,) = _sheet("V1").grids
    wide = {head.code: width for head, width in zip(grid.heads, grid.fit.widths, strict=True)}
    assert wide["LA"] < 1.1 * wide["AC"]


@pytest.mark.parametrize(
    ("gap", "told"),
    [
        ("5", "5"),
        ("286.03", "286.03"),
        ("49.596335", "49.60"),
        ("-9552.335", "-9552.34"),
        ("0.004321", "0.0043"),
        ("-0.000009", "-0.000009"),
    ],
)
def test_a_gap_has_two_decimals_or_those_that_say_something(gap: str, told: str) -> None:
    assert rounded(gap) == told


def test_only_numbers_get_a_true_minus_and_only_ordinals_raised_letters() -> None:
    assert [shown("-5", unit) for unit in ("nb", "texte")] == ["\u22125", "-5"]
    assert ordinals("1er <b>, 21er, 1ers") == "1<sup>er</sup> &lt;b&gt;, 21er, 1ers"


def test_the_head_of_each_page_fits_its_line() -> None:
    html = dossier_html(reference_content("plain", ["A1", "V1"], name="Société des Hautes-Vallées " * 9))
    said = css_string("… · SIREN\u00a0732\u00a0829\u00a0320")[1:]
    (head,) = re.findall(r"@top-left \{ content: (\"Société.*)", html)
    assert said in head
    assert 'content: "V1 – Ventilation des charges par activité" counter(of-V1, first)' in html


def test_rows_of_a_dynamic_tab_are_numbered_and_a_wide_one_is_cut_into_panels() -> None:
    content = reference_content("plain", ["F01"])
    sheet = dynamic_sheet(content.pack.tabs["F01"], content.tabs[0], A_PAGE)
    assert len(sheet.grids) == 2
    for grid in sheet.grids:
        assert [head.label for head in grid.heads][:3] == ["N°", "N° d’opération", "Libellé"]
        assert [strip.squares[0].text for strip in grid.strips] == [str(n) for n in range(1, 151)]
    shown = [head.code for grid in sheet.grids for head in grid.heads[3:]]
    assert shown == [column.code for column in content.pack.tabs["F01"].columns[2:]]


def test_a_dynamic_tab_without_rows_says_so() -> None:
    content = reference_content("plain", ["F01"])
    html = dossier_html(replace(content, tabs=(TabContent("F01", {}, {}, ()),)))
    assert "Aucune ligne n’a été saisie" in html


def test_an_empty_dossier_is_a_form_to_fill(forced: DossierContent) -> None:
    tabs = tuple(TabContent(tab.code, {}, {}, ()) for tab in forced.tabs)
    html = dossier_html(replace(forced, tabs=tabs, verification=None, crossings=()))
    assert "n’a pas encore été vérifié" in html
    assert "Aucune étape n’a encore été franchie" in html


@pytest.mark.parametrize("case", ["plain", "forced"])
def test_no_table_is_wider_than_its_page(case: str) -> None:
    content = reference_content(case)
    for values in content.tabs:
        tab = content.pack.tabs[values.code]
        sheet = (
            dynamic_sheet(tab, values, A_PAGE)
            if values.rows
            else FixedSheet(content.pack, values, "OPH").sheet(A_PAGE)
        )
        for grid in sheet.grids:
            assert sum(grid.fit.widths) <= PAGE_WIDTH + 0.01, values.code
            assert min(grid.fit.widths) > GUTTER


def test_a_table_too_wide_is_cut_evenly_and_one_column_is_never_cut() -> None:
    key, column, huge = Need(10, 10, 10), Need(20, 20, 20), Need(500, 500, 500)
    assert [len(run) for run in panels([key], [column] * 11)] == [4, 3, 4]
    assert panels([key], [huge, huge]) == [range(1), range(1, 2)]
    assert fit([huge]) is None


def test_a_dossier_not_transmitted_is_marked_on_every_page() -> None:
    mark = css_string("Document provisoire — dossier non transmis")
    draft, sent = _html("A1", step=Step.ENTRY), _html("A1", step=Step.REVIEW)
    assert f"@bottom-center {{ content: {mark}" in draft
    assert mark not in sent


def test_a_whole_dossier_has_a_cover_and_an_annex_and_a_selection_has_neither(whole: str) -> None:
    selection = _html("A1", "F01")
    for only_whole in ('<section class="cover">', '<section class="annex">', "Sommaire"):
        assert only_whole in whole
        assert only_whole not in selection
    assert 'id="C1"' not in selection


def test_the_annex_tells_the_checks_that_fail_and_the_steps(forced: DossierContent, whole: str) -> None:
    text = _text(whole)
    assert forced.verification is not None
    for row in forced.verification.anomalies:
        assert str(escape(unbroken(row.anomaly.label))).replace("1er", "1<sup>er</sup>") in whole
    assert "Transmettre le dossier" in text
    assert "Camille Durand" in text


HOSTILE = 'L’"Habitat"</style><script>alert(1)</script>\\; } @import url(http://x) /* \n<b>&\x07'


def test_a_hostile_name_is_only_text() -> None:
    content = reference_content("plain", ["A1"], name=HOSTILE)
    html = dossier_html(content)
    assert html.count("</style>") == 1
    assert "<script" not in html
    assert "<b>&" not in html
    style = html.partition("<style>")[2].partition("</style>")[0]
    head = shortened(HOSTILE, 36)
    assert "@import" in head
    assert css_string(head[:-1])[:-1] in style
    assert css_string(" · SIREN\u00a0732\u00a0829\u00a0320")[1:] in style
    assert "@import" not in style


@pytest.mark.parametrize(
    "text", ['"', "\\", "\n", "</style>", "'", "é—’ ·", "\x00", "a1 b2", "url(x)", "*/", "\U0001f600"]
)
def test_a_css_string_can_be_closed_by_nothing(text: str) -> None:
    written = css_string(text)
    inside = written[1:-1]
    assert re.fullmatch(r"(?:[^\W_]|[ ·–—’]|\\[0-9a-f]{1,6} )*", inside)
    assert re.sub(r"\\([0-9a-f]+) ", lambda found: chr(int(found[1], 16)), inside) == text


def test_a_reason_or_a_value_typed_by_a_user_is_only_text() -> None:
    content = reference_content("forced", ["A2", "G01"])
    first, second = content.tabs
    forced = {cell: replace(found, reason="<img src=x>") for cell, found in first.forced.items()}
    values = {**second.values, "L011.V": "<iframe src='file:///etc/passwd'>"}
    tabs = (replace(first, forced=forced), replace(second, values=values))
    html = dossier_html(replace(content, tabs=tabs))
    assert "<img" not in html
    assert "<iframe" not in html
    assert "&lt;img src=x&gt;" in html


def test_the_cells_printed_are_counted() -> None:
    assert printed_cells(reference_content("plain", ["A1"])) == 4 * 31
    assert printed_cells(reference_content("plain", ["F01"])) == 20 * 150


def test_notes_are_lettered_without_end() -> None:
    assert [note_sign(index) for index in (0, 25, 26, 51, 52, 702)] == [
        "•a",
        "•z",
        "•aa",
        "•az",
        "•ba",
        "•aaa",
    ]


def test_hours_are_those_of_paris() -> None:
    assert day_and_hour(AT) == "21/11/2026 à 22\u00a0h\u00a030"
