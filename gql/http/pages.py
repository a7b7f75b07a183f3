"""The built web client: its files as they are, its first page for every other address of its own."""

from __future__ import annotations

import mimetypes
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException

from gql.http.cached import Cached

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.requests import Request
    from starlette.responses import Response

RESERVED = {"assets", "graphql", "packs", "exports", "oauth", "health"}
FOREVER = "public, max-age=31536000, immutable"
MISSING = """<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><title>Harmonia</title></head>
<body><h1>Harmonia</h1>
<p>Le client web n’est pas construit. Lancez «&#8239;./harmonia demo&#8239;»,
ou «&#8239;npm run build&#8239;» dans web-client/.</p>
</body></html>
"""


class Pages:
    """Every file is read at the start: no request ever reaches the disk, nor leaves the folder."""

    def __init__(self, folder: Path) -> None:
        self._files = {
            f"/{path.relative_to(folder).as_posix()}": _read(folder, path) for path in _built(folder)
        }
        self._index = self._files.pop("/index.html", Cached(MISSING.encode(), "text/html; charset=utf-8"))

    async def answer(self, request: Request) -> Response:
        """A file by its name; the first page for an address that only the client knows."""
        path = request.url.path
        if path in self._files:
            return self._files[path].answer(request)
        first, beyond, _ = path.removeprefix("/").partition("/")
        # `/exports` alone is the client's page of exports; what lies under it are their files.
        reserved = first in RESERVED and (beyond or first != "exports")
        if reserved or "." in path.rpartition("/")[2]:
            raise HTTPException(404)
        return self._index.answer(request)


def _built(folder: Path) -> list[Path]:
    """The page's own files; the map of trusted documents is for the server, not for browsers."""
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "documents.json" and not path.name.endswith(".map")
    ]


def _read(folder: Path, path: Path) -> Cached:
    kind, _ = mimetypes.guess_type(path.name)
    kind = kind or "application/octet-stream"
    kind = f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
    hashed = path.relative_to(folder).parts[0] == "assets"
    return Cached(path.read_bytes(), kind, FOREVER if hashed else "no-cache")
