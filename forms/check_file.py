"""Reading `checks.txt`: one rule a line."""

from __future__ import annotations

from dataclasses import dataclass

from forms.nodes import COMPARISONS
from forms.source import Record, Source
from forms.values import CANONICAL
from forms.words import BLANKS, SEVERITIES, Blanks, Severity

_FIELDS = 8


@dataclass(frozen=True, slots=True)
class CheckSpec:
    """A rule as written: `left operator right`, tolerance in canonical decimal text."""

    id: str
    severity: Severity
    left: Source
    operator: str
    right: Source
    tolerance: str
    blanks: Blanks
    label: str


def read_checks(records: list[Record]) -> tuple[CheckSpec, ...]:
    """`id | severity | left | operator | right | tolerance | blanks | label`."""
    seen: set[str] = set()
    for record in records:
        if record.field(0) in seen:
            raise record.fault(f"La règle {record.field(0)} est déjà définie.")
        seen.add(record.field(0))
    return tuple(_check(record) for record in records)


def _check(record: Record) -> CheckSpec:
    if len(record.fields) != _FIELDS:
        raise record.fault(f"Une règle a {_FIELDS} champs ; celle-ci en a {len(record.fields)}.")
    identifier, severity, _, operator, _, tolerance, blanks, _ = record.fields
    left, right = record.source(2), record.source(4)
    if left is None or right is None:
        raise record.fault("Une règle compare deux côtés : il en manque un.", 2)
    if severity not in SEVERITIES:
        raise record.fault(f"La gravité « {severity} » n’existe pas.", 1)
    if operator not in COMPARISONS:
        raise record.fault(f"L’opérateur « {operator} » n’existe pas.", 3)
    if not CANONICAL.fullmatch(tolerance):
        raise record.fault(f"La tolérance « {tolerance} » n’est pas un nombre.", 5)
    if blanks not in BLANKS:
        raise record.fault(f"« {blanks} » ne dit pas que faire d’une cellule vide.", 6)
    label = record.words(7)
    return CheckSpec(
        identifier, SEVERITIES[severity], left, operator, right, tolerance, BLANKS[blanks], label
    )
