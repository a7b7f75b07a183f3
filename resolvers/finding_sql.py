"""A search as a condition in SQL over the alias `d` of table dossier, without anyone's rights.

Organisms, campaigns and steps here; what else is known of a dossier, and to whom, in `finding_told`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from authz.scope import Condition
from resolvers.folding import fold, starting, without_nul, words_like

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from resolvers.criteria import Criteria

_OF_ORGANISM = "EXISTS (SELECT FROM organism o WHERE o.id = d.organism_id AND {})"
# The name is what stands before the SIREN in what a dossier is found by.
_NAMED = _OF_ORGANISM.format("split_part(d.search, ' ' || o.siren, 1) LIKE ALL(%s)")
_SIREN = _OF_ORGANISM.format("o.siren LIKE %s")
_DEPARTMENT = _OF_ORGANISM.format("o.department = %s")
_FEDERATED = _OF_ORGANISM.format("(o.federation_id IS NOT NULL) = %s")


def joined(parts: Iterable[Condition]) -> Condition:
    """All of them at once."""
    found = [part for part in parts if part.sql != "TRUE"]
    return Condition(
        " AND ".join(f"({part.sql})" for part in found) or "TRUE",
        tuple(value for part in found for value in part.values),
    )


def of_sets(criteria: Criteria) -> Condition:
    """What the criteria ask of the organism, the campaign and the step."""
    return joined((*_words(criteria), *_exact(criteria)))


def _words(criteria: Criteria) -> Iterator[Condition]:
    for pattern in dict.fromkeys((*words_like(criteria.search), *words_like(criteria.within))):
        yield Condition("d.search LIKE %s", (pattern,))
    if patterns := words_like(criteria.name):
        yield Condition(_NAMED, (patterns,))
    if siren := "".join(fold(criteria.siren or "").split()):
        yield Condition(_SIREN, (starting(siren),))
    if code := fold(criteria.code or ""):
        yield Condition("lower(d.code) LIKE %s", (starting(code),))


def _exact(criteria: Criteria) -> Iterator[Condition]:
    several: list[tuple[str, Iterable[Any]]] = [
        ("category", criteria.all_categories),
        ("form", criteria.all_forms),
        ("year", criteria.all_years),
        ("step", {int(step) for step in criteria.steps}),
    ]
    for column, wanted in several:
        if values := sorted(map(without_nul, wanted)):
            yield Condition(f"d.{column} = ANY(%s)", (values,))
    if criteria.department:
        yield Condition(_DEPARTMENT, (without_nul(criteria.department),))
    if criteria.federated is not None:
        yield Condition(_FEDERATED, (criteria.federated,))
