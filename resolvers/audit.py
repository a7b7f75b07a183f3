"""Whether the journal is as it was written: the chain of its seals, computed again from the first event."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from models import fetch, snapshot
from resolvers.sealing import ORIGIN, link

if TYPE_CHECKING:
    from models import Fetch

AT_ONCE: Final = 2000
# Beyond, one more sentence helps nobody.
MOST_FAULTS: Final = 20
LATE_MINUTES: Final = 10
_CHAIN = """
SELECT s.position, s.hash, s.at AS sealed_at, s.event_id, e.*
FROM event_seal s LEFT JOIN event e ON e.id = s.event_id WHERE s.position > %s ORDER BY s.position LIMIT %s
"""
_LATE = """
SELECT count(*) AS count, min(e.id) AS first FROM event e LEFT JOIN event_seal s ON s.event_id = e.id
WHERE s.event_id IS NULL AND e.at < now() - make_interval(mins => %s)
"""


@dataclass(frozen=True, slots=True)
class Head:
    """Where the chain ends: kept elsewhere, it shows that nothing was cut off."""

    position: int
    hash: str

    def __str__(self) -> str:
        return f"{self.position}:{self.hash}"


@dataclass(slots=True)
class Audit:
    """What was found: faults as French sentences, in order of position; `broken`: the first such position."""

    head: Head = field(default_factory=lambda: Head(0, ORIGIN))
    faults: list[str] = field(default_factory=list)
    count: int = 0
    broken: int | None = None

    def blame(self, position: int, sentence: str) -> None:
        """Tell a fault at a position."""
        self.broken = position if self.broken is None else self.broken
        self.count += 1
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(f"Position {position} : {sentence}")


async def head() -> Head:
    """The last position of the chain and its hash."""
    records = await fetch("SELECT position, hash FROM event_seal ORDER BY position DESC LIMIT 1")
    return Head(records[0]["position"], records[0]["hash"]) if records else Head(0, ORIGIN)


async def verify(kept: Head | None = None) -> Audit:
    """Read the whole journal at one moment, and say what is not as it was written.

    `kept`: a head noted earlier, which the chain must still hold. A changed event is told once: the chain is
    followed on from the hash that is stored for it.
    """
    audit = Audit()
    async with snapshot() as read:
        while records := await read(_CHAIN, [audit.head.position, AT_ONCE]):
            for record in records:
                _check(audit, record, kept)
        if kept is not None and kept.position > audit.head.position:
            audit.blame(kept.position, "cette position, notée ailleurs, n’existe plus : la fin manque.")
        await _check_late(audit, read)
    return audit


def _check(audit: Audit, record: dict[str, Any], kept: Head | None) -> None:
    position, event = record["position"], record["event_id"]
    missing = position - audit.head.position - 1
    if missing:
        audit.blame(audit.head.position + 1, f"{missing} scellé(s) manquent ici.")
    if record["id"] is None:
        audit.blame(position, f"l’événement {event} a disparu.")
    elif not missing and link(audit.head.hash, record, record["sealed_at"]) != record["hash"]:
        audit.blame(position, f"l’événement {event}, ou son scellé, a été changé.")
    audit.head = Head(position, record["hash"])
    if kept is not None and kept.position == position and kept.hash != record["hash"]:
        audit.blame(position, "l’empreinte n’est pas celle qui a été notée ailleurs.")


async def _check_late(audit: Audit, read: Fetch) -> None:
    found = (await read(_LATE, [LATE_MINUTES]))[0]
    if found["count"]:
        audit.blame(
            audit.head.position + 1,
            f"{found['count']} événement(s) attendent leur scellé depuis plus de {LATE_MINUTES} minutes, "
            f"depuis l’événement {found['first']} : un scellé a été retiré, ou les travaux sont arrêtés.",
        )
