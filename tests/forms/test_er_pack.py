"""What ER 2024 is made of, counted (the figures are those of its specification)."""

from __future__ import annotations

from collections import Counter

import pytest

from forms import (
    Kind,
    Nature,
    Pack,
    PackError,
    PackKey,
    Severity,
    canonical,
    list_packs,
    load_pack,
    read_pack,
)


def test_counts(er: Pack) -> None:
    assert len(er.parts) == 6
    assert [len(part.tabs) for part in er.parts] == [9, 22, 16, 13, 3, 2]
    assert len(er.tabs) == 65
    assert sum(tab.nature is Nature.DYNAMIC for tab in er.tabs.values()) == 8
    assert sum(len(tab.lines) for tab in er.tabs.values()) == 1096
    assert Counter(cell.kind for cell in er.cells.values()) == {
        Kind.INPUT: 2135,
        Kind.COMMON: 150,
        Kind.COMPUTED: 1416,
        Kind.FORCIBLE: 718,
    }
    assert len(er.cells) == 4419
    assert sum(cell.formula is not None for cell in er.cells.values()) == 2134
    assert Counter(check.severity for check in er.checks) == {
        Severity.BLOCKING: 16,
        Severity.MAJOR: 356,
        Severity.MINOR: 80,
    }


def test_every_tab_stands_in_its_part_and_in_a_selection(er: Pack) -> None:
    assert [code for part in er.parts for code in part.tabs] == list(er.tabs)
    selected = {code for selection in er.selections for code in selection.tabs}
    assert selected <= set(er.tabs)
    assert len(er.selections) == 14
    # Listed by no trade: fiches that the specification leaves to the parts alone.
    assert set(er.tabs) - selected == {"T10", "T12", "T13", "G15"}


@pytest.mark.parametrize(
    ("cell", "kind", "unit", "formula"),
    [
        ("A1.L011.B", Kind.COMMON, "eur", None),
        ("A1.L019.N", Kind.COMPUTED, "eur", "B - D"),
        ("A1.L011.P", Kind.FORCIBLE, "eur", "N#"),
        ("T08.L091.T", Kind.INPUT, "eur", None),
        ("T02.L012.G", Kind.COMPUTED, "eur", "R2.L691.N"),
        ("SG.L701.X", Kind.COMPUTED, "pct", "SI(P = 0; VIDE(); ARRONDI(V / P * 100; 2))"),
        ("G05.L011.S", Kind.INPUT, "m2", None),
        ("G08.L011.E", Kind.COMMON, "keur", None),
        ("G01.L028.V", Kind.COMMON, "date", None),
        ("F05.L011.A", Kind.COMPUTED, "nb", "NBLIG(F01)"),
    ],
)
def test_a_cell_is_what_its_line_and_column_make_of_it(
    er: Pack, cell: str, kind: Kind, unit: str, formula: str | None
) -> None:
    found = er.cells[cell]
    assert (found.kind, found.unit, found.formula) == (kind, unit, formula)


@pytest.mark.parametrize("cell", ["C1.L401.R", "V3.L019.K", "F05.L020.B", "A1.L010.B"])
def test_a_cell_that_its_line_leaves_out_does_not_exist(er: Pack, cell: str) -> None:
    assert cell not in er.cells


def test_lines_meant_for_some_organisms(er: Pack) -> None:
    capital = er.cells["P1.L211.N"]
    assert capital.applies_to("SA")
    assert not capital.applies_to("OPH")
    assert er.cells["P1.L214.N"].applies_to("MOI")


def test_parameters_and_settings(er: Pack) -> None:
    assert {name: parameter.value for name, parameter in er.params.items()} == {
        "seuil_autofinancement_annuel": "0",
        "seuil_autofinancement_triennal": "3",
        "cglls_autofinancement": "3",
        "cglls_fr_logement": "750",
    }
    assert er.settings["piece_taille_max_mo"] == "10"


def test_attachments_depend_on_the_kind_of_organism(er: Pack) -> None:
    assert "rapport sur les conventions" in er.required_attachments("OPH")
    assert "procès-verbal de l'assemblée générale" in er.required_attachments("SA")
    assert er.required_attachments("MOI") == ()
    assert {item.label for item in er.attachments} <= set(er.lists["type_piece"])


def test_a_pack_is_read_once_and_found_by_its_latest_revision(er: Pack) -> None:
    assert PackKey("ER", 2024, 1) in list_packs()
    assert load_pack("ER/2024/1") is er
    assert load_pack(PackKey("ER", 2024, 1)) is er
    assert str(er.key) == "ER/2024/1"


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("ER/1999", "PACK_UNKNOWN"),
        ("ER/2024/9", "PACK_UNKNOWN"),
        ("XX/2024", "PACK_UNKNOWN"),
        ("../../etc", "PACK_KEY_INVALID"),
        ("ER", "PACK_KEY_INVALID"),
        ("", "PACK_KEY_INVALID"),
    ],
)
def test_an_unknown_pack_is_refused(key: str, code: str) -> None:
    with pytest.raises(PackError) as caught:
        load_pack(key)
    assert caught.value.code == code


def test_a_key_out_of_the_list_has_no_folder() -> None:
    with pytest.raises(PackError, match="n’est pas publié"):
        load_pack(PackKey("..", 2024, 1))


def test_the_seal_is_that_of_the_content(er: Pack) -> None:
    again = read_pack(er.key.folder)
    assert again is not er
    assert again.sha256 == er.sha256
    assert len(er.sha256) == 64


def test_the_canonical_form_holds_the_trees(er: Pack) -> None:
    found = canonical(er)
    assert found["key"] == "ER/2024/1"
    assert found["formulas"]["A1.L011.N"] == {
        "is": "Binary",
        "operator": "-",
        "left": {"is": "CellRef", "cell": "A1.L011.B", "previous": False, "unit": "eur"},
        "right": {"is": "CellRef", "cell": "A1.L011.D", "previous": False, "unit": "eur"},
    }
    assert len(found["formulas"]) == 2134
    assert len(found["check_trees"]) == 452
