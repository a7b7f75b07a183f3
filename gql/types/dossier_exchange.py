"""The exchange space of a dossier."""

from __future__ import annotations

from typing import Annotated

import strawberry

from authz import Right, decide
from gql.arguments import After, First
from gql.context import Ask
from gql.fields import BY_ITSELF, Inherits, resolved
from gql.types.exchange import Mark, ThreadConnection, Unpublished
from models import Audience, Level, ThreadState
from resolvers import exchange_carrying, exchange_reading
from resolvers.exchange_reading import Wanted
from resolvers.rows import DossierRow

MARKS = 100
READING = Inherits(Right.EXCHANGE_READ)


@strawberry.type(description="Espace d’échange d’un dossier.")
class Exchange:
    """What is said about one dossier."""

    row: strawberry.Private[DossierRow]

    @resolved("Icônes du dossier, de ses onglets et de ses cellules.", READING, size=MARKS)
    async def marks(self, info: Ask) -> list[Mark]:
        """The icons."""
        return [Mark(row=row) for row in (await info.context.loaders.marks(self.row)).rows]

    @resolved("Échanges, le dernier ouvert en premier.", READING, weight=BY_ITSELF)
    async def threads(  # noqa: PLR0913 - the criteria of the list
        self,
        info: Ask,
        *,
        level: Annotated[Level | None, strawberry.argument(description="Sur quoi ils portent.")] = None,
        anchor: Annotated[
            str | None,
            strawberry.argument(
                description="Onglet ou cellule, par son code\u202f; sans niveau, un onglet avec ses cellules."
            ),
        ] = None,
        state: Annotated[
            list[ThreadState] | None, strawberry.argument(description="Où ils en sont\u202f; nul pour tous.")
        ] = None,
        first: First = 50,
        after: After = None,
    ) -> ThreadConnection:
        """One page of threads."""
        wanted = Wanted(level, anchor, None if state is None else tuple(state))
        page = await exchange_reading.threads(info.context.asker, self.row, wanted, first, after)
        return ThreadConnection(page=page)

    @resolved("Ce que l’appelant n’a pas encore publié ni envoyé.", READING)
    async def unpublished(self, info: Ask) -> Unpublished:
        """What is left behind."""
        return Unpublished(row=await info.context.loaders.marks(self.row))

    @resolved("Vrai si l’appelant peut y écrire à l’étape actuelle.", READING)
    def can_write(self, info: Ask) -> bool:
        """Whether one may write there now; systems never do."""
        asker = info.context.asker
        return asker.user_id is not None and decide(asker, Right.EXCHANGE_WRITE, self.row.target).allowed

    @resolved(
        "Vrai si l’appelant peut reporter les échanges ouverts sur le dossier de l’année suivante\u00a0: il"
        " existe, et l’appelant peut y écrire.",
        READING,
    )
    async def can_carry(self, info: Ask) -> bool:
        """Whether there is where to carry them."""
        return await info.context.loaders.seen_of(exchange_carrying.may_carry, self.row) or False

    @resolved("Nombre de messages que l’appelant n’a pas lus.", READING)
    async def unread(self, info: Ask) -> int:
        """How many are unread."""
        return (await info.context.loaders.marks(self.row)).unread

    @resolved(
        "À qui l’appelant peut ouvrir un échange\u202f; vide s’il ne peut pas y écrire.", READING, size=3
    )
    def audiences(self, info: Ask) -> list[Audience]:
        """The audiences to choose from."""
        return list(Audience) if self.can_write(info) else []


@strawberry.type
class DossierExchange:
    """What a dossier shows of its exchanges."""

    row: strawberry.Private[DossierRow]

    @resolved(
        "Espace d’échange\u202f; nul pour qui ne peut pas le lire à l’étape actuelle.",
        Inherits(Right.EXCHANGE_READ),
    )
    def exchange(self, info: Ask) -> Exchange | None:
        """The exchange space."""
        readable = decide(info.context.asker, Right.EXCHANGE_READ, self.row.target).allowed
        return Exchange(row=self.row) if readable else None
