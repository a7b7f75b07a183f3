"""Keeping what was made: the object store takes it, or says in French why it did not."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING, Final

import structlog

from models import Problem

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from models import FileStore

log = structlog.get_logger(__name__)
# A disk without room, or whose share of it is used up.
NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT})


async def store(files: FileStore, key: str, content: bytes | AsyncIterator[bytes]) -> None:
    """Keep a file. Raises Problem STORE_FAILED: a full disk is no fault of the dossier."""
    try:
        if isinstance(content, bytes):
            await files.put(key, content)
        else:
            await files.put_stream(key, content)
    except Exception as error:
        log.exception("export_not_kept", key=key)
        raise unkept() from error


def unkept() -> Problem:
    """What there was no room for."""
    return Problem(
        "STORE_FAILED",
        "Le fichier n’a pas pu être rangé, sans doute faute de place\u00a0: réessayez plus tard, et prévenez"
        " l’assistance si cela se reproduit.",
    )
