"""What each command does; those that need settings read them here, once."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import orjson
import psycopg
import structlog

from authz import ensure_standing_lines
from forms import EntryError, PackError, evaluate_case, load_pack
from forms import lint as lint_pack
from gql.logs import configure_logs
from gql.settings import Settings, read_settings
from models import Problem, close_database, open_database
from models import migrate as migrate_database

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Awaitable, Callable

T = TypeVar("T")
CONNECT_SECONDS = 5
log = structlog.stdlib.get_logger("gql.commands")


def database_settings() -> Settings:
    """The settings of a process that needs the database. Raises Problem DATABASE_UNREACHABLE."""
    settings = read_settings()
    configure_logs(settings.log_level, settings.log_format)
    try:
        psycopg.connect(settings.database_url, connect_timeout=CONNECT_SECONDS).close()
    except psycopg.Error as error:
        # In the driver's English, hence for the logs and not for the sentence.
        log.debug("database_unreachable", reason=str(error).strip())
        raise Problem(
            "DATABASE_UNREACHABLE",
            "La base de données que nomme HARMONIA_DATABASE_URL ne répond pas ou refuse la connexion :"
            " vérifiez qu’elle est démarrée, son adresse et son compte"
            " (HARMONIA_LOG_LEVEL=DEBUG en dit la raison).",
        ) from None
    return settings


def with_database(work: Callable[[Settings], Awaitable[T]]) -> T:
    """What `work` gives, done with the database open. Raises Problem DATABASE_UNREACHABLE."""
    settings = database_settings()

    async def run() -> T:
        await open_database(settings.database_url)
        try:
            return await work(settings)
        finally:
            await close_database()

    return asyncio.run(run())


def _write(text: str) -> None:
    sys.stdout.write(text)


def serve(_: Namespace) -> int:
    """The web server, until it is told to end."""
    from gql import process  # noqa: PLC0415 - the other commands need no web server

    asyncio.run(process.serve(database_settings()))
    return 0


def work(_: Namespace) -> int:
    """The worker, until it is told to end."""
    from gql import process  # noqa: PLC0415 - the other commands need no browser

    asyncio.run(process.work(database_settings()))
    return 0


def migrate(_: Namespace) -> int:
    """Bring the database to the newest version, and its policy the lines that this version brings."""
    url = database_settings().database_url

    async def run() -> None:
        await migrate_database(url)
        await open_database(url)
        try:
            await ensure_standing_lines()
        finally:
            await close_database()

    asyncio.run(run())
    return 0


def seed(_: Namespace) -> int:
    """Fill the database with the demonstration's data; what is already there is kept."""
    from gql.process import open_files  # noqa: PLC0415 - the other commands need no store
    from resolvers.demo import seed as seed_demo  # noqa: PLC0415 - production never loads it
    from resolvers.demo.attachments import write_contents  # noqa: PLC0415 - as above

    async def run(settings: Settings) -> None:
        await seed_demo(lambda label, done, total: _write(f"{label} {done}/{total}\n"))
        await write_contents(open_files(settings))

    with_database(run)
    return 0


def schema(options: Namespace) -> int:
    """Print the schema, or commit it beside its code."""
    from gql.schema import SDL, sdl  # noqa: PLC0415 - the other commands need no schema

    if options.write:
        SDL.write_text(sdl(), encoding="utf-8")
    else:
        _write(sdl())
    return 0


def evaluate(options: Namespace) -> int:
    """Compute a case and check it: `{"cells", "failing"}` as JSON."""
    try:
        result = evaluate_case(_read_case(options.case))
    except (PackError, EntryError) as error:
        raise Problem("CASE_INVALID", str(error)) from error
    _write(json.dumps(result, ensure_ascii=False, indent=1) + "\n")
    return 0


def _read_case(path: Path) -> dict[str, Any]:
    try:
        case = orjson.loads(path.read_bytes())
    except OSError as error:
        raise Problem(
            "CASE_UNREADABLE", f"« {path} » est introuvable ou illisible : vérifiez le chemin."
        ) from error
    except orjson.JSONDecodeError as error:
        raise Problem("CASE_UNREADABLE", f"« {path} » n’est pas du JSON valide : {error.msg}.") from error
    if not isinstance(case, dict):
        raise Problem("CASE_INVALID", f"« {path} » n’a pas la forme d’un cas : un objet JSON est attendu.")
    return case


def lint(options: Namespace) -> int:
    """Say what is doubtful in a pack or in a folder, one line a finding; a doubt is not a failure."""
    try:
        folder = Path(options.key)
        findings = lint_pack(folder if folder.is_dir() else load_pack(options.key))
    except PackError as error:
        raise Problem("PACK_INVALID", str(error)) from error
    for finding in findings:
        _write(f"{finding.file}:{finding.line}:{finding.column}: {finding.code} {finding.message}\n")
    _write(f"{options.key} : {len(findings)} constat(s).\n")
    return 0


def demo(options: Namespace) -> int:
    """The whole product, until it is told to end."""
    from gql.demo.supervisor import run  # noqa: PLC0415 - production never loads it

    return run(options.data.absolute(), options.port)


def mailbox(options: Namespace) -> int:
    """The demonstration's mailbox, until it is told to end."""
    from gql.mailbox import run  # noqa: PLC0415 - production never loads it

    configure_logs("INFO", "auto")
    asyncio.run(run(options.folder, options.port, options.smtp_port))
    return 0
