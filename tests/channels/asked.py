"""What is asked of the desk: who may, written plainly, and what whoever may not is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from authz import Right
from tests.channels.asking import EMPTY, Answer, Fetched, Operation

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.channels.oracle import Asker
    from tests.channels.setting import Setting

# Codes that say neither yes nor no: of what there is and of what there is not, they are told alike.
HIDING = frozenset(
    {
        "NOT_FOUND",
        "POLICY_DESK_UNKNOWN",
        "POLICY_PROPOSAL_UNKNOWN",
        "POLICY_TEST_UNKNOWN",
        "PACK_DRAFT_UNKNOWN",
        "PLATFORM_ONLY",
        "CONSENT_LIST_PARTNER",
        EMPTY,
    }
)


@dataclass(frozen=True, slots=True)
class Question:
    """`thing`: what it is asked of, by its name in `things.py`; empty where it names nothing.

    `world`: the code that the world says an asker is answered; `hiding`: those that tell of nothing.
    """

    name: str
    thing: str
    ask: Callable[[Setting, Asker, object], Awaitable[Answer]]
    world: Callable[[Asker], str]
    hiding: frozenset[str] = HIDING


class Listing(Operation):
    """An operation that may answer with nothing."""

    tells_nothing = True


def edits(asker: Asker) -> bool:
    """Whether he makes the rules of the Ministry."""
    return asker.place == "MIN" and asker.may(Right.POLICY_EDIT, 4)


def agent(asker: Asker) -> bool:
    """Whether he works for the Ministry."""
    return asker.place == "MIN"


def manages(asker: Asker) -> bool:
    """Whether he manages the users of his organization, whatever its conventions."""
    return asker.profile.endswith("_admin")


def bound(asker: Asker) -> bool:
    """Whether the convention on two tabs is his to read: its platform's, its partner's, its organism's."""
    return agent(asker) or asker.name == "onglets" or asker.place == "ours"


def desk(passes: str = "OK") -> Callable[[Asker], str]:
    """What those who make the rules are answered, alone."""
    return lambda asker: passes if edits(asker) else "POLICY_DESK_UNKNOWN"


def only(
    may: Callable[[Asker], bool], refused: str = "NOT_FOUND", passes: str = "OK"
) -> Callable[[Asker], str]:
    """What those who may are answered, and the others."""
    return lambda asker: passes if may(asker) else refused


def known(
    may: Callable[[Asker], bool], knows: Callable[[Asker], bool], passes: str = "OK", refused: str = "REFUSED"
) -> Callable[[Asker], str]:
    """What those who may do it are answered, those who may know of it, and the others."""
    return lambda asker: passes if may(asker) else refused if knows(asker) else "NOT_FOUND"


def query(
    name: str,
    thing: str,
    arguments: str,
    selection: str,
    world: Callable[[Asker], str],
    hiding: frozenset[str] = HIDING,
) -> Question:
    """A field of the root of queries; `$id` is the thing, `$base` the version of the rules."""
    return Question(name, thing, _document("query", name, thing, arguments, selection), world, hiding)


def sent(
    name: str,
    thing: str,
    arguments: str,
    selection: str,
    world: Callable[[Asker], str],
    hiding: frozenset[str] = HIDING,
) -> Question:
    """A mutation."""
    return Question(name, thing, _document("mutation", name, thing, arguments, selection), world, hiding)


def _document(kind: str, name: str, thing: str, arguments: str, selection: str) -> Listing:
    types = {"id": "String!" if thing in NAMED else "ID!", "base": "Int!"}
    used = ", ".join(f"${one}: {kept}" for one, kept in types.items() if f"${one}" in arguments)
    head, given = f"({used})" if used else "", f"({arguments})" if arguments else ""
    text = f"{kind} Ask{head} {{ {name}{given} {selection} }}"
    return Listing(text, name, base=lambda setting, _: setting.authority.version)


def fetch(path: str, thing: str, world: Callable[[Asker], str]) -> Question:
    """A file."""
    return Question(path, thing, Fetched(path), world)


NAMED = frozenset({"platform", "body", "system"})
