"""The canonical JSON of a pack: what its seal is taken of, and what other readers are given."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from enum import Enum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from forms.pack import Pack

_SHOWN = (
    "title", "form_label", "settings", "params", "parts", "tabs", "cells", "groups", "checks", "lists",
    "selections", "attachments", "cycle", "help", "functions", "years", "disabled_checks",
)  # fmt: skip

# Where something is written is not what it says.
_HIDDEN = frozenset({"offset", "sources"})


def canonical(pack: Pack) -> dict[str, Any]:
    """The pack as JSON values: its key, all that its readers see, and its trees.

    `formulas`: cell → tree; `row_formulas`: tab → column → tree; `check_trees`: check → its sides;
    `condition_trees`: tab or line → tree; `check_groups`: check → the group whose instances keep it.
    """
    shown: dict[str, Any] = {name: plain(getattr(pack, name)) for name in _SHOWN}
    binding = pack.binding
    if pack.circuits:
        # Said only by those that have some: the seals of all others were taken without.
        shown["circuits"] = plain(pack.circuits)
    trees = {
        "formulas": {owner: plain(formula.tree) for owner, formula in binding.formulas.items()},
        "row_formulas": {
            tab: {column: plain(formula.tree) for column, formula in formulas.items()}
            for tab, formulas in binding.rows.items()
        },
        "condition_trees": {name: plain(formula.tree) for name, formula in binding.conditions.items()},
        "check_trees": {check.spec.id: [plain(check.left), plain(check.right)] for check in binding.checks},
        "check_groups": {check.spec.id: check.group for check in binding.checks},
    }
    return {"format": 2, "key": str(pack.key)} | shown | trees


def _unsaid(field: dataclasses.Field[Any], value: object) -> bool:
    return "sparse" in field.metadata and getattr(value, field.name) == field.default


def plain(value: object) -> Any:  # noqa: ANN401 - JSON values have no narrower type
    """The value as JSON; a dataclass becomes an object with its type's name under `is`."""
    if isinstance(value, Enum):
        return value.value
    if dataclasses.is_dataclass(value):
        shown = {
            field.name: plain(getattr(value, field.name))
            for field in dataclasses.fields(value)
            if field.name not in _HIDDEN and not _unsaid(field, value)
        }
        return {"is": type(value).__name__} | shown
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    return value
