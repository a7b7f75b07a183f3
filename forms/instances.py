"""The instances of groups: what was typed in each, and what goes between them and the dossier."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from forms.address import split_key, with_key
from forms.data import Data
from forms.filling import Filling, added, fill
from forms.program import GroupSheet, Program
from forms.units import MICRO
from forms.values import Value

_T = TypeVar("_T")
Instances = dict[str, Filling]


def fill_groups(program: Program, data: Data) -> list[Instances]:
    """For each group of the program, key → sheet, in the order of the keys."""
    if not program.groups:
        return []
    cells, rows = _by_key(data.cells), _by_key(data.rows)
    forced, previous = _by_key(data.forced), _by_key(data.previous)
    return [
        {
            key: fill(
                group.sheet,
                Data(
                    data.kind,
                    cells.get(key, {}),
                    rows.get(key, {}),
                    forced.get(key, {}),
                    previous.get(key, {}),
                ),
            )
            for key in data.groups.get(group.code, ())
        }
        for group in program.groups
    ]


def _by_key(named: Mapping[str, _T]) -> dict[str, dict[str, _T]]:
    """Key of the instance → name in the pack → value; two groups share a key, never a tab."""
    found: dict[str, dict[str, _T]] = {}
    for name, value in named.items():
        if "[" in name:
            plain, key = split_key(name)
            found.setdefault(key, {})[plain] = value
    return found


def bring_in(group: GroupSheet, instances: Instances, outer: list[Value]) -> None:
    """Give the instances what they read of the dossier."""
    for filling in instances.values():
        for outside, inside in group.imports:
            filling.values[inside] = outer[outside]


def bring_out(group: GroupSheet, instances: Instances, outer: list[Value]) -> None:
    """Give the dossier the sums and the counts that it reads of the instances."""
    table = [filling.values for filling in instances.values()]
    for item in group.sums:
        outer[item[0]] = added(table, item)
    for outside, inside in group.counts:
        outer[outside] = sum(count for values in table if isinstance(count := values[inside], int))
    if group.count is not None:
        outer[group.count] = len(table) * MICRO


def named(cells: Mapping[str, _T], key: str) -> dict[str, _T]:
    """The same under the names of the instance; `key` empty: the dossier's own names."""
    return {with_key(name, key) if key else name: value for name, value in cells.items()}
