"""What was exported when the right was there: the list of it, its files, and what the worker would print."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from gql.execution import Request
from models import Problem
from models.jobs import RENDER_EXPORT
from resolvers import export_jobs
from tests.channels.asking import ABSENT, Answer, fetched

if TYPE_CHECKING:
    from uuid import UUID

    from tests.channels.oracle import Asker
    from tests.channels.setting import Setting

# Of one's exports, the one that is not made yet: what it may still hold will be looked at then.
WAITING = "WAITING"


def export_of(setting: Setting, asker: Asker) -> str:
    """The export that an asker had made."""
    return str(setting.exports[asker.name])


class OwnFile:
    """The file made when the right was still there."""

    path = "/exports/{id}/file"

    async def __call__(self, setting: Setting, asker: Asker, target: UUID) -> Answer:
        """Fetch it."""
        del target
        return await fetched(setting, asker, self.path.format(id=setting.exports[asker.name]))


class Job:
    """What the worker reads, as the requester that it makes anew."""

    job = RENDER_EXPORT

    async def __call__(self, setting: Setting, asker: Asker, target: UUID) -> Answer:
        """Begin the job, and read what it would print."""
        return await _printed(setting, asker, target)


async def _printed(setting: Setting, asker: Asker, target: UUID) -> Answer:
    before = ""
    try:
        task = await export_jobs.begin(setting.authority, setting.jobs[asker.name])
        if task is None:
            return Answer("NOTHING_TO_DO", b"")
        # Its own line says that it was begun, whatever comes of it.
        before = await setting.state()
        content = await export_jobs.content(task.viewer, target, ["A1"])
    except Problem as problem:
        if before and await setting.state() != before:
            return Answer("SOMETHING_CHANGED", b"")
        return Answer(problem.code, f"{problem.code} {problem.message} {problem.path}".encode())
    return Answer("OK", f"{content.dossier.organism.siren} {content.tabs[0].values}".encode())


class Exports:
    """The list of one's own exports: a file's name says whose dossier it is."""

    text = "{ exports(first: 200) { edges { node { id fileName } } } }"

    async def __call__(self, setting: Setting, asker: Asker, target: UUID) -> Answer:
        """List them."""
        del target
        outcome = await setting.engine.run(Request(self.text), setting.viewers[asker.name])
        ids = {edge["node"]["id"] for edge in outcome.body["data"]["exports"]["edges"]}
        made, waiting = str(setting.exports[asker.name]), str(setting.jobs[asker.name])
        code = {(): ABSENT, (waiting,): WAITING}.get(tuple(ids), "WRONG_LIST")
        return Answer("OK" if ids == {made, waiting} else code, orjson.dumps(outcome.body))
