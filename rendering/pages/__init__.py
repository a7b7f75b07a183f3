"""The printed pages: a dossier's content in, the HTML of its print out."""

from rendering.pages.document import dossier_html, printed_cells

__all__ = ["dossier_html", "printed_cells"]
