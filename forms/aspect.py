"""What two packs may differ in."""

from __future__ import annotations

from enum import StrEnum


class Aspect(StrEnum):
    """What a difference is about."""

    FORM = "form"
    SETTING = "setting"
    PARAMETER = "parameter"
    PART = "part"
    TAB = "tab"
    GROUP = "group"
    COLUMN = "column"
    LINE = "line"
    CELL = "cell"
    TYPE = "type"
    ORGANISMS = "organisms"
    CONDITION = "condition"
    COMMON = "common"
    FORMULA = "formula"
    CHECK = "check"
    CHECK_LABEL = "check_label"
    LIST = "list"
    SELECTION = "selection"
    ATTACHMENT = "attachment"
    CYCLE = "cycle"
    FUNCTION = "function"
    HELP = "help"
    YEARS = "years"

    @property
    def french(self) -> str:
        """What readers call it."""
        return _FRENCH[self]


_FRENCH = {
    Aspect.FORM: "Formulaire",
    Aspect.SETTING: "Réglage",
    Aspect.PARAMETER: "Paramètre",
    Aspect.PART: "Partie",
    Aspect.TAB: "Onglet",
    Aspect.GROUP: "Groupe",
    Aspect.COLUMN: "Colonne",
    Aspect.LINE: "Ligne",
    Aspect.CELL: "Cellule",
    Aspect.TYPE: "Genre et unité",
    Aspect.ORGANISMS: "Types d’organisme",
    Aspect.CONDITION: "Condition",
    Aspect.COMMON: "Tronc commun",
    Aspect.FORMULA: "Formule",
    Aspect.CHECK: "Règle",
    Aspect.CHECK_LABEL: "Libellé de la règle",
    Aspect.LIST: "Liste",
    Aspect.SELECTION: "Sélection",
    Aspect.ATTACHMENT: "Pièce",
    Aspect.CYCLE: "Cycle",
    Aspect.FUNCTION: "Fonction",
    Aspect.HELP: "Aide",
    Aspect.YEARS: "Année précédente",
}
