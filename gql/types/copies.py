"""Sealed copies, the direct access to them, and what changed since the transmission."""

from __future__ import annotations

from datetime import datetime

import strawberry

from forms import format_value
from gql.fields import shown
from gql.types.page_info import PageInfo, page_edges, page_end, page_info
from models import CopyKind
from resolvers.copy_difference import ChangedCell as ChangedCellRow
from resolvers.copy_difference import Difference, TabCount
from resolvers.copy_rows import CopyRow
from resolvers.direct_access import DirectFile as DirectFileRow
from resolvers.direct_access import Folder as FolderRow
from resolvers.paging import Paged


@strawberry.type(description="Copie scellée d’un dossier, faite à sa transmission ou à sa fermeture.")
class SealedCopy:
    """One sealed copy."""

    row: strawberry.Private[CopyRow]
    path: strawberry.Private[str]
    receipt_path: strawberry.Private[str]
    pdf_path: strawberry.Private[str]
    why_not: strawberry.Private[str | None]
    id: strawberry.ID = shown("Identifiant.", lambda it: str(it.row.id))
    kind: CopyKind = shown("À quel passage elle est scellée.", lambda it: it.row.kind)
    number: int = shown("Rang parmi les copies du dossier, à partir de 1.", lambda it: it.row.number)
    at: datetime = shown("Moment du passage.", lambda it: it.row.at)
    author: str = shown("Qui a fait le passage.", lambda it: it.row.author)
    organization: str = shown("Son organisation.", lambda it: it.row.organization)
    ready: bool = shown("Vrai quand ses fichiers sont faits.", lambda it: it.row.ready)
    seal: str = shown(
        "Sceau\u00a0: SHA-256 de son manifeste\u202f; vide tant qu’elle se prépare.", lambda it: it.row.seal
    )
    file_name: str = shown(
        "Nom de l’archive, par exemple `2024-732829320-transmis.zip`.", lambda it: it.row.file_name
    )
    file_size: int = shown("Taille de l’archive, en octets.", lambda it: it.row.file_size)
    url: str = shown("Adresse de l’archive, relative au serveur.", lambda it: it.path)
    receipt_url: str = shown("Adresse de l’accusé de réception, en PDF.", lambda it: it.receipt_path)
    pdf_url: str = shown(
        "Adresse du dossier imprimé, en PDF signé\u202f; `?voir=1` le montre au lieu de l’enregistrer.",
        lambda it: it.pdf_path,
    )
    refusal: str | None = shown(
        "Pourquoi l’appelant ne peut pas la prendre\u202f; nul s’il le peut.", lambda it: it.why_not
    )


@strawberry.type(description="Fichier de l’accès direct.")
class DirectFile:
    """A file of the tree."""

    row: strawberry.Private[DirectFileRow]
    platform: str = shown("Code de la plateforme.", lambda it: it.row.dossier.platform)
    form: str = shown("Type de formulaire.", lambda it: it.row.dossier.form)
    year: int = shown("Année des comptes.", lambda it: it.row.dossier.year)
    siren: str = shown("SIREN de l’organisme.", lambda it: it.row.dossier.organism.siren)
    organism: str = shown("Nom de l’organisme.", lambda it: it.row.dossier.organism.name)
    copy: SealedCopy = shown(
        "La copie, la dernière de sa sorte\u202f; ses adresses sont celles de l’accès direct.",
        lambda it: SealedCopy(
            row=it.row.copy,
            path=it.row.path,
            receipt_path=it.row.receipt_path,
            pdf_path=it.row.pdf_path,
            why_not=None if it.row.refusal is None else it.row.refusal.message,
        ),
    )


@strawberry.type(description="Dossier de l’arborescence de l’accès direct.")
class DirectFolder:
    """A folder of the tree."""

    row: strawberry.Private[FolderRow]
    platform: str = shown("Code de la plateforme.", lambda it: it.row.platform)
    form: str = shown("Type de formulaire.", lambda it: it.row.form)
    year: int = shown("Année des comptes.", lambda it: it.row.year)
    kind: CopyKind = shown("Ce qu’il contient.", lambda it: it.row.kind)
    files: int = shown("Nombre de fichiers.", lambda it: it.row.files)


@strawberry.type(description="Fichier d’une page.")
class DirectFileEdge:
    """A file and its cursor."""

    cursor: str = strawberry.field(description="Curseur de ce fichier.")
    node: DirectFile = strawberry.field(description="Le fichier.")


@strawberry.type(description="Page de l’accès direct, l’année la plus récente en premier.")
class DirectAccessConnection:
    """One page of the tree's files."""

    page: strawberry.Private[Paged[DirectFileRow]]
    edges: list[DirectFileEdge] = page_edges("Fichiers de la page.", DirectFileEdge, DirectFile)
    page_info: PageInfo = page_end()


@strawberry.type(description="Cellule saisie autrement depuis la transmission.")
class ChangedCell:
    """A cell that differs."""

    row: strawberry.Private[ChangedCellRow]
    cell: str = shown("Nom de la cellule, `A1.L011.B` ou `F01[CLÉ].C10`.", lambda it: it.row.cell)
    tab: str = shown("Code de son onglet.", lambda it: it.row.tab)
    tab_title: str = shown("Titre de son onglet.", lambda it: it.row.tab_title)
    label: str = shown("Libellé de la cellule.", lambda it: it.row.label)
    before: str | None = shown(
        "Valeur transmise, en français\u202f; nul si elle était vide.",
        lambda it: _said(it.row.before, it.row.unit),
    )
    after: str | None = shown(
        "Valeur devenue, en français\u202f; nul si elle est vide.",
        lambda it: _said(it.row.after, it.row.unit),
    )
    author: str | None = shown(
        "Qui l’a changée en dernier\u202f; nul si on l’ignore.", lambda it: it.row.author
    )
    at: datetime | None = shown("Quand\u202f; nul si on l’ignore.", lambda it: it.row.at)
    reason: str = shown("Motif donné, ou texte vide.", lambda it: it.row.reason)


def _said(value: str | None, unit: str) -> str | None:
    return None if value is None else format_value(value, unit)


@strawberry.type(description="Onglet, et combien de ses cellules diffèrent.")
class ChangedTab:
    """A tab of the filter."""

    row: strawberry.Private[TabCount]
    code: str = shown("Code de l’onglet.", lambda it: it.row.code)
    title: str = shown("Titre de l’onglet.", lambda it: it.row.title)
    cells: int = shown("Nombre de cellules qui diffèrent.", lambda it: it.row.cells)


@strawberry.type(description="Ce qui a été saisi autrement entre la transmission et la suite, par pages.")
class CopyDifference:
    """One page of the difference."""

    row: strawberry.Private[Difference]
    since: datetime = shown("Moment de la transmission.", lambda it: it.row.since)
    until: datetime | None = shown(
        "Moment de la finalisation ou de la fermeture comparée\u202f; nul pour les valeurs du jour.",
        lambda it: it.row.until,
    )
    total_count: int = shown("Nombre exact de cellules, avec le filtre.", lambda it: it.row.total)
    tabs: list[ChangedTab] = shown(
        "Onglets qui diffèrent, sans le filtre.",
        lambda it: [ChangedTab(row=row) for row in it.row.tabs],
        size=10,
    )
    cells: list[ChangedCell] = shown(
        "Cellules de la page, dans l’ordre du formulaire.",
        lambda it: [ChangedCell(row=row) for row in it.row.cells],
        size=1,
    )
    page_info: PageInfo = shown(
        "Suite de la liste.", lambda it: page_info(it.row.cursors, has_next=it.row.has_next)
    )
