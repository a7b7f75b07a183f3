"""The browser's own code and the server's agree: value, blank, failing check and gap, cell by cell."""

from __future__ import annotations

import dataclasses
import json
import subprocess
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from forms import Data, Pack, Row, case_data, evaluate, list_packs, load_pack, script, verify
from tests.forms.family import family_pack
from tests.forms.invented import invent
from tests.forms.tiny import tiny_pack

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ROOT = Path(__file__).resolve().parents[2]
RUNNER = Path(__file__).with_name("parity.mjs")
DOSSIERS = 6
TINY_DOSSIERS = 60
REFERENCES = 2

# Every function and operator of the language, on units and blanks that real packs may not meet.
PART = """\
@partie 01 | Partie
@onglet A1 | 01 | Onglet | État | eur | H | fixe
@col A | a | S
@col B | b | S
@col T | t | S | texte
@col U | u | S | date
@col V | v | S | date
@col X | x | F | A - B#
L011 | | Somme | S
L012 | | Produit | S | f.X=-A * B / 3 + ARRONDI(A; B) - 2
L013 | | Division | S | unite=pct | f.X=A / B
L014 | | Bornes | S | f.X=MAX(A; B; 0) - MIN(A; B; 5)
L015 | | Textes | S | f.X=SI(T = "é"; 1; SI(T <> U; 2; VIDE())) | pour=SA,COOP
L016 | | Blancs | S | f.X=VIDEQ(T) + VIDEQ(A) + LUHN(T)
L017 | | Variations | S | f.X=VARPCT(A; A#) + PARAM("seuil")
L018 | | Comparaisons | S | f.X=(A < B) + (A <= B) + (A > 0) + (A >= B) + (A = B) + (A <> B)
L019 | | Un texte compté | S | f.X=T + A
L020 | | Rang | S | f.X=COL(F1.C03) + NBLIG(F1)
L021 | | Logique | S | f.X=ET(A > 0; B > 0) + OU(A < 0; NON(B)) + DANS(T; "abc"; "é") + DANS(A; 1; 2.5; 100)
L022 | | Dates | S | f.X=MOIS(U; V) + JOURS(U; V) / 7 + ANNEE(V) + (U < V) + (U <= V) + (U > V) + (U >= V)
L026 | | Ordre des dates | S | f.X=(U < V) + (U <= V) * 10 + (U > V) * 100 + (U >= V) * 1000
L023 | | À défaut | S | f.X=SIVIDE(A; B) + ABS(A - B) + IBAN(T)
L024 | | Une clé | S | f.X=SOMMESI(F1.C03; F1.C02; "abc") + SOMMESI(F1.C01; F1.C03; 2)
L025 | | Sous condition | S | f.X=A + L023.X | si=L021.X > 1
L029 | | Total | C | S(L011:L026)
@onglet F1 | 01 | Lignes | État | eur | H | dyn
@col C01 | a | S
@col C02 | b | S | texte
@col C03 | c | C | C01 * 2 - VIDEQ(C02)
@col C04 | d | C | SI(C02 = "abc"; C02; VIDE()) | texte
@onglet H1 | 01 | Caché | État | eur | H | dyn | si=A1.L011.A > 0
@col C01 | a | S
@col C02 | b | C | C01 * 2
"""
CHECKS = "\n".join(
    f"C-{number:03} | {severity} | {left} | {operator} | A1.L012.{right} | {tolerance} | {blanks} | Règle"
    for number, (severity, left, operator, right, tolerance, blanks) in enumerate(
        [
            ("mineure", "A1.L011.X", "=", "X", "0.5", "toujours"),
            ("majeure", "A1.L011.X#", "<=", "A", "0", "ignorer_si_un_vide"),
            ("bloquante", "A1.L011.T", "=", "T", "0", "ignorer_si_tout_vide"),
            ("mineure", "A1.L011.T", "<>", "T", "0", "toujours"),
            ("mineure", "A1.L029.X", ">", "B", "1", "ignorer_si_tout_vide"),
            ("mineure", "A1.L029.X", "<", "B", "1", "toujours"),
            ("mineure", "A1.L011.A", ">=", "B", "0.01", "toujours"),
            ("mineure", "A1.L011.A", "<>", "B", "9999999", "ignorer_si_un_vide"),
            ("mineure", "A1.L022.U", "<", "V", "0", "toujours"),
            ("mineure", "A1.L025.X", "=", "A", "0", "toujours"),
        ]
    )
)


def plain(data: Data) -> dict[str, Any]:
    """The data as the browser is given them."""
    return dataclasses.asdict(data)


def computed_by_the_server(pack: Pack, data: Data) -> dict[str, Any]:
    """What the browser must come to."""
    evaluation = evaluate(pack, data)
    return {
        "cells": evaluation.cells,
        "automatic": evaluation.automatic,
        "rows": evaluation.rows,
        "hidden": sorted(evaluation.hidden),
        "failing": [
            [one.check, one.severity.value, one.gap, one.instance] for one in verify(pack, data, evaluation)
        ],
        "same": True,
    }


def computed_by_the_browser(folder: Path, asked: Iterable[tuple[Pack, Sequence[Data]]]) -> list[Any]:
    """The same, by Node, all packs and dossiers at once."""
    tasks = []
    for number, (pack, dossiers) in enumerate(asked):
        module = folder / f"pack-{number}.mjs"
        module.write_text(script(pack), encoding="utf-8")
        cases = [{"kind": data.kind, "data": plain(data)} for data in dossiers]
        tasks.append({"script": str(module), "cases": cases})
    file = folder / "tasks.json"
    file.write_text(json.dumps(tasks), encoding="utf-8")
    command = ["node", str(RUNNER), str(file), str(ROOT / "web-client")]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    found: list[Any] = json.loads(done.stdout)
    return found


def differences(pack: Pack, expected: dict[str, Any], found: dict[str, Any]) -> list[str]:
    """Where the two do not agree, in words; whatever is not a cell is compared as a whole."""
    told = [
        f"{pack.key} {cell}: {value} here, {found['cells'].get(cell)} in the browser"
        for cell, value in expected["cells"].items()
        if found["cells"].get(cell, "absent") != value
    ]
    rest = [name for name in expected if name != "cells" and expected[name] != found[name]]
    return told + [f"{pack.key} {name}: {expected[name]} here, {found[name]} in the browser" for name in rest]


@pytest.fixture(scope="module")
def dossiers(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Pack, list[Data]]]:
    """Every published pack and the reference cases, and a small pack that uses the whole language."""
    random = Random(20241231)  # noqa: S311 - made-up dossiers, the same each time, not secrets
    made = [
        (pack, [Data("OPH"), *(invent(pack, random) for _ in range(DOSSIERS))])
        for pack in map(load_pack, list_packs())
    ]
    files = sorted((ROOT / "forms" / "packs").glob("*/*/*/tests/*.json"))
    cases = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    assert len(cases) >= REFERENCES
    made += [(pack, [case_data(pack, case)]) for case in cases for pack in [load_pack(case["pack"])]]
    tiny = tiny_pack(tmp_path_factory.mktemp("tiny") / "pack", PART, CHECKS)
    family = family_pack(tmp_path_factory.mktemp("family") / "pack")
    return [*made, *((pack, [invent(pack, random) for _ in range(TINY_DOSSIERS)]) for pack in (family, tiny))]


def test_the_browser_computes_what_the_server_computes(
    dossiers: list[tuple[Pack, list[Data]]], tmp_path: Path
) -> None:
    found = iter(computed_by_the_browser(tmp_path, dossiers))
    told: list[str] = []
    failing: set[tuple[str, str]] = set()
    for pack, data in ((pack, data) for pack, each in dossiers for data in each):
        expected = computed_by_the_server(pack, data)
        failing |= {(str(pack.key), check) for check, *_ in expected["failing"]}
        told += differences(pack, expected, next(found))
    assert told == []
    assert list(found) == []
    # The invented dossiers are worth something: they break most rules that there are.
    tiny = dossiers[-1][0]
    assert {(str(tiny.key), check.id) for check in tiny.checks} - failing == set()
    er = load_pack("ER/2024")
    assert len([check for key, check in failing if key == str(er.key)]) > 0.8 * len(er.checks)


# Each column squares the one before it: unbounded, the twentieth would have five million digits.
SQUARES = (
    "@partie 01 | Partie\n@onglet A1 | 01 | Onglet | État | eur | H | fixe\n"
    "@col A | a | S\n@col T | t | S | texte\n"
    "@col B00 | b | C | A * A\n"
    + "".join(f"@col B{n:02} | b | C | B{n - 1:02} * B{n - 1:02}\n" for n in range(1, 30))
    + "@col V | v | C | VARPCT(A * 1000000; 0.000001)\n@col D | d | C | A / 0.000001 / 0.000001\n"
    "@col P | p | C | A * A * A / A / A\n@col K | k | C | A * A * A\n@col R | r | C | COL(F1.Q) * 1000\n"
    "@col U | u | C | SI(A > 0; A * A * A; T) | texte\n"
    + "".join(f"@col S{n:02} | s | C | {'+'.join([f'S{n - 1:02}' if n else 'A'] * 90)}\n" for n in range(20))
    + "L011 | | Ligne | S\n@onglet F1 | 01 | Lignes | État | eur | H | dyn\n"
    "@col P | p | S\n@col Q | q | C | P * P\n@col W | w | C | Q * Q\n"
)
BEYOND = (
    "T-1 | majeure | A1.L011.A * A1.L011.A * A1.L011.A | <= | -1 | 0 | toujours | Un côté\n"
    "T-2 | majeure | A1.L011.A | = | A1.L011.A * A1.L011.A / 7 | 0 | toujours | L’autre\n"
)


def test_what_goes_beyond_every_account_is_blank_in_both(tmp_path: Path) -> None:
    pack = tiny_pack(tmp_path / "pack", SQUARES, BEYOND)
    typed = [
        "9999999999999",
        "-9999999999999",
        "10000000000",
        "-10000000000",
        "10000000001",
        "12.34",
        "1",
        "0",
    ]
    asked = [
        Data(
            "OPH",
            {"A1.L011.A": value, "A1.L011.T": "t"},
            {"F1": [Row("a", {"P": value}), Row("b", {"P": "3"})]},
        )
        for value in typed
    ]
    found = computed_by_the_browser(tmp_path, [(pack, asked)])
    expected = [computed_by_the_server(pack, data) for data in asked]
    for ours, theirs in zip(expected, found, strict=True):
        assert differences(pack, ours, theirs) == []
    largest, _, bound, _, beyond, *_ = expected
    # 10³⁰ is kept, the next is blank, and so is the text made of a number beyond.
    assert (bound["cells"]["A1.L011.K"], beyond["cells"]["A1.L011.K"]) == ("1" + "0" * 30, None)
    assert largest["cells"]["A1.L011.U"] is None
    # On the way to a result a product may be larger than any result.
    assert largest["cells"]["A1.L011.P"] == "9999999999999"
    # A blank counts as zero in what reads it, and in a rule.
    assert largest["cells"]["A1.L011.B01"] is None
    assert ["T-1", "major", "1", ""] in largest["failing"]
    assert all(len(value or "") <= 40 for each in expected for value in each["cells"].values())
