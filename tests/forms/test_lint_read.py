"""An input is read wherever it is: by a condition, by a sum over rows or instances, by what that compares."""

from __future__ import annotations

from forms import lint
from tests.forms.tiny import tiny_files

PART = """\
@partie 01 | Partie
@groupe G | Groupe | | | Clé
@onglet A1 | 01 | Onglet | État | nb | H | fixe
@col V | v | S
@col X | x | C | {formula}
L011 | | Regardée | S
L012 | | Sous condition | S | si=L011.V > 0
@onglet F1 | 01 | Lignes | État | nb | H | dyn
@col P | p | S
@col Q | q | S
@onglet E1 | 01 | Fiche | État | nb | H | fixe | groupe=G
@col V | v | S
L011 | | Somme | S
L012 | | Comparée | S
L013 | | Sous condition | S | si=L012.V > 0
"""


def unread(formula: str) -> set[str]:
    found = lint(tiny_files(PART.format(formula=formula)))
    assert {finding.code for finding in found} <= {"INPUT_UNUSED", "HIDDEN_REFERENCE"}, found
    return {finding.message.split(" ne lit ")[1].removeprefix("la colonne ") for finding in found}


def test_an_input_read_in_any_way_is_not_said_to_be_unread() -> None:
    never = {"A1.L012.V.", "E1.L013.V."}
    assert unread("1") == never | {"F1.P.", "F1.Q.", "E1.L011.V."}
    assert unread("COL(F1.P)") == never | {"F1.Q.", "E1.L011.V."}
    assert unread("SOMMESI(F1.P; F1.Q; 2)") == never | {"E1.L011.V."}
    assert unread("COL(E1.L011.V) + COL(F1.Q)") == never | {"F1.P."}
    assert unread("SOMMESI(E1.L013.V; E1.L011.V; 2) + NBLIG(F1)") == {"A1.L012.V.", "F1.P.", "F1.Q."}
