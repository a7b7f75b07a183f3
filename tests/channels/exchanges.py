"""The exchange space: who may read it, write in it, and what is his there, written plainly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from authz import Right
from tests.channels.asking import Channel, Operation
from tests.talks import message, thread

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from authz import Viewer
    from tests.channels.oracle import Asker

# What is written there, which nobody reads who may not.
SAID, DRAFTED = "Question gardée sur le bilan", "Brouillon gardé de la saisie"
_READ, _WRITE = (Right.EXCHANGE_READ,), (Right.EXCHANGE_WRITE,)
_GONE = "THREAD_UNKNOWN", "MESSAGE_UNKNOWN"
_KEY = 'idempotencyKey: "e"'
_MESSAGE = "id text author organization nature writtenAt publishedAt mine"


async def build_talks(viewers: dict[str, Viewer], dossier: UUID) -> dict[str, object]:
    """A question that the platform published on a cell, and a draft of the organism's on its dossier."""
    told = await thread(viewers["ministere"], dossier, "A1.L011.B")
    said = await message(viewers["ministere"], told, SAID)
    draft = await message(viewers["saisie"], await thread(viewers["saisie"], dossier), DRAFTED, draft=True)
    return {"thread": told.id, "message": said.id, "note": draft.id}


def _known(asker: Asker, step: int) -> bool:
    return asker.may(Right.READ, step) and asker.may(Right.EXCHANGE_READ, step)


def _platform(refused: str) -> Callable[[Asker, int], str]:
    """Of what the platform wrote: itself alone, while one may write."""

    def told(asker: Asker, step: int) -> str:
        if not _known(asker, step):
            return _GONE["MESSAGE" in refused or "NATURE" in refused]
        if not asker.may(Right.EXCHANGE_WRITE, step):
            return "REFUSED"
        return "OK" if asker.place == "MIN" else refused

    return told


def _replies(asker: Asker, step: int) -> str:
    if not _known(asker, step):
        return "THREAD_UNKNOWN"
    return "OK" if asker.may(Right.EXCHANGE_WRITE, step) else "REFUSED"


def _edits(asker: Asker, step: int) -> str:
    if asker.name != "saisie" or not _known(asker, step):
        return "MESSAGE_UNKNOWN"
    return "OK" if asker.may(Right.EXCHANGE_WRITE, step) else "REFUSED"


def _deletes(asker: Asker, step: int) -> str:
    return "OK" if asker.name == "saisie" and _known(asker, step) else "MESSAGE_UNKNOWN"


def _sent(name: str, arguments: str, selection: str = "", **more: Any) -> Channel:  # noqa: ANN401 - a Channel's own fields
    """A mutation on the dossier."""
    text = f"mutation Send($id: ID!) {{ {name}(dossier: $id, {arguments}) {selection} }}"
    return Channel(name, "exchange", Operation(text, name), **more)


def _on(thing: str, name: str, arguments: str, selection: str, world: Callable[[Asker, int], str]) -> Channel:
    """A mutation on what is said there, by its own identifier."""
    kind = "thread" if thing == "thread" else "message"
    text = f"mutation Send($of: ID!) {{ {name}({kind}: $of, {arguments} {_KEY}) {selection} }}"
    ask = Operation(text, name, of=lambda setting, _: str(setting.things[thing]))
    return Channel(name, "exchange", ask, unlinked=True, world=world)


_SPACE = f"""exchange {{ marks {{ level anchor nature published open count unread }}
 threads(first: 5) {{ edges {{ node {{ id level anchor label audience state organization unread canSettle
 messages {{ {_MESSAGE} }} }} }} }} unpublished {{ messages attachments }} canWrite canCarry unread
 audiences }}"""
SPACE = f"query Ask($id: ID!) {{ dossier(id: $id) {{ {_SPACE} }} }}"
_OPENED = f'level: CELL, anchor: "A1.L011.B", nature: QUESTION, text: "Pourquoi\u202f?", {_KEY}'


EXCHANGES = (
    Channel(
        "exchange",
        "exchange",
        Operation(SPACE, "dossier", "exchange"),
        needs=_READ,
        refused="NULL",
    ),
    _sent("addMessage", _OPENED, "{ id }", needs=_WRITE),
    _sent("publishMessages", _KEY, needs=_WRITE),
    _sent("markThreadsRead", "", needs=_READ),
    _sent("carryThreads", _KEY, needs=_READ, passes="NEXT_YEAR_UNKNOWN"),
    _on("thread", "replyToThread", 'nature: COMMENT, text: "Vu.",', "{ id }", _replies),
    _on("thread", "settleThread", "state: CLOSED,", "{ state }", _platform("THREAD_NOT_YOURS")),
    _on("thread", "setThreadDue", "dueOn: null,", "{ dueOn }", _platform("THREAD_NOT_YOURS")),
    _on("message", "changeNature", "nature: COMMENT,", "{ nature }", _platform("NATURE_NOT_YOURS")),
    _on("note", "editDraft", 'text: "Autre.",', "{ text }", _edits),
    _on("note", "deleteDraft", "", "", _deletes),
)
