"""A tab and its values: compact for the web client, cell by cell for the partners' systems."""

from __future__ import annotations

from functools import lru_cache

import strawberry

from authz import Right
from forms import Cell as CellDefinition
from forms import Kind as CellKind
from forms import Pack, format_value, load_pack, split_key, with_key
from gql.context import Ask
from gql.fields import Inherits, resolved, shown
from gql.types.filling import Suggestion
from gql.types.scalars import Json
from resolvers.documents import Document
from resolvers.hand import may_write
from resolvers.rows import DossierRow, Forced, RowContent, TabContent
from resolvers.suggestions import suggestions
from resolvers.tabs import tab_title

MOST_SUGGESTIONS = 2000


@lru_cache(maxsize=256)
def cells_of(pack: str, tab: str, category: str) -> tuple[CellDefinition, ...]:
    """The fixed cells of a tab that exist for a kind of organism, in the pack's order."""
    definition: Pack = load_pack(pack)
    plain, _ = split_key(tab)
    cells = definition.cells.values()
    return tuple(cell for cell in cells if cell.tab == plain and cell.applies_to(category))


@strawberry.type(description="Cellule d’un onglet fixe, avec sa valeur.")
class Cell:
    """A fixed cell; `forcing` is what replaced its formula, if anything did."""

    definition: strawberry.Private[CellDefinition]
    text: strawberry.Private[str | None]
    forcing: strawberry.Private[Forced | None]
    key: strawberry.Private[str]
    hidden: bool = shown(
        "Vrai si les réponses données la rendent sans objet\u00a0: elle est vide et ne se remplit pas.",
        lambda it: it.concealed,
    )
    concealed: strawberry.Private[bool]
    id: strawberry.ID = shown(
        "Nom de la cellule, par exemple `A1.L011.B`.",
        lambda it: with_key(it.definition.id, it.key) if it.key else it.definition.id,
    )
    kind: CellKind = shown("Nature de la cellule.", lambda it: it.definition.kind)
    unit: str = shown("Unité de la valeur.", lambda it: it.definition.unit)
    value: str | None = shown(
        "Valeur, texte canonique\u202f; nul si la cellule est vide.", lambda it: it.text
    )
    display: str = shown(
        "Valeur telle qu’on l’écrit en français\u202f; vide si la cellule est vide.",
        lambda it: format_value(it.text or "", it.definition.unit),
    )
    automatic: str | None = shown(
        "Valeur que donne la formule d’une cellule forcée.",
        lambda it: it.forcing.automatic if it.forcing else None,
    )
    forced: bool = shown("Vrai si la valeur calculée a été remplacée.", lambda it: it.forcing is not None)
    reason: str | None = shown(
        "Raison donnée pour forcer la cellule.", lambda it: it.forcing.reason if it.forcing else None
    )


@strawberry.type(description="Ligne d’un onglet dynamique.")
class Row:
    """A row of a dynamic tab."""

    row: strawberry.Private[RowContent]
    key: str = shown("Clé stable de la ligne.", lambda it: it.row.key)
    values: Json = shown(
        'Valeurs non vides de la ligne, par colonne\u00a0: `{"C01": "12"}`.', lambda it: it.row.values
    )


def _forced(tab: Tab) -> dict[str, dict[str, str | None]]:
    return {
        cell: {"value": kept.value, "automatic": kept.automatic, "reason": kept.reason}
        for cell, kept in tab.content.forced.items()
    }


@strawberry.type(description="Onglet d’un dossier et ses valeurs.")
class Tab:
    """One tab of one dossier."""

    dossier: strawberry.Private[DossierRow]
    content: strawberry.Private[TabContent]
    code: str = shown("Code de l’onglet.", lambda it: it.content.code)
    title: str = shown(
        "Titre de l’onglet, avec son exemplaire s’il est d’un groupe répété.",
        lambda it: tab_title(it.dossier.definition, it.content.code),
    )
    hidden: bool = shown(
        "Vrai si les réponses données rendent l’onglet sans objet\u00a0: il est vide et ne se remplit pas.",
        lambda it: it.content.hidden,
    )
    hidden_lines: list[str] = shown(
        "Lignes que les réponses données rendent sans objet\u00a0: vides, elles ne se remplissent pas.",
        lambda it: sorted(it.content.hidden_lines),
        size=50,
    )
    version: int = shown(
        "Version du dossier à laquelle ces valeurs ont été lues.", lambda it: it.dossier.version
    )
    values: Json = shown(
        'Valeurs non vides, saisies, calculées ou forcées\u00a0: `{"L011.B": "123.45"}`.',
        lambda it: it.content.values,
    )
    forced: Json = shown('Cellules forcées\u00a0: `{"L011.P": {"value", "automatic", "reason"}}`.', _forced)
    rows: list[Row] = shown(
        "Lignes d’un onglet dynamique.", lambda it: [Row(row=row) for row in it.content.rows], size=50
    )

    @resolved("Vrai si l’appelant peut écrire dans cet onglet à l’étape actuelle.", Inherits(Right.READ))
    def editable(self, info: Ask) -> bool:
        """Whether the viewer may write cells now."""
        return may_write(info.context.asker, self.dossier)

    @resolved(
        f"Valeurs de l’an dernier, {MOST_SUGGESTIONS} au plus, que l’appelant peut lire\u00a0: cellule par"
        " cellule, ou les lignes d’un onglet dynamique encore vide.",
        Inherits(Right.READ),
        size=100,
        weight=150,
    )
    async def suggestions(self, info: Ask) -> list[Suggestion]:
        """Last year's values of this tab; none where the viewer may not read them."""
        before = await info.context.loaders.past(self.dossier)
        if before is None:
            return []
        rows = [{"key": row.key, "values": dict(row.values)} for row in self.content.rows]
        documents = {self.content.code: Document(cells=dict(self.content.values), rows=rows)}
        found = await suggestions(self.dossier, before, documents, [self.content.code], self.content.hides)
        return [Suggestion(row=row) for row in found[:MOST_SUGGESTIONS]]

    @resolved(
        "Cellules qui existent pour cette famille d’organismes, une à une.",
        Inherits(Right.READ),
        size=100,
    )
    def cells(self) -> list[Cell]:
        """The fixed cells, valued or not."""
        content, category = self.content, self.dossier.organism.category
        plain, key = split_key(content.code)
        prefix = len(plain) + 1
        return [
            Cell(
                definition=cell,
                text=content.values.get(cell.id[prefix:]),
                forcing=content.forced.get(cell.id[prefix:]),
                key=key,
                concealed=content.hidden or cell.line in content.hidden_lines,
            )
            for cell in cells_of(self.dossier.pack, content.code, category)
        ]
