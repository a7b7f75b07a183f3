"""What mutations take and what they answer."""

from __future__ import annotations

from datetime import datetime

import strawberry

from forms import Step
from gql.fields import shown
from gql.types.scalars import Json
from models import Category, ChangeOrigin, Invalid
from resolvers import cells, listing, rows


@strawberry.input(description="Critères d’une recherche de dossiers\u202f; chacun restreint la liste.")
class DossierCriteria:
    """What a search asks for."""

    search: str | None = strawberry.field(
        default=None, description="Nom, SIREN, code ou département de l’organisme, même en partie."
    )
    form: str | None = strawberry.field(default=None, description="Type de formulaire, par exemple `ER`.")
    year: int | None = strawberry.field(default=None, description="Année des comptes.")
    steps: list[Step] | None = strawberry.field(default=None, description="Étapes retenues.")
    category: Category | None = strawberry.field(default=None, description="Famille d’organismes.")
    department: str | None = strawberry.field(default=None, description="Code du département du siège.")

    def criteria(self) -> listing.Criteria:
        """The same, as the resolver takes it."""
        return listing.Criteria(
            search=self.search,
            form=self.form,
            year=self.year,
            steps=tuple(self.steps or ()),
            category=self.category,
            department=self.department,
        )


@strawberry.input(description="Écriture d’une cellule.")
class CellWrite:
    """A value for a cell, by someone who saw another there."""

    cell: str = strawberry.field(
        description="Nom de la cellule\u202f: `A1.L011.B`, ou `F01[CLÉ].C07` dans un onglet dynamique."
    )
    value: str | None = strawberry.field(
        default=None, description="Nouvelle valeur\u202f; nul ou vide pour l’effacer ou cesser de forcer."
    )
    was: str | None = strawberry.field(
        default=None,
        description="Valeur vue avant d’écrire\u202f; une autre valeur entre-temps est un conflit.",
    )
    reason: str | None = strawberry.field(
        default=None, description="Raison, pour forcer une cellule calculée."
    )
    origin: ChangeOrigin = strawberry.field(
        default=ChangeOrigin.TYPED, description="Tapée ou collée\u202f: `TYPED` ou `PASTED`."
    )

    def write(self) -> cells.CellWrite:
        """The same, as the resolver takes it. Raises Invalid ORIGIN_NOT_ENTRY."""
        if self.origin not in {ChangeOrigin.TYPED, ChangeOrigin.PASTED}:
            raise Invalid(
                "ORIGIN_NOT_ENTRY",
                "Une valeur écrite ici est tapée ou collée\u202f: choisissez `TYPED` ou `PASTED`.",
                path=("writes", "origin"),
            )
        return cells.CellWrite(self.cell, self.value, self.was, self.reason, self.origin)


@strawberry.type(description="Cellule modifiée par un autre depuis qu’elle a été vue.")
class CellConflict:
    """Both values of a cell written twice."""

    row: strawberry.Private[rows.CellConflict]
    cell: str = shown("Nom de la cellule.", lambda it: it.row.cell)
    yours: str | None = shown("Valeur que l’appelant voulait écrire.", lambda it: it.row.yours)
    theirs: str | None = shown("Valeur qui s’y trouve.", lambda it: it.row.theirs)
    author: str | None = shown("Qui l’a écrite.", lambda it: it.row.author)
    at: datetime | None = shown("Quand elle a été écrite.", lambda it: it.row.at)


@strawberry.type(description="Valeur qui ne peut pas être écrite dans une cellule.")
class CellRefusal:
    """A cell and what is wrong with its value."""

    row: strawberry.Private[rows.CellRefusal]
    cell: str = shown("Nom de la cellule.", lambda it: it.row.cell)
    code: str = shown("Code stable du refus.", lambda it: it.row.code)
    message: str = shown("Ce qui ne va pas et quoi faire.", lambda it: it.row.message)


@strawberry.type(description="Résultat d’une écriture. S’il y a un conflit ou un refus, rien n’a été écrit.")
class WriteResult:
    """The outcome of a batch of writes."""

    row: strawberry.Private[rows.WriteResult]
    written: int = shown("Nombre de cellules écrites.", lambda it: it.row.written)
    version: int = shown("Version du dossier après l’écriture.", lambda it: it.row.version)
    conflicts: list[CellConflict] = shown(
        "Cellules modifiées par d’autres.",
        lambda it: [CellConflict(row=row) for row in it.row.conflicts],
        size=100,
    )
    refused: list[CellRefusal] = shown(
        "Valeurs refusées.", lambda it: [CellRefusal(row=row) for row in it.row.refused], size=100
    )
    changed: Json = shown(
        'Toutes les cellules dont la valeur a changé, calculées comprises\u202f: `{"A1.L019.B": "12"}`.',
        lambda it: it.row.changed,
    )
    batch: strawberry.ID | None = shown(
        "Identifiant de cette écriture, à donner à `undoBatch` pour l’annuler\u202f;"
        " nul si rien n’a été écrit.",
        lambda it: None if it.row.batch is None else str(it.row.batch),
    )
    keys: list[str] = shown("Clés des lignes ajoutées, dans l’ordre.", lambda it: list(it.row.keys), size=100)
    left: list[str] = shown(
        "Cellules ou lignes demandées mais laissées telles quelles\u202f: déjà remplies, ou changées depuis.",
        lambda it: list(it.row.left),
        size=100,
    )
