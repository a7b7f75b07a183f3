"""What mutations take and what they answer."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

import strawberry

from forms import Step
from gql.fields import shown
from gql.types.scalars import Json
from models import Category, ChangeOrigin, Invalid
from resolvers import cells, rows
from resolvers.criteria import Criteria, require_criteria

_NOBODY = UUID(int=0)


def _asked(description: str) -> Any:  # noqa: ANN401 - as Strawberry's own
    return strawberry.field(default=None, description=description)


@strawberry.input(
    description="Critères d’une recherche de dossiers\u202f; chacun restreint la liste. Donnés, il en faut au"
    " moins un. Les jours sont ceux de Paris, bornes comprises\u202f; pour un seul jour, donnez-le aux deux."
)
class DossierCriteria:
    """What a search asks for."""

    search: str | None = _asked(
        "Mots du nom, du SIREN, du code ou du département de l’organisme, dans tout ordre, même en partie."
    )
    form: str | None = _asked("Type de formulaire, par exemple `ER`.")
    year: int | None = _asked("Année des comptes.")
    steps: list[Step] | None = _asked("Étapes retenues.")
    category: Category | None = _asked("Famille d’organismes.")
    department: str | None = _asked("Code du département du siège.")
    within: str | None = _asked("Autres mots, pour filtrer les résultats.")
    name: str | None = _asked("Mots du nom de l’organisme, même en partie.")
    siren: str | None = _asked("Début du SIREN.")
    code: str | None = _asked("Début du code de l’organisme.")
    categories: list[Category] | None = _asked("Familles d’organismes retenues.")
    federated: bool | None = _asked("Organismes fédérés, ou non.")
    user: str | None = _asked(
        "Mots du prénom ou du nom d’un utilisateur de l’organisme, là où l’appelant lit les données"
        " personnelles."
    )
    forms: list[str] | None = _asked("Types de formulaires retenus.")
    years: list[int] | None = _asked("Années retenues.")
    passed_step: Step | None = _asked("Étape dont on cherche le passage\u202f; nulle pour l’étape actuelle.")
    passed_since: date | None = _asked("Passage à cette étape, à partir de ce jour.")
    passed_until: date | None = _asked("Passage à cette étape, jusqu’à ce jour.")
    handed_since: date | None = _asked("Remis à l’organisme pour correction, ce jour ou un jour suivant.")
    handed_until: date | None = _asked("Remis à l’organisme pour correction, ce jour ou un jour précédent.")
    officer: strawberry.ID | None = _asked("Chargé de mission, par l’identifiant que donne `followers`.")
    account_manager: strawberry.ID | None = _asked(
        "Responsable d’affaire, par l’identifiant que donne `followers`."
    )
    er_transmitted: bool | None = _asked(
        "Sur la plateforme d’une fédération\u00a0: ER associé transmis au Ministère, ou non."
    )
    anomalies: bool | None = _asked("Anomalies restantes à la dernière vérification, ou aucune.")
    unread: bool | None = _asked("Échanges non lus par l’appelant, ou aucun.")
    late: bool | None = _asked("Dernier jour passé, ou non.")
    labels: list[strawberry.ID] | None = _asked("Étiquettes de son organisation\u00a0: l’une d’elles.")
    work_list: strawberry.ID | None = _asked("Liste de travail.")

    def criteria(self) -> Criteria:
        """The same, as the resolver takes it. Raises Invalid CRITERIA_EMPTY."""
        found = Criteria(
            **{name: getattr(self, name) for name in _PLAIN},
            steps=tuple(self.steps or ()),
            categories=tuple(self.categories or ()),
            forms=tuple(self.forms or ()),
            years=tuple(self.years or ()),
            officer=_id(self.officer),
            account_manager=_id(self.account_manager),
            labels=tuple(_known(one) for one in self.labels or ()),
            work_list=_id(self.work_list),
        )
        require_criteria(found)
        return found


_PLAIN = (
    *("search", "within", "name", "siren", "code", "department", "category", "user", "form", "year"),
    *("federated", "passed_step", "passed_since", "passed_until", "handed_since", "handed_until"),
    *("er_transmitted", "anomalies", "unread", "late"),
)


def _id(text: str | None) -> UUID | None:
    return None if text is None else _known(text)


def _known(text: str) -> UUID:
    """What cannot exist finds no more than what does not."""
    try:
        return UUID(text)
    except ValueError:
        return _NOBODY


@strawberry.input(description="Écriture d’une cellule.")
class CellWrite:
    """A value for a cell, by someone who saw another there."""

    cell: str = strawberry.field(
        description="Nom de la cellule\u00a0: `A1.L011.B`, ou `F01[CLÉ].C07` dans un onglet dynamique."
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
        default=ChangeOrigin.TYPED, description="Tapée ou collée\u00a0: `TYPED` ou `PASTED`."
    )

    def write(self) -> cells.CellWrite:
        """The same, as the resolver takes it. Raises Invalid ORIGIN_NOT_ENTRY."""
        if self.origin not in {ChangeOrigin.TYPED, ChangeOrigin.PASTED}:
            raise Invalid(
                "ORIGIN_NOT_ENTRY",
                "Une valeur écrite ici est tapée ou collée\u00a0: choisissez `TYPED` ou `PASTED`.",
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
        'Toutes les cellules dont la valeur a changé, calculées comprises\u00a0: `{"A1.L019.B": "12"}`.',
        lambda it: it.row.changed,
    )
    batch: strawberry.ID | None = shown(
        "Identifiant de cette écriture, à donner à `undoBatch` pour l’annuler\u202f;"
        " nul si rien n’a été écrit.",
        lambda it: None if it.row.batch is None else str(it.row.batch),
    )
    keys: list[str] = shown("Clés des lignes ajoutées, dans l’ordre.", lambda it: list(it.row.keys), size=100)
    left: list[str] = shown(
        "Cellules ou lignes demandées mais laissées telles quelles\u00a0: déjà remplies, ou changées depuis.",
        lambda it: list(it.row.left),
        size=100,
    )
