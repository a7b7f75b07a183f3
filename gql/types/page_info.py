"""Where a list read by pages has got to; apart, for the lists below a dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING

import strawberry

if TYPE_CHECKING:
    from collections.abc import Sequence


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
