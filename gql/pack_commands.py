"""What `python -m gql pack` does with stored tests and with two packs side by side."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from forms import PackError, compare_packs, list_packs, load_pack, run_pack_tests
from models import Problem

if TYPE_CHECKING:
    from argparse import Namespace

    from forms import CaseOutcome, Change, Pack

_BLANK = "(vide)"


def test(options: Namespace) -> int:
    """Run the stored tests of the packs named, of all when none is; 1 if one of them fails."""
    failed = 0
    for pack in [_pack(key) for key in options.keys or [str(key) for key in list_packs()]]:
        outcomes = run_pack_tests(pack)
        for outcome in outcomes:
            failed += not outcome.passed
            _write_outcome(str(pack.key), outcome)
        if not outcomes:
            _write(f"{pack.key} : aucun essai enregistré.")
    return 1 if failed else 0


def diff(options: Namespace) -> int:
    """Say what differs between two packs, one line a difference."""
    found = compare_packs(_pack(options.old), _pack(options.new))
    for change in found.changes:
        mark = "! " if change.breaking else ""
        _write(f"{mark}{change.aspect.french} {change.place} : {_passage(change)}")
    count = len(found.changes)
    breaking = len(found.breaking)
    ending = f", dont {breaking} (!) qu’une révision ne peut pas apporter" if breaking else ""
    _write(f"{found.old} → {found.new} : {count} différence(s){ending}.")
    return 0


def _pack(key: str) -> Pack:
    try:
        return load_pack(key)
    except PackError as error:
        raise Problem("PACK_INVALID", str(error)) from error


def _write_outcome(key: str, outcome: CaseOutcome) -> None:
    if outcome.passed:
        _write(f"{key} {outcome.name} : conforme.")
        return
    _write(f"{key} {outcome.name} : {outcome.fault or f'{len(outcome.differences)} différence(s).'}")
    for item in outcome.differences:
        expected, found = item.expected or _BLANK, item.found or _BLANK
        _write(f"  {item.place} : attendu {expected}, obtenu {found}")


def _passage(change: Change) -> str:
    if change.before is None:
        return f"ajout de « {change.after} »"
    if change.after is None:
        return f"retrait de « {change.before} »"
    return f"« {change.before} » → « {change.after} »"


def _write(text: str) -> None:
    # One difference is one line, whatever its text holds.
    sys.stdout.write(text.replace("\n", " ⏎ ") + "\n")
