"""The sorts of a list as SQL: what each reads beside the dossier, and the key it compares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from authz import Right, scope
from authz.scope import Condition
from resolvers.criteria import Sort
from resolvers.finding_standing import ER, FEDERATION, inside
from resolvers.folding import folded_sql

if TYPE_CHECKING:
    from authz import Viewer

# Rows that are equal on the key: each once, always in the same order.
TIES = "d.code, d.platform, d.form, d.year, d.id"
_ORGANISM = "JOIN organism o ON o.id = d.organism_id"
_FOLLOWER = """LEFT JOIN (SELECT a.dossier_id, {name} COLLATE "C" AS key
  FROM assignment a JOIN user_account u ON u.id = a.user_id WHERE a.role = '{role}') k
ON k.dossier_id = d.id"""
_NAME = folded_sql("u.last_name || ' ' || u.first_name")


@dataclass(frozen=True, slots=True)
class Key:
    """What is joined to `dossier d`, one row a dossier at most; the key over both; and its type in SQL."""

    join: str
    sql: str
    type: str
    values: tuple[Any, ...] = ()


_KEYS = {
    Sort.CODE: Key("", "d.code", "text"),
    Sort.NAME: Key("", 'd.search COLLATE "C"', "text"),
    Sort.CATEGORY: Key("", 'd.category COLLATE "C"', "text"),
    Sort.SIREN: Key(_ORGANISM, 'o.siren COLLATE "C"', "text"),
    Sort.DEPARTMENT: Key(_ORGANISM, 'o.department COLLATE "C"', "text"),
    Sort.FORM: Key("", 'd.form COLLATE "C"', "text"),
    Sort.YEAR: Key("", "d.year", "int"),
    Sort.STEP: Key("", "d.step", "int"),
    Sort.STEP_SINCE: Key("", "d.step_since", "timestamptz"),
    Sort.TRANSMITTED: Key("", "d.transmitted_at", "timestamptz"),
    Sort.OFFICER: Key(_FOLLOWER.format(name=_NAME, role="officer"), "k.key", "text"),
    Sort.ACCOUNT_MANAGER: Key(_FOLLOWER.format(name=_NAME, role="account_manager"), "k.key", "text"),
}


def key_of(viewer: Viewer, sort: Sort) -> Key:
    """What a list is sorted on, as far as the viewer is told it."""
    return _KEYS[sort] if sort in _KEYS else _er(viewer)


def _er(viewer: Viewer) -> Key:
    """When the Ministry's ER of a federation's dossier was transmitted, as `finding_told` tells it."""
    own, read = inside(viewer), scope(viewer, Right.READ)
    sql = f"""LEFT JOIN (SELECT d.organism_id, d.year, max(d.transmitted_at) AS all_sent,
  max(d.transmitted_at) FILTER (WHERE {read.sql}) AS sent FROM dossier d WHERE {ER} GROUP BY 1, 2) e
ON e.organism_id = d.organism_id AND e.year = d.year AND {FEDERATION}
CROSS JOIN LATERAL (SELECT CASE WHEN {own.sql} THEN e.all_sent ELSE e.sent END AS key) k"""  # noqa: S608 - the values are apart
    return Key(sql, "k.key", "timestamptz", (*read.values, *own.values))


def order_of(viewer: Viewer, sort: Sort, *, descending: bool) -> tuple[Condition, str]:
    """What is read (`dossier d` and what its key needs), and in which order; what has no key is last."""
    key = key_of(viewer, sort)
    return Condition(f"dossier d {key.join}", key.values), order_by(key, descending=descending)


def order_by(key: Key, *, descending: bool) -> str:
    """The order of a key; what has none is last."""
    return f"{key.sql} {'DESC' if descending else 'ASC'} NULLS LAST, {TIES}"


# What comes behind a row, in either direction, by its key and itself; what has no key is last in both.
_BEHIND = f"({TIES}) > (SELECT {TIES} FROM dossier d WHERE d.id = %s)"  # noqa: S608 - our own constants
AFTER = f"({{key}} {{than}} %s::{{type}} OR {{key}} IS NULL OR ({{key}} = %s::{{type}} AND {_BEHIND}))"
AFTER_NONE = f"({{key}} IS NULL AND {_BEHIND})"
