"""A file put into a work list (manual §7.1.2): each line is told what became of it."""

from __future__ import annotations

import asyncio
import hashlib
from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from authz import Right, scope
from models import fetch
from resolvers.idempotency import once
from resolvers.person import person_of
from resolvers.work_list_file import FileLine, read_file
from resolvers.work_list_items import MOST_ITEMS, full, put
from resolvers.work_list_rows import WorkListRow, held, read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from authz import Viewer

_ASKED = """
SELECT l.n, d.id, d.organism_id
FROM unnest(%s::text[], %s::text[], %s::text[], %s::int[]) WITH ORDINALITY AS l(siren, code, form, year, n)
"""
# Two statements, each on an index of its own: one with OR would read every dossier.
_BY_SIREN = "JOIN organism o ON o.siren = l.siren JOIN dossier d ON d.organism_id = o.id"
_BY_CODE = "JOIN dossier d ON d.code = ANY(ARRAY[l.code, upper(l.code)])"
_NARROWED = "(l.form = '' OR d.form = l.form) AND (l.year IS NULL OR d.year = l.year)"
# Lines may name the same dossiers; more than this can only be more than a list holds.
MOST_FOUND = 3 * MOST_ITEMS


class LineOutcome(StrEnum):
    """What became of a line of a file."""

    ADDED = "added"
    ALREADY = "already"
    UNKNOWN = "unknown"
    AMBIGUOUS = "ambiguous"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class ImportedLine:
    """A line of the report; `dossiers`: how many were added by it, or how many organisms a code may mean."""

    number: int
    text: str
    outcome: LineOutcome
    dossiers: int

    @property
    def message(self) -> str:
        """What happened and what to do, in French."""
        if self.outcome is LineOutcome.ADDED:
            return "Dossier ajouté." if self.dossiers == 1 else f"{self.dossiers} dossiers ajoutés."
        if self.outcome is LineOutcome.AMBIGUOUS:
            return f"Ce code est celui de {self.dossiers} organismes\u00a0: écrivez le SIREN à la place."
        return _SAID[self.outcome]


_SAID = {
    LineOutcome.ALREADY: "Déjà dans la liste.",
    LineOutcome.UNKNOWN: "Aucun dossier qui vous soit ouvert n’y correspond\u00a0: vérifiez le SIREN ou le"
    " code, le formulaire et l’année.",
    LineOutcome.UNREADABLE: "Ni SIREN ni code d’organisme dans cette ligne\u00a0: corrigez-la.",
}


@dataclass(frozen=True, slots=True)
class Imported:
    """The report: dossiers added, lines whose dossiers were there already, lines that found nothing."""

    row: WorkListRow
    added: int
    lines: tuple[ImportedLine, ...]

    @property
    def already(self) -> int:
        """How many lines found only what was there."""
        return sum(line.outcome is LineOutcome.ALREADY for line in self.lines)

    @property
    def refused(self) -> int:
        """How many lines added nothing because nothing could be found by them."""
        kept = {LineOutcome.ADDED, LineOutcome.ALREADY}
        return sum(line.outcome not in kept for line in self.lines)


# SIREN or code, form or "", year.
Asked = tuple[str, str, str, int | None]


@dataclass(frozen=True, slots=True)
class Found:
    """The dossiers that a line may mean, and whose they are."""

    dossiers: set[UUID] = field(default_factory=set)
    organisms: set[UUID] = field(default_factory=set)

    @property
    def single(self) -> set[UUID]:
        """The dossiers, if they are of one organism: a code of two platforms may be of two."""
        return self.dossiers if len(self.organisms) == 1 else set()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which dossiers of the organisms that the file names, where its lines do not say; None for all."""

    form: str | None = None
    year: int | None = None


async def load(viewer: Viewer, list_id: UUID, content: bytes, wanted: Wanted, key: str) -> Imported:
    """Put in the dossiers that a file names; a line that finds none is told so, and the others are added.

    Raises NotFound WORK_LIST_UNKNOWN; Invalid PERSON_REQUIRED and as `read_file`; Conflict WORK_LIST_FULL.
    """
    person_of(viewer)
    await read(viewer, list_id)
    lines = await asyncio.to_thread(read_file, content)

    async def act() -> dict[str, Any]:
        await held(viewer, list_id)
        found = await _found(viewer, [_asked(line, wanted) for line in lines if line.siren or line.code])
        added = await put(viewer, list_id, {one for each in found.values() for one in each.single})
        return {"added": len(added), "lines": list(_report(lines, wanted, found, added))}

    arguments = {
        "list": list_id,
        "file": hashlib.sha256(content).hexdigest(),
        "form": wanted.form,
        "year": wanted.year,
    }
    done = await once(viewer, key, "import_work_list", arguments, act)
    told = tuple(
        ImportedLine(number, text, LineOutcome(outcome), count)
        for number, text, outcome, count in done["lines"]
    )
    return Imported(await read(viewer, list_id), done["added"], told)


def _asked(line: FileLine, wanted: Wanted) -> Asked:
    """What the line asks for, with what was said of all lines where it says nothing."""
    return line.siren, line.code, line.form or wanted.form or "", line.year or wanted.year


async def _found(viewer: Viewer, asked: Sequence[Asked]) -> dict[Asked, Found]:
    """The dossiers that the viewer may read, by what asks for them. Raises Conflict WORK_LIST_FULL."""
    readable = scope(viewer, Right.READ)
    found: dict[Asked, Found] = defaultdict(Found)
    for place, join in ((0, _BY_SIREN), (1, _BY_CODE)):
        keys = list(dict.fromkeys(one for one in asked if one[place]))
        if not keys:
            continue
        records = await fetch(
            f"{_ASKED} {join} WHERE {_NARROWED} AND ({readable.sql}) LIMIT %s",
            [*(list(column) for column in zip(*keys, strict=True)), *readable.values, MOST_FOUND + 1],
        )
        if len(records) > MOST_FOUND:
            raise full()
        for record in records:
            one = found[keys[record["n"] - 1]]
            one.dossiers.add(record["id"])
            one.organisms.add(record["organism_id"])
    return found


def _report(
    lines: Sequence[FileLine], wanted: Wanted, found: Mapping[Asked, Found], added: set[UUID]
) -> Iterator[tuple[int, str, str, int]]:
    """Each line's outcome; what several lines name is added by the first of them."""
    left = set(added)
    for line in lines:
        one = found.get(_asked(line, wanted), Found())
        by_it = one.single & left
        left -= by_it
        yield line.number, line.text, *_outcome(line, one, len(by_it))


def _outcome(line: FileLine, found: Found, added: int) -> tuple[str, int]:
    if not line.siren and not line.code:
        return LineOutcome.UNREADABLE, 0
    if not found.dossiers:
        return LineOutcome.UNKNOWN, 0
    if len(found.organisms) > 1:
        return LineOutcome.AMBIGUOUS, len(found.organisms)
    return (LineOutcome.ADDED, added) if added else (LineOutcome.ALREADY, 0)
