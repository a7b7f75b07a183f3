"""Attachments over HTTP: a content sent in, whole or in parts; one read; all of a dossier as an archive."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import orjson
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from gql.arguments import dossier_id, identifier
from gql.http.door import Admission, Door, lay_cookie
from gql.http.files import PDF, ZIP, named, opened, streamed
from gql.http.gates import require_origin
from models import AttachmentState, Invalid, NotFound
from rendering.attachment_zip import attachments_name, zip_attachments
from resolvers import attachment_upload, attachments
from resolvers.attachment_rows import unknown
from resolvers.attachment_upload import Span

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Collection

    from starlette.requests import Request

    from models import FileStore
    from resolvers.attachment_rows import AttachmentRow, Intake

_RANGE = re.compile(r"bytes (\d{1,15})-(\d{1,15})/(\d{1,15})")
# What a browser shows without running anything of it, once its content was found to be what its name says.
SHOWN = frozenset({PDF, "image/png", "image/jpeg"})
# Whatever it holds, a browser that shows it all the same runs nothing of it.
SANDBOX = {"content-security-policy": "sandbox; default-src 'none'"}


class AttachmentDoor:
    """Each file is read or written as its caller; what he may not know of is told like what is not there."""

    def __init__(self, door: Door, files: FileStore, intake: Intake, origins: Collection[str]) -> None:
        self._door = door
        self._files = files
        self._intake = intake
        self._origins = origins

    async def put(self, request: Request) -> Response:
        """PUT /attachments/{id}/content: 200 once it is whole, 202 with what is received before.

        Rights are asked before a byte is read. Raises as `attachment_upload.expect` and `receive`, Invalid
        ATTACHMENT_CUT.
        """
        require_origin(request, self._origins)
        admission = await self._door.admit(request)
        viewer = admission.required()
        asked = identifier(request.path_params["id"], unknown())
        span = _span(request)
        row = await attachment_upload.expect(viewer, asked, span, self._intake)
        _require_length(request, row, span, self._intake)
        got = await attachment_upload.receive(viewer, self._files, row, span, _blocks(request), self._intake)
        return _told(admission, got)

    async def get(self, request: Request) -> Response:
        """GET /attachments/{id}/content; `?voir=1` has a browser show what it can (manual §10.2.3).

        Raises as `attachments.read`, NotFound ATTACHMENT_GONE.
        """
        admission = await self._door.admit(request)
        asked = identifier(request.path_params["id"], unknown())
        row = await attachments.read(admission.required(), asked)
        blocks = await opened(self._files, row.file_key, _gone())
        more = {**SANDBOX, "content-length": str(row.size), "etag": f'"{row.sha256}"'}
        inline = request.query_params.get("voir") == "1" and row.media_type in SHOWN
        return streamed(admission, blocks, row.name, row.media_type, {**more, **named(row.name, inline)})

    async def archive(self, request: Request) -> Response:
        """GET /dossiers/{id}/attachments.zip. Raises as `attachments.read_all`."""
        admission = await self._door.admit(request)
        asked = dossier_id(request.path_params["id"])
        dossier, rows = await attachments.read_all(admission.required(), asked)
        made = zip_attachments(self._files, rows)
        return streamed(admission, made, attachments_name(dossier), ZIP, SANDBOX)


def _span(request: Request) -> Span | None:
    """The part that is sent; None for a whole content."""
    header = request.headers.get("content-range")
    if header is None:
        return None
    found = _RANGE.fullmatch(header.strip())
    if found is None:
        raise Invalid(
            "ATTACHMENT_RANGE",
            "L’en-tête Content-Range se lit «\u00a0bytes 0-1048575/5000000\u00a0»\u00a0: corrigez-le.",
            path=("content-range",),
        )
    first, last, total = (int(number) for number in found.groups())
    return Span(first, last + 1, total)


def _require_length(request: Request, row: AttachmentRow, span: Span | None, intake: Intake) -> None:
    """What is declared is what is expected; what is not declared is counted as it comes."""
    declared = request.headers.get("content-length")
    if declared is None or not declared.isdecimal():
        return
    if int(declared) > intake.limit:
        raise attachments.too_large(intake)
    if int(declared) != (row.size if span is None else span.stop - span.start):
        raise attachment_upload.size_differs()


async def _blocks(request: Request) -> AsyncIterator[bytes]:
    try:
        async for block in request.stream():
            yield block
    except ClientDisconnect:
        raise Invalid(
            "ATTACHMENT_CUT",
            "L’envoi a été coupé\u00a0: reprenez-le, ce qui est arrivé en entier est gardé.",
            path=("content",),
        ) from None


def _told(admission: Admission, row: AttachmentRow) -> Response:
    whole = row.state is not AttachmentState.ARRIVING
    body = {"id": row.id, "state": row.state.name, "received": row.received, "size": row.size}
    response = Response(
        orjson.dumps(body),
        200 if whole else 202,
        {"cache-control": "no-store"},
        media_type="application/json",
    )
    lay_cookie(response, admission.cookie)
    return response


def _gone() -> NotFound:
    return NotFound(
        "ATTACHMENT_GONE",
        "Le contenu de cette pièce jointe n’est plus gardé\u00a0: prévenez l’assistance, en donnant son nom.",
    )
