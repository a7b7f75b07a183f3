"""What is asked and what is answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from authz.rights import Layer


class Target(NamedTuple):
    """The dossier asked about: platform code, form type, year of accounts, organism's key, step 0–6.

    A tuple, because `decide` looks its answers up by it.
    """

    platform: str
    form: str
    year: int
    organism: str
    step: int


@dataclass(frozen=True, slots=True)
class Allowed:
    """Yes; `ref` is the article that gives it."""

    ref: str
    allowed: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Refused:
    """No: the layer that refused, the article if a rule forbids it, a sentence on who can change it."""

    layer: Layer
    ref: str | None
    message: str
    allowed: ClassVar[bool] = False


Decision = Allowed | Refused
