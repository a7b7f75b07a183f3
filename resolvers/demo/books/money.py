"""Sharing out whole amounts: the parts always add up to the whole, to the cent."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def cents(euros: float) -> int:
    """Euros → cents."""
    return round(euros * 100)


def spread(amount: int, weights: Sequence[float]) -> list[int]:
    """Parts of `amount` in proportion to the weights, each within one of its exact share."""
    whole = sum(weights)
    if not whole:
        return [amount, *[0] * (len(weights) - 1)]
    parts: list[int] = []
    reached, given = 0.0, 0
    for weight in weights:
        reached += weight
        upto = round(amount * (reached / whole))
        parts.append(upto - given)
        given = upto
    return parts


def spread_within(amount: int, limits: Sequence[int]) -> list[int]:
    """Parts of `amount` in proportion to the limits, none above its own (0 ≤ amount ≤ their sum)."""
    parts: list[int] = []
    left, room = amount, sum(limits)
    for limit in limits:
        part = left * limit // room if room else 0
        parts.append(part)
        left, room = left - part, room - limit
    return parts
