"""Taking last year's values over at the user's word: only where nothing stands."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from models import ChangeOrigin
from resolvers.batches import commit, once, refusal
from resolvers.edits import Edit, Entry, read_edit
from resolvers.rows import CellRefusal, WriteResult
from resolvers.suggestions import last_year, suggestions
from resolvers.tabs import check_tabs, tab_names
from resolvers.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from authz import Viewer
    from resolvers.rows import DossierRow
    from resolvers.suggestions import LastYear, Suggestion


async def accept(
    viewer: Viewer, dossier_id: UUID, tab: str | None, cells: Sequence[str] | None, key: str
) -> WriteResult:
    """Fill blank cells with last year's values: those named, those of a tab, or all.

    What was typed is never erased: a named cell that is filled is told in `left`. A second run finds
    nothing more to fill. Raises NotFound, Refused; a cell without a suggestion refuses the whole.
    """

    async def act() -> WriteResult:
        workspace = await open_workspace(viewer, dossier_id)
        before = await last_year(viewer, workspace.dossier)
        if tab is not None:
            check_tabs(workspace.dossier, [tab])
        found = await _found(workspace, before, tab)
        if cells is None:
            return await _fill(workspace, before, [one for one in found.values() if one.acceptable])
        unknown = [_unknown(cell) for cell in cells if cell not in found]
        if unknown:
            return refusal(workspace, unknown)
        named = [found[cell] for cell in dict.fromkeys(cells)]
        left = [one.cell for one in named if not one.acceptable]
        return await _fill(workspace, before, [one for one in named if one.acceptable], left)

    arguments = {"dossier": dossier_id, "tab": tab, "cells": None if cells is None else list(cells)}
    return await once(viewer, key, "acceptSuggestions", arguments, act)


async def _found(workspace: Workspace, before: LastYear | None, tab: str | None) -> dict[str, Suggestion]:
    if before is None:
        return {}
    dossier = workspace.dossier
    tabs = [tab] if tab is not None else tab_names(dossier, workspace.instances)
    found = await suggestions(dossier, before, workspace.documents, tabs, workspace.evaluation)
    return {one.cell: one for one in found}


async def _fill(
    workspace: Workspace,
    before: LastYear | None,
    chosen: Sequence[Suggestion],
    left: Sequence[str] = (),
) -> WriteResult:
    reason = "" if before is None else f"Repris du dossier {before.dossier.form} {before.dossier.year}"
    edits = [_edit(workspace.dossier, one, reason) for one in chosen]
    return await commit(workspace, edits, ChangeOrigin.PREVIOUS_YEAR, left)


def _edit(dossier: DossierRow, one: Suggestion, reason: str) -> Edit:
    read = read_edit(dossier.definition, dossier.organism.category, Entry(one.cell, one.previous))
    if isinstance(read, CellRefusal):
        message = f"{one.cell} was acceptable"
        raise TypeError(message)
    return replace(read, reason=reason)


def _unknown(cell: str) -> CellRefusal:
    return CellRefusal(
        cell=cell,
        code="SUGGESTION_UNKNOWN",
        message=f"Rien n’est proposé pour la cellule {cell} : rechargez l’onglet.",
    )
