"""What a document may be called: as it comes, and as it is renamed by its type (manual §10.2.1)."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from models import Invalid

if TYPE_CHECKING:
    from collections.abc import Collection

LONGEST_NAME: Final = 150
# What some systems cannot write as a file's name, whatever its extension.
RESERVED: Final = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{d}{n}" for d in ("com", "lpt") for n in range(10)}
)
_NOT_IN_NAMES: Final = frozenset('<>:"|?*/\\')
_APART: Final = re.compile(r"[^a-z0-9]+")
_NO_LIGATURES: Final = str.maketrans({"œ": "oe", "æ": "ae"})


def checked_name(sent: str) -> str:
    """The last part of what was sent as a name, composed (NFC). Raises Invalid ATTACHMENT_NAME.

    Browsers of old send whole paths, of which the folders are nobody's business.
    """
    name = unicodedata.normalize("NFC", sent.replace("\\", "/").rpartition("/")[2]).strip()
    if not name or name.startswith(".") or name.endswith("."):
        raise _refused("commence ou finit par un point, ou est vide")
    if len(name) > LONGEST_NAME:
        raise _refused(f"dépasse {LONGEST_NAME} caractères")
    # Besides control characters: those that turn what follows around, or show nothing.
    if not name.isprintable() or not _NOT_IN_NAMES.isdisjoint(name):
        raise _refused("contient un caractère qu’un nom de fichier ne peut pas porter")
    if name.partition(".")[0].rstrip().lower() in RESERVED:
        raise _refused("est réservé par certains systèmes")
    return name


def extension(name: str) -> str:
    """`pdf` of `Rapport.PDF`; empty where there is none."""
    stem, dot, last = name.rpartition(".")
    return last.lower() if dot and stem else ""


def renamed(piece: str, ending: str, taken: Collection[str]) -> str:
    """`rapport-de-gestion-2.pdf`: the type and the first number that none of the `taken` names has."""
    slug = slug_of(piece)
    stems = {name.rpartition(".")[0] for name in taken}
    number = next(number for number in range(1, len(stems) + 2) if f"{slug}-{number}" not in stems)
    return f"{slug}-{number}.{ending}"


def slug_of(piece: str) -> str:
    """`proces-verbal-de-l-assemblee-generale`: a type as every system writes it."""
    plain = unicodedata.normalize("NFKD", piece.lower().translate(_NO_LIGATURES))
    # Accents fall away; an apostrophe, like a space, parts two words.
    return _APART.sub("-", "".join(sign for sign in plain if not unicodedata.combining(sign))).strip("-")


def unique(name: str, taken: Collection[str]) -> str:
    """The name, or with a number before its extension where another has it: `note (2).pdf`."""
    folded = {each.casefold() for each in taken}
    stem, ending = name[: -len(extension(name)) - 1], extension(name)
    tried, number = name, 1
    while tried.casefold() in folded:
        number += 1
        tried = f"{stem} ({number}).{ending}"
    return tried


def _refused(why: str) -> Invalid:
    return Invalid(
        "ATTACHMENT_NAME",
        f"Le nom du fichier {why} : renommez-le sur votre poste, puis ajoutez-le de nouveau.",
        path=("fileName",),
    )
