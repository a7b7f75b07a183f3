"""Copying what two forms share from one to the other, at the user's word, with where it came from."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from models import ChangeOrigin, NotFound
from resolvers import dossiers
from resolvers.batches import commit, once, refusal
from resolvers.cells import last_writer
from resolvers.common_core import compare, counterpart, provenance
from resolvers.edits import Edit, Entry, read_edit
from resolvers.rows import CellConflict, CellRefusal
from resolvers.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from authz import Viewer
    from resolvers.common_core import Pair
    from resolvers.rows import DossierRow, WriteResult


class CopyDirection(StrEnum):
    """Which of the two dossiers receives: this one, or the other."""

    FROM_OTHER = "from_other"
    TO_OTHER = "to_other"


@dataclass(frozen=True, slots=True)
class SeenPair:
    """A divergence to copy, by someone who saw these values on either side, canonical text."""

    id: str
    here: str | None
    there: str | None


@dataclass(frozen=True, slots=True)
class CommonCopy:
    """What is copied, which way, and with which form where several share values."""

    pairs: tuple[SeenPair, ...]
    direction: CopyDirection
    form: str | None = None


async def copy_common(viewer: Viewer, dossier_id: UUID, asked: CommonCopy, key: str) -> WriteResult:
    """Copy values between a dossier and its counterpart; the answer is the receiving dossier's.

    Takes the right to read both and to write the one that receives. With one value that changed since
    it was seen, or one that cannot be copied so, nothing is written. Raises NotFound (also
    COMMON_CORE_UNAVAILABLE, the same for no other dossier and for one not open), Refused.
    """

    async def act() -> WriteResult:
        dossier = await dossiers.read(viewer, dossier_id)
        other = await counterpart(viewer, dossier, asked.form)
        if other is None:
            raise NotFound(
                "COMMON_CORE_UNAVAILABLE",
                "Aucun dossier du même organisme et de la même année ne partage de valeurs avec celui-ci, "
                "ou il ne vous est pas ouvert : rien n’est copié.",
                path=("dossier",),
            )
        inward = asked.direction is CopyDirection.FROM_OTHER
        workspace = await open_workspace(viewer, (dossier if inward else other).id)
        pairs = {pair.id: pair for pair in (await compare(viewer, dossier, other)).pairs}
        giver = other if inward else dossier
        copy = _Copy(workspace, giver, inward)
        for one in asked.pairs:
            await copy.take(one, pairs.get(one.id))
        if copy.refused or copy.conflicts:
            return refusal(workspace, copy.refused, copy.conflicts)
        return await commit(workspace, copy.edits, ChangeOrigin.COMMON_CORE)

    return await once(viewer, key, "copyCommonCore", {"dossier": dossier_id, "copy": asdict(asked)}, act)


class _Copy:
    """One copy under way; `inward` when the dossier that was named receives."""

    def __init__(self, workspace: Workspace, giver: DossierRow, inward: bool) -> None:  # noqa: FBT001 - a direction
        self.workspace = workspace
        self.giver = giver
        self.inward = inward
        self.edits: list[Edit] = []
        self.refused: list[CellRefusal] = []
        self.conflicts: list[CellConflict] = []

    async def take(self, seen: SeenPair, pair: Pair | None) -> None:
        """Read one pair, or keep why it is not copied."""
        if pair is None or not (pair.from_other if self.inward else pair.to_other):
            self._refuse(seen.id)
            return
        value, stands = (pair.there, pair.here) if self.inward else (pair.here, pair.there)
        cell = pair.cell if self.inward else pair.other_cell
        if (seen.here or None, seen.there or None) != (pair.here, pair.there):
            author, at = await last_writer(self.workspace.dossier.id, cell)
            self.conflicts.append(CellConflict(cell, value, stands, author, at))
            return
        dossier = self.workspace.dossier
        read = read_edit(dossier.definition, dossier.organism.category, Entry(cell, value))
        if isinstance(read, CellRefusal):
            self.refused.append(read)
            return
        source = pair.provenance if self.inward else provenance(self.giver, pair.cell)
        self.edits.append(replace(read, reason=f"Repris\u00a0: {source}"))

    def _refuse(self, cell: str) -> None:
        message = (
            f"La valeur de {cell} ne se copie pas dans ce sens : la cellule qui la recevrait se calcule, "
            "ou la valeur est la somme de plusieurs cellules. Modifiez-la dans son dossier."
        )
        self.refused.append(CellRefusal(cell, "COMMON_CORE_NOT_COPYABLE", message))
