"""Sealed copies over HTTP: whole, noted, compared with what was sealed; and the tree of the direct access."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from authz import Right, add_rows, box_line, convention_line, read_version
from models import CopyKind, Dossier, FileStore, SealedCopy, User, execute, fetch
from models.database import raw_connection
from resolvers.direct_access import mail_path
from tests.copies import ARCHIVE, DOSSIER, RECEIPT, SEAL, seal
from tests.gql.conftest import error_of

if TYPE_CHECKING:
    from tests.gql.conftest import House

DIRECT = "/acces-direct/MIN/ER/2024/Transmis/2024-732829320-transmis"
COPIES = (
    "query Copies($id: ID!) { dossier(id: $id) { copies { number kind seal ready url pdfUrl refusal } } }"
)
FILES = """
query Files($first: Int!, $after: String, $kind: CopyKind) {
  directAccess(platform: "MIN", form: "ER", year: 2024, kind: $kind, first: $first, after: $after) {
    edges { node { siren copy { number kind url refusal } } } pageInfo { hasNextPage endCursor }
  }
  directFolders { year kind files }
}
"""


@pytest.fixture
async def copies(fresh: House) -> list[SealedCopy]:
    """One of the transmission, then two of closures: the dossier was opened again in between."""
    await Dossier.filter(id=fresh.world.dossier).update(step=4)
    kinds = (CopyKind.TRANSMITTED, CopyKind.CLOSED, CopyKind.CLOSED)
    return [await seal(fresh.world["saisie"], fresh.world.dossier, fresh.files, kind) for kind in kinds]


async def _taken() -> list[dict[str, Any]]:
    return await fetch(
        "SELECT name, ref, details->>'part' AS part FROM event WHERE kind = 'copy_taken' ORDER BY id"
    )


async def test_a_copy_is_taken_whole_with_its_hashes_and_noted(
    fresh: House, copies: list[SealedCopy]
) -> None:
    proof = await fresh.sign_in("cdc")
    listed = (await fresh.ask(COPIES, {"id": str(fresh.world.dossier)}, by=proof)).json()["data"]["dossier"]
    assert [(one["number"], one["refusal"]) for one in listed["copies"]] == [(3, None), (2, None), (1, None)]
    answer = await fresh.get(listed["copies"][2]["url"], proof)
    digest = hashlib.sha256(ARCHIVE)
    assert (answer.content, answer.headers["content-type"]) == (ARCHIVE, "application/zip")
    assert answer.headers["etag"] == f'"{digest.hexdigest()}"'
    assert answer.headers["repr-digest"] == f"sha-256=:{base64.b64encode(digest.digest()).decode()}:"
    assert answer.headers["x-harmonia-seal"] == SEAL
    assert "2024-732829320-transmis.zip" in answer.headers["content-disposition"]
    receipt = await fresh.get(f"/copies/{copies[0].id}/receipt.pdf", proof)
    assert (receipt.content, receipt.headers["content-type"]) == (RECEIPT, "application/pdf")
    await _dossier_is_taken(fresh, listed["copies"][2]["pdfUrl"], proof)
    article = "convention CDC 2024, art. 3"
    assert [(one["name"], one["ref"], one["part"]) for one in await _taken()] == [
        ("Cdc Essai", article, part) for part in ("zip", "receipt", "pdf", "pdf")
    ]
    (read,) = await fetch("SELECT name FROM dossier_reading WHERE channel = 'copy'")
    assert read["name"] == "Cdc Essai"


async def _dossier_is_taken(fresh: House, url: str, proof: str) -> None:
    """The signed PDF alone, to be kept, or to be shown by the browser."""
    for asked, kept in ((url, "attachment"), (f"{url}?voir=1", "inline")):
        answer = await fresh.get(asked, proof)
        assert (answer.content, answer.headers["content-type"]) == (DOSSIER, "application/pdf")
        assert answer.headers["etag"] == f'"{hashlib.sha256(DOSSIER).hexdigest()}"'
        named = f"{kept}; filename*=UTF-8''2024-732829320-transmis.pdf"
        assert answer.headers["content-disposition"] == named


async def test_a_copy_that_is_not_one_s_own_to_take_is_refused(
    fresh: House, copies: list[SealedCopy]
) -> None:
    stranger = await fresh.sign_in("voisin")
    answers = [
        await fresh.get(f"/copies/{one}{end}", stranger)
        for one in (copies[0].id, uuid4(), "x")
        for end in (".zip", "/dossier.pdf")
    ]
    assert {(answer.status_code, answer.content) for answer in answers} == {(404, answers[0].content)}
    proof = await fresh.sign_in("cdc")
    await SealedCopy.filter(id=copies[0].id).update(
        frozen={"author": {"organization": "x"}, "attachments": [{"name": "a.pdf"}]}
    )
    refused = await fresh.get(f"/copies/{copies[0].id}.zip", proof)
    assert (refused.status_code, refused.json()["extensions"]["code"]) == (403, "COPY_ATTACHMENTS")
    await SealedCopy.filter(id=copies[1].id).update(made_at=None)
    waiting = await fresh.get(f"/copies/{copies[1].id}.zip", proof)
    assert (waiting.status_code, waiting.headers["retry-after"]) == (409, "10")
    assert waiting.json()["extensions"]["code"] == "COPY_NOT_READY"
    for altered in (ARCHIVE + b" ", None):
        if altered is None:
            await fresh.files.delete(copies[2].file_key)
        else:
            await fresh.files.put(copies[2].file_key, altered)
        for end in (".zip", "/dossier.pdf"):
            answer = await fresh.get(f"/copies/{copies[2].id}{end}", proof)
            assert (answer.status_code, answer.json()["extensions"]["code"]) == (500, "COPY_ALTERED")
    assert await _taken() == []


async def test_no_transaction_is_open_while_the_store_answers(
    fresh: House, copies: list[SealedCopy], monkeypatch: pytest.MonkeyPatch
) -> None:
    read, asked = FileStore.read, []

    async def watched(store: FileStore, key: str) -> bytes:
        with pytest.raises(RuntimeError, match="transaction"):
            raw_connection()
        asked.append(key)
        return await read(store, key)

    monkeypatch.setattr(FileStore, "read", watched)
    proof = await fresh.sign_in("cdc")
    assert (await fresh.get(f"/copies/{copies[0].id}.zip", proof)).status_code == 200
    assert (asked, len(await _taken())) == ([copies[0].file_key], 1)


async def test_whoever_reads_some_tabs_only_takes_no_copy(fresh: House, copies: list[SealedCopy]) -> None:
    lines = [
        convention_line(
            actor="partner:ANCOLS", platform="MIN", organisms="all", right=right, ref="x", tabs=["A1"]
        )
        for right in (Right.READ, Right.EXPORT)
    ]
    await add_rows(lines, base=await read_version(), author_id=None, comment="x")
    await fresh.world.authority.refresh()
    proof = await fresh.sign_in("ancols")
    refused = await fresh.get(f"/copies/{copies[0].id}.zip", proof)
    assert (refused.status_code, refused.json()["extensions"]["code"]) == (403, "COPY_WITHHELD")
    asked = await fresh.ask(COPIES, {"id": str(fresh.world.dossier)}, by=proof)
    assert error_of(asked.json())["code"] == "COPY_WITHHELD"


async def test_the_direct_access_is_a_tree_of_the_latest_copies(
    fresh: House, copies: list[SealedCopy]
) -> None:
    assert copies
    proof = await fresh.sign_in("ministere")
    first = (await fresh.ask(FILES, {"first": 1}, by=proof)).json()["data"]
    assert first["directFolders"] == [
        {"year": 2024, "kind": "CLOSED", "files": 1},
        {"year": 2024, "kind": "TRANSMITTED", "files": 1},
    ]
    page = first["directAccess"]
    rest = await fresh.ask(FILES, {"first": 5, "after": page["pageInfo"]["endCursor"]}, by=proof)
    nodes = [edge["node"] for part in (page, rest.json()["data"]["directAccess"]) for edge in part["edges"]]
    # Of two closures, the latest: the older one stays in the dossier's own list.
    assert [node["copy"]["number"] for node in nodes] == [3, 1]
    assert nodes[1]["copy"]["url"] == f"{DIRECT}.zip"
    answer = await fresh.get(f"{DIRECT}.zip", proof)
    assert (answer.status_code, answer.content) == (200, ARCHIVE)
    assert (await fresh.get(f"{DIRECT}-accuse.pdf", proof)).content == RECEIPT
    assert (await fresh.get(f"{DIRECT}.pdf", proof)).content == DOSSIER
    assert [one["part"] for one in await _taken()] == ["zip", "receipt", "pdf"]
    # Reading and exporting are not enough: it is a right of its own.
    other = await fresh.sign_in("cdc")
    assert (await fresh.ask(FILES, {"first": 5}, by=other)).json()["data"]["directFolders"] == []
    wrong = [
        f"{DIRECT}.zip",
        f"{DIRECT}.exe",
        DIRECT.replace("Transmis", "Fiabilise") + ".zip",
        DIRECT.replace("2024/", "2023/") + ".zip",
        DIRECT.replace("2024/", "an/") + ".zip",
        DIRECT.replace("Transmis/", "transmis/") + ".zip",
    ]
    told = [await fresh.get(wrong[0], other), *[await fresh.get(path, proof) for path in wrong[1:]]]
    assert {(one.status_code, one.content) for one in told} == {(404, told[0].content)}


async def test_a_system_takes_copies_by_a_token_of_that_right(fresh: House, copies: list[SealedCopy]) -> None:
    assert copies
    named: dict[str, Any] = {"platform": "MIN", "right": Right.DIRECT_READ, "ref": "art. 9"}
    lines = [
        convention_line(actor="partner:CDC", organisms="all", **named),
        box_line(subject="client:cdc-machine", **named),
    ]
    await add_rows(lines, base=await read_version(), author_id=None, comment="x")
    await execute("UPDATE machine_client SET scopes = %s::jsonb", ['["direct:read", "dossier:read"]'])
    for scope, status in (("dossier:read", 404), ("direct:read", 200)):
        proof = {"authorization": f"Bearer {await fresh.token(scope)}"}
        answer = await fresh.http.get(f"{DIRECT}.zip", headers=proof)
        assert answer.status_code == status
    assert [(one["name"], one["ref"]) for one in await _taken()] == [("Système de la CDC", "art. 9")]


async def test_a_mail_leads_to_the_copies_of_who_may_take_them_now(fresh: House) -> None:
    authority = fresh.world.authority
    place = {"platform": "MIN", "form": "ER", "year": 2024, "step": 4, "siren": "732829320"}
    told: dict[str, Any] = {"event": "transmitted", **place}
    people = {login: (await User.get(login=login)).id for login in ("ministere", "cdc")}
    address = "/acces-direct?plateforme=MIN&formulaire=ER&annee=2024"
    assert mail_path(authority, people["ministere"], told) == address
    assert mail_path(authority, people["cdc"], told) == ""
    assert mail_path(authority, people["ministere"], {**told, "event": "finalised"}) == ""
    assert mail_path(authority, people["ministere"], {**told, "siren": None}) == ""
    assert mail_path(authority, people["ministere"], {**told, "step": 3}) == ""
