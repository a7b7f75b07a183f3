"""The definitions of the forms, for the web client: public texts, frozen once published."""

from __future__ import annotations

import asyncio
from functools import lru_cache
from typing import TYPE_CHECKING

import orjson

from forms import PackError, PackKey, canonical, list_packs, load_pack
from gql.http.cached import Cached
from models import NotFound

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


async def pack(request: Request) -> Response:
    """GET /packs/{form}/{year}/{revision}.json. Raises NotFound PACK_UNKNOWN."""
    asked = "/".join(request.path_params[name] for name in ("form", "year", "revision"))
    # Compared as texts: Python refuses to read a number of 5,000 digits.
    key = next((one for one in list_packs() if str(one) == asked), None)
    if key is None:
        raise NotFound("PACK_UNKNOWN", "Ce formulaire n’est pas publié\u202f: vérifiez le lien.")
    # Read and written off the event loop: it takes a second, once a process.
    return (await asyncio.to_thread(_written, key)).answer(request)


@lru_cache(maxsize=16)
def _written(key: PackKey) -> Cached:
    try:
        written = Cached(orjson.dumps(canonical(load_pack(key))), "application/json")
    except PackError as error:
        raise NotFound("PACK_UNKNOWN", f"Le formulaire {key} ne peut pas être lu.") from error
    _ = written.etag, written.compressed
    return written
