"""The settings of a pack that decide something: whom it is for, what is personal, what is joined to it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping

from forms.cycle import Step
from forms.errors import PackError, Place
from forms.words import OrganismKind

ORGANISMS = "organismes"
SENSITIVE = "onglets_sensibles"
ATTACHMENT_SIZE = "piece_taille_max_mo"
ATTACHMENT_STEP = "piece_premiere_etape"


def listed(settings: Mapping[str, str], name: str) -> tuple[str, ...]:
    """The words of a setting, apart by commas; none where it is not given."""
    return tuple(word for word in (each.strip() for each in settings.get(name, "").split(",")) if word)


def numbered(settings: Mapping[str, str], name: str) -> int | None:
    """The number of a setting; None where it is not given."""
    return int(settings[name]) if name in settings else None


def check_settings(settings: Mapping[str, str], tabs: Container[str]) -> None:
    """A misspelt tab would be open to everyone: PackError for a tab, a kind or a number that there is not."""
    _known(settings, ORGANISMS, {kind.value for kind in OrganismKind}, "une famille d’organismes")
    _known(settings, SENSITIVE, tabs, "un onglet de ce formulaire")
    _known(settings, ATTACHMENT_SIZE, {str(size) for size in range(1, 1_001)}, "un nombre de 1 à 1\u202f000")
    _known(settings, ATTACHMENT_STEP, {str(step.value) for step in Step}, "une étape, de 0 à 6")


def _known(settings: Mapping[str, str], name: str, known: Container[str], words: str) -> None:
    unknown: Iterable[str] = (word for word in listed(settings, name) if word not in known)
    for word in unknown:
        message = f"Réglage «\u00a0{name}\u00a0»\u00a0: «\u00a0{word}\u00a0» n’est pas {words}."
        raise PackError(message, Place("pack.txt", 1, 1))
