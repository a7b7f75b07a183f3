"""Enumerations of other rooms, made the schema's with the words that explain each of their values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import strawberry

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import Enum


def describe(enum: type[Enum], description: str, values: Mapping[str, str], name: str | None = None) -> None:
    """Make an enumeration of another room one of the schema's; every value is explained."""
    strawberry.enum(enum, name=name, description=description)
    definition: Any = vars(enum)["__strawberry_definition__"]
    for value in definition.values:
        value.description = values[value.name]
