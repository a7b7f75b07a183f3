"""Jobs killed in processes of their own, as no test may be: one that has read the product, forked for each.

Started by `python -m tests.rendering.killer`; each line in is an `Order`, each line out how it ended.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import traceback
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypedDict, cast

from authz import Authority
from forms import PackKey, publish
from models import FileStore, open_database
from rendering.services import Services
from rendering.tasks import SERVICES, TASKS

if TYPE_CHECKING:
    from rendering.mail import Mailer
    from rendering.pdf import Printer

ROOT: Final = Path(__file__).resolve().parents[2]
# By which a database tells the connections of the dying from the tests' own.
NAME: Final = "killed"


class Order(TypedDict):
    """A job and the place, `module:name`, where it is killed: before or `after` it is called; "" at its end.

    `forms`: packs that the tests' process has published, as PackKey and texts.
    """

    url: str
    folder: str
    task: str
    arguments: dict[str, Any]
    place: str
    after: bool
    forms: list[tuple[tuple[str, int, int], dict[str, str]]]


class Paper:
    """A printer that prints at once."""

    version, idle = "1", False

    async def print_html(self, _html: str, **_options: object) -> bytes:
        """One page."""
        return b"%PDF-1.7 une page"


async def run(task: str, arguments: dict[str, Any], folder: Path) -> None:
    """The job, as a worker runs it."""
    printer, mailer = cast("Printer", Paper()), cast("Mailer", None)
    services = Services(await Authority.load(), printer, FileStore.local(folder), mailer)
    context = type("Context", (), {"additional_context": {SERVICES: services}})()
    (found,) = [one for one in TASKS if one.name == task]
    await found.run(context, **arguments)


async def _obey(order: Order) -> None:
    await open_database(order["url"])
    for key, texts in order["forms"]:
        publish(PackKey(*key), texts)
    if order["place"]:
        _cut(order["place"], after=order["after"])
    await run(order["task"], order["arguments"], Path(order["folder"]))
    if not order["place"]:
        _die()


def _cut(place: str, *, after: bool) -> None:
    module, _, path = place.partition(":")
    owner: Any = import_module(module)
    *names, last = path.split(".")
    for name in names:
        owner = getattr(owner, name)
    real = getattr(owner, last)

    async def dying(*arguments: object, **more: object) -> None:
        if after:
            await real(*arguments, **more)
        _die()

    setattr(owner, last, dying)


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    """Obey each order in a child, which has neither loop nor connection before."""
    for line in sys.stdin:
        child = os.fork()
        if not child:
            # What the product logs is no answer of ours.
            os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
            try:
                asyncio.run(_obey(json.loads(line)))
            finally:
                # Never back to the loop above; what has been raised is told.
                traceback.print_exc()
                os._exit(1)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
