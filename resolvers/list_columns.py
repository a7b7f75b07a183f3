"""The columns of a list of dossiers that leaves: what each says, and how PostgreSQL reads it (manual §6.4).

Each is told as the screen tells it to whoever reads the dossier; none says more than a dossier's own fields.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Final

from models import Invalid
from resolvers.deadlines import DUE_ON

if TYPE_CHECKING:
    from collections.abc import Sequence


class Shape(Enum):
    """What a column holds: what people typed, what the product or the law names, a number, or a day."""

    TYPED = "typed"
    NAMED = "named"
    NUMBER = "number"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column: its head, its element in XML, what SQL reads, its width in characters."""

    head: str
    element: str
    sql: str
    width: int
    shape: Shape = Shape.TYPED


class Column(StrEnum):
    """The columns that a list may have; the names are those of the sorts and of list views."""

    CODE = "code"
    NAME = "name"
    CATEGORY = "category"
    SIREN = "siren"
    DEPARTMENT = "department"
    PLATFORM = "platform"
    FORM = "form"
    YEAR = "year"
    STEP = "step"
    STEP_SINCE = "step_since"
    DUE_ON = "due_on"
    TRANSMITTED = "transmitted"
    ER_TRANSMITTED = "er_transmitted"
    OFFICER = "officer"
    ACCOUNT_MANAGER = "account_manager"
    LABELS = "labels"


def _paris(moment: str) -> str:
    return f"({moment} AT TIME ZONE 'Europe/Paris')::date"


# What is not of `d` is joined by `resolvers.list_sql`.
COLUMNS: Final = {
    Column.CODE: ListColumn("Code", "code", "d.code", 10),
    Column.NAME: ListColumn("Organisme", "organisme", "l_o.name", 46),
    Column.CATEGORY: ListColumn("Type", "famille", "l_kind.label", 36, Shape.NAMED),
    Column.SIREN: ListColumn("SIREN", "siren", "l_o.siren", 12, Shape.NAMED),
    Column.DEPARTMENT: ListColumn("Département", "departement", "l_o.department", 13, Shape.NAMED),
    Column.PLATFORM: ListColumn("Plateforme", "plateforme", "l_p.name", 30),
    Column.FORM: ListColumn("Formulaire", "formulaire", "d.form", 12, Shape.NAMED),
    Column.YEAR: ListColumn("Année", "annee", "d.year", 8, Shape.NUMBER),
    Column.STEP: ListColumn("Étape", "etape", "l_stage.label", 30, Shape.NAMED),
    Column.STEP_SINCE: ListColumn("Depuis le", "depuis", _paris("d.step_since"), 12, Shape.DAY),
    Column.DUE_ON: ListColumn("Dernier jour", "dernier-jour", DUE_ON, 13, Shape.DAY),
    Column.TRANSMITTED: ListColumn("Transmis le", "transmis", _paris("d.transmitted_at"), 12, Shape.DAY),
    Column.ER_TRANSMITTED: ListColumn("ER transmis le", "er-transmis", _paris("l_er.sent"), 14, Shape.DAY),
    Column.OFFICER: ListColumn("Chargé de mission", "charge-de-mission", "l_officer.name", 24),
    Column.ACCOUNT_MANAGER: ListColumn(
        "Responsable d’affaire", "responsable-d-affaire", "l_manager.name", 24
    ),
    Column.LABELS: ListColumn("Étiquettes", "etiquettes", "l_label.names", 24),
}
STANDARD: Final = (
    Column.CODE,
    Column.NAME,
    Column.CATEGORY,
    Column.SIREN,
    Column.DEPARTMENT,
    Column.FORM,
    Column.YEAR,
    Column.STEP,
    Column.STEP_SINCE,
    Column.TRANSMITTED,
    Column.OFFICER,
    Column.ACCOUNT_MANAGER,
)


def columns_named(names: Sequence[str]) -> tuple[Column, ...]:
    """The columns by their names, each once, in that order; the standard ones where none is named.

    Raises Invalid COLUMN_UNKNOWN.
    """
    known = {one.value: one for one in Column}
    chosen = [name.strip().lower() for name in names if name.strip()]
    unknown = next((name for name in chosen if name not in known), None)
    if unknown is not None:
        raise Invalid(
            "COLUMN_UNKNOWN",
            "Une colonne demandée n’existe pas\u00a0: choisissez parmi celles de la liste.",
            path=("colonnes",),
            details={"column": unknown[:40]},
        )
    return tuple(dict.fromkeys(known[name] for name in chosen)) or STANDARD
