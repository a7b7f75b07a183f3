"""What the conditions of a form hide: kept as it was typed, and blank for every reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from forms import Evaluation, evaluate
from resolvers.documents import Document, data_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from resolvers.documents import Documents
    from resolvers.rows import DossierRow

_T = TypeVar("_T")
NOTHING_HIDDEN = Evaluation({}, {}, {})


def conditional(dossier: DossierRow) -> bool:
    """Whether the form hides anything at all: what a dossier hides takes all its values to know."""
    return bool(dossier.definition.binding.conditions)


def hiding(dossier: DossierRow, documents: Documents, previous: Mapping[str, str]) -> Evaluation:
    """What hides tabs, lines and cells (`hides`), from all the documents of a dossier as stored."""
    if not conditional(dossier):
        return NOTHING_HIDDEN
    return evaluate(dossier.definition, data_of(dossier, documents, previous))


def without_hidden(documents: Documents, hides: Evaluation) -> Documents:
    """The documents as readers find them; those given stay as they are."""
    if not hides.hidden:
        return documents
    return {tab: _shown(tab, document, hides) for tab, document in documents.items()}


def _shown(tab: str, document: Document, hides: Evaluation) -> Document:
    def left(values: Mapping[str, _T]) -> dict[str, _T]:
        return {place: value for place, value in values.items() if not hides.hides(f"{tab}.{place}")}

    if hides.hides(tab):
        return Document()
    return Document(left(document.cells), left(document.forced), left(document.computed), document.rows)
