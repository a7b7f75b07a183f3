"""What prints are measured beside: WeasyPrint on the same page, typst on the same tables, a command line."""

from __future__ import annotations

import importlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from rendering.chromium import SYSTEM_NAMES
from rendering.pages.document import Layout

_ESCAPED = str.maketrans({letter: f"\\{letter}" for letter in '\\#$*_@<>`"[]~=-+/'})
_FLAGS = ("--headless", "--disable-gpu", "--no-pdf-header-footer", "--disable-pdf-tagging")

# What a peer is called, and one print by it.
Peer = tuple[str, Callable[[], object]]


def peers(layout: Layout, html: str, folder: Path) -> Iterator[Peer]:
    """Those that are installed here; the print that each makes of the same dossier."""
    if importlib.util.find_spec("weasyprint"):
        yield "WeasyPrint, same page, same run", lambda: _weasyprint(html)
    if importlib.util.find_spec("typst"):
        source = folder / "dossier.typ"
        source.write_text(_typst_source(layout))
        yield "typst, a process each, same tables, same run", lambda: _typst(source)
    program = _program()
    if program is not None:
        page = folder / "dossier.html"
        page.write_text(html)
        yield f"command line of {Path(program).name}, same page, same run", lambda: _command(program, page)


def missing() -> list[str]:
    """The peers that are not installed, which the report says."""
    found = [name for name in ("weasyprint", "typst") if not importlib.util.find_spec(name)]
    return found if _program() else [*found, "chromium"]


def _program() -> str | None:
    """The headless shell first, the quickest of them, whatever prints for us."""
    named = os.environ.get("HARMONIA_CHROMIUM")
    names = (SYSTEM_NAMES[0], *((named,) if named else ()), *SYSTEM_NAMES)
    return next(filter(None, map(shutil.which, names)), None)


def _weasyprint(html: str) -> bytes:
    # Of the benches alone, and without types.
    made: bytes = importlib.import_module("weasyprint").HTML(string=html).write_pdf()
    return made


def _typst(source: Path) -> None:
    """In a process of its own: one that has compiled a text before only remembers it."""
    target = str(source.with_suffix(".pdf"))
    asked = f"import typst; typst.compile({str(source)!r}, output={target!r}, pdf_tags=False)"
    subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True)  # noqa: S603 - our own


def _command(program: str, page: Path) -> None:
    sandbox = () if os.geteuid() else ("--no-sandbox",)
    target = f"--print-to-pdf={page.with_suffix('.pdf')}"
    command = [program, *_FLAGS, *sandbox, target, page.as_uri()]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - the program found above


def _typst_source(layout: Layout) -> str:
    """The same tables, their widths and their texts; no decoration but the lines."""
    lines = ['#set page("a4", flipped: true, margin: 11mm)', '#set text(font: "Liberation Sans", size: 8pt)']
    for part in layout.parts:
        for sheet in part.sheets:
            lines += ["#pagebreak(weak: true)", f"= {sheet.code} {sheet.title.translate(_ESCAPED)}"]
            for grid in sheet.grids:
                widths = ", ".join(f"{width:.1f}pt" for width in grid.fit.widths)
                heads = ", ".join(f"[*{head.label.translate(_ESCAPED)}*]" for head in grid.heads)
                lines.append(f"#table(columns: ({widths},), inset: 2pt, table.header({heads}),")
                lines += [_typst_line(len(grid.heads), strip.title, strip.squares) for strip in grid.strips]
                lines.append(")")
    return "\n".join(lines)


def _typst_line(columns: int, title: str, squares: tuple[object, ...]) -> str:
    if not squares:
        return f"table.cell(colspan: {columns})[{title.translate(_ESCAPED)}],"
    texts = (str(getattr(square, "text", "")).translate(_ESCAPED) for square in squares)
    return " ".join(f"[{text}]," for text in texts)
