"""A list as XML, `urn:harmonia:liste:1` (rendering/schemas/harmonia-liste-1.xsd): one element a dossier."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape, quoteattr

from authz.clock import PARIS
from rendering.lists.heads import rows_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rendering.lists.heads import ListHead

NAMESPACE: Final = "urn:harmonia:liste:1"
SCHEMA: Final = Path(__file__).parent.parent / "schemas" / "harmonia-liste-1.xsd"


def xml_list(head: ListHead) -> Callable[[Iterator[bytes]], Iterator[bytes]]:
    """What makes the file of the database's lines; what a dossier has none of is not written."""
    pairs = [(f"<{column.element}>", f"</{column.element}>") for column in head.columns]

    def written(lines: Iterator[bytes]) -> Iterator[bytes]:
        at = head.at.astimezone(PARIS).isoformat(timespec="seconds")
        asked = f" recherche={quoteattr(' · '.join(head.asked))}" if head.asked else ""
        yield (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<liste xmlns="{NAMESPACE}" version="1.0" du="{at}" nombre="{head.total}"{asked}>\n'
        ).encode()
        for row in rows_of(lines):
            told = "".join(
                f"{opening}{escape(value)}{closing}"
                for (opening, closing), value in zip(pairs, row, strict=True)
                if value
            )
            yield f"<dossier>{told}</dossier>\n".encode()
        yield b"</liste>\n"

    return written
