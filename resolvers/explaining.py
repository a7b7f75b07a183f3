"""Why a check fails, in one sentence that names the cells with their values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms import format_value

if TYPE_CHECKING:
    from forms import Anomaly, Pack
    from resolvers.rows import AnomalyRow, ClosedPast, DossierRow

# A number or a year is named by its label; these are not.
SYMBOLS = {"eur": "€", "keur": "k€", "pct": "%", "etp": "ETP", "m2": "m²"}


def explanation(row: AnomalyRow, closed: ClosedPast) -> str:
    """As « A1.L019.B vaut 12,00 €, A2.L199.B est vide ; écart de 12,00 €. ».

    Last year's values are named only to whoever may read last year's dossier.
    """
    anomaly = row.anomaly
    pack = None if row.dossier is None else row.dossier.definition
    told = [_value(pack, anomaly, cell, text) for cell, text in anomaly.cells]
    for cell, text in anomaly.previous:
        if closed.closes(cell):
            told.append(f"la valeur de {cell} de l’an dernier ne vous est pas ouverte")
        else:
            told.append(f"l’an dernier, {_value(pack, anomaly, cell, text)}")
    if row.closed:
        told.append(_closed(row.dossier))
    words = ", ".join(told) or anomaly.label.rstrip(".")
    gap = f"\u202f; écart de {_shown(anomaly.gap, anomaly.unit)}" if anomaly.gap is not None else ""
    sentence = f"{words}{gap}."
    return sentence[0].upper() + sentence[1:]


def _closed(dossier: DossierRow | None) -> str:
    limited = dossier is not None and dossier.open_tabs is not None
    if limited:
        return "les autres valeurs lues sont dans des onglets qui ne vous sont pas ouverts"
    return "les autres valeurs lues sont des données personnelles"


def _value(pack: Pack | None, anomaly: Anomaly, cell: str, text: str | None) -> str:
    known = None if pack is None else pack.cell(cell)
    unit = anomaly.unit if known is None else known.unit
    return f"{cell} est vide" if text is None else f"{cell} vaut {_shown(text, unit)}"


def _shown(text: str, unit: str) -> str:
    symbol = SYMBOLS.get(unit)
    return format_value(text, unit) + (f"\u00a0{symbol}" if symbol else "")
