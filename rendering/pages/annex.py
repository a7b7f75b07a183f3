"""What follows the tabs of a whole dossier: what the checks found, and the steps it went through."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final

from forms import Severity
from rendering.pages.words import NB, SEVERITIES, UNITS, day_and_hour, shown, unbroken

if TYPE_CHECKING:
    from forms import Pack
    from resolvers.rows import AnomalyRow, CrossingRow, DossierContent, VerificationRow

DECIMALS: Final = 2
_ORDER: Final = (Severity.BLOCKING, Severity.MAJOR, Severity.MINOR)


@dataclass(frozen=True, slots=True)
class Finding:
    """A failing check as it is printed."""

    severity: str
    css: str
    check: str
    label: str
    gap: str
    justification: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A step crossed, as it is printed."""

    at: str
    move: str
    source: str
    target: str
    author: str
    reason: str


@dataclass(frozen=True, slots=True)
class Annex:
    """`verified` says when the checks ran, or that they did not."""

    verified: str
    findings: tuple[Finding, ...]
    passages: tuple[Passage, ...]


def annex_of(content: DossierContent) -> Annex:
    """The annex of a dossier, the gravest findings first."""
    verification = content.verification
    findings = sorted(
        verification.anomalies if verification else (),
        key=lambda row: _ORDER.index(row.anomaly.severity),
    )
    return Annex(
        verified=_verified(verification),
        findings=tuple(_finding(row) for row in findings),
        passages=tuple(_passage(content.pack, row) for row in content.crossings),
    )


def _verified(verification: VerificationRow | None) -> str:
    if verification is None:
        return "Ce dossier n’a pas encore été vérifié."
    stale = " Il a été modifié depuis\u00a0: ce résultat n’est plus à jour." if verification.stale else ""
    counts = [
        f"{count}{NB}{SEVERITIES[severity].lower()}{'s' if count > 1 else ''}"
        for severity in _ORDER
        if (count := sum(row.anomaly.severity is severity for row in verification.anomalies))
    ]
    found = f"anomalies\u00a0: {', '.join(counts)}" if counts else "aucune anomalie"
    return f"Vérification du {day_and_hour(verification.at)}\u202f; {found}.{stale}"


def _finding(row: AnomalyRow) -> Finding:
    anomaly = row.anomaly
    sign = UNITS.get(anomaly.unit, "") if anomaly.unit in {"eur", "keur", "pct", "m2", "etp"} else ""
    gap = f"{shown(rounded(anomaly.gap), anomaly.unit)}{NB}{sign}".strip() if anomaly.gap else ""
    return Finding(
        severity=SEVERITIES[anomaly.severity],
        css=str(anomaly.severity.value),
        check=anomaly.check,
        label=unbroken(anomaly.label),
        gap=gap,
        justification=row.justification or "",
    )


def rounded(gap: str) -> str:
    """A gap with two decimals at most, or with the first two that are something where it is less than that.

    Nobody reads six; all of them are on the screen and in the files.
    """
    value = Decimal(gap)
    places = max(DECIMALS, 1 - value.adjusted())
    if len(gap.partition(".")[2]) <= places:
        return gap
    return format(value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), "f")


def _passage(pack: Pack, row: CrossingRow) -> Passage:
    labels = {move.name: move.label for move in pack.cycle.moves}
    return Passage(
        at=day_and_hour(row.at),
        move=labels.get(row.move, row.move),
        source=f"{int(row.source)}{NB}– {pack.cycle.label(row.source)}",
        target=f"{int(row.target)}{NB}– {pack.cycle.label(row.target)}",
        author=row.author or "",
        reason=row.reason,
    )
