"""The SQL of a list that leaves: what its columns join, and how each kind of file has its values written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from resolvers.criteria import Sort
from resolvers.finding_keys import key_of
from resolvers.finding_standing import FEDERATION
from resolvers.list_columns import Column, Shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from authz import Viewer
    from resolvers.list_columns import ListColumn

# What neither a line nor XML can hold becomes a space: a row is one line in each of the files.
_UNFIT: Final = "".join(map(chr, (*range(1, 32), 0x7F, 0x2028, 0x2029, 0xFFFE, 0xFFFF)))
_NAMED: Final = "".join(f"\\u{ord(one):04x}" for one in _UNFIT)
_CLEAN: Final = f"translate({{0}}, E'{_NAMED}', '{' ' * len(_UNFIT)}')"
# Behind an apostrophe where a spreadsheet would run it: `=`, `+`, `-`, `@`.
_GUARDED: Final = "CASE WHEN ascii({0}) IN (43, 45, 61, 64) THEN '''' || {0} ELSE {0} END"


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a kind of file has its values written: a day, as SQL over `{0}`; typed texts guarded or not."""

    day: str
    guarded: bool = False


FRENCH: Final = Dialect("to_char({0}, 'DD/MM/YYYY')")
GUARDED: Final = Dialect(FRENCH.day, guarded=True)
ISO: Final = Dialect("to_char({0}, 'YYYY-MM-DD')")
# Days since the spreadsheets' first one.
SERIAL: Final = Dialect("({0} - DATE '1899-12-30')")


def read_as(column: ListColumn, dialect: Dialect) -> str:
    """The expression that writes a column."""
    if column.shape is Shape.DAY:
        return dialect.day.format(column.sql)
    if column.shape is not Shape.TYPED:
        return column.sql
    clean = _CLEAN.format(column.sql)
    return _GUARDED.format(clean) if dialect.guarded else clean


_PERSON = """LEFT JOIN (SELECT a.dossier_id, u.first_name || ' ' || u.last_name AS name
  FROM assignment a JOIN user_account u ON u.id = a.user_id WHERE a.role = '{role}') {alias}
  ON {alias}.dossier_id = d.id"""
_ORGANISM = "JOIN organism l_o ON l_o.id = d.organism_id"
_JOINS: Final[Mapping[Column, tuple[str, ...]]] = {
    Column.NAME: (_ORGANISM, "JOIN organization l_g ON l_g.id = l_o.organization_id"),
    Column.SIREN: (_ORGANISM,),
    Column.DEPARTMENT: (_ORGANISM,),
    Column.PLATFORM: ("JOIN platform l_p ON l_p.code = d.platform",),
    Column.CATEGORY: ("LEFT JOIN l_kind ON l_kind.code = d.category",),
    Column.STEP: ("LEFT JOIN l_stage ON l_stage.pack = d.pack AND l_stage.step = d.step",),
    Column.OFFICER: (_PERSON.format(role="officer", alias="l_officer"),),
    Column.ACCOUNT_MANAGER: (_PERSON.format(role="account_manager", alias="l_manager"),),
    Column.LABELS: ("LEFT JOIN l_label ON l_label.dossier_id = d.id",),
    Column.ER_TRANSMITTED: ("LEFT JOIN l_er ON l_er.id = d.id",),
}
_LABELS = """l_label AS (SELECT x.dossier_id, string_agg(l.name, ', ' ORDER BY l.name) AS names
  FROM dossier_label x JOIN label l ON l.id = x.label_id WHERE l.organization_id = %s GROUP BY 1)"""


def joins_of(
    viewer: Viewer,
    columns: Sequence[Column],
    stages: Sequence[tuple[str, int, str]],
    kinds: Mapping[str, str],
) -> tuple[str, str, tuple[Any, ...]]:
    """What stands before the SELECT and what is joined to `dossier d`, with the values of the former.

    `stages`: the pack, the step, what it is called; `kinds`: what each kind of organism is called.
    """
    parts = list(_ahead(viewer, columns, stages, kinds))
    before = ", ".join(part for part, _ in parts)
    joins = dict.fromkeys(join for column in columns for join in _JOINS.get(column, ()))
    values = tuple(value for _, some in parts for value in some)
    return f"WITH {before} " if parts else "", " ".join(joins), values


def _ahead(
    viewer: Viewer,
    columns: Sequence[Column],
    stages: Sequence[tuple[str, int, str]],
    kinds: Mapping[str, str],
) -> Iterator[tuple[str, tuple[Any, ...]]]:
    if Column.CATEGORY in columns:
        listed = "l_kind (code, label) AS (SELECT * FROM unnest(%s::text[], %s::text[]))"
        yield listed, (list(kinds), list(kinds.values()))
    if Column.STEP in columns:
        listed = "l_stage (pack, step, label) AS (SELECT * FROM unnest(%s::text[], %s::int[], %s::text[]))"
        yield listed, tuple([one[place] for one in stages] for place in range(3))
    if Column.LABELS in columns:
        yield _LABELS, (viewer.organization_id,)
    if Column.ER_TRANSMITTED in columns:
        key = key_of(viewer, Sort.ER_TRANSMITTED)
        told = f"SELECT d.id, {key.sql} AS sent FROM dossier d {key.join} WHERE {FEDERATION}"  # noqa: S608 - the values are apart
        yield f"l_er AS ({told})", key.values
