"""What happened to one cell: every value it held, the latest first."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from models import ChangeOrigin, NotFound, Refused, fetch
from resolvers import dossiers, readings
from resolvers.edits import Address, parse_address
from resolvers.hand import may_write
from resolvers.hiding import conditional
from resolvers.opening import SINCE_OPEN, opens_at
from resolvers.paging import check_first, cursor_invalid
from resolvers.reading import read_documents
from resolvers.tabs import check_open

if TYPE_CHECKING:
    from authz import Viewer
    from forms import Pack
    from resolvers.rows import DossierRow

_CHANGES = f"""
SELECT c.id, c.at, c.before, c.after, c.origin, c.reason, c.batch,
       u.first_name || ' ' || u.last_name AS author
FROM cell_change c CROSS JOIN (SELECT %s::int AS opens) o LEFT JOIN user_account u ON u.id = c.author_id
WHERE c.dossier_id = %s AND c.cell = %s AND c.id < %s AND {SINCE_OPEN} ORDER BY c.id DESC LIMIT %s
"""  # noqa: S608 - a constant


@dataclass(frozen=True, slots=True)
class CellChangeRow:
    """One change of the cell; `author` is None for the system, `batch` names the write it belongs to."""

    at: datetime
    author: str | None
    before: str | None
    after: str | None
    origin: ChangeOrigin
    reason: str
    batch: UUID | None


@dataclass(frozen=True, slots=True)
class CellHistory:
    """One page of a cell's changes, their cursors, and the unit of its values (`nb` for a row's rank)."""

    rows: tuple[CellChangeRow, ...]
    cursors: tuple[str, ...]
    has_next: bool
    unit: str


async def history(
    viewer: Viewer, dossier_id: UUID, cell: str, first: int = 20, after: str | None = None
) -> CellHistory:
    """One page of the changes of a cell or of a row, `F01[0001]`.

    Whoever may not read the cell at the dossier's earlier steps sees what changed since he may: a partner,
    to whom it opens once transmitted, never sees what the organism wrote before.

    Raises NotFound (CELL_UNKNOWN), Refused TAB_WITHHELD or CELL_HIDDEN, Invalid FIRST_OUT_OF_BOUNDS or
    CURSOR_INVALID.
    """
    check_first(first)
    dossier = await dossiers.read(viewer, dossier_id)
    address = parse_address(cell)
    if dossier.definition.tab(address.tab) is not None or address.tab in dossier.definition.groups:
        check_open(dossier, address.tab)
    unit = _unit(dossier.definition, address)
    if not may_write(viewer, dossier):
        await _require_shown(dossier, address)
    opens = opens_at(viewer, dossier, address.tab)
    await readings.note([dossier])
    records = await fetch(_CHANGES, [opens, dossier.id, str(address), _decode(after), first + 1])
    names = tuple(name for name in CellChangeRow.__slots__ if name != "origin")
    return CellHistory(
        rows=tuple(
            CellChangeRow(origin=ChangeOrigin(record["origin"]), **{name: record[name] for name in names})
            for record in records[:first]
        ),
        cursors=tuple(_encode(record["id"]) for record in records[:first]),
        has_next=len(records) > first,
        unit=unit,
    )


async def _require_shown(dossier: DossierRow, address: Address) -> None:
    """What the answers hide comes back to who may write; to others it is blank, and so is its past."""
    if conditional(dossier) and (await read_documents(dossier)).hides.hides(_place(address)):
        raise Refused(
            "CELL_HIDDEN",
            "Les réponses données rendent cette cellule sans objet\u00a0: elle est vide, et son historique "
            "ne s’ouvre qu’à qui peut la remplir.",
            path=("cell",),
        )


def _place(address: Address) -> str:
    """The cell, or the tab of a row."""
    return str(address) if address.key is None else address.tab


def _unit(pack: Pack, address: Address) -> str:
    tab, cell = pack.tab(address.tab), pack.cell(str(address))
    if address.key is None and cell is not None:
        return cell.unit
    if address.tab in pack.groups and address.key is not None and not address.place:
        return "nb"
    if address.key is not None and tab is not None and not tab.lines:
        column = tab.column(address.place)
        if not address.place or column is not None:
            return "nb" if column is None else column.unit
    raise NotFound(
        "CELL_UNKNOWN",
        "Cette cellule n’existe pas dans ce formulaire : vérifiez son code.",
        path=("cell",),
    )


def _encode(row_id: int) -> str:
    return base64.urlsafe_b64encode(str(row_id).encode()).decode()


def _decode(cursor: str | None) -> int:
    """The change that a page begins after; the largest number for the first page."""
    if cursor is None:
        return 2**63 - 1
    try:
        found = int(base64.urlsafe_b64decode(cursor.encode()).decode("ascii"))
    except (ValueError, binascii.Error) as error:
        raise cursor_invalid() from error
    if not 0 < found < 2**63:
        raise cursor_invalid()
    return found
