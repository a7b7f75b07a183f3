"""What names a pack: form type, year of the accounts, revision."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock
from types import MappingProxyType

from forms.errors import PackError
from forms.french import quoted
from forms.texts import Texts, folder_texts

_PACKS = Path(__file__).parent / "packs"
_KEY = re.compile(r"([A-Z][A-Z0-9]{0,15})/([0-9]{4})(?:/([0-9]{1,4}))?")
_IN_FULL = re.compile(r"[A-Z][A-Z0-9]{0,15}/[1-9][0-9]{3}/[1-9][0-9]{0,3}")


@dataclass(frozen=True, slots=True, order=True)
class PackKey:
    """`ER/2024/1`."""

    form: str
    year: int
    revision: int

    def __str__(self) -> str:
        return f"{self.form}/{self.year}/{self.revision}"

    @classmethod
    def in_full(cls, text: str) -> PackKey | None:
        """The key that `ER/2024/1` writes, published or not; None for any other spelling."""
        if not _IN_FULL.fullmatch(text):
            return None
        form, year, revision = text.split("/")
        return cls(form, int(year), int(revision))

    @classmethod
    def parse(cls, text: str) -> PackKey:
        """The key of a published pack: `ER/2024/1`, or `ER/2024` for its latest revision.

        PackError PACK_KEY_INVALID or PACK_UNKNOWN.
        """
        match = _KEY.fullmatch(text)
        if match is None:
            message = (
                f"{quoted(text)} ne désigne pas un formulaire : écrivez TYPE/ANNÉE ou TYPE/ANNÉE/RÉVISION."
            )
            raise PackError(message, code="PACK_KEY_INVALID")
        form, year, revision = match.groups()
        known = [key for key in list_packs() if (key.form, key.year) == (form, int(year))]
        if revision:
            known = [key for key in known if key.revision == int(revision)]
        if not known:
            raise _unknown(text)
        return known[-1]

    @property
    def folder(self) -> Path:
        """Where the files of a pack that comes with the product stand; else PackError PACK_UNKNOWN."""
        if self not in packaged():
            raise _unknown(str(self))
        return _PACKS / self.form / str(self.year) / str(self.revision)


def _unknown(text: str) -> PackError:
    known = ", ".join(str(key) for key in list_packs())
    message = f"Le formulaire {quoted(text)} n’est pas publié : choisissez parmi {known}."
    return PackError(message, code="PACK_UNKNOWN")


def list_packs() -> tuple[PackKey, ...]:
    """The keys of the published packs, sorted by form, year and revision."""
    return _Added.keys or packaged()


def pack_texts(key: PackKey) -> Texts:
    """The files of a published pack, name → text, its stored tests included; PackError PACK_UNKNOWN."""
    added = _Added.texts.get(key)
    return folder_texts(key.folder) if added is None else added


def add_texts(key: PackKey, files: Texts) -> None:
    """Let the key name these files from now on; PackError PACK_FROZEN if it names others already."""
    with _Added.lock:
        if key in list_packs():
            if dict(pack_texts(key)) == dict(files):
                return
            message = f"Le formulaire {key} est publié, donc figé : publiez une autre révision."
            raise PackError(message, code="PACK_FROZEN")
        # Replaced whole: whoever reads meanwhile sees one state or the other.
        _Added.texts = {**_Added.texts, key: MappingProxyType(dict(files))}
        _Added.keys = tuple(sorted({*packaged(), *_Added.texts}))


class _Added:
    """The packs published while this process runs."""

    lock = Lock()
    texts: Mapping[PackKey, Texts] = MappingProxyType({})
    keys: tuple[PackKey, ...] = ()


@cache
def packaged() -> tuple[PackKey, ...]:
    """The keys of the packs that come with the product, sorted."""
    folders = (file.parent.relative_to(_PACKS).parts for file in _PACKS.glob("*/*/*/pack.txt"))
    return tuple(sorted(PackKey(form, int(year), int(revision)) for form, year, revision in folders))
