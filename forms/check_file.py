"""Reading `checks.txt`: one rule a line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from forms.nodes import COMPARISONS
from forms.source import Record, Source
from forms.values import CANONICAL, micro
from forms.words import BLANKS, SEVERITIES, Blanks, Severity

if TYPE_CHECKING:
    from forms.bookshelf import Book

FILE = "checks.txt"
_FIELDS = 8


@dataclass(frozen=True, slots=True)
class CheckSpec:
    """A rule as written: `left operator right`, tolerance in canonical decimal text.

    `inherited`: it comes from another pack, and is left out where its cells do not stand here.
    """

    id: str
    severity: Severity
    left: Source
    operator: str
    right: Source
    tolerance: str
    blanks: Blanks
    label: str
    inherited: bool = False


def read_checks(book: Book) -> tuple[CheckSpec, ...]:
    """`@inclure`, then `id | severity | left | operator | right | tolerance | blanks | label`.

    A rule that is written here replaces, in its place, an included one of the same id.
    """
    found: dict[str, CheckSpec] = {}
    own: set[str] = set()
    for record in book.records(FILE):
        identifier = record.field(0)
        if record.word == "@inclure":
            found |= {spec.id: spec for spec in _included(book, record) if spec.id not in own}
        elif record.word:
            raise record.fault(f"« {record.word} » n’existe pas dans « {FILE} ».")
        elif identifier in own:
            raise record.fault(f"La règle {identifier} est déjà définie.")
        else:
            own.add(identifier)
            found[identifier] = _check(record)
    return tuple(found.values())


def _included(book: Book, record: Record) -> Iterator[CheckSpec]:
    other = book.shelf.book(record)
    book.shelf.enter(f"{other.label}{FILE}", record.place())
    specs = read_checks(other)
    book.shelf.leave()
    without = _without(record)
    for identifier in sorted(without - {spec.id for spec in specs}):
        raise record.fault(f"La règle {identifier} n’existe pas dans {record.field(0)}.", 1)
    return (replace(spec, inherited=True) for spec in specs if spec.id not in without)


def _without(record: Record) -> set[str]:
    name, _, text = record.field(1).partition("=")
    if record.field(1) and name != "sauf":
        raise record.fault(f"L’option « {record.field(1)} » n’existe pas ici : sauf=EQ-001,EQ-002.", 1)
    return {item.strip() for item in text.split(",") if item.strip()}


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
    if micro(tolerance) < 0:
        message = f"La tolérance « {tolerance} » est négative : écrivez l’écart permis, sans signe."
        raise record.fault(message, 5)
    if blanks not in BLANKS:
        raise record.fault(f"« {blanks} » ne dit pas que faire d’une cellule vide.", 6)
    label = record.words(7)
    return CheckSpec(
        identifier, SEVERITIES[severity], left, operator, right, tolerance, BLANKS[blanks], label
    )
