"""The definitions of the forms, for the web client: public texts, frozen once published."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import orjson

from forms import Pack, PackError, PackKey, canonical, list_packs, load_pack, script
from gql.http.cached import Cached
from gql.http.pages import FOREVER
from models import NotFound
from rendering import pack_schema as xsd
from resolvers import packs

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


async def pack(request: Request) -> Response:
    """GET /packs/{form}/{year}/{revision}.json. Raises NotFound PACK_UNKNOWN."""
    # Read and written off the event loop: it takes a second, once a process.
    return (await asyncio.to_thread(_written, await asked_pack(request))).answer(request)


async def pack_script(request: Request) -> Response:
    """GET /packs/{form}/{year}/{revision}.js, the module that computes the form (forms.script).

    Asked with its own mark as `seal`, it is kept for good. Raises NotFound PACK_UNKNOWN.
    """
    written = await asyncio.to_thread(_script, await asked_pack(request))
    if request.query_params.get("seal") == seal_of(written):
        return replace(written, cache_control=FOREVER).answer(request)
    return written.answer(request)


async def pack_schema(request: Request) -> Response:
    """GET /packs/{form}/{year}/{revision}.xsd, the strict schema. Raises NotFound PACK_UNKNOWN."""
    return (await asyncio.to_thread(_schema, await asked_pack(request))).answer(request)


def script_address(key: PackKey) -> str:
    """Where the module is, with its seal; another program, or another writer of it, is another address."""
    return f"/packs/{key}.js?seal={seal_of(_script(key))}"


def seal_of(written: Cached) -> str:
    """The mark of a content, without the quotes of the header."""
    return written.etag.strip('"')


async def asked_pack(request: Request) -> PackKey:
    """The published revision that an address names. Raises NotFound PACK_UNKNOWN."""
    asked = "/".join(request.path_params[name] for name in ("form", "year", "revision"))
    # Another process may have published it meanwhile.
    await packs.ensure([asked])
    # Compared as texts: Python refuses to read a number of 5,000 digits.
    key = next((one for one in list_packs() if str(one) == asked), None)
    if key is None:
        raise NotFound("PACK_UNKNOWN", "Ce formulaire n’est pas publié\u00a0: vérifiez le lien.")
    return key


@lru_cache(maxsize=64)
def _written(key: PackKey) -> Cached:
    return _ready(Cached(orjson.dumps(canonical(_loaded(key))), "application/json"))


@lru_cache(maxsize=64)
def _script(key: PackKey) -> Cached:
    return _ready(Cached(script(_loaded(key)).encode(), "text/javascript; charset=utf-8"))


@lru_cache(maxsize=64)
def _schema(key: PackKey) -> Cached:
    return _ready(Cached(xsd.pack_schema(_loaded(key)), "application/xml"))


def _loaded(key: PackKey) -> Pack:
    try:
        return load_pack(key)
    except PackError as error:
        raise NotFound("PACK_UNKNOWN", f"Le formulaire {key} ne peut pas être lu.") from error


def _ready(written: Cached) -> Cached:
    _ = written.etag, written.compressed
    return written
