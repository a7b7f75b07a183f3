"""What is checked on a request before anything of it is believed: form, origin, size, frequency."""

from __future__ import annotations

import time
from collections import OrderedDict
from typing import TYPE_CHECKING

from models import Invalid, Problem, Refused

if TYPE_CHECKING:
    from collections.abc import Collection

    from starlette.requests import Request

KNOWN_ADDRESSES = 10_000


def require_json(request: Request) -> None:
    """Only JSON, said in so many words: a browser's form cannot send it, and so cannot forge a request."""
    kind, _, parameters = request.headers.get("content-type", "").lower().partition(";")
    if kind.strip() != "application/json" or parameters.replace(" ", "") not in {"", "charset=utf-8"}:
        raise Invalid(
            "MEDIA_TYPE_UNSUPPORTED",
            "Le corps de la demande doit être annoncé comme `application/json`.",
            path=("content-type",),
        )


def require_origin(request: Request, origins: Collection[str]) -> None:
    """A browser that carries our cookie must come from our own pages. Raises Refused ORIGIN_REFUSED."""
    if "authorization" in request.headers:
        return
    origin = request.headers.get("origin")
    site = request.headers.get("sec-fetch-site", "same-origin")
    if (origin is not None and origin not in origins) or site not in {"same-origin", "none"}:
        raise Refused(
            "ORIGIN_REFUSED",
            "Cette demande vient d’un autre site\u00a0: ouvrez Harmonia à sa propre adresse.",
            path=("origin",),
        )


async def read_body(request: Request, most: int) -> bytes:
    """The body, if it is no longer than `most` bytes. Raises Invalid BODY_TOO_LARGE."""
    body = bytearray()
    declared = request.headers.get("content-length", "0")
    if declared.isdecimal() and int(declared) > most:
        raise _too_large(most)
    async for block in request.stream():
        body += block
        if len(body) > most:
            raise _too_large(most)
    return bytes(body)


def _too_large(most: int) -> Invalid:
    size = f"{most / 1_000_000:g}\u202fMo" if most >= 1_000_000 else f"{most // 1_000}\u202fko"  # noqa: PLR2004 - a megabyte
    return Invalid(
        "BODY_TOO_LARGE",
        f"La demande dépasse {size.replace('.', ',')}\u00a0: envoyez-la en plusieurs fois.",
        details={"max": most},
    )


class Throttle:
    """So many tries a minute from one address; the oldest addresses are forgotten first."""

    def __init__(self, per_minute: int) -> None:
        self._burst = float(per_minute)
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, request: Request) -> None:
        """Count one try. Raises Problem TOO_MANY_ATTEMPTS with the seconds to wait."""
        address, now = (request.client.host if request.client else ""), time.monotonic()
        left, since = self._buckets.pop(address, (self._burst, now))
        left = min(self._burst, left + (now - since) * self._burst / 60)
        allowed = left >= 1
        self._buckets[address] = (left - allowed, now)
        if len(self._buckets) > KNOWN_ADDRESSES:
            self._buckets.popitem(last=False)
        if not allowed:
            seconds = int((1 - left) * 60 / self._burst) + 1
            raise Problem(
                "TOO_MANY_ATTEMPTS",
                f"Trop de tentatives depuis votre adresse\u00a0: réessayez dans {seconds}\u202fs.",
                details={"seconds": seconds},
            )
