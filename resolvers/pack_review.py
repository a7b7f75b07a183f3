"""What stands against a draft: read as the loader would, linted, compared, its stored tests run."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from authz import Right
from forms import Finding, PackError, compare_packs, lint, load_pack, read_pack_texts, run_pack_tests, script
from forms.source import read_records
from resolvers.pack_drafts import files_of
from resolvers.pack_rows import DraftRow, Files, Obstacle, Reading
from resolvers.packs import ensure, last_revision

if TYPE_CHECKING:
    from forms import CaseOutcome, Change, Pack

# What keeps a pack from being used; everything else that the linter says is advice.
FAULTS = frozenset(
    {"PACK_UNREADABLE", "PACK_UNKNOWN", "PACK_KEY_INVALID", "PACK_MISPLACED", "FORMULA_UNREADABLE"}
    | {"REFERENCE_UNKNOWN", "FORMULA_CYCLE"}
)
MOST_READ = 6
CYCLE, CIRCUITS = "cycle.txt", "circuits.txt"
# Asked of a form, a platform or an organization as a whole: nobody answers a dossier's visa by them.
OF_NO_DOSSIER = frozenset({Right.ADMIN_USERS, Right.CAMPAIGN_MANAGE, Right.PACK_EDIT, Right.POLICY_EDIT})

# A large form takes a second to read, and a screen asks for its parts one after the other.
# By key too: the same files may be sent for another year, of which their header does not speak.
_read: OrderedDict[tuple[str, str], Reading] = OrderedDict()
# Fields of one document are resolved side by side: the first one reads, the others wait for it.
_being_read: WeakValueDictionary[tuple[str, str], asyncio.Lock] = WeakValueDictionary()


async def reading(row: DraftRow) -> Reading:
    """The pack that a draft's files make, or the first fault that keeps them from making one."""
    key = row.key, row.sha256
    lock = _being_read.setdefault(key, asyncio.Lock())
    async with lock:
        kept = _read.get(key)
        if kept is None:
            kept = _read[key] = await _read_afresh(row)
            while len(_read) > MOST_READ:
                _read.popitem(last=False)
        return kept


async def _read_afresh(row: DraftRow) -> Reading:
    files = await files_of(row)
    try:
        return Reading(await asyncio.to_thread(_compile, row, files), None)
    except PackError as error:
        return Reading(None, Finding.of(error))


def forget(row: DraftRow) -> None:
    """Let the next reading of a draft be made afresh from its files."""
    _read.pop((row.key, row.sha256), None)


def _compile(row: DraftRow, files: Files) -> Pack:
    pack = read_pack_texts(files)
    if str(pack.key) != row.key:
        message = f"L’en-tête de pack.txt nomme {pack.key} et non {row.key} : corrigez-le."
        raise PackError(message, code="PACK_MISPLACED")
    _require_rights(files)
    return pack


def _require_rights(files: Files) -> None:
    """A move or a visa that nobody could ever be allowed would stop every dossier at its step."""
    _require_known(files, CYCLE, "@mouvement", 4, frozenset(Right))
    _require_known(files, CIRCUITS, "@visa", 2, frozenset(Right) - OF_NO_DOSSIER)


def _require_known(files: Files, file: str, word: str, index: int, known: frozenset[Right]) -> None:
    names = sorted(right.value for right in known)
    for record in read_records(files.get(file, ""), file):
        if record.word == word and record.field(index) not in names:
            message = (
                f"Le droit « {record.field(index)} » n’existe pas : choisissez parmi {', '.join(names)}."
            )
            raise record.fault(message, index)


async def findings(row: DraftRow) -> tuple[Finding, ...]:
    """What the linter says of a draft, by file and line; of one that cannot be read, every fault it finds."""
    read = await reading(row)
    if read.pack is not None:
        return await asyncio.to_thread(lint, read.pack)
    found = await asyncio.to_thread(lint, await files_of(row))
    return found or (() if read.fault is None else (read.fault,))


async def difference(row: DraftRow) -> tuple[Change, ...]:
    """What a draft says otherwise than the revision it was made from; nothing without either."""
    read = await reading(row)
    if read.pack is None or row.base_key is None:
        return ()
    await ensure([row.base_key])
    base = await asyncio.to_thread(load_pack, row.base_key)
    return compare_packs(base, read.pack).changes


async def tests(row: DraftRow) -> tuple[CaseOutcome, ...]:
    """How the tests stored with a draft come out; none of a draft that cannot be read."""
    read = await reading(row)
    if read.pack is None:
        return ()
    return tuple(await asyncio.to_thread(run_pack_tests, read.pack))


async def obstacles(row: DraftRow) -> tuple[Obstacle, ...]:
    """Everything for which a draft may not be published as it stands."""
    stale = await out_of_date(row)
    return ((stale,) if stale else ()) + await faults(row)


async def out_of_date(row: DraftRow) -> Obstacle | None:
    """Why a draft comes too late: it is published, or a newer revision than its base is."""
    if row.revision is not None:
        return Obstacle(
            "PACK_PUBLISHED_ALREADY",
            f"La révision {row.key} est publiée : elle ne se modifie plus. Préparez-en une autre.",
            conflict=True,
        )
    last = await last_revision(row.form, row.year)
    if last != row.base:
        start = "d’aucune révision" if row.base is None else f"de la révision {row.base}"
        return Obstacle(
            "PACK_BASE_MOVED",
            f"La révision {row.form}/{row.year}/{last} est publiée et ce brouillon est parti {start} : "
            "reportez vos changements sur la dernière révision, puis déposez-la.",
            conflict=True,
        )
    return None


async def faults(row: DraftRow) -> tuple[Obstacle, ...]:
    """What is wrong with a draft itself: it cannot be read, a stored test fails, cells would be lost."""
    read = await reading(row)
    if read.fault is not None:
        fault = read.fault
        where = f"{fault.file}, ligne {fault.line}, colonne {fault.column} : " if fault.file else ""
        path = (fault.file, str(fault.line), str(fault.column))
        return (Obstacle("PACK_UNREADABLE", f"{where}{fault.message}", path=path),)
    if read.pack is not None:
        # The browser's program is written before anyone waits for it: what cannot be served stops here.
        await asyncio.to_thread(script, read.pack)
    failing = [test.name for test in await tests(row) if not test.passed]
    breaking = [change.place for change in await difference(row) if change.breaking]
    found = []
    if failing:
        text = f"Des essais enregistrés échouent ({_named(failing)}) : corrigez le formulaire ou ces essais."
        found.append(Obstacle("PACK_TESTS_FAILED", text, path=("tests",)))
    if breaking:
        text = (
            f"Des cellules sont retirées, renommées ou changées de nature ({_named(breaking)}) : dans une "
            "même année de comptes, les dossiers ouverts les portent. Rétablissez-les, ou attendez l’année "
            "suivante."
        )
        found.append(Obstacle("PACK_BREAKING", text, path=("difference",)))
    return tuple(found)


def _named(names: list[str]) -> str:
    """The first names, and how many more."""
    shown = ", ".join(names[:5])
    return shown if len(names) <= len(names[:5]) else f"{shown} et {len(names) - 5} autres"
