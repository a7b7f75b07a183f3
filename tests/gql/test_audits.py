"""The published audits of GraphQL over HTTP, all of them, with a bearer token."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from gql.settings import ROOT

if TYPE_CHECKING:
    from tests.gql.conftest import House

SCRIPT = Path(__file__).with_name("audits.mjs")
CLIENT = ROOT / "web-client" / "package.json"


async def test_the_61_audits_pass(house: House) -> None:
    process = await asyncio.create_subprocess_exec(
        "node",
        SCRIPT,
        f"{house.url}/graphql",
        CLIENT,
        env={**os.environ, "TOKEN": await house.token()},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    assert process.returncode == 0, err.decode()
    results = orjson.loads(out)
    assert [f"{one['id']} {one['name']}: {one['reason']}" for one in results if one["status"] != "ok"] == []
    assert len(results) == 61
