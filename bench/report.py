"""What a measure is, and how it is written: one JSON object per line."""

import math
import re
from dataclasses import asdict, dataclass

import orjson


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure, beside the figure of a peer measured in the same run where there is one.

    `value` and `peer_value` are in `unit` ("s", "ms", "rows/s"…). `peer` says in words what the
    other figure is. `goal` is the bound in words, as in "<= 5" on the value or "<= 3 x" on the
    ratio; empty where the figure is only reported.
    """

    name: str
    value: float
    unit: str
    peer: str = ""
    peer_value: float | None = None
    goal: str = ""

    @property
    def ratio(self) -> float | None:
        """The value divided by the peer's; nothing without a peer, or beside a peer of zero."""
        return self.value / self.peer_value if self.peer_value else None

    @property
    def holds(self) -> bool | None:
        """Whether the goal is met; nothing where there is none. Raises ValueError on a goal unread."""
        if not self.goal:
            return None
        read = re.fullmatch(r"(<=|>=) ([\d.]+)( x)?", self.goal)
        measured = self.ratio if read and read[3] else self.value
        if not read or measured is None:
            raise ValueError(f"{self.name}: goal {self.goal!r} is none of '<= 5', '>= 5', '<= 5 x', '>= 5 x'")
        bound = float(read[2])
        return measured <= bound if read[1] == "<=" else measured >= bound

    def line(self) -> str:
        """The JSON line: figures with four significant digits, which is more than they are worth."""
        report = {**asdict(self), "ratio": self.ratio, "holds": self.holds}
        figures = {
            key: rounded(value) if isinstance(value, float) else value for key, value in report.items()
        }
        return orjson.dumps(figures).decode()


def rounded(value: float, digits: int = 4) -> float:
    """The value with so many significant digits."""
    if not value or not math.isfinite(value):
        return value
    return round(value, digits - 1 - math.floor(math.log10(abs(value))))
