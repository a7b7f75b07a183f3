"""The published packs, each read and compiled once per process."""

from __future__ import annotations

from functools import cache

from forms.errors import PackError
from forms.key import PackKey
from forms.pack import Pack, read_pack


def load_pack(key: str | PackKey) -> Pack:
    """The pack; PackError PACK_UNKNOWN, or the fault that makes its files unusable."""
    return _load(PackKey.parse(key) if isinstance(key, str) else key)


@cache
def _load(key: PackKey) -> Pack:
    pack = read_pack(key.folder)
    if pack.key != key:
        raise PackError(f"Le dossier {key} contient le formulaire {pack.key}.", code="PACK_MISPLACED")
    return pack
