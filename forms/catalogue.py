"""The published packs, each read and compiled once per process."""

from __future__ import annotations

from functools import cache

from forms.errors import PackError
from forms.key import PackKey, add_texts, pack_texts
from forms.pack import Pack, read_pack_texts
from forms.texts import Texts


def load_pack(key: str | PackKey) -> Pack:
    """The pack; PackError PACK_UNKNOWN, or the fault that makes its files unusable."""
    return _load(PackKey.parse(key) if isinstance(key, str) else key)


def publish(key: PackKey, files: Texts) -> Pack:
    """Let this process know a pack published while it runs; the pack.

    PackError at the fault of the files, PACK_MISPLACED if they name another pack, PACK_FROZEN if
    the key already names other files. The same files again change nothing.
    """
    _require_key(read_pack_texts(files), key)
    add_texts(key, files)
    return _load(key)


@cache
def _load(key: PackKey) -> Pack:
    return _require_key(read_pack_texts(pack_texts(key)), key)


def _require_key(pack: Pack, key: PackKey) -> Pack:
    if pack.key != key:
        raise PackError(f"Le dossier {key} contient le formulaire {pack.key}.", code="PACK_MISPLACED")
    return pack
