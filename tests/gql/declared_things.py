"""What the declared fields are asked for: each is there, and open to whoever has every right."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from authz import Right, add_rows, bump, convention_line, read_version
from authz.clock import today
from models import Attachment, AttachmentState, Dossier, ReopeningRequest, User, transaction
from rendering.rows_out import write_rows
from rendering.sheets.workbook import write_workbook
from rendering.xml_out import write_dossier
from resolvers import (
    announcements,
    cells,
    convention_edits,
    export_jobs,
    pack_drafts,
    policy_csv,
    policy_sentences,
    supervision,
    verification,
)
from resolvers.convention_rows import Pause
from resolvers.pack_drafts import Upload
from resolvers.policy_proposals import Proposal, propose
from resolvers.policy_sentences import SentenceInput
from tests import talks
from tests.agreements import DAY, article, content, published
from tests.desk import CHECKS, CYCLE, PART
from tests.resolvers import past
from tests.settings import STRONG
from tests.world import PASSWORD

if TYPE_CHECKING:
    from uuid import UUID

    from authz import Viewer
    from tests.world import World

# A published key names one text for as long as the process lives.
PACK_FORM = "DECLARES"
PACK = {
    "pack.txt": f"@formulaire {PACK_FORM} | 2024 | 1 | Formulaire d’essai | Essai\n",
    "part-01.txt": PART.format(formula="A + B"),
    "checks.txt": CHECKS,
    "lists.txt": "",
    "selections.txt": "",
    "attachments.txt": "",
    "cycle.txt": CYCLE,
}

# What is sent in by a route that writes.
PUT = b"%PDF-1.7 un document"


async def made_things(world: World) -> tuple[dict[str, str], dict[str, Any]]:
    """What `$…` and `$$…` stand for."""
    named = {**await _people(world), **await _dossier(world), **await _hotline(world)}
    return {**named, **await _conventions(world), **await _desk(world)}, await _files(world)


async def _people(world: World) -> dict[str, str]:
    """Someone to manage, his organism, and someone who has left it."""
    user, closed = await User.get(login="comptable"), await User.get(login="hierarchie")
    async with transaction():
        await User.filter(id=closed.id).update(closed_at=datetime.now(UTC))
        await bump(None, "Un compte fermé")
    await world.authority.refresh()
    return {
        "user": str(user.id),
        "user_version": str(user.version),
        "closed": str(closed.id),
        "closed_version": str(closed.version),
        "body": str(user.organization_id),
        "body_version": str((await user.organization).version),
        "strong": STRONG,
        "password": PASSWORD,
    }


async def _dossier(world: World) -> dict[str, str]:
    """A filled dossier with last year's and the other form's, a write to undo and an anomaly to justify."""
    before_year = await past.last_year({"A1.L011.B": "4321.5"})
    told = await talks.thread(world["saisie"], world.dossier)
    await Dossier.filter(id=before_year).update(transmitted_at=datetime(2025, 5, 1, tzinfo=UTC))
    await past.survey(world, {"QA.L011.V": "Office d’essai"}, people={})
    await Dossier.filter(id=world.dossier).update(step=1)
    found = await verification.verify(world["saisie"], world.dossier)
    write = cells.CellWrite("G01.L011.V", "Office nommé autrement", "Office d'essai")
    batch = (await cells.write(world["saisie"], world.dossier, [write])).batch
    assert batch is not None
    content = await export_jobs.content(world["saisie"], world.dossier, ["A1"])
    dossier = await Dossier.get(id=world.dossier)
    joined = [await _attachment(world, state) for state in (AttachmentState.READY, AttachmentState.ARRIVING)]
    return {
        "attachment": str(joined[0]),
        "arriving": str(joined[1]),
        "dossier": str(world.dossier),
        "before_year": str(before_year),
        "thread": str(told.id),
        "message": str((await talks.message(world["saisie"], told, "Dit.")).id),
        "campaign": str(dossier.campaign_id),
        "seen": content.tabs[0].values["L011.B"],
        "batch": str(batch),
        "check": found.anomalies[0].anomaly.check,
        "request": str(await _request(world)),
    }


async def _request(world: World) -> UUID:
    """A request to reopen last year's dossier, which is closed, that nobody has answered."""
    author, before = world["saisie"], await Dossier.get(form="ER", year=2023)
    await Dossier.filter(id=before.id).update(step=6)
    asked = await ReopeningRequest.create(
        dossier_id=before.id,
        organization_id=author.organization_id,
        asked_by_id=author.user_id,
        asked_at=datetime.now(UTC),
        reason="Une écriture oubliée.",
    )
    return asked.id


async def _attachment(world: World, state: AttachmentState) -> UUID:
    """A document of the organism's that is not sent."""
    made = await Attachment.create(
        dossier_id=world.dossier,
        name="note.pdf",
        original="note.pdf",
        media_type="application/pdf",
        size=len(PUT),
        file_key="impression",
        state=state,
        author_id=world["saisie"].user_id,
        organization_id=world["saisie"].organization_id,
        added_at=datetime.now(UTC),
    )
    return made.id


async def _files(world: World) -> dict[str, Any]:
    """The dossier's own files, as they would be loaded again."""
    one, rows = [await export_jobs.content(world["saisie"], world.dossier, [tab]) for tab in ("A1", "F01")]
    whole = await export_jobs.content(world["saisie"], world.dossier, None)
    at = datetime.now(UTC)
    return {
        "xml": write_dossier(one, written_at=at).decode(),
        "sheet": base64.b64encode(write_workbook(whole, at, ["A1"])).decode(),
        "rows": base64.b64encode(write_rows(rows)).decode(),
        "yes": [True] * len(one.pack.cycle.commitments),
        "csv": "".join(await policy_csv.export(world["admin"], "MIN", None, relations=False)),
        "files": [{"name": name, "text": text} for name, text in PACK.items()],
    }


async def _hotline(world: World) -> dict[str, str]:
    """Something that the Ministry tells, and somebody who shows his screens to it."""
    await supervision.switch_on(world["saisie"], "a token", "MIN")
    told = announcements.Wording("MIN", "", "Essai", "Texte.", today().date, None)
    return {"announcement": str((await announcements.publish(world["admin"], told, "message")).id)}


async def _conventions(world: World) -> dict[str, str]:
    """A draft, one in force that asks for consent, and one that is suspended."""
    day = today().date
    admin = world["admin"]
    draft = await convention_edits.create(admin, content(), "draft")
    living = await published(world, article(consent=True), partner="partner:CDC")
    paused = await published(world)
    paused = await convention_edits.suspend(admin, paused.id, Pause(day, None), "Motif.", paused.revision)
    await world.authority.refresh()
    rows = {"draft": draft, "living": living, "paused": paused}
    return {
        **{name: str(row.id) for name, row in rows.items()},
        **{f"{name}_at": str(row.revision) for name, row in rows.items()},
        "today": day.isoformat(),
        "later": (day + 31 * DAY).isoformat(),
        "latest": (day + 300 * DAY).isoformat(),
        "pdf": base64.b64encode(b"%PDF-1.7 un texte").decode(),
    }


async def _desk(world: World) -> dict[str, str]:
    """A change of the rules to go back from, one that waits for a signature, a sentence, a form's draft."""
    before = await read_version()
    line = convention_line(
        actor="partner:ANCOLS", platform="MIN", organisms="all", right=Right.READ, steps="6", ref="essai"
    )
    await add_rows([line], base=before, author_id=None, comment="Une ligne de plus")
    await world.authority.refresh()
    sent = SentenceInput("Jamais.", "partner:ANCOLS", "dossier:write", "*", None, "all", "0", expected=False)
    kept = await policy_sentences.save(world["admin"], "MIN", None, sent)
    draft = await pack_drafts.upload(world["whole"], Upload(PACK_FORM, 2024, tuple(PACK.items())))
    return {
        "before": str(before),
        "version": str(before + 1),
        "proposal": str(await waiting(world["admin"])),
        "test": str(kept.test.id),
        "pack": str(draft.id),
        "pack_form": PACK_FORM,
    }


async def waiting(author: Viewer) -> UUID:
    """A change that waits for a second signature."""
    line = convention_line(
        actor="partner:ANCOLS", platform="MIN", organisms="all", right=Right.READ, steps="5", ref="essai"
    )
    wanted = Proposal("MIN", (line,), (), author.authority.version, "Une proposition")
    return await propose(author, wanted, signed=False)
