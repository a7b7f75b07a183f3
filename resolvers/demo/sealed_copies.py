"""Sealed copies of a few dossiers, left for the worker to make, and what the Ministry corrected in one."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from authz import Authority, viewer_of_user
from forms import Step
from models import CopyKind, fetch
from resolvers import dossiers, sealed, verification
from resolvers.cells import CellWrite, write
from resolvers.demo.accounts import MANAGER
from resolvers.demo.filing import filed
from resolvers.demo.identifiers import stable_id
from resolvers.demo.platforms import PLATFORMS
from resolvers.tabs import open_tabs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from authz import Viewer
    from resolvers.demo.filing import Filed

# A copy is frozen as its move leaves the dossier: those whose last move was one of these two.
KINDS: Final = {Step.REVIEW: CopyKind.TRANSMITTED, Step.CLOSURE: CopyKind.CLOSED}
MOST: Final = 3
# What the officer found by telephone, in the sheet of identity: no amount of it moves an equality.
CORRECTED: Final = {"G01.L021.V": "04 67 00 01 23", "G01.L023.V": "Communauté d’agglomération"}


async def write_copies() -> None:
    """Freeze them as their own moves would have, in the seed's transaction."""
    authority = await Authority.load()
    ministry = await viewer_of_user(authority, stable_id("user", f"{PLATFORMS['MIN'].login}.{MANAGER.word}"))
    for step, kind in KINDS.items():
        for one in islice(_standing(step), MOST):
            declarant = await viewer_of_user(authority, one.declarant)
            await _freeze(declarant if kind is CopyKind.TRANSMITTED else ministry, one, kind)
            if step is Step.REVIEW:
                await _correct(ministry, one)


def _standing(step: Step) -> Iterator[Filed]:
    return (one for one in filed() if one.filled and one.step is step)


async def _freeze(viewer: Viewer, one: Filed, kind: CopyKind) -> None:
    row = await dossiers.read(viewer, one.id)
    kept = await fetch("SELECT max(id) AS id FROM snapshot WHERE dossier_id = %s", [one.id])
    checked = await verification.last(row)
    if checked is not None and kept[0]["id"] is not None:
        await sealed.freeze(viewer, row, kind, kept[0]["id"], checked)


async def _correct(ministry: Viewer, one: Filed) -> None:
    row = await dossiers.read(ministry, one.id)
    if row.handed_back_at is not None:
        return
    seen = (await open_tabs(row, ["G01"]))[0].values
    writes = [
        CellWrite(cell, value, seen.get(cell.removeprefix("G01."))) for cell, value in CORRECTED.items()
    ]
    await write(ministry, one.id, writes)
