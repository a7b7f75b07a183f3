"""What verbs that fill cells by themselves have in common: done once a key, laid down, saved, told."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from models import transaction
from resolvers import idempotency
from resolvers.edits import lay
from resolvers.rows import CellConflict, CellRefusal, WriteResult

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from authz import Viewer
    from models import ChangeOrigin
    from resolvers.edits import Change, Edit
    from resolvers.workspace import Workspace


async def once(
    viewer: Viewer,
    key: str,
    operation: str,
    arguments: dict[str, Any],
    act: Callable[[], Awaitable[WriteResult]],
) -> WriteResult:
    """Do it in one transaction, once a key: a retry gets the first answer again.

    A conflict or a refusal leaves the key free: nothing was written, and the caller may mend and retry.
    """
    async with transaction():
        done = await idempotency.claim(viewer, key, operation, arguments)
        if done is not None:
            return _restored(done)
        result = await act()
        if result.conflicts or result.refused:
            await idempotency.release(viewer, key)
        else:
            await idempotency.keep(viewer, key, asdict(result))
        return result


def _restored(kept: Mapping[str, Any]) -> WriteResult:
    return WriteResult(
        written=kept["written"],
        version=kept["version"],
        changed=kept["changed"],
        batch=UUID(kept["batch"]) if kept["batch"] else None,
        keys=tuple(kept["keys"]),
        left=tuple(kept["left"]),
    )


async def commit(
    workspace: Workspace, edits: Sequence[Edit], origin: ChangeOrigin, left: Sequence[str] = ()
) -> WriteResult:
    """Lay the edits down, evaluate and save; an answer without a batch when nothing changes.

    With one that may not stand (`Workspace.misplaced`), nothing is written.
    """
    changes = lay(workspace.documents, edits)
    workspace.evaluate()
    misplaced = workspace.misplaced(edits)
    return refusal(workspace, misplaced) if misplaced else await _save(workspace, changes, origin, left=left)


async def settle(
    workspace: Workspace,
    changes: Sequence[Change],
    origin: ChangeOrigin,
    *,
    keys: Sequence[str] = (),
    left: Sequence[str] = (),
) -> WriteResult:
    """Evaluate and save what was laid down already, rows that came or went included."""
    if changes or workspace.rows_moved:
        workspace.evaluate()
    return await _save(workspace, changes, origin, keys=keys, left=left)


async def _save(
    workspace: Workspace,
    changes: Sequence[Change],
    origin: ChangeOrigin,
    *,
    keys: Sequence[str] = (),
    left: Sequence[str] = (),
) -> WriteResult:
    if not changes and not workspace.rows_moved:
        return WriteResult(0, workspace.dossier.version, left=tuple(left))
    changed = workspace.changed()
    version = await workspace.save(changes, origin, datetime.now(UTC))
    return WriteResult(
        written=len(changes),
        version=version,
        changed=changed,
        batch=workspace.batch,
        keys=tuple(keys),
        left=tuple(left),
    )


def refusal(
    workspace: Workspace, refused: Sequence[CellRefusal] = (), conflicts: Sequence[CellConflict] = ()
) -> WriteResult:
    """The answer where nothing was written."""
    return WriteResult(0, workspace.dossier.version, tuple(conflicts), tuple(refused))
