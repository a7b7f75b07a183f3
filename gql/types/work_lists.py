"""What people keep to find dossiers again: work lists, searches, labels, and how they like their lists."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import orjson
import strawberry

from authz import Right
from gql.context import Ask
from gql.fields import Inherits, page_of, resolved, shown
from gql.types.describing import describe
from models import Invalid, LabelTone
from resolvers.criteria import Sort
from resolvers.labels import LabelRow
from resolvers.list_views import ListPlace, ListViewRow
from resolvers.saved_searches import SavedSearchRow
from resolvers.work_list_import import Imported, ImportedLine, LineOutcome
from resolvers.work_list_items import ListChange
from resolvers.work_list_rows import WorkListRow

MOST_LINES = 2_000
describe(
    LabelTone,
    "Couleur d’une étiquette\u202f; son nom est toujours écrit à côté.",
    {
        "BLUE": "Bleu.",
        "GREEN": "Vert.",
        "AMBER": "Ambre.",
        "RED": "Rouge.",
        "VIOLET": "Violet.",
        "GREY": "Gris.",
    },
)
describe(
    Sort,
    "Colonne du tri d’une liste de dossiers\u202f; à égalité, par code, formulaire et année.",
    {
        "CODE": "Code de l’organisme.",
        "NAME": "Nom de l’organisme.",
        "CATEGORY": "Famille d’organismes.",
        "SIREN": "SIREN de l’organisme.",
        "DEPARTMENT": "Département du siège.",
        "FORM": "Type de formulaire.",
        "YEAR": "Année des comptes.",
        "STEP": "Étape.",
        "STEP_SINCE": "Moment de l’arrivée à l’étape.",
        "TRANSMITTED": "Moment de la transmission.",
        "ER_TRANSMITTED": "Moment de la transmission de l’ER associé.",
        "OFFICER": "Chargé de mission.",
        "ACCOUNT_MANAGER": "Responsable d’affaire.",
    },
    name="DossierSort",
)
describe(
    ListPlace,
    "Liste dont chacun choisit les colonnes.",
    {"RESULTS": "Résultats d’une recherche.", "WORK_LIST": "Liste de travail."},
)
describe(
    LineOutcome,
    "Ce qu’une ligne d’un fichier importé est devenue.",
    {
        "ADDED": "Ses dossiers ont été ajoutés.",
        "ALREADY": "Ses dossiers étaient déjà dans la liste.",
        "UNKNOWN": "Aucun dossier ouvert à l’appelant n’y correspond.",
        "AMBIGUOUS": "Son code est celui de plusieurs organismes.",
        "UNREADABLE": "Elle ne contient ni SIREN ni code.",
    },
    name="WorkListImportOutcome",
)


@strawberry.type(
    description="Liste de travail\u00a0: des dossiers réunis pour les traiter en nombre. Ses lignes se"
    " demandent à `dossiers`, par le critère `workList`."
)
class WorkList:
    """One work list."""

    row: strawberry.Private[WorkListRow]
    id: strawberry.ID = shown("Identifiant de la liste.", lambda it: str(it.row.id))
    name: str = shown("Nom\u202f; vide pour la liste habituelle de l’appelant.", lambda it: it.row.name)
    shared: bool = shown("Vrai si toute l’organisation la voit et la remplit.", lambda it: it.row.shared)
    mine: bool = shown("Vrai si l’appelant l’a créée.", lambda it: it.row.mine)
    managed: bool = shown(
        "Vrai si l’appelant peut la renommer, la partager et la supprimer.",
        lambda it: it.row.managed and not it.row.is_default,
    )
    is_default: bool = shown(
        "Vrai pour la liste que chacun a sans l’avoir demandée.", lambda it: it.row.is_default
    )
    owner: str = shown("Qui l’a créée.", lambda it: it.row.owner)
    sort: Sort = shown("Colonne du tri.", lambda it: Sort(it.row.sort))
    descending: bool = shown("Vrai pour l’ordre décroissant.", lambda it: it.row.descending)
    created_at: datetime | None = shown(
        "Moment de sa création\u202f; nul pour une liste habituelle qui n’a jamais servi.",
        lambda it: it.row.created_at,
    )

    @resolved("Nombre de ses dossiers que l’appelant peut lire.", Inherits(Right.READ), weight=5)
    async def count(self, info: Ask) -> int:
        """How many are seen."""
        return await info.context.loaders.work_list_count(self.row.id)


@strawberry.type(description="Ce qu’une liste de travail est devenue.")
class WorkListChange:
    """What became of a list."""

    row: strawberry.Private[ListChange]
    work_list: WorkList = shown("La liste.", lambda it: WorkList(row=it.row.row), name="list")
    added: int = shown("Nombre de dossiers ajoutés.", lambda it: it.row.added)
    already: int = shown("Nombre de dossiers qui y étaient déjà.", lambda it: it.row.already)
    refused: int = shown(
        "Nombre de dossiers demandés qui n’existent pas ou ne sont pas ouverts à l’appelant.",
        lambda it: it.row.refused,
    )
    removed: int = shown("Nombre de dossiers retirés.", lambda it: it.row.removed)


@strawberry.type(description="Ligne d’un fichier importé dans une liste de travail.")
class WorkListImportLine:
    """One line of the report."""

    row: strawberry.Private[ImportedLine]
    number: int = shown("Numéro de la ligne, à partir de 1.", lambda it: it.row.number)
    text: str = shown("Début de la ligne.", lambda it: it.row.text)
    outcome: LineOutcome = shown("Ce qu’elle est devenue.", lambda it: it.row.outcome)
    message: str = shown("Ce qui s’est passé, et que faire.", lambda it: it.row.message)


@strawberry.type(description="Compte rendu de l’import d’un fichier dans une liste de travail.")
class WorkListImport:
    """The report of an import."""

    row: strawberry.Private[Imported]
    work_list: WorkList = shown("La liste.", lambda it: WorkList(row=it.row.row), name="list")
    added: int = shown("Nombre de dossiers ajoutés.", lambda it: it.row.added)
    already: int = shown(
        "Nombre de lignes dont les dossiers étaient déjà dans la liste.", lambda it: it.row.already
    )
    refused: int = shown("Nombre de lignes qui n’ont rien désigné.", lambda it: it.row.refused)

    @resolved("Lignes du fichier, dans son ordre.", Inherits(Right.READ), size=500)
    def lines(
        self,
        outcomes: Annotated[
            list[LineOutcome] | None,
            strawberry.argument(description="Ce qu’elles sont devenues\u202f; nul pour toutes."),
        ] = None,
        first: Annotated[int, page_of(MOST_LINES, "Nombre de lignes, de 1 à 2\u202f000.")] = 500,
    ) -> list[WorkListImportLine]:
        """The lines. Raises Invalid FIRST_OUT_OF_BOUNDS."""
        if not 1 <= first <= MOST_LINES:
            raise Invalid(
                "FIRST_OUT_OF_BOUNDS", "Demandez de 1 à 2\u202f000 lignes à la fois.", path=("first",)
            )
        found = [line for line in self.row.lines if outcomes is None or line.outcome in outcomes]
        return [WorkListImportLine(row=line) for line in found[:first]]


@strawberry.type(description="Recherche à laquelle l’appelant a donné un nom.")
class SavedSearch:
    """One search."""

    row: strawberry.Private[SavedSearchRow]
    id: strawberry.ID = shown("Identifiant de la recherche.", lambda it: str(it.row.id))
    name: str = shown("Nom.", lambda it: it.row.name)
    criteria: str = shown(
        "Ses critères, en JSON, tels que `dossiers` les prend.",
        lambda it: orjson.dumps(it.row.criteria).decode(),
    )
    sort: Sort = shown("Colonne du tri.", lambda it: Sort(it.row.sort))
    descending: bool = shown("Vrai pour l’ordre décroissant.", lambda it: it.row.descending)
    created_at: datetime = shown("Moment où elle a été enregistrée.", lambda it: it.row.created_at)


@strawberry.type(
    description="Étiquette que l’organisation de l’appelant met sur des dossiers\u202f; les autres"
    " organisations n’en savent rien."
)
class Label:
    """One label."""

    row: strawberry.Private[LabelRow]
    id: strawberry.ID = shown("Identifiant de l’étiquette.", lambda it: str(it.row.id))
    name: str = shown("Nom, toujours écrit à côté de la couleur.", lambda it: it.row.name)
    tone: LabelTone = shown("Couleur.", lambda it: it.row.tone)


@strawberry.type(description="Comment l’appelant aime une liste.")
class ListView:
    """Columns, and whether it has pages."""

    row: strawberry.Private[ListViewRow]
    place: ListPlace = shown("De quelle liste.", lambda it: it.row.place)
    columns: list[str] = shown(
        "Colonnes, dans l’ordre\u202f; aucune tant qu’il n’a rien choisi.",
        lambda it: list(it.row.columns),
        size=40,
    )
    paged: bool = shown("Vrai pour une liste en pages.", lambda it: it.row.paged)
