"""What one does with work lists: making and sharing them, filling them from results, choices and files."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated
from uuid import UUID

import strawberry

from authz import Right
from gql.arguments import AnyForm, AnyYear, IdempotencyKey, identifier
from gql.context import Ask
from gql.fields import Requires, SignedIn, mutation
from gql.types.work_lists import WorkList, WorkListChange, WorkListImport
from gql.types.writing import DossierCriteria
from models import Invalid
from resolvers import work_list_import, work_list_items, work_list_rows, work_lists
from resolvers.criteria import Criteria, Sort
from resolvers.work_list_import import Wanted

ListId = Annotated[
    strawberry.ID, strawberry.argument(name="list", description="Identifiant de la liste de travail.")
]
ListName = Annotated[str, strawberry.argument(description="Nom, 80 caractères au plus.")]
Shared = Annotated[bool, strawberry.argument(description="Vrai pour la partager avec son organisation.")]
Descending = Annotated[bool, strawberry.argument(description="Vrai pour l’ordre décroissant.")]
NOBODYS = UUID(int=0)


def list_id(text: str) -> UUID:
    """The list that is named. Raises NotFound WORK_LIST_UNKNOWN."""
    return identifier(text, work_list_rows.unknown())


def dossier_ids(texts: list[strawberry.ID]) -> list[UUID]:
    """The dossiers that are named; what names none is of none."""
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            found.append(NOBODYS)
    return found


@strawberry.type
class WorkListMutation:
    """What one can do with work lists."""

    @mutation("Crée une liste de travail.", SignedIn())
    async def create_work_list(
        self, info: Ask, *, name: ListName, shared: Shared = False, idempotency_key: IdempotencyKey
    ) -> WorkList:
        """Create one."""
        row = await work_lists.create(info.context.asker, name, idempotency_key, shared=shared)
        return WorkList(row=row)

    @mutation("Renomme une liste de travail, la partage ou ne la partage plus.", SignedIn())
    async def update_work_list(
        self,
        info: Ask,
        *,
        work_list: ListId,
        name: ListName,
        shared: Shared,
        idempotency_key: IdempotencyKey,
    ) -> WorkList:
        """Change one."""
        asker, wanted = info.context.asker, list_id(work_list)
        return WorkList(row=await work_lists.update(asker, wanted, name, idempotency_key, shared=shared))

    @mutation("Supprime une liste de travail\u202f; ses dossiers restent comme ils sont.", SignedIn())
    async def delete_work_list(self, info: Ask, work_list: ListId, idempotency_key: IdempotencyKey) -> bool:
        """Throw one away."""
        return await work_lists.delete(info.context.asker, list_id(work_list), idempotency_key)

    @mutation("Garde le tri d’une liste de travail.", SignedIn())
    async def sort_work_list(
        self,
        info: Ask,
        *,
        work_list: ListId,
        sort: Annotated[Sort, strawberry.argument(description="Colonne du tri.")],
        descending: Descending = False,
        idempotency_key: IdempotencyKey,
    ) -> WorkList:
        """Keep its order."""
        asker, wanted = info.context.asker, list_id(work_list)
        row = await work_lists.set_sort(asker, wanted, sort.value, idempotency_key, descending=descending)
        return WorkList(row=row)

    @mutation("Met des dossiers dans une liste de travail.", Requires(Right.READ))
    async def add_to_work_list(
        self,
        info: Ask,
        work_list: ListId,
        dossiers: Annotated[
            list[strawberry.ID], strawberry.argument(description="Dossiers, 2\u202f000 au plus.")
        ],
        idempotency_key: IdempotencyKey,
    ) -> WorkListChange:
        """Put some in."""
        asker, wanted = info.context.asker, dossier_ids(dossiers)
        row = await work_list_items.add(asker, list_id(work_list), wanted, idempotency_key)
        return WorkListChange(row=row)

    @mutation(
        "Met dans une liste de travail tout ce que trouve une recherche, sauf quelques dossiers.", SignedIn()
    )
    async def add_found_to_work_list(
        self,
        info: Ask,
        *,
        work_list: ListId,
        criteria: Annotated[
            DossierCriteria | None,
            strawberry.argument(
                description="Critères\u202f; nul pour tous les dossiers que l’appelant peut lire."
            ),
        ] = None,
        without: Annotated[
            list[strawberry.ID], strawberry.argument(description="Dossiers à laisser, 2\u202f000 au plus.")
        ],
        idempotency_key: IdempotencyKey,
    ) -> WorkListChange:
        """Put all that is found in."""
        asker, wanted = info.context.asker, criteria.criteria() if criteria else Criteria()
        left_out = dossier_ids(without)
        row = await work_list_items.add_found(asker, list_id(work_list), wanted, left_out, idempotency_key)
        return WorkListChange(row=row)

    @mutation("Retire des dossiers d’une liste de travail.", SignedIn())
    async def remove_from_work_list(
        self,
        info: Ask,
        work_list: ListId,
        idempotency_key: IdempotencyKey,
        dossiers: Annotated[
            list[strawberry.ID] | None,
            strawberry.argument(
                description="Dossiers, 2\u202f000 au plus\u202f; nul pour tous ceux que l’appelant y voit."
            ),
        ] = None,
    ) -> WorkListChange:
        """Take some out."""
        asker, wanted = info.context.asker, None if dossiers is None else dossier_ids(dossiers)
        row = await work_list_items.remove(asker, list_id(work_list), wanted, idempotency_key)
        return WorkListChange(row=row)

    @mutation(
        "Met dans une liste de travail les dossiers que nomme un fichier\u00a0: l’export CSV d’une liste, ou"
        " un SIREN ou un code d’organisme par ligne.",
        SignedIn(),
        alone=True,
    )
    async def import_work_list(  # noqa: PLR0913, PLR0917 - the file, and how it is read
        self,
        info: Ask,
        work_list: ListId,
        file: Annotated[
            str,
            strawberry.argument(
                description="Fichier CSV en base64\u00a0: 8\u202fMo et 20\u202f000 lignes au plus."
            ),
        ],
        idempotency_key: IdempotencyKey,
        form: AnyForm = None,
        year: AnyYear = None,
    ) -> WorkListImport:
        """Load a file."""
        asker, content = info.context.asker, _decoded(file)
        wanted = Wanted(form or None, year)
        row = await work_list_import.load(asker, list_id(work_list), content, wanted, idempotency_key)
        return WorkListImport(row=row)


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Invalid(
            "BASE64_MALFORMED",
            "Le fichier n’est pas du base64\u00a0: envoyez ses octets ainsi.",
            path=("file",),
        ) from None
