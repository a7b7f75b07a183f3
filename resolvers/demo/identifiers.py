"""Identifiers that are the same each time the demonstration is filled."""

from __future__ import annotations

from uuid import UUID, uuid5

WORLD = UUID("6b1c9a52-7d0e-5b7e-9c55-1f9a4f2f8a10")


def stable_id(*words: object) -> UUID:
    """The identifier that these words name: `stable_id("dossier", siren, 2024)`."""
    return uuid5(WORLD, " ".join(str(word) for word in words))
