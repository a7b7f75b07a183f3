"""Answers that are the same for everyone: kept ready, compressed once, and not sent twice."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from starlette.responses import Response

if TYPE_CHECKING:
    from starlette.requests import Request

WORTH_COMPRESSING = 1_000
_COMPRESSIBLE = (
    "text/",
    "application/json",
    "application/xml",
    "application/javascript",
    "image/svg+xml",
    "application/manifest+json",
)


@dataclass(frozen=True)
class Cached:
    """One content, its media type and how long browsers may keep it without asking."""

    content: bytes
    media_type: str
    cache_control: str = "no-cache"

    @cached_property
    def etag(self) -> str:
        """The content's own mark: SHA-256, shortened."""
        return f'"{hashlib.sha256(self.content).hexdigest()[:32]}"'

    @cached_property
    def compressed(self) -> bytes | None:
        """The content in gzip, where that is worth it."""
        if len(self.content) < WORTH_COMPRESSING or not self.media_type.startswith(_COMPRESSIBLE):
            return None
        return gzip.compress(self.content, mtime=0)

    def answer(self, request: Request) -> Response:
        """The content, or 304 where the browser already has it."""
        headers = {"etag": self.etag, "cache-control": self.cache_control, "vary": "accept-encoding"}
        if self.etag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        content = self.content
        if self.compressed is not None and "gzip" in request.headers.get("accept-encoding", ""):
            content, headers["content-encoding"] = self.compressed, "gzip"
        return Response(content, headers=headers, media_type=self.media_type)
