"""The pack desk: published revisions, drafts, and what a draft would change."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import Annotated

import strawberry

from authz import Right
from forms import Aspect, CaseDifference, CaseOutcome, Change, Finding
from gql.context import Ask
from gql.fields import Inherits, resolved, shown
from gql.types.trials import TrialResult
from resolvers import pack_drafts, pack_review, pack_trial, packs
from resolvers.pack_rows import DraftRow, Obstacle, PublishedRow

MOST_DIFFERENCES = 100
# A second of reading a form, as the guard measures: of a list of drafts nothing of the kind may be asked.
REVIEWED = 3_000
# Each dossier is computed twice.
TRIED = 200


@strawberry.enum(description="Où en est une révision préparée par un exploitant.")
class PackState(Enum):
    """Draft or published."""

    DRAFT = strawberry.enum_value("draft", description="Brouillon\u00a0: sans effet sur aucun dossier.")
    PUBLISHED = strawberry.enum_value("published", description="Publiée\u00a0: elle ne se modifie plus.")


@strawberry.enum(description="Portée d’un constat sur une définition de formulaire.")
class PackFindingSeverity(Enum):
    """Whether a finding keeps the pack from being used."""

    FAULT = strawberry.enum_value("fault", description="Défaut\u00a0: empêche la publication.")
    ADVICE = strawberry.enum_value("advice", description="Conseil\u00a0: à regarder, n’empêche rien.")


@strawberry.type(description="Constat sur une définition de formulaire, à son endroit exact.")
class PackFinding:
    """A fault or a piece of advice."""

    row: strawberry.Private[Finding]
    severity: PackFindingSeverity = shown(
        "Portée.",
        lambda it: (
            PackFindingSeverity.FAULT if it.row.code in pack_review.FAULTS else PackFindingSeverity.ADVICE
        ),
    )
    code: str = shown("Code stable.", lambda it: it.row.code)
    file: str = shown("Fichier, ou texte vide.", lambda it: it.row.file)
    line: int = shown("Ligne à partir de 1\u202f; 0 pour le fichier entier.", lambda it: it.row.line)
    column: int = shown("Colonne à partir de 1\u202f; 0 pour le fichier entier.", lambda it: it.row.column)
    message: str = shown("Ce qui ne va pas.", lambda it: it.row.message)


@strawberry.type(description="Fichier d’une définition de formulaire.")
class PackFile:
    """One text."""

    name: str = strawberry.field(description="Nom, par exemple `part-01.txt`.")
    text: str = strawberry.field(description="Contenu.")


@strawberry.type(description="Différence entre un brouillon et la révision dont il est parti.")
class PackChange:
    """One change."""

    row: strawberry.Private[Change]
    aspect: Aspect = shown("Ce qui change.", lambda it: it.row.aspect)
    place: str = shown("Cellule, onglet, ligne, contrôle ou liste concerné.", lambda it: it.row.place)
    before: str | None = shown("Ce qui était\u202f; nul pour un ajout.", lambda it: it.row.before)
    after: str | None = shown("Ce qui serait\u202f; nul pour un retrait.", lambda it: it.row.after)
    breaking: bool = shown(
        "Vrai si le changement est interdit dans une même année de comptes.", lambda it: it.row.breaking
    )


@strawberry.type(description="Écart entre ce qu’un essai attend et ce que donne la définition.")
class PackTestDifference:
    """One value that a stored test did not get."""

    row: strawberry.Private[CaseDifference]
    place: str = shown("Cellule, colonne d’une ligne ou contrôle.", lambda it: it.row.place)
    expected: str | None = shown("Ce qui est attendu\u202f; nul pour rien.", lambda it: it.row.expected)
    found: str | None = shown("Ce qui vient\u202f; nul pour rien.", lambda it: it.row.found)


@strawberry.type(description="Essai enregistré avec une définition de formulaire.")
class PackTest:
    """One stored test."""

    row: strawberry.Private[CaseOutcome]
    name: str = shown("Nom de l’essai.", lambda it: it.row.name)
    passed: bool = shown("Vrai s’il donne ce qui est attendu.", lambda it: it.row.passed)
    fault: str | None = shown(
        "Pourquoi il n’a pas pu être fait\u202f; nul s’il l’a été.", lambda it: it.row.fault or None
    )
    differences: list[PackTestDifference] = shown(
        "Écarts avec ce qui est attendu, 100 au plus.",
        lambda it: [PackTestDifference(row=row) for row in it.row.differences[:MOST_DIFFERENCES]],
        size=20,
    )


@strawberry.type(description="Raison pour laquelle un brouillon ne peut pas être publié.")
class PackObstacle:
    """What stands in the way."""

    row: strawberry.Private[Obstacle]
    code: str = shown("Code stable.", lambda it: it.row.code)
    message: str = shown("Ce qui empêche et quoi faire.", lambda it: it.row.message)


@strawberry.type(description="Révision d’un formulaire préparée par un exploitant, brouillon ou publiée.")
class PackDraft:
    """A draft; whoever holds its row may change the form."""

    row: strawberry.Private[DraftRow]
    id: strawberry.ID = shown("Identifiant.", lambda it: str(it.row.id))
    state: PackState = shown(
        "État.", lambda it: PackState.DRAFT if it.row.revision is None else PackState.PUBLISHED
    )
    key: str = shown("Nom qu’elle a, ou aurait une fois publiée\u00a0: `ER/2024/2`.", lambda it: it.row.key)
    form: str = shown("Type de formulaire.", lambda it: it.row.form)
    year: int = shown("Année des comptes.", lambda it: it.row.year)
    platform: str = shown("Code de la plateforme qui la prépare.", lambda it: it.row.platform)
    base: str | None = shown(
        "Révision dont elle est partie\u202f; nul pour la première d’une année.", lambda it: it.row.base_key
    )
    sha256: str = shown("Empreinte SHA-256 de ses fichiers.", lambda it: it.row.sha256)
    note: str = shown("Commentaire de son auteur.", lambda it: it.row.note)
    author: str | None = shown("Auteur\u202f; nul pour la ligne de commande.", lambda it: it.row.author)
    created_at: datetime = shown("Moment du dépôt.", lambda it: it.row.created_at)
    published_by: str | None = shown("Qui l’a publiée.", lambda it: it.row.publisher)
    published_at: datetime | None = shown(
        "Moment de la publication\u202f; nul avant.", lambda it: it.row.published_at
    )

    @resolved("Fichiers.", Inherits(Right.PACK_EDIT), size=30)
    async def files(self) -> list[PackFile]:
        """The texts."""
        files = await pack_drafts.files_of(self.row)
        return [PackFile(name=name, text=text) for name, text in sorted(files.items())]

    @resolved(
        "Défaut qui empêche de la lire, le premier rencontré\u202f; nul si elle se lit.",
        Inherits(Right.PACK_EDIT),
        weight=REVIEWED,
    )
    async def fault(self) -> PackFinding | None:
        """What the loader refused."""
        fault = (await pack_review.reading(self.row)).fault
        return None if fault is None else PackFinding(row=fault)

    @resolved("Constats, par fichier et par ligne.", Inherits(Right.PACK_EDIT), size=200, weight=REVIEWED)
    async def findings(self) -> list[PackFinding]:
        """What the linter says."""
        return [PackFinding(row=row) for row in await pack_review.findings(self.row)]

    @resolved(
        "Différences avec la révision dont elle est partie\u202f; vide sans elle ou sans lecture.",
        Inherits(Right.PACK_EDIT),
        size=200,
        weight=REVIEWED,
    )
    async def difference(self) -> list[PackChange]:
        """What changed."""
        return [PackChange(row=row) for row in await pack_review.difference(self.row)]

    @resolved(
        "Résultat des essais enregistrés avec elle\u202f; vide si elle ne se lit pas.",
        Inherits(Right.PACK_EDIT),
        size=20,
        weight=REVIEWED,
    )
    async def tests(self) -> list[PackTest]:
        """The stored tests."""
        return [PackTest(row=row) for row in await pack_review.tests(self.row)]

    @resolved(
        "Ce qui empêche de la publier\u202f; vide si rien ne s’y oppose.",
        Inherits(Right.PACK_EDIT),
        size=6,
        weight=REVIEWED,
    )
    async def obstacles(self) -> list[PackObstacle]:
        """What stands in the way."""
        return [PackObstacle(row=row) for row in await pack_review.obstacles(self.row)]

    @resolved(
        "Essai sur de vrais dossiers que l’appelant peut lire, sans rien y écrire.",
        Inherits(Right.PACK_EDIT),
        each=TRIED,
    )
    async def trial(
        self,
        info: Ask,
        first: Annotated[int, strawberry.argument(description="Nombre de dossiers, de 1 à 50.")] = 10,
    ) -> list[TrialResult]:
        """What would change."""
        rows = await pack_trial.trial(info.context.asker, self.row, first)
        return [TrialResult(row=row) for row in rows]


@strawberry.type(description="Révision publiée d’un formulaire.")
class PackSummary:
    """A published revision, in the list."""

    row: strawberry.Private[PublishedRow]
    key: str = shown("Nom, par exemple `ER/2024/1`.", lambda it: str(it.row.key))
    form: str = shown("Type de formulaire.", lambda it: it.row.key.form)
    form_label: str = shown("Nom de ce type de formulaire.", lambda it: it.row.form_label)
    year: int = shown("Année des comptes.", lambda it: it.row.key.year)
    revision: int = shown("Numéro de révision.", lambda it: it.row.key.revision)
    title: str = shown("Titre.", lambda it: it.row.title)
    latest: bool = shown("Vrai si c’est la dernière révision de l’année.", lambda it: it.row.latest)
    editable: bool = shown(
        "Vrai si l’appelant peut préparer la révision suivante.", lambda it: it.row.editable
    )
    sha256: str = shown("Empreinte SHA-256 de ses fichiers.", lambda it: packs.sealed(it.row.key))
    draft: strawberry.ID | None = shown(
        "Identifiant du brouillon qu’elle a été\u202f; nul si l’appelant ne peut pas le lire.",
        lambda it: strawberry.ID(str(it.row.row.id)) if it.row.row and it.row.editable else None,
    )
    note: str = shown(
        "Commentaire de son auteur\u202f; vide si l’appelant ne peut pas la modifier.",
        lambda it: it.row.row.note if it.row.row and it.row.editable else "",
    )
    published_by: str | None = shown(
        "Qui l’a publiée\u202f; nul si elle est livrée avec le produit, ou si l’appelant ne peut pas la"
        " modifier.",
        lambda it: it.row.row.publisher if it.row.row and it.row.editable else None,
    )
    published_at: datetime | None = shown(
        "Moment de la publication\u202f; nul si elle est livrée avec le produit.",
        lambda it: it.row.row.published_at if it.row.row else None,
    )
    url: str = shown("Adresse de son JSON, relative au serveur.", lambda it: f"/packs/{it.row.key}.json")
    sheet_url: str = shown(
        "Adresse de son classeur, pour préparer la révision suivante.", lambda it: f"/packs/{it.row.key}.xlsx"
    )
    archive_url: str = shown(
        "Adresse de l’archive ZIP de ses fichiers.", lambda it: f"/packs/{it.row.key}.zip"
    )
