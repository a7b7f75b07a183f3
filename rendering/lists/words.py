"""What a search asked for, in words: at the head of the list that it found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rendering.pages.words import CATEGORIES, NB
from resolvers.list_columns import COLUMNS, Column
from resolvers.list_sql import UNFIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from uuid import UUID

    from resolvers.criteria import Criteria
    from resolvers.list_rows import ListAsked

# What no file of a list can hold becomes a space, as in its rows; a half of a pair is no character either.
_FIT: Final = str.maketrans(dict.fromkeys((*UNFIT, "\0", *map(chr, range(0xD800, 0xE000))), " "))
_TEXTS: Final = {
    "search": "Recherche",
    "within": "Dans les résultats",
    "name": "Organisme",
    "siren": "SIREN",
    "code": "Code",
    "user": "Utilisateur",
}
# A yes-or-no criterion: what yes asks for, and what no does.
_ANSWERS: Final = {
    "federated": ("Organismes fédérés", "Organismes non fédérés"),
    "er_transmitted": ("ER transmis", "ER non transmis"),
    "anomalies": ("Avec anomalies", "Sans anomalie"),
    "unread": ("Échanges non lus", "Sans échange non lu"),
    "late": ("En retard", "Sans retard"),
}


def asked_in_words(asked: ListAsked, names: Mapping[UUID, str]) -> tuple[str, ...]:
    """One sentence a criterion, then the order; `names`: of what criteria name by identifiers."""
    order = COLUMNS[Column(asked.sort.value)].head
    way = ", décroissant" if asked.descending else ""
    left = len(asked.without)
    told = (
        *_criteria(asked.criteria, names),
        *([f"Sans {left} dossier{'s' if left > 1 else ''} écarté{'s' if left > 1 else ''}"] if left else ()),
        *(["Une partie seulement de la liste"] if asked.only is not None else ()),
        f"Tri{NB}: {order}{way}",
    )
    return tuple(map(fit, told))


def fit(told: str) -> str:
    """The words, as every kind of file can hold them."""
    return told.translate(_FIT)


def _criteria(criteria: Criteria, names: Mapping[UUID, str]) -> Iterator[str]:
    for field, label in _TEXTS.items():
        if text := (getattr(criteria, field) or "").strip():
            yield f"{label}{NB}: «{NB}{text}{NB}»"
    if criteria.department:
        yield f"Département{NB}: {criteria.department}"
    kinds = [CATEGORIES.get(one, one) for one in sorted(criteria.all_categories)]
    yield from _several("Type", "Types", kinds)
    yield from _several("Formulaire", "Formulaires", sorted(criteria.all_forms))
    yield from _several("Année", "Années", map(str, sorted(criteria.all_years)))
    yield from _several("Étape", "Étapes", [str(int(step)) for step in sorted(criteria.steps, key=int)])
    yield from _moments(criteria)
    for field, (yes, no) in _ANSWERS.items():
        answer = getattr(criteria, field)
        if answer is not None:
            yield yes if answer else no
    yield from _named(criteria, names)


def _moments(criteria: Criteria) -> Iterator[str]:
    days = _days(criteria.passed_since, criteria.passed_until)
    if criteria.passed_step is not None:
        yield f"Passés à l’étape {int(criteria.passed_step)}{days and ' ' + days}"
    elif days:
        yield f"Passés à leur étape {days}"
    if handed := _days(criteria.handed_since, criteria.handed_until):
        yield f"Entre les mains de l’organisme {handed}"


def _days(since: date | None, until: date | None) -> str:
    if since is not None and since == until:
        return f"le {since:%d/%m/%Y}"
    parts = ("du " if until else "depuis le ", since), ("au " if since else "jusqu’au ", until)
    return " ".join(f"{word}{day:%d/%m/%Y}" for word, day in parts if day is not None)


def _named(criteria: Criteria, names: Mapping[UUID, str]) -> Iterator[str]:
    told = (
        ("Chargé de mission", criteria.officer),
        ("Responsable d’affaire", criteria.account_manager),
    )
    yield from (f"{label}{NB}: {names.get(one, 'choisi')}" for label, one in told if one is not None)
    yield from _several("Étiquette", "Étiquettes", [names[one] for one in criteria.labels if one in names])
    if criteria.work_list is not None:
        name = names.get(criteria.work_list)
        yield f"Liste de travail{NB}: «{NB}{name}{NB}»" if name else "Liste de travail"


def _several(one: str, many: str, values: Iterable[str]) -> Iterator[str]:
    found = list(values)
    if found:
        yield f"{one if len(found) == 1 else many}{NB}: {', '.join(found)}"
