"""The words that invented names are made of, read once from `data/`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

DATA = Path(__file__).parent / "data"
VOWELS = frozenset("AEIOUYHÀÂÉÈÊËÎÏÔÖÙÛÜŒ")


@dataclass(frozen=True, slots=True)
class Town:
    """A town and its post code."""

    name: str
    postcode: str

    @property
    def of(self) -> str:
        """« de Lyon », « d’Arles », « du Havre », « des Abymes »."""
        for article, short in {"Le ": "du ", "Les ": "des "}.items():
            if self.name.startswith(article):
                return short + self.name.removeprefix(article)
        return f"d’{self.name}" if self.name[0] in VOWELS else f"de {self.name}"


@dataclass(frozen=True, slots=True)
class Department:
    """A department: its number, its name after « de », its towns."""

    code: str
    of: str
    towns: tuple[Town, ...]


@cache
def departments() -> tuple[Department, ...]:
    """The hundred and one departments, in the order of their numbers."""
    lines = (DATA / "departments.txt").read_text("utf-8").splitlines()
    return tuple(_department(line) for line in lines if not line.startswith("#"))


def _department(line: str) -> Department:
    code, of, towns = (part.strip() for part in line.split("|"))
    return Department(code, of, tuple(_town(town.strip()) for town in towns.split(",")))


def _town(text: str) -> Town:
    name, _, postcode = text.rpartition(" ")
    return Town(name, postcode)


@cache
def words(name: str) -> tuple[str, ...]:
    """One of the lists of `data/words.txt`."""
    found: list[str] = []
    current = ""
    for line in (DATA / "words.txt").read_text("utf-8").splitlines():
        if line.startswith("@liste "):
            current = line.removeprefix("@liste ").strip()
        elif current == name:
            found += [word.strip() for word in line.split(",")]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person."""

    title: str
    first_name: str
    last_name: str

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}"


def person(dice: Random) -> Person:
    """Someone, a woman as often as a man."""
    woman = dice.random() < 0.5  # noqa: PLR2004 - as often
    first = dice.choice(words("women" if woman else "men"))
    return Person("Madame" if woman else "Monsieur", first, dice.choice(words("families")))
