"""What the history says of the rows of dynamic tabs: that one came, went, or changed its rank."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resolvers.edits import Address, Change

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from resolvers.documents import Document, Documents


def ranks(documents: Documents) -> dict[str, dict[str, int]]:
    """The rank of each row from 1, by tab then key."""
    return {
        tab: {row["key"]: rank for rank, row in enumerate(document.rows, 1)}
        for tab, document in documents.items()
        if document.rows
    }


def came_and_went(before: Mapping[str, Mapping[str, int]], documents: Documents) -> Iterator[Change]:
    """One change a row that is new or gone, under the row's address, its rank as the value."""
    after = ranks(documents)
    for tab in {**before, **after}:
        old, new = before.get(tab, {}), after.get(tab, {})
        for key in old.keys() - new.keys():
            yield Change(Address(tab, "", key), str(old[key]), None, "")
        for key, rank in new.items():
            if key not in old:
                yield Change(Address(tab, "", key), None, str(rank), "")


def move_row(document: Document, address: Address, rank: int, reason: str = "") -> list[Change]:
    """Put a row at a rank from 1; the change that this is, if it is one."""
    order = [row["key"] for row in document.rows]
    old = order.index(address.key) + 1
    rank = max(1, min(rank, len(order)))
    if old == rank:
        return []
    document.rows.insert(rank - 1, document.rows.pop(old - 1))
    return [Change(address, str(old), str(rank), reason)]
