"""T03 of the first year: results and self-financing of the four years before, typed from old accounts."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from resolvers.demo.books.draft import Body

YEARS = ("A1", "A2", "A3", "A4")
# How fast each line grew in a year, lowest and highest; the result moves most.
LINES = {
    "L011": (0.012, 0.03),
    "L012": (-0.4, 0.5),
    "L014": (0.015, 0.035),
    "L015": (-0.3, 0.2),
    "L021": (-0.05, 0.03),
    "L022": (0.005, 0.02),
    "L031": (-0.01, 0.015),
    "L032": (0.01, 0.03),
    "L033": (0.002, 0.012),
}
WHOLE = frozenset({"L033"})
CENT = Decimal("0.01")


def history(body: Body, cells: Mapping[str, str | None]) -> dict[str, str]:
    """Forced cells of T03, N-1 to N-4, from the year's own figures going back."""
    values = {line: Decimal(cells[f"T03.{line}.N"] or 0) for line in LINES}
    found: dict[str, str] = {}
    for year in YEARS:
        for line, (low, high) in LINES.items():
            growth = Decimal(str(round(1 + body.trait(f"{year} {line}", low, high), 4)))
            values[line] = (values[line] / growth).quantize(Decimal(1) if line in WHOLE else CENT)
        shown = values | _derived(values)
        found |= {f"T03.{line}.{year}": _text(value) for line, value in shown.items()}
    return found


def _derived(values: Mapping[str, Decimal]) -> dict[str, Decimal]:
    income, saved = values["L011"] + values["L012"], values["L021"] - values["L022"]
    ratio = (saved / income * 100).quantize(CENT) if income else Decimal(0)
    return {"L013": income, "L023": Decimal(0), "L024": saved, "L025": ratio, "L034": Decimal(0)}


def _text(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
