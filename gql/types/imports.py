"""What a loaded file is answered with: counts, lines that need a word, every value before and after."""

from __future__ import annotations

from typing import Annotated

import strawberry

from authz import Right
from gql.fields import Inherits, page_of, resolved, shown
from models import Invalid
from resolvers import load_report
from resolvers.load_report import LONGEST_SHOWN, ImportOutcome

MOST_PREVIEWED = 2000


@strawberry.type(description="Ligne du compte rendu d’un chargement.")
class ImportLine:
    """One line that needs a word."""

    row: strawberry.Private[load_report.ImportLine]
    line: int | None = shown("Ligne du fichier.", lambda it: it.row.line)
    cell: str = shown("Nom de la cellule.", lambda it: it.row.cell)
    outcome: ImportOutcome = shown("Ce qu’il en est advenu.", lambda it: it.row.outcome)
    code: str = shown("Code stable.", lambda it: it.row.code)
    message: str = shown("Explication.", lambda it: it.row.message)


@strawberry.type(description="Valeur d’un fichier, à côté de celle du dossier.")
class ImportPreview:
    """One value read, and what becomes of it."""

    row: strawberry.Private[load_report.ImportPreview]
    line: int | None = shown(
        "Ligne du fichier, ou de la feuille\u202f; nul pour ce que le fichier n’a pas.",
        lambda it: it.row.line,
    )
    cell: str = shown("Nom de la cellule.", lambda it: it.row.cell)
    before: str | None = shown("Valeur du dossier avant le chargement.", lambda it: it.row.before)
    after: str | None = shown("Valeur du fichier.", lambda it: it.row.after and it.row.after[:LONGEST_SHOWN])
    before_display: str = shown(
        "La valeur du dossier, comme on l’écrit en français.",
        lambda it: it.row.shown(it.row.before),
    )
    after_display: str = shown(
        "La valeur du fichier, comme on l’écrit en français.",
        lambda it: it.row.shown(it.row.after),
    )
    outcome: ImportOutcome = shown("Ce qu’il en advient.", lambda it: it.row.outcome)
    code: str = shown("Code stable\u202f; vide où il n’y a rien à dire.", lambda it: it.row.code)
    reason: str = shown(
        "Pourquoi\u202f; vide où la valeur est simplement modifiée.", lambda it: it.row.reason
    )


@strawberry.type(description="Compte rendu d’un chargement. S’il y a un refus, rien n’a été écrit.")
class ImportReport:
    """The counts of a load and its lines."""

    row: strawberry.Private[load_report.ImportReport]
    dry_run: bool = shown("Vrai si le chargement n’était qu’un essai.", lambda it: it.row.dry_run)
    applied: bool = shown("Vrai si les valeurs ont été écrites.", lambda it: it.row.applied)
    read: int = shown("Nombre de valeurs lues.", lambda it: it.row.read)
    changed: int = shown("Nombre de valeurs modifiées.", lambda it: it.row.changed)
    unchanged: int = shown("Nombre de valeurs déjà égales.", lambda it: it.row.unchanged)
    ignored: int = shown("Nombre de valeurs calculées, non chargées.", lambda it: it.row.ignored)
    refused: int = shown("Nombre de valeurs refusées.", lambda it: it.row.refused)
    removed: int = shown(
        "Nombre de rangs que le fichier laisse de côté dans les onglets dynamiques qu’il remplace\u00a0: "
        "ils sont retirés.",
        lambda it: it.row.removed,
    )
    version: int = shown("Version du dossier après le chargement.", lambda it: it.row.version)
    lines: list[ImportLine] = shown(
        "Lignes qui demandent une explication.",
        lambda it: [ImportLine(row=row) for row in it.row.lines],
        size=200,
    )

    @resolved(
        "Valeurs du fichier une à une, dans son ordre, à côté de celles du dossier.",
        Inherits(Right.WRITE),
        size=500,
    )
    def preview(
        self,
        outcomes: Annotated[
            list[ImportOutcome] | None,
            strawberry.argument(description="Ce qu’il doit en advenir\u202f; nul pour toutes."),
        ] = None,
        first: Annotated[int, page_of(MOST_PREVIEWED, "Nombre de valeurs, de 1 à 2\u202f000.")] = 500,
    ) -> list[ImportPreview]:
        """Every value before and after. Raises Invalid FIRST_OUT_OF_BOUNDS."""
        if not 1 <= first <= MOST_PREVIEWED:
            raise Invalid(
                "FIRST_OUT_OF_BOUNDS", "Demandez de 1 à 2\u202f000 valeurs à la fois.", path=("first",)
            )
        found = [row for row in self.row.preview if outcomes is None or row.outcome in outcomes]
        return [ImportPreview(row=row) for row in found[:first]]
