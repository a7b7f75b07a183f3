"""Packs of a few lines, written by the test that needs them."""

from __future__ import annotations

from pathlib import Path

from forms import Data, Evaluation, Pack, Row, evaluate, read_pack

HEADER = """\
@formulaire ESSAI | 2024 | 1 | Formulaire d’essai | Essai
@parametre seuil | 3 | pct | Seuil
"""
CYCLE = """\
@etape 0 | À initialiser
@etape 1 | Saisie
@mouvement initialise | Initialiser | 0 | 1 | dossier:initialise |
"""
LISTS = """\
@liste couleur | Couleur
rouge
Bleu
"""
# A fixed tab of four inputs on one line, and a column for the formula under test.
FORMULA = """\
@partie 01 | Partie
@onglet A1 | 01 | Onglet | État | {unit} | H | fixe
@col A | a | S
@col B | b | S
@col C | c | S
@col D | d | S
@col X | x | C | {formula}
L011 | | Ligne | S
"""


def tiny_files(part: str, checks: str = "", **others: str) -> dict[str, str]:
    """The files of a pack; `others` replaces files by their stem, or adds them."""
    files = {
        "pack": HEADER,
        "cycle": CYCLE,
        "lists": LISTS,
        "selections": "",
        "attachments": "",
        "part-01": part,
        "checks": checks,
    }
    return {f"{stem.replace('_', '-')}.txt": text for stem, text in {**files, **others}.items()}


def write_pack(folder: Path, part: str, checks: str = "", **others: str) -> Path:
    """The folder, filled with the files of a pack; `others` replaces files by their stem."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in tiny_files(part, checks, **others).items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def tiny_pack(folder: Path, part: str, checks: str = "", **others: str) -> Pack:
    """The pack of these texts."""
    return read_pack(write_pack(folder, part, checks, **others))


def formula_pack(folder: Path, formula: str, unit: str = "eur", checks: str = "") -> Pack:
    """A pack whose cell A1.L011.X is computed by the formula from A, B, C and D."""
    return tiny_pack(folder, FORMULA.format(formula=formula, unit=unit), checks)


def line(**values: str) -> dict[str, str]:
    """The cells A to D of the line of `formula_pack`."""
    return {f"A1.L011.{column}": value for column, value in values.items()}


def computed(pack: Pack, cells: dict[str, str], forced: dict[str, str] | None = None) -> Evaluation:
    """The evaluation of an OPH that typed the cells."""
    return evaluate(pack, Data("OPH", cells, forced=forced or {}))


def row(key: str, **values: str) -> Row:
    """A row of a dynamic tab."""
    return Row(key, values)
