"""What one asks of consents and of readers, and the organism's answers."""

from __future__ import annotations

from typing import Annotated

import strawberry

from authz import Right
from gql.arguments import After, AnyForm, AnyYear, First, Form, PlatformCode, Year
from gql.context import Ask
from gql.fields import Requires, SignedIn, mutation, resolved
from gql.types.consents import (
    ConsentInput,
    ConsentLine,
    ConsentListConnection,
    ReadingConnection,
    ReadingCriteria,
)
from gql.types.parties import Party, Reader
from resolvers import consent_list, consent_readers, consents
from resolvers.consent_list import Asked
from resolvers.consent_rows import ConsentAnswer
from resolvers.consents import give

# Every reader of every dossier of the organism is counted.
COUNTED = 100


@strawberry.type
class ConsentQuery:
    """What one can ask of consents."""

    @resolved(
        "Accès demandés à l’organisme de l’appelant, et ses réponses.", SignedIn(), size=20, weight=COUNTED
    )
    async def consents(self, info: Ask, year: AnyYear = None, form: AnyForm = None) -> list[ConsentLine]:
        """The organism's own."""
        return [ConsentLine(row=row) for row in await consents.consents(info.context.asker, year, form)]

    @resolved(
        "Qui, hors de l’organisme de l’appelant, peut lire ses dossiers aujourd’hui, et par quel article.",
        SignedIn(),
        size=20,
        weight=COUNTED,
    )
    async def readers_today(self, info: Ask, form: Form, year: Year) -> list[Reader]:
        """Who may read."""
        return [
            Reader(row=row) for row in await consent_readers.readers_today(info.context.asker, form, year)
        ]

    @resolved("Qui, hors de l’organisme de l’appelant, a lu ou emporté ses dossiers.", SignedIn())
    async def readings(  # noqa: PLR0913 - the criteria of the list
        self,
        info: Ask,
        *,
        form: AnyForm = None,
        year: AnyYear = None,
        first: First = 50,
        after: After = None,
        within: Annotated[
            ReadingCriteria | None, strawberry.argument(description="Période, lecteur et dossier voulus.")
        ] = None,
    ) -> ReadingConnection:
        """Who has read."""
        wanted = within.within() if within else None
        return ReadingConnection(
            page=await consent_readers.readings(info.context.asker, form, year, first, after, within=wanted)
        )

    @resolved(
        "Organisations qui ont lu au moins un dossier de l’organisme de l’appelant.", SignedIn(), size=20
    )
    async def reading_organizations(self, info: Ask) -> list[Party]:
        """Who, as the register's filter offers them."""
        found = await consent_readers.reading_organizations(info.context.asker)
        return [Party.of(row) for row in found]

    @resolved(
        "Organismes qui ont donné l’accès ou non au partenaire de l’appelant, un formulaire et une année.",
        Requires(Right.READ),
        weight=COUNTED,
    )
    async def consent_list(  # noqa: PLR0913 - the criteria of the list
        self,
        info: Ask,
        *,
        platform: PlatformCode,
        form: Form,
        year: Year,
        answer: Annotated[
            ConsentAnswer | None, strawberry.argument(description="Réponse\u202f; nul pour toutes.")
        ] = None,
        first: First = 50,
        after: After = None,
    ) -> ConsentListConnection:
        """The partner's list."""
        asked = Asked(platform, form, year)
        return ConsentListConnection(
            page=await consent_list.page(info.context.asker, asked, answer, first, after)
        )


@strawberry.type
class ConsentMutation:
    """What an organism can answer."""

    @mutation(
        "Donne ou refuse l’accès à des partenaires\u00a0: toutes les réponses, ou aucune.",
        Requires(Right.CONSENT_GIVE),
    )
    async def give_consents(
        self,
        info: Ask,
        consents: Annotated[list[ConsentInput], strawberry.argument(description="Réponses, 500 au plus.")],
    ) -> list[ConsentLine]:
        """Answer."""
        rows = await give(info.context.asker, [one.write() for one in consents])
        return [ConsentLine(row=row) for row in rows]
