"""The settings of a pack that decide: whom the form is for, which tabs hold personal data."""

from __future__ import annotations

import pytest

from forms import PackError, PackKey, Step, load_pack, read_pack_texts
from tests.forms.tiny import FORMULA, HEADER, tiny_files

PART = FORMULA.format(unit="eur", formula="A + B")


def test_a_form_says_whom_it_is_for_and_what_is_personal() -> None:
    settings = "@reglage organismes | SEM, COOP\n@reglage onglets_sensibles | A1\n"
    settings += "@reglage piece_taille_max_mo | 20\n@reglage piece_premiere_etape | 4\n"
    pack = read_pack_texts(tiny_files(PART, pack=HEADER + settings))
    assert pack.organism_kinds == frozenset({"SEM", "COOP"})
    assert (pack.is_for("SEM"), pack.is_for("OPH")) == (True, False)
    assert pack.sensitive_tabs == {"A1"}
    assert (pack.attachment_bytes, pack.attachment_step) == (20_000_000, Step.REVIEW)
    plain = read_pack_texts(tiny_files(PART))
    assert (plain.attachment_bytes, plain.attachment_step) == (None, Step.TO_INITIALISE)
    assert (plain.organism_kinds, plain.sensitive_tabs, plain.is_for("OPH")) == (None, frozenset(), True)


@pytest.mark.parametrize(
    "setting",
    [
        "onglets_sensibles | A2",
        "organismes | HLM",
        "piece_taille_max_mo | beaucoup",
        "piece_taille_max_mo | 0",
        "piece_premiere_etape | 7",
        "piece_premiere_etape | -1",
    ],
)
def test_a_misspelt_code_opens_nothing_by_mistake(setting: str) -> None:
    with pytest.raises(PackError, match=setting.partition(" ")[0]):
        read_pack_texts(tiny_files(PART, pack=f"{HEADER}@reglage {setting}\n"))


def test_the_tab_of_people_is_personal_in_the_survey_on_staff() -> None:
    assert load_pack(PackKey("EFFECTIFS", 2024, 1)).sensitive_tabs == {"EF08"}
