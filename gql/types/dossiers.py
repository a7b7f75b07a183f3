"""A dossier as the viewer meets it: where it stands, what he may do with it, what it holds."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Annotated

import strawberry

from authz import Right
from forms import Group, Step
from gql.context import Ask
from gql.fields import Inherits, resolved, shown, sized
from gql.http.packs import script_address
from gql.types.common_core import CommonCore
from gql.types.dossier_attachments import DossierAttachments
from gql.types.dossier_campaign import DossierCampaign
from gql.types.dossier_circuit import DossierCircuit
from gql.types.dossier_copies import DossierCopies
from gql.types.dossier_exchange import DossierExchange
from gql.types.dossier_labels import DossierLabels
from gql.types.dossier_message import DossierMessage
from gql.types.dossier_moves import DossierMoves
from gql.types.dossier_timeline import DossierTimeline
from gql.types.formula_data import FormulaData
from gql.types.passages import Crossing, CycleStep, Move, Transmission
from gql.types.people import Organism, Platform
from gql.types.tabs import Tab
from gql.types.verification import Verification
from models import Invalid
from resolvers import dossiers
from resolvers.hand import rights_now
from resolvers.paging import check_first
from resolvers.reading import read_documents
from resolvers.rows import DossierRow
from resolvers.tabs import check_tabs, tab_names
from resolvers.typed import typed_data

MOST_TABS = 20
WHOLE = 500
# What fields weigh in the guard's measure: a tab is read; a whole dossier is computed, where its form has
# conditions; two whole dossiers are read and set side by side, a tenth of a second of a large form.
OPENED = 5
EVALUATED = 50
COMPARED = 500


@strawberry.type(description="Onglet, par son code et son titre.")
class TabTitle:
    """A tab of the table of contents."""

    code: str = strawberry.field(description="Code de l’onglet.")
    title: str = strawberry.field(description="Titre de l’onglet.")
    dynamic: bool = strawberry.field(description="Vrai si le nombre de lignes est variable.")
    group: str | None = strawberry.field(
        description="Groupe répété dont il est\u202f; il s’ouvre alors par exemplaire, `E1[CLÉ]`."
    )


@strawberry.type(description="Groupe d’onglets répété\u00a0: ses exemplaires dans ce dossier.")
class TabGroup:
    """A repeated group and its instances."""

    group: strawberry.Private[Group]
    code: str = shown("Code du groupe.", lambda it: it.group.code)
    title: str = shown("Ce qu’est un exemplaire.", lambda it: it.group.title)
    key_label: str = shown("Ce que dit sa clé.", lambda it: it.group.key_label)
    minimum: int = shown("Nombre d’exemplaires, au moins.", lambda it: it.group.minimum)
    maximum: int | None = shown(
        "Nombre d’exemplaires, au plus\u202f; nul sans limite.", lambda it: it.group.maximum
    )
    keys: list[str] = strawberry.field(description="Clés des exemplaires, dans l’ordre.", metadata=sized(50))


@strawberry.type(description="Partie du formulaire, avec ses onglets.")
class Part:
    """A part of the table of contents."""

    code: str = strawberry.field(description="Code de la partie.")
    title: str = strawberry.field(description="Titre de la partie.")
    tabs: list[TabTitle] = strawberry.field(description="Onglets, dans l’ordre.", metadata=sized(30))


def _parts(dossier: Dossier) -> list[Part]:
    pack = dossier.row.definition
    return [
        Part(
            code=part.code,
            title=part.title,
            tabs=[
                TabTitle(
                    code=code,
                    title=pack.tabs[code].title,
                    dynamic=pack.tabs[code].nature == "dynamic",
                    group=pack.tabs[code].group,
                )
                for code in part.tabs
                if not dossier.row.withholds(code)
            ],
        )
        for part in pack.parts
    ]


@strawberry.type(description="Dossier\u00a0: le formulaire d’un organisme pour une campagne.")
class Dossier(
    DossierAttachments,
    DossierCampaign,
    DossierCopies,
    DossierCircuit,
    DossierExchange,
    DossierLabels,
    DossierMessage,
    DossierMoves,
    DossierTimeline,
):
    """One dossier; whoever holds its row has passed the gate."""

    row: strawberry.Private[DossierRow]
    id: strawberry.ID = shown("Identifiant du dossier.", lambda it: str(it.row.id))
    form: str = shown("Type de formulaire, par exemple `ER`.", lambda it: it.row.form)
    year: int = shown("Année des comptes.", lambda it: it.row.year)
    platform: Platform = shown("Plateforme qui le collecte.", lambda it: Platform(row=it.row))
    organism: Organism = shown("Organisme qui le remplit.", lambda it: Organism(row=it.row.organism))
    step: Step = shown("Étape actuelle.", lambda it: it.row.step)
    step_label: str = shown(
        "Libellé de l’étape actuelle.", lambda it: it.row.definition.cycle.label(it.row.step)
    )
    steps: list[CycleStep] = shown(
        "Étapes de son formulaire, dans l’ordre.",
        lambda it: [CycleStep(row=one) for one in it.row.definition.cycle.steps],
        size=7,
    )
    step_since: datetime = shown("Depuis quand il est à cette étape.", lambda it: it.row.step_since)
    transmitted_at: datetime | None = shown(
        "Moment de sa transmission\u202f; nul avant.", lambda it: it.row.transmitted_at
    )
    version: int = shown("Version des valeurs\u00a0: augmente à chaque écriture.", lambda it: it.row.version)
    pack: str = shown("Définition du formulaire, par exemple `ER/2024/1`.", lambda it: it.row.pack)
    pack_url: str = shown(
        "Adresse du JSON de cette définition, relative au serveur.", lambda it: f"/packs/{it.row.pack}.json"
    )

    @resolved(
        "Adresse du module qui calcule ce formulaire dans le navigateur, relative au serveur.",
        Inherits(Right.READ),
    )
    async def script_url(self) -> str:
        """With its seal: what is there never changes."""
        return await asyncio.to_thread(script_address, self.row.definition.key)

    @resolved(
        "Tout ce que lisent ses formules, pour les calculer pendant la saisie\u202f; nul si elles lisent un"
        " dossier de l’an dernier que l’appelant ne peut pas lire\u00a0: le serveur seul calcule alors.",
        Inherits(Right.READ),
        size=WHOLE,
    )
    async def formula_data(self, info: Ask) -> FormulaData | None:
        """A whole dossier, which counts as a long list."""
        data = await typed_data(info.context.asker, self.row)
        return None if data is None else FormulaData(version=self.row.version, data=data)

    parts: list[Part] = shown("Parties du formulaire et leurs onglets.", _parts, size=10)

    @resolved(
        "Groupes d’onglets répétés, avec leurs exemplaires.", Inherits(Right.READ), size=5, weight=EVALUATED
    )
    async def groups(self) -> list[TabGroup]:
        """The repeated groups of the form."""
        groups = [one for one in self.row.definition.groups.values() if not self.row.withholds(one.code)]
        if not groups:
            return []
        found = (await read_documents(self.row, [])).instances
        return [TabGroup(group=one, keys=list(found.get(one.code, ()))) for one in groups]

    @resolved(
        "Droits de l’appelant sur ce dossier à l’étape actuelle, par exemple `dossier:read`.",
        Inherits(Right.READ),
    )
    def rights(self, info: Ask) -> list[str]:
        """What the viewer may do with it now."""
        return sorted(right.value for right in rights_now(info.context.asker, self.row))

    @resolved("Passages depuis l’étape actuelle, permis ou non à l’appelant.", Inherits(Right.READ), size=5)
    def moves(self, info: Ask) -> list[Move]:
        """The moves that leave the current step."""
        return [Move(row=row, dossier=self.row) for row in dossiers.moves(info.context.asker, self.row)]

    @resolved("Un onglet et ses valeurs.", Inherits(Right.READ), weight=OPENED)
    async def tab(
        self,
        info: Ask,
        code: Annotated[str, strawberry.argument(description="Code de l’onglet.")],
    ) -> Tab:
        """One tab."""
        return Tab(dossier=self.row, content=await info.context.loaders.tab(self.row, code))

    @resolved(
        f"Plusieurs onglets, {MOST_TABS} au plus.", Inherits(Right.READ), size=MOST_TABS, weight=EVALUATED
    )
    async def tabs(
        self,
        info: Ask,
        codes: Annotated[
            list[str] | None,
            strawberry.argument(
                description="Codes des onglets\u202f; nul pour tous, s’ils ne sont pas trop nombreux."
            ),
        ] = None,
    ) -> list[Tab]:
        """Several tabs, in the order asked for. Raises Invalid TOO_MANY_TABS."""
        wanted = (
            tab_names(self.row, (await read_documents(self.row, [])).instances) if codes is None else codes
        )
        if len(wanted) > MOST_TABS:
            raise Invalid(
                "TOO_MANY_TABS",
                f"Pas plus de {MOST_TABS} onglets à la fois\u00a0: nommez-les par «\u202fcodes\u202f».",
                path=("codes",),
            )
        contents = await info.context.loaders.tabs(self.row, wanted)
        return [Tab(dossier=self.row, content=content) for content in contents]

    @resolved(
        "Nombre de valeurs de l’an dernier qui peuvent être reprises telles quelles.",
        Inherits(Right.READ),
        weight=COMPARED,
    )
    async def suggestion_count(
        self,
        info: Ask,
        tab: Annotated[
            str | None, strawberry.argument(description="Onglet\u202f; nul pour le dossier entier.")
        ] = None,
    ) -> int:
        """How many cells last year's values would fill. Raises NotFound TAB_UNKNOWN."""
        # First: whoever is refused has read nothing of last year's that would be noted.
        if tab is not None:
            check_tabs(self.row, [tab])
        return await info.context.loaders.suggestion_count(self.row, tab)

    @resolved(
        "Ce dossier à côté de l’autre qui partage des valeurs avec lui (tronc commun de l’ER)\u202f; nul s’il"
        " n’y en a pas que l’appelant puisse lire.",
        Inherits(Right.READ),
        weight=COMPARED,
    )
    async def common_core(
        self,
        info: Ask,
        form: Annotated[
            str | None,
            strawberry.argument(description="Formulaire de l’autre dossier\u202f; nul pour le premier."),
        ] = None,
    ) -> CommonCore | None:
        """The comparison with the other form."""
        row = await info.context.loaders.common_core(self.row, form)
        return None if row is None else CommonCore(row=row)

    @resolved("Dernière vérification\u202f; nul si le dossier n’a jamais été vérifié.", Inherits(Right.READ))
    async def verification(self, info: Ask) -> Verification | None:
        """The last run of the checks."""
        row = await info.context.loaders.verification(self.row)
        return None if row is None else Verification(row=row)

    @resolved("Étapes franchies, la dernière en premier.", Inherits(Right.READ))
    async def history(
        self,
        info: Ask,
        first: Annotated[int, strawberry.argument(description="Nombre de lignes, de 1 à 200.")] = 50,
    ) -> list[Crossing]:
        """The steps crossed. Raises Invalid FIRST_OUT_OF_BOUNDS."""
        check_first(first)
        return [Crossing(row=row) for row in await info.context.loaders.crossings(self.row, first)]

    @resolved("Transmission du dossier\u202f; nul tant qu’il n’est pas transmis.", Inherits(Right.READ))
    async def transmission(self, info: Ask) -> Transmission | None:
        """The declarant's commitment."""
        row = await info.context.loaders.transmission(self.row)
        return None if row is None else Transmission(row=row)
