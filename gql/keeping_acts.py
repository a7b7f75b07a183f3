"""What one keeps: searches under a name, labels on dossiers, how one likes a list."""

from __future__ import annotations

import dataclasses
from datetime import date
from enum import Enum
from typing import Annotated
from uuid import UUID

import strawberry
from strawberry.utils.str_converters import to_camel_case

from authz import Right
from gql.arguments import IdempotencyKey, identifier
from gql.context import Ask
from gql.fields import Requires, SignedIn, mutation
from gql.types.work_lists import Label, ListView, SavedSearch
from gql.types.writing import DossierCriteria
from gql.work_list_acts import Descending, dossier_ids
from models import LabelTone
from resolvers import labels, list_views, saved_searches
from resolvers.criteria import Sort
from resolvers.labels import Chosen
from resolvers.list_views import ListPlace
from resolvers.saved_searches import Searched

LabelName = Annotated[str, strawberry.argument(description="Nom, 40 caractères au plus.")]
Tone = Annotated[LabelTone, strawberry.argument(description="Couleur.")]
LabelId = Annotated[strawberry.ID, strawberry.argument(description="Identifiant de l’étiquette.")]


def written(value: object) -> object:
    """An input as the schema writes it, without what was left out: its enumerations by their names."""
    if dataclasses.is_dataclass(value):
        known = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        return {to_camel_case(name): written(one) for name, one in known.items() if one is not None}
    if isinstance(value, list):
        return [written(one) for one in value]
    if isinstance(value, Enum):
        return value.name
    return value.isoformat() if isinstance(value, date) else value


def label_id(text: str) -> UUID:
    """The label that is named. Raises NotFound LABEL_UNKNOWN."""
    return identifier(text, labels.unknown())


@strawberry.type
class KeepingMutation:
    """What one can keep."""

    @mutation("Enregistre une recherche sous un nom.", SignedIn())
    async def save_search(  # noqa: PLR0913 - what a search is made of
        self,
        info: Ask,
        *,
        name: Annotated[str, strawberry.argument(description="Nom, 80 caractères au plus.")],
        criteria: Annotated[DossierCriteria, strawberry.argument(description="Ses critères.")],
        idempotency_key: IdempotencyKey,
        sort: Annotated[Sort, strawberry.argument(description="Colonne du tri.")] = Sort.CODE,
        descending: Descending = False,
        replace: Annotated[
            bool, strawberry.argument(description="Vrai pour prendre la place de celle du même nom.")
        ] = False,
    ) -> SavedSearch:
        """Keep a search. Raises what its criteria are refused for."""
        criteria.criteria()
        kept = written(criteria)
        searched = Searched(kept if isinstance(kept, dict) else {}, sort.value, descending)
        asker = info.context.asker
        row = await saved_searches.save(asker, name, searched, idempotency_key, replace=replace)
        return SavedSearch(row=row)

    @mutation("Supprime une recherche enregistrée.", SignedIn())
    async def delete_saved_search(
        self,
        info: Ask,
        id: Annotated[strawberry.ID, strawberry.argument(description="Identifiant de la recherche.")],
        idempotency_key: IdempotencyKey,
    ) -> bool:
        """Forget a search."""
        wanted = identifier(id, saved_searches.unknown())
        return await saved_searches.delete(info.context.asker, wanted, idempotency_key)

    @mutation("Crée une étiquette de son organisation.", SignedIn())
    async def create_label(
        self, info: Ask, name: LabelName, tone: Tone, idempotency_key: IdempotencyKey
    ) -> Label:
        """Create a label."""
        return Label(row=await labels.create(info.context.asker, name, tone, idempotency_key))

    @mutation("Renomme une étiquette ou change sa couleur.", SignedIn())
    async def update_label(
        self, info: Ask, *, label: LabelId, name: LabelName, tone: Tone, idempotency_key: IdempotencyKey
    ) -> Label:
        """Change a label."""
        asker = info.context.asker
        return Label(row=await labels.update(asker, label_id(label), name, tone, idempotency_key))

    @mutation("Supprime une étiquette, et la retire de tous les dossiers.", SignedIn())
    async def delete_label(self, info: Ask, label: LabelId, idempotency_key: IdempotencyKey) -> bool:
        """Forget a label."""
        return await labels.delete(info.context.asker, label_id(label), idempotency_key)

    @mutation(
        "Met des étiquettes sur des dossiers et en retire d’autres\u202f; répond combien de dossiers en ont"
        " changé.",
        Requires(Right.READ),
    )
    async def set_labels(
        self,
        info: Ask,
        *,
        dossiers: Annotated[
            list[strawberry.ID], strawberry.argument(description="Dossiers, 2\u202f000 au plus.")
        ],
        add: Annotated[list[strawberry.ID], strawberry.argument(description="Étiquettes à mettre.")],
        remove: Annotated[list[strawberry.ID], strawberry.argument(description="Étiquettes à retirer.")],
        idempotency_key: IdempotencyKey,
    ) -> int:
        """Put labels."""
        chosen = Chosen([label_id(one) for one in add], [label_id(one) for one in remove])
        return await labels.put(info.context.asker, dossier_ids(dossiers), chosen, idempotency_key)

    @mutation("Garde comment l’appelant aime une de ses listes.", SignedIn())
    async def save_list_view(
        self,
        info: Ask,
        place: Annotated[ListPlace, strawberry.argument(description="De quelle liste.")],
        columns: Annotated[
            list[str], strawberry.argument(description="Colonnes, dans l’ordre\u202f; 40 au plus.")
        ],
        *,
        paged: Annotated[bool, strawberry.argument(description="Vrai pour une liste en pages.")],
    ) -> ListView:
        """Keep its look."""
        return ListView(row=await list_views.save(info.context.asker, place, columns, paged=paged))
