"""The published revisions: those that come with the product, and those of this installation's operators.

The latter are in the database. A process lays them into its catalogue when it starts, and again as soon as
it meets the name of one that it does not know: another process has published it meanwhile.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from authz import Right, Viewer, platforms_of
from forms import PackError, PackKey, list_packs, load_pack
from forms.key import add_texts, pack_texts, packaged
from forms.source import read_records
from models import Problem, fetch
from resolvers.pack_files import TESTS
from resolvers.pack_rows import DraftRow, PublishedRow, seal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_KEY = "form || '/' || year || '/' || revision"
# Of those that a start waits for.
WARMED = 20
DRAFT_COLUMNS = """
SELECT p.id, p.platform_id, p.form, p.year, p.base, p.revision, p.sha256, p.note,
       p.created_at, a.first_name || ' ' || a.last_name AS author,
       p.published_at, b.first_name || ' ' || b.last_name AS publisher
FROM pack_draft p
LEFT JOIN user_account a ON a.id = p.author_id
LEFT JOIN user_account b ON b.id = p.publisher_id
"""


def draft_row(record: Mapping[str, Any]) -> DraftRow:
    """A record of `DRAFT_COLUMNS`, as a row."""
    return DraftRow(
        **{name: record[name] for name in DraftRow.__dataclass_fields__ if name != "platform"},
        platform=record["platform_id"],
    )


async def load_published() -> None:
    """Lay every revision of the database into this process's catalogue, once, when it starts.

    Raises Problem PACK_CLASH where one differs from the revision of the same name that the product brings.
    """
    records = await fetch("SELECT form, year, revision, files FROM pack_draft WHERE revision IS NOT NULL")
    for record in records:
        _lay(record)


async def ensure(packs: Iterable[str]) -> None:
    """Let this process know these revisions, if they are published and it does not know them yet."""
    # What cannot be a name is not even looked for.
    missing = {one for one in packs if PackKey.in_full(one)} - {str(key) for key in list_packs()}
    if not missing:
        return
    for record in await fetch(
        f"SELECT form, year, revision, files FROM pack_draft WHERE {_KEY} = ANY(%s)",  # noqa: S608 - our own constant
        [sorted(missing)],
    ):
        _lay(record)


async def warm() -> None:
    """Read the forms of the latest campaigns before anyone asks: each takes up to half a second."""
    records = await fetch(
        "SELECT pack FROM campaign GROUP BY pack ORDER BY max(year) DESC, pack LIMIT %s", [WARMED]
    )
    await ensure([record["pack"] for record in records])
    for record in records:
        # One that is gone is told to whoever opens its dossiers; the others' start must not fail for it.
        with suppress(PackError):
            await asyncio.to_thread(load_pack, record["pack"])


def _lay(record: Mapping[str, Any]) -> None:
    key = PackKey(record["form"], record["year"], record["revision"])
    try:
        add_texts(key, record["files"])
    except PackError as error:
        raise Problem(
            "PACK_CLASH",
            f"La révision {key} publiée dans cette installation diffère de celle que livre cette version du "
            "produit : revenez à la version précédente, puis publiez la vôtre sous un autre numéro.",
            details={"pack": str(key)},
        ) from error


async def last_revision(form: str, year: int) -> int | None:
    """The number of the last published revision of a form for a year; None before the first."""
    records = await fetch(
        "SELECT max(revision) AS last FROM pack_draft WHERE form = %s AND year = %s", [form, year]
    )
    shipped = [key.revision for key in packaged() if (key.form, key.year) == (form, year)]
    known = [*shipped, *(record["last"] for record in records if record["last"] is not None)]
    return max(known, default=None)


async def list_published(viewer: Viewer) -> tuple[PublishedRow, ...]:
    """Every published revision, by form, year and revision: they are public."""
    records = await fetch(f"{DRAFT_COLUMNS}WHERE p.revision IS NOT NULL")
    rows = {row.key: row for row in map(draft_row, records)}
    await ensure(rows)
    shared = await collectors()
    # Sorted by revision: the last of each form and year stays.
    latest = set({(key.form, key.year): key for key in list_packs()}.values())
    editable = {key.form: bool(editors_of(viewer, key.form, shared)) for key in list_packs()}
    return tuple(
        PublishedRow(key, *_title(key), rows.get(str(key)), editable[key.form], key in latest)
        for key in list_packs()
    )


def edits_forms(viewer: Viewer) -> bool:
    """Whether there is a form that the viewer may change."""
    forms = {key.form for key in list_packs()}
    return any(platforms_of(viewer, Right.PACK_EDIT, form) for form in forms)


@lru_cache(maxsize=1024)
def sealed(key: PackKey) -> str:
    """SHA-256, in hexadecimal, of the files of a published revision, as `pack_rows.seal`."""
    return seal(pack_texts(key))


@lru_cache(maxsize=1024)
def _title(key: PackKey) -> tuple[str, str]:
    """The title and the form's label, read off the header: the rest would take a second a pack."""
    record = read_records(pack_texts(key)["pack.txt"], "pack.txt")[0]
    return record.words(3), record.words(4)


async def collectors() -> dict[str, tuple[str, ...]]:
    """The platforms that collect each form, by form."""
    records = await fetch("SELECT DISTINCT form, platform_id FROM campaign ORDER BY form, platform_id")
    found: dict[str, tuple[str, ...]] = {}
    for record in records:
        found[record["form"]] = (*found.get(record["form"], ()), record["platform_id"])
    return found


def editors_of(viewer: Viewer, form: str, shared: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The platforms for which the viewer may change a form: those that collect it, or any for a new one."""
    held = platforms_of(viewer, Right.PACK_EDIT, form)
    return tuple(code for code in held if code in shared.get(form, held))


async def readable_sources(viewer: Viewer, key: str) -> Mapping[str, str]:
    """The same as the viewer may have them: the stored tests, whose figures are someone's, if he edits."""
    files = await sources(key)
    if editors_of(viewer, PackKey.parse(key).form, await collectors()):
        return files
    return {name: text for name, text in files.items() if not name.startswith(TESTS)}


async def sources(key: str) -> Mapping[str, str]:
    """The files of a published revision, to start another from. Raises PackError PACK_UNKNOWN."""
    await ensure([key])
    return pack_texts(PackKey.parse(key))
