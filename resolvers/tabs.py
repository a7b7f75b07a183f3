"""Reading the values of a dossier's tabs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models import NotFound
from resolvers.documents import Document, load_documents, load_many
from resolvers.rows import DossierRow, Forced, RowContent, TabContent

if TYPE_CHECKING:
    from collections.abc import Sequence


async def open_tabs(dossier: DossierRow, codes: Sequence[str] | None = None) -> tuple[TabContent, ...]:
    """Several tabs in the order asked for, or all in the pack's order. Raises NotFound TAB_UNKNOWN."""
    wanted = list(dossier.definition.tabs) if codes is None else list(codes)
    check_tabs(dossier, wanted)
    documents = await load_documents(dossier.id, None if codes is None else wanted)
    return tuple(_content(code, documents.get(code, Document())) for code in wanted)


async def open_many(asked: Sequence[tuple[DossierRow, str]]) -> list[TabContent]:
    """One tab of each of several dossiers, read at once. Raises NotFound TAB_UNKNOWN."""
    for dossier, code in asked:
        check_tabs(dossier, [code])
    documents = await load_many(
        list({dossier.id for dossier, _ in asked}), sorted({code for _, code in asked})
    )
    return [_content(code, documents[dossier.id].get(code, Document())) for dossier, code in asked]


def check_tabs(dossier: DossierRow, codes: Sequence[str]) -> None:
    """Raises NotFound TAB_UNKNOWN for a code that the dossier's pack does not have."""
    for code in codes:
        if code not in dossier.definition.tabs:
            raise NotFound(
                "TAB_UNKNOWN",
                f"L’onglet {code} n’existe pas dans ce dossier : choisissez un onglet de la liste.",
                path=("tab", code),
            )


def _content(code: str, document: Document) -> TabContent:
    return TabContent(
        code=code,
        values=document.effective(),
        forced={
            cell: Forced(str(kept["value"]), kept.get("automatic"), str(kept.get("reason") or ""))
            for cell, kept in document.forced.items()
        },
        rows=tuple(
            RowContent(row["key"], {**row.get("computed", {}), **row["values"]}) for row in document.rows
        ),
    )
