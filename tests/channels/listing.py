"""Lists that leave, as each kind of file: whoever reads the dossier finds it in them, and nobody else."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING
from urllib.parse import quote

import orjson

from tests.channels.asking import ABSENT, Answer, Channel, Fetched
from tests.channels.oracle import FORM, OURS, YEAR

if TYPE_CHECKING:
    from tests.channels.oracle import Asker
    from tests.channels.setting import Setting

_CRITERIA = quote(orjson.dumps({"form": FORM, "year": YEAR}).decode())
_GROUPED = "\u00a0".join((OURS[:3], OURS[3:6], OURS[6:]))


class TakenList(Fetched):
    """A list of dossiers, whichever way its file writes a SIREN."""

    async def __call__(self, setting: Setting, asker: Asker, target: object) -> Answer:
        """Fetch it, and look for the organism."""
        found = await super().__call__(setting, asker, target)
        if found.code != "OK":
            return found
        told = found.told
        if b"PK\x03\x04" in told:
            with zipfile.ZipFile(io.BytesIO(told[told.index(b"PK\x03\x04") :])) as book:
                told = b"".join(book.read(name) for name in sorted(book.namelist()))
        here = any(one.encode() in told for one in (OURS, _GROUPED))
        return Answer("OK" if here else ABSENT, told)


def _taken(suffix: str, alone: str = "") -> Channel:
    path = f"/dossiers.{suffix}?q={_CRITERIA}&colonnes=siren,name,step,officer"
    return Channel(
        f"/dossiers.{suffix}",
        "list",
        TakenList(path.replace("{", "{{").replace("}", "}}") + alone),
        hidden=ABSENT,
        closed="ACCOUNT_CLOSED",
        unlinked=True,
    )


# One of them names the dossier besides: what is named is no more open than what is found.
LISTS = (*(_taken(suffix) for suffix in ("csv", "xml", "html")), _taken("xlsx", "&seuls={id}"))
