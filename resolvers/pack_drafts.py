"""Drafts of forms: sent in, read, given up; only by those who may change the form, on their platform."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from authz import Right, Viewer, require_on_form
from models import Conflict, Invalid, NotFound, PackDraft, Refused, execute, fetch, transaction
from resolvers.pack_files import TESTS, check_files, named_by, with_revision
from resolvers.pack_rows import DraftRow, Files, seal
from resolvers.packs import DRAFT_COLUMNS, collectors, draft_row, editors_of, last_revision, sources
from resolvers.paging import check_first
from resolvers.person import person_of

LONGEST_NOTE = 500
YEARS = range(2000, 2200)


@dataclass(frozen=True, slots=True)
class Upload:
    """What is sent in: the files of a form for a year, and what they are.

    `base`: the revision that they were made from; when None, the one that their header names. `replaces`:
    a draft of the same form and year that this one puts right. `keeps_tests`: the base's stored tests are
    taken over, for the files come from a workbook, which has none.
    """

    form: str
    year: int
    files: tuple[tuple[str, str], ...]
    base: int | None = None
    note: str = ""
    platform: str | None = None
    replaces: UUID | None = None
    keeps_tests: bool = False


async def upload(viewer: Viewer, sent: Upload) -> DraftRow:
    """Keep a draft, even one that cannot be read yet: its author will mend it.

    Raises Refused, NotFound PACK_DRAFT_UNKNOWN (`replaces`), and Invalid: as `check_files`, PACK_MISPLACED,
    PACK_BASE_UNKNOWN, PACK_NOTE_TOO_LONG, PACK_PLATFORM_NEEDED, PACK_YEAR_INVALID, PERSON_REQUIRED.
    """
    async with transaction():
        platform = await platform_for(viewer, sent.form, sent.platform)
        author = person_of(viewer)
        if sent.replaces is not None:
            await _replace(viewer, sent.replaces, sent)
        return await keep(sent, platform, author)


async def keep(sent: Upload, platform: str, author_id: UUID | None) -> DraftRow:
    """Write a draft down, inside the caller's transaction; `author_id` None for the command line.

    Raises Invalid as `upload`.
    """
    _check(sent)
    files = check_files(sent.files)
    base = await _base(sent, files)
    files = {**await _kept_tests(sent, base), **with_revision(files, (base or 0) + 1)}
    draft = await PackDraft.create(
        platform_id=platform,
        form=sent.form,
        year=sent.year,
        base=base,
        files=files,
        sha256=seal(files),
        note=sent.note.strip(),
        author_id=author_id,
        created_at=datetime.now(UTC),
    )
    return await one(draft.id)


async def platform_for(viewer: Viewer, form: str, platform: str | None = None) -> str:
    """The platform for which the viewer may change a form; `platform` says which, if there are several.

    Raises Refused, Invalid PACK_PLATFORM_NEEDED.
    """
    shared = await collectors()
    found = [code for code in editors_of(viewer, form, shared) if platform in (None, code)]
    if len(found) > 1:
        raise Invalid(
            "PACK_PLATFORM_NEEDED",
            f"Vous pouvez modifier ce formulaire pour {', '.join(found)} : dites pour quelle plateforme.",
            path=("platform",),
        )
    if not found:
        known = shared.get(form) or tuple(sorted(viewer.authority.policy.platforms))
        require_on_form(viewer, Right.PACK_EDIT, platform or known[0], form)
        raise Refused(
            "REFUSED", "Ce formulaire est collecté par une autre plateforme : elle seule le modifie."
        )
    return found[0]


def _check(sent: Upload) -> None:
    if sent.year not in YEARS:
        raise Invalid(
            "PACK_YEAR_INVALID", "Cette année de comptes n’est pas possible : corrigez-la.", path=("year",)
        )
    if len(sent.note) > LONGEST_NOTE:
        raise Invalid(
            "PACK_NOTE_TOO_LONG",
            f"Le commentaire dépasse {LONGEST_NOTE} caractères : raccourcissez-le.",
            path=("note",),
        )


async def _base(sent: Upload, files: Files) -> int | None:
    """The revision that the files were made from. Raises Invalid PACK_MISPLACED, PACK_BASE_UNKNOWN."""
    named = named_by(files)
    if named is not None and (named.form, named.year) != (sent.form, sent.year):
        raise Invalid(
            "PACK_MISPLACED",
            f"Ces fichiers sont ceux de {named.form}/{named.year} et non de {sent.form}/{sent.year} : "
            "envoyez les bons fichiers, ou corrigez l’en-tête de pack.txt.",
            path=("files", "pack.txt"),
        )
    last = await last_revision(sent.form, sent.year)
    base = sent.base
    if base is None and last is not None and named is not None:
        base = named.revision
    if base is not None and not 1 <= base <= (last or 0):
        known = "aucune révision n’est publiée" if last is None else f"la dernière publiée est {last}"
        raise Invalid(
            "PACK_BASE_UNKNOWN",
            f"La révision {base} de {sent.form}/{sent.year} n’est pas publiée ({known}) : laissez dans "
            "l’en-tête le numéro de la révision dont vous êtes parti.",
            path=("base",),
        )
    return base


async def _kept_tests(sent: Upload, base: int | None) -> Files:
    if base is None or not sent.keeps_tests:
        return {}
    files = await sources(f"{sent.form}/{sent.year}/{base}")
    return {name: text for name, text in files.items() if name.startswith(TESTS)}


async def _replace(viewer: Viewer, draft_id: UUID, sent: Upload) -> None:
    replaced = await read(viewer, draft_id, lock=True)
    if (replaced.form, replaced.year) != (sent.form, sent.year):
        raise not_found()
    await _delete(replaced)


async def _delete(row: DraftRow) -> None:
    if row.revision is not None:
        raise Conflict(
            "PACK_PUBLISHED_ALREADY",
            f"La révision {row.key} est publiée : elle ne se modifie plus. Préparez-en une autre.",
            details={"pack": row.key},
        )
    await execute("DELETE FROM pack_draft WHERE id = %s", [row.id])


async def discard(viewer: Viewer, draft_id: UUID) -> None:
    """Give up a draft. Raises NotFound PACK_DRAFT_UNKNOWN, Conflict PACK_PUBLISHED_ALREADY."""
    async with transaction():
        await _delete(await read(viewer, draft_id, lock=True))


async def read(viewer: Viewer, draft_id: UUID, *, lock: bool = False) -> DraftRow:
    """One draft; with `lock`, held until the transaction ends.

    Raises NotFound PACK_DRAFT_UNKNOWN, the same for none and for one of a form that is not the viewer's.
    """
    row = await one(draft_id, lock=lock)
    if row.platform not in editors_of(viewer, row.form, await collectors()):
        raise not_found()
    return row


async def one(draft_id: UUID, *, lock: bool = False) -> DraftRow:
    """One draft, whoever asks. Raises NotFound PACK_DRAFT_UNKNOWN."""
    ending = " FOR UPDATE OF p" if lock else ""
    records = await fetch(f"{DRAFT_COLUMNS}WHERE p.id = %s{ending}", [draft_id])
    if not records:
        raise not_found()
    return draft_row(records[0])


async def list_drafts(viewer: Viewer, first: int) -> tuple[DraftRow, ...]:
    """The drafts, not yet published, of the forms that the viewer may change; the latest first."""
    check_first(first)
    places = await fetch("SELECT DISTINCT platform_id, form FROM pack_draft WHERE revision IS NULL")
    shared = await collectors()
    mine = [
        f"{place['platform_id']}/{place['form']}"
        for place in places
        if place["platform_id"] in editors_of(viewer, place["form"], shared)
    ]
    records = await fetch(
        f"{DRAFT_COLUMNS}WHERE p.revision IS NULL AND p.platform_id || '/' || p.form = ANY(%s) "
        "ORDER BY p.created_at DESC, p.id LIMIT %s",
        [mine, first],
    )
    return tuple(draft_row(record) for record in records)


async def files_of(row: DraftRow) -> Files:
    """The files of a draft that was read for its viewer."""
    records = await fetch("SELECT files FROM pack_draft WHERE id = %s", [row.id])
    if not records:
        raise not_found()
    files: Files = records[0]["files"]
    return files


def not_found() -> NotFound:
    """The same words whether the draft does not exist or is not the viewer's to see."""
    return NotFound(
        "PACK_DRAFT_UNKNOWN",
        "Ce brouillon n’existe pas, n’existe plus, ou ne vous est pas ouvert : revenez à la liste.",
        path=("draft",),
    )
