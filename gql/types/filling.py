"""What helps to fill a dossier: last year's values, what another form says, rows, the history of a cell."""

from __future__ import annotations

from datetime import datetime

import strawberry

from forms import format_value
from gql.fields import shown
from gql.types.scalars import Json
from models import ChangeOrigin, Invalid
from resolvers import cell_history, row_writes, suggestions
from resolvers.common_copy import CommonCopy, CopyDirection, SeenPair
from resolvers.row_writes import RowAction


@strawberry.type(description="Valeur de l’an dernier, proposée pour une cellule.")
class Suggestion:
    """Last year's value beside this year's."""

    row: strawberry.Private[suggestions.Suggestion]
    cell: str = shown("Nom de la cellule.", lambda it: it.row.cell)
    label: str = shown("Libellé de sa ligne, ou de sa colonne.", lambda it: it.row.label)
    previous: str = shown("Valeur de l’an dernier, texte canonique.", lambda it: it.row.previous)
    previous_display: str = shown(
        "Valeur de l’an dernier, telle qu’on l’écrit en français.",
        lambda it: format_value(it.row.previous, it.row.unit),
    )
    current: str | None = shown(
        "Valeur actuelle\u202f; nulle si la cellule est vide.", lambda it: it.row.current
    )
    current_display: str = shown(
        "Valeur actuelle, telle qu’on l’écrit en français.",
        lambda it: format_value(it.row.current or "", it.row.unit),
    )
    variation: str | None = shown(
        "Variation de l’an dernier à la valeur actuelle, en pourcentage\u202f; nulle s’il n’y en a pas.",
        lambda it: it.row.variation,
    )
    variation_display: str = shown(
        "Variation, telle qu’on l’écrit en français.", lambda it: format_value(it.row.variation or "", "pct")
    )
    acceptable: bool = shown(
        "Vrai si la cellule est vide et prend la valeur telle quelle.", lambda it: it.row.acceptable
    )


@strawberry.type(description="Changement d’une cellule.")
class CellChange:
    """One line of a cell's history."""

    row: strawberry.Private[cell_history.CellChangeRow]
    unit: strawberry.Private[str]
    at: datetime = shown("Moment du changement.", lambda it: it.row.at)
    author: str | None = shown("Auteur\u202f; nul si c’est le système.", lambda it: it.row.author)
    before: str | None = shown(
        "Valeur d’avant\u202f; nulle si la cellule était vide.", lambda it: it.row.before
    )
    before_display: str = shown(
        "Valeur d’avant, telle qu’on l’écrit en français.",
        lambda it: format_value(it.row.before or "", it.unit),
    )
    after: str | None = shown(
        "Valeur d’après\u202f; nulle si la cellule a été vidée.", lambda it: it.row.after
    )
    after_display: str = shown(
        "Valeur d’après, telle qu’on l’écrit en français.",
        lambda it: format_value(it.row.after or "", it.unit),
    )
    origin: ChangeOrigin = shown("Comment la valeur est arrivée.", lambda it: it.row.origin)
    reason: str = shown("Raison ou provenance, ou texte vide.", lambda it: it.row.reason)
    batch: strawberry.ID | None = shown(
        "Écriture dont ce changement fait partie, pour `undoBatch`.",
        lambda it: None if it.row.batch is None else str(it.row.batch),
    )


@strawberry.input(description="Changement d’une ligne d’un onglet dynamique.")
class RowChange:
    """A row to add, to delete or to move."""

    action: RowAction = strawberry.field(description="Ce que devient la ligne.")
    key: str | None = strawberry.field(
        default=None, description="Clé de la ligne\u202f; nulle pour en faire donner une à une ligne ajoutée."
    )
    before: str | None = strawberry.field(
        default=None,
        description="Clé de la ligne devant laquelle elle vient\u202f; nulle pour la mettre à la fin.",
    )
    values: Json | None = strawberry.field(
        default=None, description='Valeurs d’une ligne à ajouter, par colonne\u00a0: `{"C01": "12"}`.'
    )
    was: Json | None = strawberry.field(
        default=None,
        description="Valeurs vues dans une ligne à supprimer, par colonne\u202f; d’autres sont un conflit.",
    )

    def change(self) -> row_writes.RowChange:
        """The same, as the resolver takes it. Raises Invalid ROW_VALUES_INVALID."""
        return row_writes.RowChange(
            action=self.action,
            key=self.key,
            before=self.before,
            values=_texts(self.values, "values"),
            was=_texts(self.was, "was"),
        )


def _texts(given: object, name: str) -> dict[str, str | None]:
    if given is None:
        return {}
    if isinstance(given, dict) and all(value is None or isinstance(value, str) for value in given.values()):
        return dict(given)
    raise Invalid(
        "ROW_VALUES_INVALID",
        "Les valeurs d’une ligne s’écrivent par colonne, chacune comme un texte\u00a0:"
        ' `{"C01": "12"}`. Corrigez la demande.',
        path=("changes", name),
    )


@strawberry.input(description="Divergence à copier, avec les valeurs vues de part et d’autre.")
class DivergenceSeen:
    """A divergence and what its copier saw."""

    id: str = strawberry.field(description="`Divergence.id`.")
    here: str | None = strawberry.field(
        default=None, description="Valeur vue dans ce dossier\u202f; une autre entre-temps est un conflit."
    )
    there: str | None = strawberry.field(
        default=None,
        description="Valeur vue dans l’autre dossier\u202f; une autre est un conflit.",
    )

    def seen(self) -> SeenPair:
        """The same, as the resolver takes it."""
        return SeenPair(self.id, self.here, self.there)


@strawberry.input(description="Copie de valeurs du tronc commun entre deux dossiers.")
class CommonCoreCopy:
    """What is copied, and which way."""

    divergences: list[DivergenceSeen] = strawberry.field(description="Divergences à copier, telles que vues.")
    direction: CopyDirection = strawberry.field(description="Sens de la copie.")
    form: str | None = strawberry.field(
        default=None, description="Formulaire de l’autre dossier\u202f; nul pour le premier."
    )

    def copy(self) -> CommonCopy:
        """The same, as the resolver takes it."""
        return CommonCopy(tuple(one.seen() for one in self.divergences), self.direction, self.form)
