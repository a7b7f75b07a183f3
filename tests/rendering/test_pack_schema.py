"""The schema of any pack that can be read is written: no label breaks it."""

from __future__ import annotations

import pytest
from lxml import etree

from forms import read_pack_texts
from rendering.pack_schema import pack_schema
from tests.forms.tiny import FORMULA, tiny_files


@pytest.mark.parametrize(
    "label", ["Es -- sai", "--", "Essai -", "---->", ']]> <b> & "l\'essai"', "É\U0001f600"]
)
def test_a_schema_takes_any_label(label: str) -> None:
    part = FORMULA.format(formula="A", unit="eur").replace("Ligne", label)
    pack = read_pack_texts(tiny_files(part, pack=f"@formulaire ESSAI | 2024 | 1 | {label} | {label}\n"))
    written = etree.fromstring(pack_schema(pack))
    etree.XMLSchema(written)
    documented = [each.text or "" for each in written.iter("{*}documentation")]
    assert any(pack.tabs["A1"].lines[0].label in text for text in documented)
