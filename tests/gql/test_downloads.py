"""Fetching an export: only its requester, only while he may, only when it is there."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from models import Dossier, Export, ExportState

if TYPE_CHECKING:
    import httpx

    from tests.gql.conftest import House

CONTENT = b"%PDF-1.7 " + b"x" * 700_000
PRINT = """
mutation Print($id: ID!, $key: String!) {
  requestPrint(dossier: $id, tabs: ["A1"], idempotencyKey: $key) { id }
}
"""
FOLLOW = """
query Follow($id: ID!) {
  export(id: $id) { state fileName size sha256 downloadUrl error errorCode dossier { id } }
}
"""


async def ready(house: House, login: str = "saisie", **changes: Any) -> tuple[str, str]:  # noqa: ANN401 - columns
    """A session, and the identifier of an export whose file is in the store."""
    proof = await house.sign_in(login)
    asked = await house.ask(PRINT, {"id": str(house.world.dossier), "key": uuid4().hex}, by=proof)
    identifier: str = asked.json()["data"]["requestPrint"]["id"]
    await house.files.put(identifier, CONTENT)
    fields = {
        "state": ExportState.READY,
        "file_name": "er_2024_732829320.pdf",
        "file_key": identifier,
        "size": len(CONTENT),
        "sha256": hashlib.sha256(CONTENT).hexdigest(),
    }
    await Export.filter(id=identifier).update(**{**fields, **changes})
    return proof, identifier


async def fetch_file(house: House, proof: str, identifier: object) -> httpx.Response:
    return await house.get(f"/exports/{identifier}/file", proof)


async def test_the_requester_gets_the_whole_file(house: House) -> None:
    proof, identifier = await ready(house)
    followed = (await house.ask(FOLLOW, {"id": identifier}, by=proof)).json()["data"]["export"]
    assert followed["state"] == "READY"
    assert followed["downloadUrl"] == f"/exports/{identifier}/file"
    response = await fetch_file(house, proof, identifier)
    assert response.content == CONTENT
    assert response.headers["content-type"] == "application/pdf"
    assert response.headers["content-length"] == str(len(CONTENT))
    assert "attachment; filename*=UTF-8''er_2024_732829320.pdf" in response.headers["content-disposition"]
    assert response.headers["cache-control"] == "private, no-store"
    assert response.headers["etag"] == f'"{followed["sha256"]}"'


async def test_a_pdf_is_shown_where_it_is_asked_for_and_no_archive_ever_is(house: House) -> None:
    proof, identifier = await ready(house)
    shown = await house.get(f"/exports/{identifier}/file?voir=1", proof)
    assert shown.content == CONTENT
    assert shown.headers["content-disposition"].startswith("inline; filename*=UTF-8''er_2024_")
    await Export.filter(id=identifier).update(file_name="er_2024_732829320.zip")
    kept = await house.get(f"/exports/{identifier}/file?voir=1", proof)
    assert kept.headers["content-disposition"].startswith("attachment;")


async def test_nobody_else_learns_that_it_exists(house: House) -> None:
    _, identifier = await ready(house)
    assert (await fetch_file(house, "", identifier)).status_code == 401
    other = await house.sign_in("hierarchie")
    stranger = await fetch_file(house, other, identifier)
    unknown = await fetch_file(house, other, uuid4())
    nonsense = await fetch_file(house, other, "nonsense")
    assert stranger.status_code == 404
    assert stranger.content == unknown.content == nonsense.content


async def test_a_right_lost_meanwhile_is_lost(house: House) -> None:
    proof, identifier = await ready(house)
    await Dossier.filter(id=house.world.dossier).update(platform="EPL")
    try:
        response = await fetch_file(house, proof, identifier)
    finally:
        await Dossier.filter(id=house.world.dossier).update(platform="MIN")
    assert response.status_code == 404


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"state": ExportState.RUNNING}, 409, "EXPORT_NOT_READY"),
        ({"state": ExportState.FAILED}, 409, "EXPORT_NOT_READY"),
        ({"expires_at": datetime.now(UTC) - timedelta(minutes=1)}, 410, "EXPORT_EXPIRED"),
        ({"file_key": "gone"}, 410, "EXPORT_EXPIRED"),
    ],
)
async def test_a_file_that_cannot_be_had_is_explained(
    house: House, changes: dict[str, Any], status: int, code: str
) -> None:
    proof, identifier = await ready(house, **changes)
    response = await fetch_file(house, proof, identifier)
    assert (response.status_code, response.json()["extensions"]["code"]) == (status, code)
    assert response.json()["message"].endswith(".")
