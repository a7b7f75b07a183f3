"""The lines of one type as Casbin holds them, each with the number it is stored under."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from authz.faults import PolicyFault
from authz.lines import Line

Link = tuple[str, ...]


class Loaded:
    """Never changed once it is built. Two equal lines are two: closing one leaves the other."""

    __slots__ = ("_ids", "values")

    def __init__(self, lines: Iterable[Line]) -> None:
        ordered = sorted(lines, key=number)
        self.values: list[Link] = [line.values for line in ordered]
        self._ids = [number(line) for line in ordered]

    def changed(self, closed: Sequence[Line], added: Sequence[Line]) -> Loaded:
        """These lines with some taken away, found by number, and others put in their places.

        PolicyFault (POLICY_DELTA_UNCLEAR) when one to take away is not there as it is said to be.
        """
        new = Loaded(())
        new.values, new._ids = list(self.values), list(self._ids)
        for line in closed:
            place = bisect_left(new._ids, number(line))
            if (
                not number(line)
                or new._ids[place : place + 1] != [line.id]
                or new.values[place] != line.values
            ):
                raise unclear(f"#{line.id}")
            del new.values[place], new._ids[place]
        for line in added:
            place = bisect_left(new._ids, number(line))
            if number(line) and new._ids[place : place + 1] == [line.id]:
                raise unclear(f"#{line.id}")
            new.values.insert(place, line.values)
            new._ids.insert(place, number(line))
        return new

    def __iter__(self) -> Iterator[tuple[int, Link]]:
        return zip(self._ids, self.values, strict=True)


def number(line: Line) -> int:
    """The number that a line is stored under; 0 for one that is not stored."""
    return line.id or 0


def unclear(*path: str) -> PolicyFault:
    """What changed does not fit what is known here: everything must be read again."""
    return PolicyFault("POLICY_DELTA_UNCLEAR", "Ce changement des droits ne peut pas être suivi.", *path)
