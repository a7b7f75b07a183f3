"""The packs that a process knows, as they are before a test publishes another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms import key as catalogue

if TYPE_CHECKING:
    import pytest


def forget_published(patch: pytest.MonkeyPatch) -> None:
    """What is published from now on is forgotten when the patch ends."""
    for name in ("texts", "keys"):
        patch.setattr(catalogue._Added, name, getattr(catalogue._Added, name))  # noqa: SLF001 - kept and put back
