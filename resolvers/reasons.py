"""Why something is done, as its author says it: asked where the other side must understand."""

from __future__ import annotations

from models import Invalid

# As long as the history's column; what is said to the other side may take a page.
SHORT, LONG = 500, 2000


def checked_reason(
    text: str | None, *, required: bool, most: int = SHORT, path: tuple[str, ...] = ("reason",)
) -> str:
    """The reason without outer spaces. Raises Invalid REASON_MISSING, REASON_TOO_LONG."""
    kept = (text or "").strip()
    if required and not kept:
        raise Invalid(
            "REASON_MISSING",
            "Dites pourquoi : le motif est obligatoire, et l’historique du dossier le garde.",
            path=path,
        )
    if len(kept) > most:
        raise Invalid(
            "REASON_TOO_LONG", f"Le motif compte {most} caractères au plus : abrégez-le.", path=path
        )
    return kept
