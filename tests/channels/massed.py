"""What was exported with other dossiers when the right was there: its report, its files, asking for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from authz import Right
from gql.execution import Request
from tests.channels.asking import ABSENT, Answer, Channel, Operation, fetched

if TYPE_CHECKING:
    from uuid import UUID

    from tests.channels.oracle import Asker
    from tests.channels.setting import Setting

CLOSED = "MASS_EXPORT_CLOSED"


class OwnMass:
    """A file of the export made when the right was still there."""

    def __init__(self, path: str) -> None:
        self.path = path

    async def __call__(self, setting: Setting, asker: Asker, target: UUID) -> Answer:
        """Fetch it."""
        del target
        return await fetched(setting, asker, self.path.format(id=setting.masses[asker.name]))


class Report:
    """What became of each of its dossiers: the name of a file says whose it is."""

    text = (
        "query Own($id: ID!) { massExport(id: $id) { items { edges { node"
        " { label fileName error dossier { id } } } } } }"
    )

    async def __call__(self, setting: Setting, asker: Asker, target: UUID) -> Answer:
        """Read it."""
        del target
        asked = Request(self.text, variables={"id": str(setting.masses[asker.name])})
        outcome = await setting.engine.run(asked, setting.viewers[asker.name])
        (edge,) = outcome.body["data"]["massExport"]["items"]["edges"]
        told: dict[str, Any] = edge["node"]
        nothing = told == {"label": "", "fileName": None, "error": None, "dossier": None}
        whole = told["label"] and told["fileName"] and told["dossier"]
        return Answer("OK" if whole else ABSENT if nothing else "HALF_TOLD", orjson.dumps(outcome.body))


def _taken(path: str) -> Channel:
    return Channel(
        path,
        "file",
        OwnMass(path),
        needs=(Right.EXPORT,),
        hidden=CLOSED,
        refused=CLOSED,
        withheld=CLOSED,
        closed="ACCOUNT_CLOSED",
        unlinked=True,
        tabs=("A1",),
    )


MASSES = (
    _taken("/mass-exports/{id}/file"),
    _taken("/mass-exports/{id}/manifeste.csv"),
    Channel("massExport.items", "export", Report(), hidden=ABSENT, closed=ABSENT, unlinked=True),
    Channel(
        "requestMassExport",
        "export",
        Operation(
            'mutation Many($id: ID!) { requestMassExport(kind: PDF, dossiers: [$id], tabs: ["A1"],'
            ' idempotencyKey: "m") { id } }',
            "requestMassExport",
        ),
        needs=(Right.EXPORT,),
    ),
)
