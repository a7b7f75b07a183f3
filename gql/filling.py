"""Helping to fill: last year's values, what another form says, rows, undoing, history, trying."""

from __future__ import annotations

from typing import Annotated

import strawberry

from authz import Right
from gql.arguments import After, DossierId, First, IdempotencyKey, dossier_id, identifier
from gql.context import Ask
from gql.fields import Requires, mutation, resolved
from gql.types.filling import CommonCoreCopy, RowChange
from gql.types.paging import CellChangeConnection
from gql.types.trying import DryRun
from gql.types.writing import CellWrite, WriteResult
from resolvers import accepting, cell_history, common_copy, dry_run, group_writes, row_writes, undoing

RowChanges = Annotated[
    list[RowChange],
    strawberry.argument(description="Changements, faits dans l’ordre, 2\u202f000 au plus."),
]


@strawberry.type
class FillingQuery:
    """What one can ask about the filling of a dossier."""

    @resolved(
        "Changements d’une cellule, ou d’une ligne `F01[CLÉ]`, du plus récent au plus ancien. Qui ne lit le"
        " dossier qu’à partir d’une étape n’y voit que les changements faits depuis.",
        Requires(Right.READ),
    )
    async def cell_history(
        self,
        info: Ask,
        dossier: DossierId,
        cell: Annotated[str, strawberry.argument(description="Nom de la cellule ou de la ligne.")],
        first: First = 20,
        after: After = None,
    ) -> CellChangeConnection:
        """One page of a cell's history."""
        page = await cell_history.history(info.context.asker, dossier_id(dossier), cell, first, after)
        return CellChangeConnection(page=page)

    @resolved(
        "Essaie une écriture\u00a0: les valeurs qui changeraient et les anomalies qu’il y aurait."
        " Rien n’est écrit.",
        Requires(Right.WRITE, Right.CORRECT),
    )
    async def dry_run(
        self,
        info: Ask,
        dossier: DossierId,
        writes: Annotated[list[CellWrite], strawberry.argument(description="Écritures, 2\u202f000 au plus.")],
    ) -> DryRun:
        """Try a write."""
        batch = [one.write() for one in writes]
        return DryRun(row=await dry_run.dry_run(info.context.asker, dossier_id(dossier), batch))


@strawberry.type
class FillingMutation:
    """What helps to fill a dossier."""

    @mutation(
        "Reprend des valeurs de l’an dernier dans les cellules encore vides\u00a0: celles nommées, celles"
        " d’un onglet, ou toutes. N’efface jamais ce qui est saisi\u202f; s’annule par `undoBatch`.",
        Requires(Right.WRITE, Right.CORRECT),
    )
    async def accept_suggestions(
        self,
        info: Ask,
        dossier: DossierId,
        idempotency_key: IdempotencyKey,
        tab: Annotated[
            str | None, strawberry.argument(description="Onglet\u202f; nul pour le dossier entier.")
        ] = None,
        cells: Annotated[
            list[str] | None,
            strawberry.argument(description="Cellules\u202f; nul pour toutes celles qui peuvent l’être."),
        ] = None,
    ) -> WriteResult:
        """Accept suggestions."""
        asker, key = info.context.asker, dossier_id(dossier)
        return WriteResult(row=await accepting.accept(asker, key, tab, cells, idempotency_key))

    @mutation(
        "Annule une écriture\u00a0: remet ce qu’elle a changé, là où personne ne l’a changé depuis.",
        Requires(Right.WRITE, Right.CORRECT),
    )
    async def undo_batch(
        self,
        info: Ask,
        dossier: DossierId,
        batch: Annotated[strawberry.ID, strawberry.argument(description="`WriteResult.batch`.")],
        idempotency_key: IdempotencyKey,
    ) -> WriteResult:
        """Undo a write."""
        key = dossier_id(dossier)
        found = identifier(batch, undoing.batch_unknown())
        return WriteResult(row=await undoing.undo(info.context.asker, key, found, idempotency_key))

    @mutation(
        "Ajoute, supprime ou déplace des lignes d’un onglet dynamique\u00a0: toutes, ou aucune au premier"
        " conflit ou refus.",
        Requires(Right.WRITE, Right.CORRECT),
    )
    async def write_rows(
        self,
        info: Ask,
        dossier: DossierId,
        tab: Annotated[str, strawberry.argument(description="Onglet dynamique.")],
        changes: RowChanges,
    ) -> WriteResult:
        """Change rows."""
        made = [one.change() for one in changes]
        return WriteResult(
            row=await row_writes.write_rows(info.context.asker, dossier_id(dossier), tab, made)
        )

    @mutation(
        "Ajoute, supprime ou déplace des exemplaires d’un groupe répété\u00a0: tous, ou aucun au premier"
        " conflit ou refus. Pour en supprimer un, `was` donne les valeurs vues dans tous ses onglets, par"
        ' cellule\u00a0: `{"E1[1].L011.V": "12"}`.',
        Requires(Right.WRITE, Right.CORRECT),
    )
    async def write_group(
        self,
        info: Ask,
        dossier: DossierId,
        group: Annotated[str, strawberry.argument(description="Code du groupe.")],
        changes: RowChanges,
    ) -> WriteResult:
        """Change instances."""
        made = [one.change() for one in changes]
        return WriteResult(
            row=await group_writes.write_group(info.context.asker, dossier_id(dossier), group, made)
        )

    @mutation(
        "Copie des valeurs du tronc commun entre ce dossier et l’autre, avec leur provenance\u00a0: toutes,"
        " ou aucune au premier conflit ou refus. Le résultat est celui du dossier qui reçoit.",
        Requires(Right.WRITE, Right.CORRECT),
    )
    async def copy_common_core(
        self,
        info: Ask,
        dossier: DossierId,
        copy: Annotated[CommonCoreCopy, strawberry.argument(description="Ce qui est copié.")],
        idempotency_key: IdempotencyKey,
    ) -> WriteResult:
        """Copy between two dossiers."""
        asker, key = info.context.asker, dossier_id(dossier)
        return WriteResult(row=await common_copy.copy_common(asker, key, copy.copy(), idempotency_key))
