"""Conventions by pages, and what their editor chooses from."""

from __future__ import annotations

import asyncio
from typing import Annotated

import strawberry

from authz import Right, Viewer
from gql.arguments import First
from gql.fields import Requires, resolved, shown
from gql.types.accounts import FunctionRow
from gql.types.conventions import Convention, GroupName
from gql.types.page_info import PageInfo, page_end
from gql.types.parties import OrganismName, Party
from resolvers.convention_choices import Choices, organisms
from resolvers.conventions import ConventionPage


@strawberry.type(description="Convention d’une page.")
class ConventionEdge:
    """A convention and its cursor."""

    cursor: str = strawberry.field(description="Curseur de cette convention.")
    node: Convention = strawberry.field(description="La convention.")


@strawberry.type(description="Page de conventions, par partenaire, la plus récente en premier.")
class ConventionConnection:
    """One page."""

    viewer: strawberry.Private[Viewer]
    page: strawberry.Private[ConventionPage]
    total_count: int = shown("Nombre exact de conventions trouvées.", lambda it: it.page.total)
    edges: list[ConventionEdge] = shown(
        "Conventions de la page.",
        lambda it: [
            ConventionEdge(cursor=cursor, node=Convention(viewer=it.viewer, row=row))
            for cursor, row in zip(it.page.cursors, it.page.rows, strict=True)
        ],
        size=1,
    )
    page_info: PageInfo = page_end()


@strawberry.type(description="Onglet d’un formulaire, par son code et son titre.")
class TabName:
    """A tab."""

    code: str = strawberry.field(description="Code de l’onglet.")
    title: str = strawberry.field(description="Titre de l’onglet.")


@strawberry.type(description="Ce que l’on peut choisir en écrivant une convention.")
class ConventionChoices:
    """The choices of one platform."""

    row: strawberry.Private[Choices]
    partners: list[Party] = shown(
        "Partenaires.", lambda it: [Party.of(partner) for partner in it.row.partners]
    )
    forms: list[str] = shown("Types de formulaire.", lambda it: it.row.forms)
    groups: list[GroupName] = shown(
        "Groupes d’organismes.",
        lambda it: [GroupName(key=key, label=label) for key, label in it.row.groups],
        size=20,
    )
    functions: list[FunctionRow] = shown(
        "Fonctions, avec les étapes que le système laisse aux partenaires.",
        lambda it: [FunctionRow(row=row) for row in it.row.functions],
        size=9,
    )

    @resolved("Onglets d’un formulaire.", Requires(Right.POLICY_EDIT), size=65)
    async def tabs(
        self, form: Annotated[str, strawberry.argument(description="Type de formulaire.")]
    ) -> list[TabName]:
        """The tabs of a form."""
        # A definition is read in a second, once a process: others are answered meanwhile.
        found = await asyncio.to_thread(self.row.tabs, form)
        return [TabName(code=code, title=title) for code, title in found]

    @resolved("Organismes dont le nom, le SIREN ou le code contient ces mots.", Requires(Right.POLICY_EDIT))
    async def organisms(
        self,
        search: Annotated[str, strawberry.argument(description="Mots cherchés.")],
        first: First = 20,
    ) -> list[OrganismName]:
        """Organisms found."""
        return [
            OrganismName(key=row.key, name=row.name)
            for row in await organisms(self.row.known.platform, search, first)
        ]
