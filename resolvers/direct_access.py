"""Direct access to sealed copies (manual §3): a tree of years and two folders, by a right of its own.

Each file is the latest made copy of its kind; whoever lacks the right cannot tell that it exists.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode
from uuid import UUID

from authz import Right, Target, holders, scope
from models import CopyKind, fetch
from resolvers import copies, packs
from resolvers.copies import Taken
from resolvers.copy_rows import FOLDERS, STEPS, WORDS, CopyRow, row_of
from resolvers.dossiers import COLUMNS
from resolvers.dossiers import row_of as dossier_of
from resolvers.events import Told
from resolvers.paging import Paged, check_first, decode, encode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from authz import Authority, Viewer
    from models import Refused
    from resolvers.rows import DossierRow

# A copy whose files are there, and after which none of its kind was made.
_LATEST = """
c.made_at IS NOT NULL AND NOT EXISTS (SELECT FROM sealed_copy n WHERE n.dossier_id = c.dossier_id
  AND n.kind = c.kind AND n.number > c.number AND n.made_at IS NOT NULL)
"""
_FROM = """
FROM sealed_copy c JOIN dossier d ON d.id = c.dossier_id JOIN organism o ON o.id = d.organism_id
JOIN organization g ON g.id = o.organization_id JOIN platform p ON p.code = d.platform
"""
# The dossier at the step whose values the copy holds, for the same right to be asked of it there.
_SEALED = f"""
SELECT FROM (SELECT d.platform, d.form, d.year, d.organism_id, CASE c.kind
  {" ".join(f"WHEN '{kind.value}' THEN {int(step)}" for kind, step in STEPS.items())} END AS step) d
"""
# Years from the latest, then the two folders, then organisms by SIREN.
_PLACE = "(9999 - d.year)::text || ' ' || c.kind || ' ' || o.siren"
_FILE: Final = re.compile(r"([0-9]{4})-([0-9]{9})-(transmis|fiabilise)(\.zip|-accuse\.pdf|\.pdf)")
_PARTS: Final = {".zip": "zip", "-accuse.pdf": "receipt", ".pdf": "pdf"}
# The events of which the mails lead there too.
LINKED: Final = frozenset({Told.TRANSMITTED, Told.CLOSED})
PAGE: Final = "/acces-direct"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the tree is asked for; None for all."""

    platform: str | None = None
    form: str | None = None
    year: int | None = None
    kind: CopyKind | None = None

    def condition(self) -> tuple[str, list[Any]]:
        """The same in SQL."""
        asked = {"d.platform": self.platform, "d.form": self.form, "d.year": self.year, "c.kind": self.kind}
        given = {column: value for column, value in asked.items() if value is not None}
        return "".join(f" AND {column} = %s" for column in given), list(given.values())


@dataclass(frozen=True, slots=True)
class DirectFile:
    """A file of the tree, and why the viewer may not take it after all; None where he may."""

    copy: CopyRow
    dossier: DossierRow
    refusal: Refused | None

    @property
    def path(self) -> str:
        """Its address, relative to the server."""
        return f"{_folder(self.dossier, self.copy.kind)}/{self.copy.file_name}"

    @property
    def receipt_path(self) -> str:
        """The address of its receipt."""
        return f"{self.path.removesuffix('.zip')}-accuse.pdf"

    @property
    def pdf_path(self) -> str:
        """The address of its PDF alone."""
        return f"{self.path.removesuffix('.zip')}.pdf"


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of the tree, and how many files are in it."""

    platform: str
    form: str
    year: int
    kind: CopyKind
    files: int


def _folder(dossier: DossierRow, kind: CopyKind) -> str:
    return f"{PAGE}/{dossier.platform}/{dossier.form}/{dossier.year}/{FOLDERS[kind]}"


def _opened(viewer: Viewer) -> tuple[str, list[Any]]:
    """The latest made copies that the viewer may know of, as SQL: by the dossier's step, and by their own."""
    may = scope(viewer, Right.DIRECT_READ)
    return f"{_LATEST} AND ({may.sql}) AND EXISTS ({_SEALED} WHERE {may.sql})", [*may.values, *may.values]


async def files(
    viewer: Viewer, wanted: Wanted, first: int = 50, after: str | None = None
) -> Paged[DirectFile]:
    """One page of the files that the viewer may know of, the latest year first.

    Raises Invalid FIRST_OUT_OF_BOUNDS, CURSOR_INVALID.
    """
    check_first(first)
    (may, mine), (where, values) = _opened(viewer), wanted.condition()
    if after is not None:
        place, copy_id = decode(after)
        where, values = f"{where} AND ({_PLACE}, c.id) > (%s, %s)", [*values, place, copy_id]
    records = await fetch(
        f"SELECT {COLUMNS}, {_PLACE} AS place, c.id AS copy_id {_FROM} "
        f"WHERE {may}{where} ORDER BY {_PLACE}, c.id LIMIT %s",
        [*mine, *values, first + 1],
    )
    shown = records[:first]
    return Paged(
        rows=tuple(await _files(viewer, shown)),
        cursors=tuple(encode(record["place"], record["copy_id"]) for record in shown),
        has_next=len(records) > first,
    )


async def _files(viewer: Viewer, records: list[dict[str, Any]]) -> list[DirectFile]:
    await packs.ensure({record["pack"] for record in records})
    found = await fetch(copies.SOME, [[record["copy_id"] for record in records]])
    by_id = {record["id"]: row_of(record) for record in found}
    made = []
    for record in records:
        copy, dossier = by_id[record["copy_id"]], dossier_of(viewer, record)
        made.append(DirectFile(copy, dossier, copies.refusal(viewer, dossier, copy, Right.DIRECT_READ)))
    return made


async def folders(viewer: Viewer, wanted: Wanted) -> tuple[Folder, ...]:
    """The folders of the tree that hold a file that the viewer may know of."""
    (may, mine), (where, values) = _opened(viewer), wanted.condition()
    records = await fetch(
        f"SELECT d.platform, d.form, d.year, c.kind, count(*) AS files {_FROM} "
        f"WHERE {may}{where} "
        "GROUP BY d.platform, d.form, d.year, c.kind ORDER BY d.year DESC, d.platform, d.form, c.kind",
        [*mine, *values],
    )
    return tuple(Folder(**{**record, "kind": CopyKind(record["kind"])}) for record in records)


async def take(viewer: Viewer, wanted: Wanted, folder: str, file: str) -> Taken:
    """The copy that a path names, and which part of it; to be noted (`copies.note`) once it is read.

    Raises NotFound, the same for a stranger's file and for none; Refused.
    """
    named = _FILE.fullmatch(file)
    kinds = {FOLDERS[kind]: kind for kind in CopyKind}
    if (
        named is None
        or folder not in kinds
        or WORDS[kinds[folder]] != named[3]
        or int(named[1]) != wanted.year
    ):
        raise copies.not_found()
    may, mine = _opened(viewer)
    records = await fetch(
        f"SELECT {COLUMNS}, c.id AS copy_id {_FROM} WHERE {may} "
        "AND d.platform = %s AND d.form = %s AND d.year = %s AND o.siren = %s AND c.kind = %s",
        [*mine, wanted.platform, wanted.form, wanted.year, named[2], kinds[folder].value],
    )
    if not records:
        raise copies.not_found()
    (found,) = await _files(viewer, records)
    return copies.handed(viewer, Taken(found.copy, found.dossier, Right.DIRECT_READ, _PARTS[named[4]]))


def mail_path(authority: Authority, user_id: UUID, told: Mapping[str, Any]) -> str:
    """Where a mail about a dossier leads beside it, for who holds the right now; "" for anybody else.

    `told`: event, platform, form, year, step and siren. The address says nothing that the mail does not.
    """
    if told["event"] not in LINKED or told["siren"] is None:
        return ""
    target = Target(told["platform"], told["form"], told["year"], f"organism:{told['siren']}", told["step"])
    if user_id not in holders(authority, Right.DIRECT_READ, target):
        return ""
    place = {"plateforme": told["platform"], "formulaire": told["form"], "annee": told["year"]}
    return f"{PAGE}?{urlencode(place)}"
