"""A dossier as the page that is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rendering.pages.document import html_of, lay_out

if TYPE_CHECKING:
    from resolvers.rows import DossierContent


def dossier_html(content: DossierContent) -> str:
    """The whole HTML document of a print."""
    return html_of(lay_out(content))[0]
