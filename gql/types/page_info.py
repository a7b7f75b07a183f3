"""Lists by pages, in the Relay form: the two fields that each makes of its page.

Apart from the lists themselves, for those below a dossier.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import strawberry

from gql.fields import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Node(Protocol):
    """What a list holds: a type that shows one row."""

    def __call__(self, *, row: Any) -> object:  # noqa: ANN401 - each list has rows of its own
        """The node of a row."""


@strawberry.type(description="Où en est une liste lue par pages.")
class PageInfo:
    """Whether more follows, and from where."""

    has_next_page: bool = strawberry.field(description="Vrai s’il y a une page suivante.")
    end_cursor: str | None = strawberry.field(
        description="Curseur de la dernière ligne, à donner dans `after`\u202f; nul si la page est vide."
    )


def page_info(cursors: Sequence[str], *, has_next: bool) -> PageInfo:
    """What follows a page with these cursors."""
    return PageInfo(has_next_page=has_next, end_cursor=cursors[-1] if cursors else None)


def page_edges(description: str, edge: Callable[..., object], node: Node) -> Any:  # noqa: ANN401 - as `shown`
    """The field of a connection's `page`: each of its `rows` as a node, beside its cursor."""

    def edges(it: Any) -> list[object]:  # noqa: ANN401 - any connection
        rows = zip(it.page.cursors, it.page.rows, strict=True)
        return [edge(cursor=cursor, node=node(row=row)) for cursor, row in rows]

    return shown(description, edges, size=1)


def page_end() -> Any:  # noqa: ANN401 - as `shown`
    """The field of a connection's `page` that says whether more follows."""
    return shown("Suite de la liste.", lambda it: page_info(it.page.cursors, has_next=it.page.has_next))
