"""What is said about dossiers: questions and answers, some settled, some due, some not published yet."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from authz.clock import today
from models import Level, Message, Nature, Thread, ThreadReading, ThreadState, User
from resolvers.demo.accounts import ROLES, login_of
from resolvers.demo.cast import cast
from resolvers.demo.filing import filed
from resolvers.demo.identifiers import stable_id
from resolvers.demo.talk import TALKS

if TYPE_CHECKING:
    from resolvers.demo.filing import Filed
    from resolvers.demo.talk import Said, Talk

_ROLES = {role.word: role for role in ROLES[:4]}


async def write_exchanges() -> None:
    """All of it, on filled dossiers of the Ministry's ER."""
    shown = {(one.organism.siren, one.year): one for one in filed()}
    people = {user.login: user for user in await User.all()}
    threads, messages, readings = list[Thread](), list[Message](), list[ThreadReading]()
    for rank, year, talks in TALKS:
        one = shown[cast().parts[rank].organism.siren, year]
        for number, talk in enumerate(talks):
            authors = [people[_login(one, said)] for said in talk.said]
            thread = _thread(one, number, talk, authors[0])
            said = [_message(thread, one, *pair) for pair in zip(talk.said, authors, strict=True)]
            threads.append(thread)
            messages += said
            readings += _readings(thread, said) if talk.read else []
    await Thread.bulk_create(threads)
    await Message.bulk_create(messages)
    await ThreadReading.bulk_create(readings)


def _login(one: Filed, said: Said) -> str:
    """An organism's people are named by what they do in it."""
    return login_of(one.organism, _ROLES[said.who]) if said.who in _ROLES else said.who


def _at(one: Filed, said: Said, rank: int) -> datetime:
    transmitted = one.journey.transmitted
    if transmitted is None:
        message = f"nothing is said of {one.id} before it is transmitted"
        raise ValueError(message)
    return transmitted + timedelta(days=said.day, minutes=7 * rank)


def _thread(one: Filed, number: int, talk: Talk, author: User) -> Thread:
    last = _at(one, talk.said[-1], len(talk.said))
    return Thread(
        id=stable_id("thread", one.id, number),
        dossier_id=one.id,
        level=Level.CELL if "." in talk.anchor else Level.TAB if talk.anchor else Level.DOSSIER,
        anchor=talk.anchor,
        audience=talk.audience,
        organization_id=author.organization_id,
        state=talk.state,
        due_on=None if talk.due is None else today().date + timedelta(days=talk.due),
        opened_at=_at(one, talk.said[0], number),
        settled_at=None if talk.state is ThreadState.OPEN else last,
    )


def _message(thread: Thread, one: Filed, said: Said, author: User) -> Message:
    at = _at(one, said, 1)
    return Message(
        id=stable_id("message", thread.id, said.who, said.day),
        thread_id=thread.id,
        nature=Nature.QUESTION if said.asks else Nature.COMMENT,
        text=said.text,
        author_id=author.id,
        organization_id=author.organization_id,
        written_at=at,
        published_at=None if said.draft else at,
    )


def _readings(thread: Thread, said: list[Message]) -> list[ThreadReading]:
    """Whoever took part in what is settled has read it all."""
    last: dict[UUID, datetime] = {message.author_id: said[-1].written_at for message in said}
    return [ThreadReading(thread_id=thread.id, user_id=user, read_at=at) for user, at in last.items()]
