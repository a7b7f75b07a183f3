"""Lists by pages, in the Relay form."""

from __future__ import annotations

import strawberry

from gql.fields import shown
from gql.types.exports import Export
from gql.types.filling import CellChange
from gql.types.page_info import PageInfo, page_end, page_info
from resolvers.cell_history import CellHistory
from resolvers.rows import ExportRow


@strawberry.type(description="Export d’une page.")
class ExportEdge:
    """An export and its cursor."""

    cursor: str = strawberry.field(description="Curseur de cet export.")
    node: Export = strawberry.field(description="L’export.")


@strawberry.type(description="Page d’exports, du plus récent au plus ancien.")
class ExportConnection:
    """One page of the viewer's exports."""

    rows: strawberry.Private[tuple[ExportRow, ...]]
    cursors: strawberry.Private[tuple[str, ...]]
    has_next: strawberry.Private[bool]
    edges: list[ExportEdge] = shown(
        "Exports de la page.",
        lambda it: [
            ExportEdge(cursor=cursor, node=Export(row=row))
            for cursor, row in zip(it.cursors, it.rows, strict=True)
        ],
        size=1,
    )
    page_info: PageInfo = shown("Suite de la liste.", lambda it: page_info(it.cursors, has_next=it.has_next))


@strawberry.type(description="Changement d’une page.")
class CellChangeEdge:
    """A change and its cursor."""

    cursor: str = strawberry.field(description="Curseur de ce changement.")
    node: CellChange = strawberry.field(description="Le changement.")


@strawberry.type(description="Page de changements d’une cellule, du plus récent au plus ancien.")
class CellChangeConnection:
    """One page of a cell's history."""

    page: strawberry.Private[CellHistory]
    edges: list[CellChangeEdge] = shown(
        "Changements de la page.",
        lambda it: [
            CellChangeEdge(cursor=cursor, node=CellChange(row=row, unit=it.page.unit))
            for cursor, row in zip(it.page.cursors, it.page.rows, strict=True)
        ],
        size=1,
    )
    page_info: PageInfo = page_end()
