"""The settings of a pack that decide something: whom the form is for, which tabs hold personal data."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping

from forms.errors import PackError, Place
from forms.words import OrganismKind

ORGANISMS = "organismes"
SENSITIVE = "onglets_sensibles"


def listed(settings: Mapping[str, str], name: str) -> tuple[str, ...]:
    """The words of a setting, apart by commas; none where it is not given."""
    return tuple(word for word in (each.strip() for each in settings.get(name, "").split(",")) if word)


def check_settings(settings: Mapping[str, str], tabs: Container[str]) -> None:
    """A misspelt tab would be open to everyone: PackError for a tab or a kind that there is not."""
    _known(settings, ORGANISMS, {kind.value for kind in OrganismKind}, "une famille d’organismes")
    _known(settings, SENSITIVE, tabs, "un onglet de ce formulaire")


def _known(settings: Mapping[str, str], name: str, known: Container[str], words: str) -> None:
    unknown: Iterable[str] = (word for word in listed(settings, name) if word not in known)
    for word in unknown:
        message = f"Réglage «\u00a0{name}\u00a0»\u00a0: «\u00a0{word}\u00a0» n’est pas {words}."
        raise PackError(message, Place("pack.txt", 1, 1))
