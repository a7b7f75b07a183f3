"""Where a thread stands in a form: stable codes, checked when it is opened, told in words when it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms import Nature as TabNature
from forms import split_key
from models import Invalid, Level, NotFound
from resolvers.documents import Document, instances_of, load_documents
from resolvers.edits import Address, parse_address
from resolvers.tabs import check_instance, check_open, tab_title

if TYPE_CHECKING:
    from forms import Column, Pack, Tab
    from resolvers.rows import DossierRow

GONE = "n’existe plus"


async def check_anchor(dossier: DossierRow, level: Level, anchor: str) -> None:
    """Nothing, where a thread may be opened there by the reader of the row.

    Raises Invalid ANCHOR_UNEXPECTED, NotFound TAB_UNKNOWN, CELL_UNKNOWN, ROW_UNKNOWN or INSTANCE_UNKNOWN,
    Refused TAB_WITHHELD.
    """
    if level is Level.DOSSIER:
        if anchor:
            raise Invalid(
                "ANCHOR_UNEXPECTED",
                "Un message sur le dossier entier ne désigne ni onglet ni cellule\u00a0: retirez le repère.",
                path=("anchor",),
            )
        return
    address = parse_address(anchor)
    tab = anchor if level is Level.TAB else address.tab
    if dossier.definition.tab(tab) is None:
        raise NotFound(
            "TAB_UNKNOWN",
            "Cet onglet n’existe pas dans ce dossier\u00a0: choisissez un onglet de la liste.",
            path=("anchor",),
        )
    check_open(dossier, tab)
    if level is Level.CELL and not _is_cell(dossier, anchor, address):
        raise NotFound(
            "CELL_UNKNOWN",
            "Cette cellule n’existe pas dans ce formulaire\u00a0: choisissez-la dans l’onglet.",
            path=("anchor",),
        )
    await _check_stored(dossier, tab, address if level is Level.CELL else None)


def _is_cell(dossier: DossierRow, anchor: str, address: Address) -> bool:
    cell = dossier.definition.cell(anchor)
    if cell is not None:
        return cell.applies_to(dossier.organism.category)
    return _column(dossier.definition, address) is not None


async def _check_stored(dossier: DossierRow, tab: str, address: Address | None) -> None:
    """The instance of a group, or the row, must be there."""
    pack, (plain, _) = dossier.definition, split_key(tab)
    group = pack.tabs[plain].group
    row = address.key if address is not None and pack.cell(str(address)) is None else None
    if group is None and row is None:
        return
    documents = await load_documents(dossier.id, [tab, *([group] if group else [])])
    check_instance(dossier, instances_of(pack, documents), tab)
    if row is not None and row not in {one["key"] for one in documents.get(tab, Document()).rows}:
        raise NotFound(
            "ROW_UNKNOWN",
            "Cette ligne n’existe plus dans l’onglet\u00a0: rechargez-le.",
            path=("anchor",),
        )


def _column(pack: Pack, address: Address) -> Column | None:
    """The column of a dynamic tab's row that an address names."""
    tab = pack.tab(address.tab)
    if tab is None or tab.nature is not TabNature.DYNAMIC or address.key is None:
        return None
    return tab.column(address.place)


def stands(pack: Pack, level: Level, anchor: str) -> bool:
    """Whether the form has the place; of a row, whether it has its tab and its column."""
    if level is Level.DOSSIER:
        return True
    if level is Level.TAB:
        return pack.tab(anchor) is not None
    return pack.cell(anchor) is not None or _column(pack, parse_address(anchor)) is not None


def label_of(pack: Pack, level: Level, anchor: str) -> str:
    """The place in words; its code alone, said to be gone, where the form has it no more."""
    if level is Level.DOSSIER:
        return "Dossier"
    if not stands(pack, level, anchor):
        return f"{anchor} ({GONE})"
    if level is Level.TAB:
        return tab_title(pack, anchor)
    address = parse_address(anchor)
    tab = pack.tab(address.tab)
    parts = [tab_title(pack, address.tab), *_within(pack, tab, address)] if tab is not None else [anchor]
    return " – ".join(part for part in parts if part)


def _within(pack: Pack, tab: Tab, address: Address) -> list[str]:
    """The line, or the row, and the column."""
    if address.key is not None and (column := _column(pack, address)) is not None:
        return [f"ligne {address.key}", column.label]
    line, _, code = address.place.partition(".")
    known = tab.column(code)
    label = next((one.label for one in tab.lines if one.code == line), line)
    return [label, "" if known is None else known.label]


def carried(pack: Pack, level: Level, anchor: str) -> tuple[Level, str]:
    """Where talk about a place of last year goes on in this year's form (`years.txt`).

    What is gone keeps its old code, unless that code names another place now: then the tab, then the dossier.
    """
    if level is Level.DOSSIER:
        return level, anchor
    new = pack.thread_cell(anchor)
    if new is not None and stands(pack, level, new):
        return level, new
    tab = parse_address(anchor).tab if level is Level.CELL else anchor
    home = pack.thread_cell(tab)
    if home is not None and stands(pack, Level.TAB, home):
        return Level.TAB, home
    return (level, anchor) if pack.tab(tab) is None else (Level.DOSSIER, "")
