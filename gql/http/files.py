"""Files handed to whoever was admitted: each under its name, kept by nobody on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from starlette.responses import Response, StreamingResponse

from gql.http.door import lay_cookie

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, AsyncIterator, Iterable, Mapping

    from gql.http.door import Admission
    from models import FileStore, NotFound

PDF: Final = "application/pdf"
SHEET: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP: Final = "application/zip"


def download(
    admission: Admission, content: bytes, name: str, kind: str, more: Mapping[str, str] | None = None
) -> Response:
    """A file that is at hand; `more` is what its headers say besides."""
    response = Response(content, headers=headers_of(name, more), media_type=kind)
    lay_cookie(response, admission.cookie)
    return response


def streamed(
    admission: Admission,
    blocks: AsyncIterable[bytes] | Iterable[bytes],
    name: str,
    kind: str,
    more: Mapping[str, str] | None = None,
) -> StreamingResponse:
    """A file that never sits in memory."""
    response = StreamingResponse(blocks, headers=headers_of(name, more), media_type=kind)
    lay_cookie(response, admission.cookie)
    return response


async def opened(files: FileStore, key: str, gone: NotFound) -> AsyncIterator[bytes]:
    """The blocks of a stored file. Raises `gone` where there is none, before anything is answered."""
    blocks = files.stream(key)
    try:
        first = await anext(blocks, b"")
    except FileNotFoundError:
        raise gone from None

    async def stream() -> AsyncIterator[bytes]:
        yield first
        async for block in blocks:
            yield block

    return stream()


def named(name: str, inline: bool = False) -> dict[str, str]:  # noqa: FBT001, FBT002 - one header of two forms
    """The header that says under which name a file is kept, or shown where it is `inline`."""
    kept = "inline" if inline else "attachment"
    return {"content-disposition": f"{kept}; filename*=UTF-8''{quote(name, safe='')}"}


def headers_of(name: str, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """What is said of every file that leaves: its name, and that nobody keeps it on the way."""
    return {
        **named(name),
        "cache-control": "private, no-store",
        **(more or {}),
    }
