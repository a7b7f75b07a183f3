"""What one asks of work lists, of kept searches, of labels and of lists' looks."""

from __future__ import annotations

from typing import Annotated

import strawberry

from gql.arguments import identifier
from gql.context import Ask
from gql.fields import SignedIn, resolved
from gql.types.work_lists import Label, ListView, SavedSearch, WorkList
from resolvers import labels, list_views, saved_searches, work_list_rows
from resolvers.list_views import ListPlace


@strawberry.type
class WorkListQuery:
    """What one can ask of what people keep."""

    @resolved(
        "Listes de travail de l’appelant, l’habituelle d’abord, puis celles que partage son organisation.",
        SignedIn(),
        size=20,
    )
    async def work_lists(self, info: Ask) -> list[WorkList]:
        """Those that he sees. Raises Invalid PERSON_REQUIRED."""
        return [WorkList(row=row) for row in await work_list_rows.every(info.context.asker)]

    @resolved("Une liste de travail.", SignedIn())
    async def work_list(
        self,
        info: Ask,
        id: Annotated[strawberry.ID, strawberry.argument(description="Identifiant de la liste.")],
    ) -> WorkList:
        """One that he sees. Raises NotFound WORK_LIST_UNKNOWN, Invalid PERSON_REQUIRED."""
        wanted = identifier(id, work_list_rows.unknown())
        return WorkList(row=await work_list_rows.read(info.context.asker, wanted))

    @resolved("Recherches que l’appelant a enregistrées, par nom.", SignedIn(), size=20)
    async def saved_searches(self, info: Ask) -> list[SavedSearch]:
        """His own. Raises Invalid PERSON_REQUIRED."""
        return [SavedSearch(row=row) for row in await saved_searches.saved_searches(info.context.asker)]

    @resolved("Étiquettes de l’organisation de l’appelant, par nom.", SignedIn(), size=50)
    async def labels(self, info: Ask) -> list[Label]:
        """Those of his organization."""
        return [Label(row=row) for row in await labels.labels(info.context.asker)]

    @resolved("Comment l’appelant aime une de ses listes.", SignedIn())
    async def list_view(
        self,
        info: Ask,
        place: Annotated[ListPlace, strawberry.argument(description="De quelle liste.")],
    ) -> ListView:
        """Its look. Raises Invalid PERSON_REQUIRED."""
        return ListView(row=await list_views.read(info.context.asker, place))
