"""The SQL of a list that leaves: what its columns join, and how each kind of file has its values written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from resolvers.criteria import Sort
from resolvers.finding_keys import key_of
from resolvers.finding_standing import FEDERATION
from resolvers.list_columns import COLUMNS, Column, Shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from authz import Viewer
    from resolvers.list_columns import ListColumn

# What neither a line nor XML can hold becomes a space: a row is one line in each of the files. To look for it
# costs little, to replace it ten times as much.
UNFIT: Final = "".join(map(chr, (*range(1, 32), 0x7F, 0x2028, 0x2029, 0xFFFE, 0xFFFF)))
_NAMED: Final = "".join(f"\\u{ord(one):04x}" for one in UNFIT)
_REPLACED: Final = f"translate({{0}}, E'{_NAMED}', '{' ' * len(UNFIT)}')"
_WHERE_UNFIT: Final = f"""WHEN {{0}} COLLATE "C" ~ '[{_NAMED}]' THEN {_REPLACED}"""
_CLEAN: Final = f"CASE {_WHERE_UNFIT} ELSE {{0}} END"
# Behind an apostrophe where a spreadsheet would run it: `=`, `+`, `-`, `@`.
_GUARDED: Final = (
    f"CASE WHEN ascii({{0}}) IN (43, 45, 61, 64) THEN '''' || {_REPLACED} {_WHERE_UNFIT} ELSE {{0}} END"
)


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
    return _fit(column.sql, dialect)


def _fit(typed: str, dialect: Dialect) -> str:
    return (_GUARDED if dialect.guarded else _CLEAN).format(f"({typed})")


# As if joined there: a materialized list could not be read by several of the server's workers at once.
_AHEAD: Final = frozenset({Column.NAME, Column.OFFICER, Column.ACCOUNT_MANAGER})
_OF_ORGANISM: Final = frozenset({Column.NAME, Column.SIREN, Column.DEPARTMENT})
_ORGANISMS = """l_o (id, siren, department, name) AS NOT MATERIALIZED (
  SELECT o.id, o.siren, o.department, {name}
  FROM organism o JOIN organization g ON g.id = o.organization_id)"""
_PEOPLE = """l_person (id, name) AS NOT MATERIALIZED (SELECT u.id, {name} FROM user_account u
  JOIN organization g ON g.id = u.organization_id WHERE g.kind = 'operator')"""
_PERSON = """LEFT JOIN assignment {alias}_of ON {alias}_of.dossier_id = d.id AND {alias}_of.role = '{role}'
  LEFT JOIN l_person {alias} ON {alias}.id = {alias}_of.user_id"""
_ORGANISM = "JOIN l_o ON l_o.id = d.organism_id"
_JOINS: Final[Mapping[Column, str]] = {
    **dict.fromkeys(_OF_ORGANISM, _ORGANISM),
    Column.PLATFORM: "JOIN platform l_p ON l_p.code = d.platform",
    Column.CATEGORY: "LEFT JOIN l_kind ON l_kind.code = d.category",
    Column.STEP: "LEFT JOIN l_stage ON l_stage.pack = d.pack AND l_stage.step = d.step",
    Column.OFFICER: _PERSON.format(role="officer", alias="l_officer"),
    Column.ACCOUNT_MANAGER: _PERSON.format(role="account_manager", alias="l_manager"),
    Column.LABELS: "LEFT JOIN l_label ON l_label.dossier_id = d.id",
    Column.ER_TRANSMITTED: "LEFT JOIN l_er ON l_er.id = d.id",
}
_LABELS = """l_label AS (SELECT x.dossier_id, string_agg(l.name, ', ' ORDER BY l.name) AS names
  FROM dossier_label x JOIN label l ON l.id = x.label_id WHERE l.organization_id = %s GROUP BY 1)"""


@dataclass(frozen=True, slots=True)
class Told:
    """What a list needs to tell its columns: how values are written, and what steps and kinds are called.

    `stages`: the pack, the step, its name; `kinds`: the code, its name.
    """

    dialect: Dialect
    stages: Sequence[tuple[str, int, str]]
    kinds: Mapping[str, str]


def column_as(column: Column, dialect: Dialect) -> str:
    """The expression that writes a column of dossiers, over what `joins_of` joins."""
    return COLUMNS[column].sql if column in _AHEAD else read_as(COLUMNS[column], dialect)


def joins_of(viewer: Viewer, columns: Sequence[Column], told: Told) -> tuple[str, str, tuple[Any, ...]]:
    """What stands before the SELECT and what is joined to `dossier d`, with the values of the former."""
    parts = list(_ahead(viewer, columns, told))
    before = ", ".join(part for part, _ in parts)
    joins = dict.fromkeys(_JOINS[column] for column in columns if column in _JOINS)
    values = tuple(value for _, some in parts for value in some)
    return f"WITH {before} " if parts else "", " ".join(joins), values


def _ahead(viewer: Viewer, columns: Sequence[Column], told: Told) -> Iterator[tuple[str, tuple[Any, ...]]]:
    if _OF_ORGANISM & {*columns}:
        yield _ORGANISMS.format(name=_fit("g.name", told.dialect)), ()
    if {Column.OFFICER, Column.ACCOUNT_MANAGER} & {*columns}:
        yield _PEOPLE.format(name=_fit("u.first_name || ' ' || u.last_name", told.dialect)), ()
    if Column.CATEGORY in columns:
        listed = "l_kind (code, label) AS (SELECT * FROM unnest(%s::text[], %s::text[]))"
        yield listed, (list(told.kinds), list(told.kinds.values()))
    if Column.STEP in columns:
        listed = "l_stage (pack, step, label) AS (SELECT * FROM unnest(%s::text[], %s::int[], %s::text[]))"
        yield listed, tuple([one[place] for one in told.stages] for place in range(3))
    if Column.LABELS in columns:
        yield _LABELS, (viewer.organization_id,)
    if Column.ER_TRANSMITTED in columns:
        key = key_of(viewer, Sort.ER_TRANSMITTED)
        sent = f"SELECT d.id, {key.sql} AS sent FROM dossier d {key.join} WHERE {FEDERATION}"  # noqa: S608 - the values are apart
        yield f"l_er AS ({sent})", key.values
