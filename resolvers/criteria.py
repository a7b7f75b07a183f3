"""What a search of dossiers asks for, and in which order it lists them (manual §6.2 and §6.4)."""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING, TypeVar

from models import Invalid
from resolvers.days import check_day
from resolvers.folding import words_of

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from forms import Step

One = TypeVar("One", str, int)
# What a dossier is found by has 400 characters; nobody chooses more than this from a list.
LONGEST, MOST = 400, 200
# Each word is looked for in every dossier; the longest names of organisms have fewer different ones.
MOST_WORDS = 12
WORDED = ("search", "within", "name", "user")
# The criteria that are days, by the names that their owners know.
DAYS = {
    "passed_since": "passedSince",
    "passed_until": "passedUntil",
    "handed_since": "handedSince",
    "handed_until": "handedUntil",
}


class Sort(StrEnum):
    """What a list is sorted on: the columns of manual §6.4. Equal rows are by code, form and year."""

    CODE = "code"
    NAME = "name"
    CATEGORY = "category"
    SIREN = "siren"
    DEPARTMENT = "department"
    FORM = "form"
    YEAR = "year"
    STEP = "step"
    STEP_SINCE = "step_since"
    TRANSMITTED = "transmitted"
    ER_TRANSMITTED = "er_transmitted"
    OFFICER = "officer"
    ACCOUNT_MANAGER = "account_manager"


@dataclass(frozen=True, slots=True)
class Criteria:
    """Each narrows the list; what is None, blank or empty asks for nothing. Days are of Paris, both included.

    `search`: words of the name, SIREN, code or department, in any order; `within`: more of them. `name`,
    `user`: words; `siren`, `code`: how they begin. Of several forms, years, steps, categories or labels,
    one is enough. `passed_*`: when it came to `passed_step`, or to where it stands; `handed_*`: some day of
    these in the organism's hands. Yes-or-no criteria: None asks for neither.
    """

    search: str | None = None
    form: str | None = None
    year: int | None = None
    steps: tuple[Step, ...] = ()
    category: str | None = None
    department: str | None = None
    within: str | None = None
    name: str | None = None
    siren: str | None = None
    code: str | None = None
    categories: tuple[str, ...] = ()
    federated: bool | None = None
    user: str | None = None
    forms: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    passed_step: Step | None = None
    passed_since: date | None = None
    passed_until: date | None = None
    handed_since: date | None = None
    handed_until: date | None = None
    officer: UUID | None = None
    account_manager: UUID | None = None
    er_transmitted: bool | None = None
    anomalies: bool | None = None
    unread: bool | None = None
    late: bool | None = None
    labels: tuple[UUID, ...] = ()
    work_list: UUID | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing is asked for; blank texts ask for nothing."""
        return not self.named

    @property
    def named(self) -> tuple[str, ...]:
        """The names of what is asked for, without what."""
        asked = ((one.name, getattr(self, one.name)) for one in fields(self))
        return tuple(
            name for name, one in asked if (bool(one.strip()) if isinstance(one, str) else _given(one))
        )

    def check(self) -> None:
        """Nothing, for criteria that can be looked for. Raises Invalid CRITERIA_TOO_LONG, DATE_INVALID."""
        for one in fields(self):
            value = getattr(self, one.name)
            most = LONGEST if isinstance(value, str) else MOST
            if isinstance(value, str | tuple) and len(value) > most:
                raise Invalid(
                    "CRITERIA_TOO_LONG",
                    f"Un critère est trop long\u00a0: au plus {LONGEST} caractères, ou {MOST} choix dans une"
                    " liste. Raccourcissez-le.",
                    path=("criteria", one.name),
                )
        for name in WORDED:
            if len(words_of(getattr(self, name))) > MOST_WORDS:
                raise Invalid(
                    "CRITERIA_TOO_LONG",
                    f"Un critère a trop de mots\u00a0: au plus {MOST_WORDS} mots différents. Gardez ceux qui"
                    " distinguent ce que vous cherchez.",
                    path=("criteria", name),
                )
        for name, told in DAYS.items():
            day = getattr(self, name)
            if day is not None:
                check_day(day, "criteria", told)

    def mark(self, sort: Sort, *, descending: bool) -> str:
        """What tells this search from others, in a cursor."""
        said = repr((astuple(self), sort.value, descending))
        return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    @property
    def all_forms(self) -> frozenset[str]:
        """The forms asked for; none asks for all."""
        return _both(self.forms, self.form)

    @property
    def all_years(self) -> frozenset[int]:
        """The years asked for; none asks for all."""
        return _both(self.years, self.year)

    @property
    def all_categories(self) -> frozenset[str]:
        """The kinds of organisms asked for; none asks for all."""
        return _both(self.categories, self.category)

    @property
    def by_sets(self) -> bool:
        """Whether it asks for organisms, campaigns and steps alone, of which a process knows all."""
        return not any(_given(getattr(self, name)) for name in _OF_DOSSIERS)

    @property
    def foreseen(self) -> bool:
        """Whether the database's own statistics tell about how many match."""
        told = {"user"} if self.passed_step is not None else {"user", "passed_since", "passed_until"}
        return not any(_given(getattr(self, name)) for name in _OF_DOSSIERS if name not in told)


# What only the dossiers themselves tell.
_OF_DOSSIERS = (
    "user",
    "passed_step",
    "passed_since",
    "passed_until",
    "handed_since",
    "handed_until",
    "officer",
    "account_manager",
    "er_transmitted",
    "anomalies",
    "unread",
    "late",
    "labels",
    "work_list",
)


def require_criteria(criteria: Criteria) -> None:
    """Nothing, or Invalid CRITERIA_EMPTY, for a search that asks for nothing (manual §6.2)."""
    if criteria.empty:
        raise Invalid(
            "CRITERIA_EMPTY",
            "Aucun critère n’est rempli\u00a0: donnez-en au moins un avant de rechercher.",
            path=("criteria",),
        )


def sort_named(name: str) -> Sort:
    """The sort that a text names, as the schema writes it, `STEP_SINCE`. Raises Invalid SORT_UNKNOWN."""
    try:
        return Sort[name.upper()]
    except KeyError:
        raise Invalid(
            "SORT_UNKNOWN",
            "Cette liste ne se trie pas ainsi\u00a0: choisissez l’une de ses colonnes.",
            path=("sort",),
        ) from None


def _given(value: object) -> bool:
    return value is not None and value not in ((), "")


def _both(several: tuple[One, ...], one: One | None) -> frozenset[One]:
    return frozenset({*several, one}) if _given(one) else frozenset(several)  # type: ignore[arg-type] # not None
