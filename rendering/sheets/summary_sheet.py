"""The first sheet: whose dossier it is, what the colours mean, where everything is, what was forced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from forms import Kind, format_value
from rendering.pages.legend import legend
from rendering.pages.words import CATEGORIES, FORCED_SIGN, day_and_hour, siren
from rendering.sheets.layout import SUMMARY
from rendering.sheets.styles import COLOURS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from rendering.sheets.styles import Styles
    from resolvers.rows import DossierContent

_LOOKS: Final = {"s": Kind.INPUT, "t": Kind.COMMON, "c": Kind.COMPUTED, "f": Kind.FORCIBLE}
_ADVICE: Final = (
    (
        "Saisissez dans les cases jaunes et orange\u00a0: les totaux se recalculent. Les cases calculées sont"
        " protégées, sans mot de passe."
    ),
    (
        "Une case bleue peut être forcée en écrivant par-dessus\u202f; la vider rend la valeur automatique au"
        " chargement."
    ),
    (
        "Dans un onglet dynamique, écrivez sous le dernier rang pour en ajouter un\u202f; videz un rang, clé"
        " comprise, pour le retirer."
    ),
    (
        "Ne déplacez ni les lignes ni les colonnes, puis chargez ce classeur dans le dossier\u00a0: vous"
        " verrez chaque valeur avant de l’accepter."
    ),
    (
        "Un tableur calcule sur quinze chiffres\u00a0: au-delà de mille milliards, au centime près, le calcul"
        " d’Harmonia fait foi."
    ),
)


class SummarySheet:
    """Writes the summary, line after line."""

    def __init__(self, workbook: Workbook, styles: Styles) -> None:
        self._sheet: Worksheet = workbook.add_worksheet(SUMMARY)
        self._styles = styles
        self._row = 0

    def write(self, content: DossierContent, tabs: Sequence[str], at: datetime) -> None:
        """All of it."""
        self._sheet.set_column(0, 0, 14)
        self._sheet.set_column(1, 1, 62)
        self._sheet.set_column(2, 4, 24)
        self._sheet.hide_gridlines(2)
        self._identity(content, at)
        self._colours()
        self._title("Mode d’emploi")
        for sentence in _ADVICE:
            self._sheet.write_string(self._row, 0, f"• {sentence}", self._styles.head("plain"))
            self._row += 1
        self._tabs(content, tabs)
        self._forced(content)
        self._sheet.set_landscape()
        self._sheet.set_paper(9)
        self._sheet.fit_to_pages(1, 0)
        self._sheet.activate()

    def _identity(self, content: DossierContent, at: datetime) -> None:
        dossier, organism = content.dossier, content.dossier.organism
        title = f"{content.pack.form_label} {dossier.year}"
        self._sheet.write_string(0, 0, title, self._styles.head("title"))
        self._sheet.set_row(0, 26)
        self._row = 1
        category = CATEGORIES.get(organism.category, organism.category)
        self._pair("Organisme", organism.name)
        self._pair("SIREN", siren(organism.siren))
        self._pair("Famille", category)
        self._pair("Plateforme", dossier.platform_name)
        self._pair("Définition", str(content.pack.key))
        self._pair("Exporté le", day_and_hour(at))

    def _pair(self, name: str, value: str) -> None:
        self._sheet.write_string(self._row, 0, name, self._styles.head("strong"))
        self._sheet.write_string(self._row, 1, value, self._styles.head("plain"))
        self._row += 1

    def _title(self, words: str) -> None:
        self._row += 1
        for column in range(5):
            self._sheet.write_blank(self._row, column, None, self._styles.head("band"))
        self._sheet.write_string(self._row, 0, words, self._styles.head("section"))
        self._row += 1

    def _colours(self) -> None:
        self._title("Couleurs et signes")
        for key in legend([*COLOURS, FORCED_SIGN]):
            kind = _LOOKS.get(key.css, Kind.FORCIBLE)
            look = self._styles.cell(kind, "texte", forced=key.css not in _LOOKS)
            self._sheet.write_string(self._row, 0, key.word, look)
            self._sheet.write_string(
                self._row, 1, key.meaning.partition("\u00a0:")[0], self._styles.head("plain")
            )
            self._row += 1

    def _tabs(self, content: DossierContent, tabs: Sequence[str]) -> None:
        self._title("Onglets")
        for code in tabs:
            link = f"internal:'{code}'!A1"
            self._sheet.write_url(self._row, 0, link, self._styles.head("link"), code)
            self._sheet.write_string(self._row, 1, content.pack.tabs[code].title, self._styles.head("plain"))
            self._row += 1

    def _forced(self, content: DossierContent) -> None:
        forced = [(tab.code, place, found) for tab in content.tabs for place, found in tab.forced.items()]
        if not forced:
            return
        self._title("Cellules forcées")
        for column, words in enumerate(("Cellule", "Motif", "Valeur forcée", "Valeur automatique")):
            self._sheet.write_string(self._row, column, words, self._styles.head("strong"))
        self._row += 1
        for code, place, found in forced:
            known = content.pack.cells.get(f"{code}.{place}")
            unit = "" if known is None else known.unit
            shown = (format_value(found.value, unit), format_value(found.automatic, unit) or "vide")
            self._sheet.write_string(self._row, 0, f"{code}.{place}", self._styles.head("plain"))
            self._sheet.write_string(self._row, 1, found.reason, self._styles.head("wrapped"))
            for column, text in enumerate(shown, 2):
                self._sheet.write_string(self._row, column, text, self._styles.head("plain"))
            self._row += 1
