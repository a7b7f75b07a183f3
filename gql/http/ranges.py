"""A part of a file that was asked for (RFC 9110, 14), and a file of which any part can be given."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from starlette.responses import Response, StreamingResponse

from gql.http.door import lay_cookie
from gql.http.files import headers_of, named
from gql.http.problems import problem_response
from models import Invalid

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping

    from starlette.requests import Request

    from gql.http.door import Admission

_RANGE: Final = re.compile(r"bytes=(\d{0,15})-(\d{0,15})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Whole:
    """A file to be given: its name, media type, size and strong ETag, and how its bytes are read.

    `read` is given where to start and to stop. `shown`: a browser shows it rather than keep it.
    """

    name: str
    kind: str
    size: int
    etag: str
    read: Callable[[int, int], AsyncIterator[bytes]]
    shown: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """Bytes from `start` to `stop`; `cut` where they were asked for by a range."""

    start: int
    stop: int
    cut: bool


def part_of(headers: Mapping[str, str], size: int, etag: str) -> Part | None:
    """What a request asks of a file of that size; None for a range that is not in it.

    Several ranges, or none that can be read, ask for all of it; so does a range of a file that was another
    (If-Range).
    """
    whole = Part(0, size, cut=False)
    known = headers.get("if-range")
    found = _RANGE.fullmatch(headers.get("range", "").strip())
    if found is None or (known is not None and known.strip() != etag):
        return whole
    first, last = found.groups()
    if not first:
        return _last(int(last), size) if last else whole
    if last and int(last) < int(first):
        return whole
    if int(first) >= size:
        return None
    return Part(int(first), min(int(last) + 1, size) if last else size, cut=True)


def _last(count: int, size: int) -> Part | None:
    return Part(max(size - count, 0), size, cut=True) if count and size else None


def given(admission: Admission, request: Request, whole: Whole) -> Response:
    """The file, or the part that is asked for; its headers alone for HEAD."""
    # A range is asked of a content, and HEAD asks for none.
    asked = {} if request.method == "HEAD" else request.headers
    part = part_of(asked, whole.size, whole.etag)
    if part is None:
        refused = Invalid(
            "RANGE_UNSATISFIABLE",
            "La partie demandée est au-delà de la fin du fichier\u00a0: recommencez le téléchargement.",
            path=("range",),
        )
        return problem_response(refused, {"content-range": f"bytes */{whole.size}"})
    headers = {
        **headers_of(whole.name, named(whole.name, whole.shown)),
        "accept-ranges": "bytes",
        "content-length": str(part.stop - part.start),
        "etag": whole.etag,
    }
    if part.cut:
        headers["content-range"] = f"bytes {part.start}-{part.stop - 1}/{whole.size}"
    status = 206 if part.cut else 200
    response: Response
    if request.method == "HEAD":
        response = Response(None, status, headers, media_type=whole.kind)
    else:
        blocks = whole.read(part.start, part.stop)
        response = StreamingResponse(blocks, status, headers, media_type=whole.kind)
    lay_cookie(response, admission.cookie)
    return response
