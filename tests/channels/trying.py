"""One case: asked inside a transaction that is taken back, so that each finds the world as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from models import fetch, transaction
from tests.channels.exchanges import DRAFTED, SAID
from tests.channels.oracle import OURS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.channels.asking import Answer
    from tests.channels.oracle import Asker
    from tests.channels.setting import Setting

# What only the dossier tells: its organism, and values that were planted in it and in last year's.
SECRETS = (OURS.encode(), b"Office public de l'habitat d'essai", b"4321.5", SAID.encode(), DRAFTED.encode())


class _TriedError(Exception):
    """Carries the answer of a case, and the state it left, out of the transaction that is taken back."""

    def __init__(self, answer: Answer, left: str) -> None:
        super().__init__()
        self.answer, self.left = answer, left


async def tried(setting: Setting, asked: Awaitable[Answer]) -> tuple[Answer, bool]:
    """One case: its answer, and whether a refusal wrote nothing; what it wrote is taken back."""
    try:
        await _try(setting, asked)
    except _TriedError as done:
        return done.answer, not done.left or await setting.is_as_before(done.left)


async def tells_none_alike(
    setting: Setting, asker: Asker, told: bytes, of_none: Callable[[], Awaitable[Answer]], about: object
) -> str:
    """What is wrong with what a refusal told, which must be what is told of an identifier that nobody holds.

    That is asked once for each asker and question.
    """
    key = (asker.name, about)
    if key not in setting.of_none:
        setting.of_none[key] = (await tried(setting, of_none()))[0].told
    none = setting.of_none[key]
    return "" if told == none else f" and tells {told!r} instead of {none!r}"


async def _try(setting: Setting, asked: Awaitable[Answer]) -> NoReturn:
    async with transaction():
        answer = await asked
        raise _TriedError(answer, "" if answer.code == "OK" else await left_by_refusal(setting))
    raise AssertionError


async def left_by_refusal(setting: Setting) -> str:
    """The state as a case leaves it; empty where it took no number of a transaction, thus wrote nothing."""
    (found,) = await fetch("SELECT pg_current_xact_id_if_assigned() IS NULL AS clean")
    return "" if found["clean"] else await setting.state()
