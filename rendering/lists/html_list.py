"""A list as a page to print (manual §6.4): no script, its own style, the heads on each sheet."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from markupsafe import escape

from rendering.lists.heads import rows_of
from rendering.pages.environment import css_string
from rendering.pages.words import siren
from resolvers.list_columns import Shape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rendering.lists.heads import ListHead
    from resolvers.list_columns import ListColumn

STYLE: Final = Path(__file__).parent / "list.css"
# In ems of the table: the width of a sheet, of a letter, of what is around a cell's text; in letters: the
# widest of the columns that are never cut.
_WHOLE, _LETTER, _ROOM, _NARROW = 102, 0.45, 1.0, 14
_CLASSES: Final = {Shape.DAY: "n", Shape.NUMBER: "n"}


def html_list(head: ListHead) -> Callable[[Iterator[bytes]], Iterator[bytes]]:
    """What makes the page of the database's lines."""
    cells = [_cell(column) for column in head.columns]

    def written(lines: Iterator[bytes]) -> Iterator[bytes]:
        yield _head(head).encode()
        for row in rows_of(lines):
            told = "".join(
                f"{opening}{shown(value)}" for (opening, shown), value in zip(cells, row, strict=True)
            )
            yield f"<tr>{told}\n".encode()
        if not head.total:
            yield f'<tr class="none"><td colspan="{len(cells)}">Aucune ligne\n'.encode()
        yield b"</table>\n"

    return written


def page_policy(head: ListHead) -> str:
    """What the page may load: its own style, and nothing else."""
    seal = b64encode(sha256(_style(head).encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{seal}'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    )


def _cell(column: ListColumn) -> tuple[str, Callable[[str], str]]:
    if column.element == "siren":
        return '<td class="n">', siren
    kind = _CLASSES.get(column.shape)
    return (f'<td class="{kind}">' if kind else "<td>"), escape


def _head(head: ListHead) -> str:
    cols = "".join(f'<col class="c{place}">' for place in range(len(head.columns)))
    heads = "".join(f'<th scope="col">{escape(column.head)}' for column in head.columns)
    asked = "".join(f"<li>{escape(one)}" for one in head.asked)
    return (
        f'<!DOCTYPE html>\n<html lang="fr"><meta charset="utf-8"><title>{escape(head.title)}</title>\n'
        f"<style>{_style(head)}</style>\n"
        f"<header><p class=house>Harmonia</p><h1>{escape(head.title)}</h1>"
        f"<p class=told><b>{escape(head.counted)}</b> · {escape(head.made)}</p>"
        f"{f'<ul>{asked}</ul>' if asked else ''}</header>\n"
        f"<table><colgroup>{cols}</colgroup><thead><tr>{heads}</thead><tbody>\n"
    )


def _style(head: ListHead) -> str:
    """The style with the widths of these columns and the words of the margins."""
    widths = "".join(f".c{place}{{width:{width:.3%}}}" for place, width in enumerate(_widths(head)))
    margins = (
        f"@page{{@bottom-left{{content:{css_string(f'{head.title} – {head.counted}')}}}"
        f"@bottom-center{{content:{css_string(head.made)}}}}}"
    )
    return f"{_plain()}{widths}{margins}"


def _widths(head: ListHead) -> list[float]:
    """Each column's part of the width: what the narrow ones need, and the others share what is left."""
    needed = [(_ROOM + column.width * _LETTER) / _WHOLE for column in head.columns]
    wide = [column.width > _NARROW for column in head.columns]
    shared = sum(column.width for column, is_wide in zip(head.columns, wide, strict=True) if is_wide)
    left = 1 - sum(part for part, is_wide in zip(needed, wide, strict=True) if not is_wide)
    parts = [
        left * column.width / shared if is_wide else part
        for column, part, is_wide in zip(head.columns, needed, wide, strict=True)
    ]
    return [part / sum(parts) for part in parts]


@cache
def _plain() -> str:
    return STYLE.read_text()
