"""How a channel is asked, what it answers, and what the world says that it should."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

import orjson

from authz import Right
from gql.execution import Request
from tests.channels.oracle import Asker

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.channels.setting import Setting

NONE, ABSENT, EMPTY, OK = UUID(int=0xD0551E2), "ABSENT", "EMPTY", 200
ACTING = (Right.WRITE, Right.VALIDATE, Right.VALIDATE_HIERARCHICAL, Right.TRANSMIT, Right.FINALISE)


@dataclass(frozen=True, slots=True)
class Answer:
    """`code`: OK, or the code of the refusal; `told`: every byte of it, to be compared."""

    code: str
    told: bytes


@dataclass(frozen=True, slots=True)
class Channel:
    """`needs`: one of these functions beside reading; `passes`: what whoever may is answered.

    `step`: the only step that it is possible at; `other`: the form whose dossier must be readable too;
    `hidden`: what whoever may not read is answered; `closed`: what someone is whose account is closed;
    `unlinked`: it is not asked by the dossier's identifier, so that an unknown one says nothing of it.
    `world`: says by itself what is answered, where it is not reading that opens it.
    `tabs`: those that it asks for by name; `withheld`: what whoever may not open one of them is answered.
    """

    name: str
    group: str
    ask: Callable[[Setting, Asker, UUID], Awaitable[Answer]]
    needs: tuple[Right, ...] = ()
    passes: str = "OK"
    step: int | None = None
    other: bool = False
    hidden: str = "NOT_FOUND"
    refused: str = "REFUSED"
    closed: str = "NOT_FOUND"
    unlinked: bool = False
    world: Callable[[Asker, int], str] | None = None
    tabs: tuple[str, ...] = ()
    withheld: str = "TAB_WITHHELD"

    def expected(self, asker: Asker, step: int) -> str:
        """The code that the world says this asker is answered at this step."""
        if self.world is not None:
            return self.world(asker, step)
        if asker.closed:
            return self.closed
        if self.name == "transmitDossier" and asker.machine:
            return "PERSON_REQUIRED"
        if not self.may(asker, (Right.READ,), step):
            return self.hidden
        return self._of_reader(asker, step)

    def _of_reader(self, asker: Asker, step: int) -> str:
        if self.step not in {None, step}:
            return "STEP_CONFLICT"
        if self.other and not asker.may(Right.READ, 4, "QDIS"):
            return "COMMON_CORE_UNAVAILABLE"
        if self.needs and not self.may(asker, self.needs, step):
            # Who would correct the dossier is told that its platform holds it.
            corrects = Right.WRITE in self.needs and asker.may(Right.CORRECT, step)
            return "HAND_ELSEWHERE" if corrects else self.refused
        taken = Right.EXPORT in self.needs
        return self.passes if all(asker.opens(tab, taken=taken) for tab in self.tabs) else self.withheld

    def may(self, asker: Asker, rights: tuple[Right, ...], step: int) -> bool:
        """Whether the asker has one of these functions; the worker's are those he is registered for."""
        return any(asker.may(right, step, worker=self.group == "job") for right in rights)


def _told(body: dict[str, Any], found: object) -> Answer:
    """What a body says; a write that refuses a value or meets a conflict did not do what was asked."""
    if "errors" in body:
        return Answer(str(body["errors"][0]["extensions"]["code"]), orjson.dumps(body))
    if isinstance(found, dict) and (found.get("refused") or found.get("conflicts")):
        return Answer("NOT_WRITTEN", orjson.dumps(body))
    return Answer("OK" if found is not None else "NULL", orjson.dumps(body))


class Operation:
    """A GraphQL document asked of `$id`; `path` leads to what must not be null when it is answered."""

    # Whether an empty list is told apart from an answer.
    tells_nothing = False

    def __init__(self, text: str, *path: str, **given: Callable[[Setting, Asker], object]) -> None:
        self.text, self._path, self._given = text, path, given

    async def __call__(self, setting: Setting, asker: Asker, target: object) -> Answer:
        """Ask it of a dossier, or of whatever else is named so."""
        values = {"id": str(target), **{name: make(setting, asker) for name, make in self._given.items()}}
        outcome = await setting.engine.run(Request(self.text, variables=values), setting.viewers[asker.name])
        found: Any = outcome.body.get("data")
        for name in self._path:
            found = None if found is None else found.get(name)
        told = _told(outcome.body, found)
        nothing = found == [] or (isinstance(found, dict) and found.get("edges") == [])
        return Answer(EMPTY, told.told) if self.tells_nothing and nothing else told


def child(name: str, selection: str, **more: Any) -> Channel:  # noqa: ANN401 - a Channel's own fields
    """A field of a dossier reached by its identifier."""
    text = f"query Ask($id: ID!) {{ dossier(id: $id) {{ id {selection} }} }}"
    return Channel(name, "dossier", Operation(text, "dossier"), **more)


def sent(name: str, arguments: str, selection: str, **more: Any) -> Channel:  # noqa: ANN401 - a Channel's own fields
    """A mutation on a dossier; each is sent once, under one key."""
    text = f"mutation Send($id: ID!) {{ {name}(dossier: $id, {arguments}) {{ {selection} }} }}"
    return Channel(name, "writing", Operation(text, name), needs=more.pop("needs", (Right.WRITE,)), **more)


async def fetched(setting: Setting, asker: Asker, path: str) -> Answer:
    """A file by HTTP, with the caller's own proof."""
    answer = await setting.http.get(path, headers=setting.proofs[asker.name])
    headers = sorted((key, value) for key, value in answer.headers.items() if key != "x-request-id")
    told = repr((answer.status_code, headers)).encode() + answer.content
    return Answer("OK" if answer.status_code == OK else str(answer.json()["extensions"]["code"]), told)


class Fetched:
    """A file by HTTP, whose address holds `{id}`."""

    def __init__(self, path: str) -> None:
        self.path = path

    async def __call__(self, setting: Setting, asker: Asker, target: object) -> Answer:
        """Fetch it."""
        return await fetched(setting, asker, self.path.format(id=target))


def http(path: str, *tabs: str) -> Channel:
    """A file of a dossier."""
    return Channel(path, "file", Fetched(path), needs=(Right.EXPORT,), closed="ACCOUNT_CLOSED", tabs=tabs)


class Listed:
    """A search that finds the dossier, by a page and by its exact number: both, or neither."""

    def __init__(self, criteria: str) -> None:
        self.text = (
            f"query List {{ dossiers(first: 200{criteria}) {{ totalCount edges {{ node {{ id }} }} }} }}"
        )

    async def __call__(self, setting: Setting, asker: Asker, target: UUID) -> Answer:
        """Search."""
        outcome = await setting.engine.run(Request(self.text), setting.viewers[asker.name])
        told = orjson.dumps(outcome.body)
        if "errors" in outcome.body:
            return Answer(str(outcome.body["errors"][0]["extensions"]["code"]), told)
        page = outcome.body["data"]["dossiers"]
        if page["totalCount"] != len(page["edges"]):
            return Answer("WRONG_COUNT", told)
        return Answer("OK" if str(target) in {edge["node"]["id"] for edge in page["edges"]} else ABSENT, told)


def listed(name: str, criteria: str) -> Channel:
    """The same as a channel."""
    ask = Listed(criteria)
    return Channel(name, "list", ask, hidden=ABSENT, closed=ABSENT, unlinked=True)
