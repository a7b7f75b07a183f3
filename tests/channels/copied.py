"""Sealed copies: who may take the whole of a dossier, from its screens or by the direct access."""

from __future__ import annotations

from typing import TYPE_CHECKING

from authz import Right
from tests.channels.asking import EMPTY, NONE, Answer, Channel, Operation, child, fetched
from tests.channels.oracle import FORM, OURS, YEAR

if TYPE_CHECKING:
    from tests.channels.oracle import Asker
    from tests.channels.setting import Setting

# Whoever reads some tabs only misses one of these.
TABS = ("A1", "A2", "F01")
WITHHELD = "COPY_WITHHELD"


class Taken:
    """A file of the world's copy, whose address holds `{id}`; of none, where none is asked for."""

    def __init__(self, path: str) -> None:
        self.path = path

    async def __call__(self, setting: Setting, asker: Asker, target: object) -> Answer:
        """Fetch it."""
        return await fetched(
            setting, asker, self.path.format(id=NONE if target == NONE else self._id(setting))
        )

    def _id(self, setting: Setting) -> object:
        return setting.things["copy"]


class Direct(Taken):
    """The same by the direct access, whose address holds the organism's SIREN."""

    async def __call__(self, setting: Setting, asker: Asker, target: object) -> Answer:
        """Fetch it."""
        return await fetched(setting, asker, self.path.format(siren="000000000" if target == NONE else OURS))


class Listing(Operation):
    """A list that may be of nothing."""

    tells_nothing = True


# The world's copy is the transmission's: it holds what the review reads.
SEALED = 4


def _taken(asker: Asker, step: int) -> str:
    if asker.closed:
        return "ACCOUNT_CLOSED"
    if not asker.may(Right.READ, step):
        return "NOT_FOUND"
    if not asker.may(Right.EXPORT, step):
        return "REFUSED"
    if not all(asker.opens(tab, taken=True) for tab in TABS):
        return WITHHELD
    return "OK" if all(asker.may(right, SEALED) for right in (Right.READ, Right.EXPORT)) else "REFUSED"


def _direct(asker: Asker, step: int) -> str:
    if asker.closed:
        return "ACCOUNT_CLOSED"
    if not _finds(asker, step):
        return "NOT_FOUND"
    return "OK" if all(asker.opens(tab) for tab in TABS) else WITHHELD


def _listed(asker: Asker, step: int) -> str:
    return "OK" if _finds(asker, step) else EMPTY


def _finds(asker: Asker, step: int) -> bool:
    return all(asker.may(Right.DIRECT_READ, one) for one in (step, SEALED))


def _compared(asker: Asker, step: int) -> str:
    """Whoever may not read in review never saw what was transmitted."""
    if not asker.may(Right.READ, step):
        return "NOT_FOUND"
    return "OK" if asker.may(Right.READ, 4) else "DIFFERENCE_WITHHELD"


def _file(path: str) -> Channel:
    return Channel(path, "copy", Taken(path), world=_taken)


COPIES = (
    child("copies", "copies { number seal url }", needs=(Right.EXPORT,), tabs=TABS, withheld=WITHHELD),
    _file("/copies/{id}.zip"),
    _file("/copies/{id}/receipt.pdf"),
    _file("/copies/{id}/dossier.pdf"),
    Channel(
        "acces-direct",
        "copy",
        Direct(f"/acces-direct/MIN/{FORM}/{YEAR}/Transmis/{YEAR}-{{siren}}-transmis.zip"),
        world=_direct,
    ),
    Channel(
        "directAccess",
        "copy",
        Listing("query Files { directAccess { edges { node { siren copy { seal } } } } }", "directAccess"),
        world=_listed,
        unlinked=True,
    ),
    Channel(
        "directFolders",
        "copy",
        Listing("query Folders { directFolders { year files } }", "directFolders"),
        world=_listed,
        unlinked=True,
    ),
    Channel(
        "copyDifference",
        "copy",
        Operation(
            "query Apart($id: ID!) { copyDifference(dossier: $id) { totalCount cells { before after } } }",
            "copyDifference",
        ),
        world=_compared,
    ),
)
