"""A list as a CSV that French spreadsheets open as it is: UTF-8 with BOM, `;`, CRLF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rendering.rows_format import BOM, SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rendering.lists.heads import ListHead


def csv_list(head: ListHead, left: str = "") -> Callable[[Iterator[bytes]], Iterator[bytes]]:
    """What makes the file of the database's own lines, whose texts it has guarded already.

    `left`: a last line that says what is not in the list.
    """

    def written(lines: Iterator[bytes]) -> Iterator[bytes]:
        yield f"{BOM}{SEPARATOR.join(column.head for column in head.columns)}\r\n".encode()
        for line in lines:
            yield line[:-1] + b"\r\n"
        if left:
            yield f"{left}\r\n".encode()

    return written
