"""What was reckoned of a large download, kept for a minute: it is fetched by many parts, each a request."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from weakref import WeakValueDictionary

from authz.clock import today

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import date

    from authz import Viewer
    from gql.http.ranges import Whole
    from resolvers.mass_export_rows import MassExportRow
    from resolvers.mass_export_taking import MassTaken

# As long as a part takes to come: what moves no version of the rules (a dossier's step) is late by as much.
KEPT: Final = 60.0
# A layout of the largest export weighs some megabytes.
MOST_KEPT: Final = 8

# Whoever asks, what for as it stands, the version of the rules and the day by which it was decided.
Key = tuple["Viewer", "MassExportRow", int, "date"]


@dataclass(frozen=True, slots=True)
class Laid:
    """What may be taken, and the file that it makes."""

    taken: MassTaken
    whole: Whole


class KeptLayouts:
    """The last layouts of this process. A version of the rules that moved forgets them at once."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: OrderedDict[Key, tuple[float, Laid]] = OrderedDict()
        # One reckoning at a time for each asker, however many parts he asks for at once.
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def laid(
        self, viewer: Viewer, export: MassExportRow, make: Callable[[], Awaitable[Laid]], *, part: bool
    ) -> Laid:
        """The layout that was kept where a `part` is asked for; else made, and kept. Raises as `make`."""
        turn = self._turns.setdefault(viewer.subject, asyncio.Lock())
        async with turn:
            key = (viewer, export, viewer.authority.version, today().date)
            at, found = self._kept.get(key, (0.0, None))
            if part and found is not None and self._clock() - at < KEPT:
                return found
            made = await make()
            self._kept[key] = self._clock(), made
            self._kept.move_to_end(key)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
            return made
