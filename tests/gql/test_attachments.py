"""Documents joined to a dossier, as those on both sides meet them by HTTP."""

from __future__ import annotations

import asyncio
import hashlib
import io
import zipfile
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from models import Attachment, AttachmentState, Dossier, Event, Notification
from tests.gql.conftest import code_of, proof

if TYPE_CHECKING:
    import httpx

    from tests.gql.conftest import House

PDF = b"%PDF-1.7\n" + b"x" * 700_000
ADD = """
mutation Add($id: ID!, $piece: String!, $name: String!, $size: Int!, $key: String!) {
  addAttachment(dossier: $id, piece: $piece, fileName: $name, size: $size, idempotencyKey: $key) {
    renamed uploadUrl attachment { id name state received mine }
  }
}
"""
SEND = "mutation Send($id: ID!, $key: String!) { sendAttachments(dossier: $id, idempotencyKey: $key) }"
REMOVE = "mutation Gone($id: ID!, $key: String!) { removeAttachment(attachment: $id, idempotencyKey: $key) }"
LIST = """
query List($id: ID!) { dossier(id: $id) {
  canAttach attachmentLimit pieces { label required provided }
  attachments { id piece name original mediaType size sha256 state refusal author organization sentAt
                received url mine }
} }
"""


async def added(
    house: House, by: str, content: bytes = PDF, name: str = "rapport.pdf", piece: str = ""
) -> str:
    """A document announced; its identifier."""
    answer = await announce(house, by, len(content), name, piece)
    assert "errors" not in answer.json(), answer.text
    identifier: str = answer.json()["data"]["addAttachment"]["attachment"]["id"]
    return identifier


async def announce(
    house: House, by: str, size: int, name: str = "rapport.pdf", piece: str = "", key: str = ""
) -> httpx.Response:
    given = {"id": str(house.world.dossier), "piece": piece, "name": name, "size": size}
    return await house.ask(ADD, {**given, "key": key or uuid4().hex}, by=by)


async def put(house: House, by: str, identifier: str, content: Any = PDF, **headers: str) -> httpx.Response:  # noqa: ANN401 - bytes, or what makes them
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return await house.http.put(
        f"/attachments/{identifier}/content", content=content, headers={**proof(by), **named}
    )


async def listed(house: House, by: str) -> Any:  # noqa: ANN401 - a list, or null
    answer = await house.ask(LIST, {"id": str(house.world.dossier)}, by=by)
    return answer.json()["data"]["dossier"]["attachments"]


async def send(house: House, by: str, key: str = "") -> int:
    asked = {"id": str(house.world.dossier), "key": key or uuid4().hex}
    number: int = (await house.ask(SEND, asked, by=by)).json()["data"]["sendAttachments"]
    return number


def stored(house: House) -> list[str]:
    """The files of attachments that the store holds."""
    folder = house.settings.data / "files" / "attachments"
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


async def test_a_document_is_added_sent_read_and_taken_away(fresh: House) -> None:
    organism = await fresh.sign_in("saisie")
    piece = "procès-verbal de l'assemblée générale"
    unknown = await announce(fresh, organism, 10, piece=piece)
    assert code_of(unknown) == "ATTACHMENT_PIECE", "owed by another kind of organism"
    answer = (await announce(fresh, organism, len(PDF), "scan.PDF", "annexe littéraire")).json()["data"]
    upload = answer["addAttachment"]
    assert upload["renamed"] == "annexe-litteraire-1.pdf" == upload["attachment"]["name"]
    assert upload["attachment"]["state"] == "ARRIVING"
    identifier = upload["attachment"]["id"]
    early = await fresh.get(upload["uploadUrl"], organism)
    assert (early.status_code, early.json()["extensions"]["code"]) == (409, "ATTACHMENT_NOT_READY")
    arrived = await put(fresh, organism, identifier)
    assert (arrived.status_code, arrived.json()["state"]) == (200, "READY")
    again = await put(fresh, organism, identifier)
    assert (again.status_code, again.json()["extensions"]["code"]) == (409, "ATTACHMENT_ARRIVED")
    second = await added(fresh, organism, name="autre.pdf", piece="annexe littéraire")
    (row, waiting) = await listed(fresh, organism)
    assert row["sha256"] == hashlib.sha256(PDF).hexdigest()
    assert (row["mediaType"], row["size"], row["mine"], row["sentAt"]) == (
        "application/pdf",
        len(PDF),
        True,
        None,
    )
    assert (waiting["id"], waiting["name"]) == (second, "annexe-litteraire-2.pdf")
    await Dossier.filter(id=fresh.world.dossier).update(step=4)
    assert await send(fresh, organism) == 1, "what has not arrived is not sent"
    ministry = await fresh.sign_in("ministere")
    (seen,) = await listed(fresh, ministry)
    assert (seen["id"], seen["mine"]) == (identifier, False)
    read = await fresh.get(seen["url"], ministry)
    assert (read.content, read.headers["content-type"]) == (PDF, "application/pdf")
    assert read.headers["content-disposition"] == "attachment; filename*=UTF-8''annexe-litteraire-1.pdf"
    assert read.headers["x-content-type-options"] == "nosniff"
    assert read.headers["content-security-policy"].startswith("sandbox")
    await _archive_holds(fresh, ministry, seen["sha256"])
    readings = await Event.filter(kind="attachment_taken").order_by("id")
    assert [event.details.get("attachment") for event in readings] == [identifier, None]
    await _shown_where_a_browser_can(fresh, ministry, identifier)


async def _shown_where_a_browser_can(fresh: House, by: str, identifier: str) -> None:
    for media, disposition in (("application/pdf", "inline"), ("image/tiff", "attachment")):
        await Attachment.filter(id=identifier).update(media_type=media)
        shown = await fresh.get(f"/attachments/{identifier}/content?voir=1", by)
        assert shown.headers["content-disposition"].partition(";")[0] == disposition
        assert shown.headers["content-security-policy"].startswith("sandbox")
        assert (shown.headers["x-content-type-options"], shown.content) == ("nosniff", PDF)


async def _archive_holds(fresh: House, ministry: str, digest: str) -> None:
    """The one document that was sent, with its line in the manifest."""
    archive = await fresh.get(f"/dossiers/{fresh.world.dossier}/attachments.zip", ministry)
    with zipfile.ZipFile(io.BytesIO(archive.content)) as opened:
        assert opened.testzip() is None
        assert opened.namelist() == ["manifeste.csv", "annexe-litteraire-1.pdf"]
        assert opened.read("annexe-litteraire-1.pdf") == PDF
        manifest = opened.read("manifeste.csv").decode("utf-8-sig").splitlines()
    assert manifest[1].startswith(f"annexe-litteraire-1.pdf;annexe littéraire;scan.PDF;{len(PDF)};{digest}")


async def test_what_is_not_sent_is_its_organizations_alone(fresh: House) -> None:
    await Dossier.filter(id=fresh.world.dossier).update(step=4)
    organism, ministry, partner = [await fresh.sign_in(login) for login in ("saisie", "ministere", "cdc")]
    identifier = await added(fresh, organism)
    await put(fresh, organism, identifier)
    assert await listed(fresh, ministry) == []
    assert await listed(fresh, partner) is None, "its convention says nothing of attachments"
    assert len(await listed(fresh, await fresh.sign_in("hierarchie"))) == 1
    hidden = await fresh.get(f"/attachments/{identifier}/content", ministry)
    none = await fresh.get(f"/attachments/{uuid4()}/content", ministry)
    assert (hidden.status_code, hidden.content) == (404, none.content)
    written = await put(fresh, ministry, identifier)
    assert (written.status_code, written.json()["extensions"]["code"]) == (404, "NOT_FOUND")
    assert code_of(await fresh.ask(REMOVE, {"id": identifier, "key": "x"}, by=ministry)) == "NOT_FOUND"
    empty = await fresh.get(f"/dossiers/{fresh.world.dossier}/attachments.zip", ministry)
    assert empty.json()["extensions"]["code"] == "ATTACHMENTS_NONE"
    other = await announce(fresh, ministry, 10, "rapport.pdf", "rapport sur les conventions")
    mine = await announce(fresh, organism, 10, "rapport.pdf", "rapport sur les conventions")
    names = [each.json()["data"]["addAttachment"]["attachment"]["name"] for each in (other, mine)]
    assert names == ["rapport-sur-les-conventions-1.pdf"] * 2, (
        "a number says nothing of what others hold back"
    )
    stranger = await fresh.sign_in("voisin")
    assert code_of(await announce(fresh, stranger, 10)) == "NOT_FOUND"
    assert await Attachment.all().count() == 3


async def test_nobody_is_told_of_what_he_has_sent_himself(fresh: House) -> None:
    await Dossier.filter(id=fresh.world.dossier).update(step=4)
    for login, count in (("ministere", 0), ("saisie", 1)):
        by = await fresh.sign_in(login)
        await put(fresh, by, await added(fresh, by))
        assert await send(fresh, by) == 1
        assert await Notification.filter(event="attachments_sent").count() == count


async def test_two_who_send_at_once_tell_once(fresh: House) -> None:
    await Dossier.filter(id=fresh.world.dossier).update(step=4)
    organism = await fresh.sign_in("saisie")
    for _ in range(2):
        await put(fresh, organism, await added(fresh, organism))
    assert sorted(await asyncio.gather(send(fresh, organism), send(fresh, organism))) == [0, 2]
    told = await Notification.filter(event="attachments_sent")
    assert len(told) == 1, "the Ministry's contact; the CDC's may not read attachments"
    assert told[0].path == f"/dossiers/{fresh.world.dossier}/pieces"
    assert await Event.filter(kind="attachments_sent").count() == 1
    assert await send(fresh, organism) == 0
    assert await Notification.all().count() == 1
    (first, _) = await listed(fresh, organism)
    kept = await fresh.ask(REMOVE, {"id": first["id"], "key": "late"}, by=organism)
    assert code_of(kept) == "ATTACHMENT_ALREADY_SENT"


async def test_the_same_request_again_adds_and_sends_once(fresh: House) -> None:
    organism = await fresh.sign_in("saisie")
    answers = [await announce(fresh, organism, len(PDF), key="k") for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert code_of(await announce(fresh, organism, 12, key="k")) == "IDEMPOTENCY_REUSED"
    identifier = answers[0].json()["data"]["addAttachment"]["attachment"]["id"]
    await put(fresh, organism, identifier)
    assert [await send(fresh, organism, "s"), await send(fresh, organism, "s")] == [1, 1]
    assert await Attachment.filter(sent_at__isnull=False).count() == 1


async def test_a_document_removed_takes_its_content_along(fresh: House) -> None:
    organism = await fresh.sign_in("saisie")
    identifier = await added(fresh, organism)
    assert code_of(await fresh.ask(REMOVE, {"id": str(uuid4()), "key": "x"}, by=organism)) == "NOT_FOUND"
    removed = await fresh.ask(REMOVE, {"id": identifier, "key": "y"}, by=organism)
    assert removed.json()["data"] == {"removeAttachment": True}
    assert (await fresh.ask(REMOVE, {"id": identifier, "key": "y"}, by=organism)).json() == removed.json()
    assert (await put(fresh, organism, identifier)).status_code == 404
    assert stored(fresh) == []


@pytest.mark.parametrize(
    ("name", "size", "code"),
    [
        ("rapport.pdf", 10_000_001, "ATTACHMENT_TOO_LARGE"),
        ("rapport.pdf", 0, "ATTACHMENT_EMPTY"),
        ("rapport.exe", 10, "ATTACHMENT_KIND"),
        ("archive.zip", 10, "ATTACHMENT_KIND"),
        ("rapport", 10, "ATTACHMENT_KIND"),
        ("../../", 10, "ATTACHMENT_NAME"),
        (".pdf", 10, "ATTACHMENT_NAME"),
        ("COM1.pdf", 10, "ATTACHMENT_NAME"),
        ("a\nb.pdf", 10, "ATTACHMENT_NAME"),
        ("a\u202efdp.exe.pdf", 10, "ATTACHMENT_NAME"),
        (f"{'a' * 150}.pdf", 10, "ATTACHMENT_NAME"),
        ('a"b.pdf', 10, "ATTACHMENT_NAME"),
    ],
)
async def test_what_cannot_be_taken_is_refused_before_a_byte_is_sent(
    house: House, name: str, size: int, code: str
) -> None:
    before = await Attachment.all().count()
    answer = await announce(house, await house.sign_in("saisie"), size, name)
    assert code_of(answer) == code
    assert await Attachment.all().count() == before


async def test_the_folders_of_a_name_are_nobodys_business(house: House) -> None:
    organism = await house.sign_in("saisie")
    answer = await announce(house, organism, 10, "C:\\Documents\\..\\étude.pdf")
    assert answer.json()["data"]["addAttachment"]["attachment"]["name"] == "étude.pdf"


async def test_a_machine_joins_nothing(house: House) -> None:
    await Dossier.filter(id=house.world.dossier).update(step=4)
    token = await house.token()
    assert code_of(await announce(house, token, 10)) == "REFUSED"
    assert await Attachment.filter(state=AttachmentState.READY).count() == 0
    await Dossier.filter(id=house.world.dossier).update(step=1)
