"""The one gate between what is stored of a dossier and whoever reads its values.

Whatever is shown, printed, exported, compared or proposed comes through here: without the tabs of personal
data that the reader may not read, and blank where the form's conditions hide; and it is noted here that he
read (`readings`). Only writing and evaluating work on the documents as stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from forms import Evaluation
from resolvers import readings
from resolvers.documents import Documents, instances_of, load_many
from resolvers.hiding import conditional, hiding, without_hidden
from resolvers.snapshots import previous_values

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from resolvers.rows import DossierRow


@dataclass(frozen=True, slots=True)
class Reading:
    """The documents of a dossier as its reader finds them.

    `hides` tells what is hidden, `instances` the keys of each repeated group, in order.
    """

    documents: Documents
    hides: Evaluation
    instances: Mapping[str, tuple[str, ...]]


async def read_documents(dossier: DossierRow, tabs: Sequence[str] | None = None) -> Reading:
    """What the dossier's reader finds in it, or in some of its tabs."""
    return (await read_many([dossier], tabs))[dossier.id]


async def read_many(dossiers: Sequence[DossierRow], tabs: Sequence[str] | None = None) -> dict[UUID, Reading]:
    """The same for several dossiers at once, by dossier."""
    await readings.note(dossiers)
    by_id = {dossier.id: dossier for dossier in dossiers}
    wanted = None
    if tabs is not None and not any(conditional(dossier) for dossier in by_id.values()):
        groups = {code for dossier in by_id.values() for code in dossier.definition.groups}
        wanted = sorted({*tabs, *groups})
    stored = await load_many(list(by_id), wanted)
    return {dossier.id: await _reading(dossier, stored[dossier.id]) for dossier in by_id.values()}


async def _reading(dossier: DossierRow, stored: Documents) -> Reading:
    previous = await previous_values(dossier) if conditional(dossier) else {}
    return reading(dossier, stored, previous)


def reading(dossier: DossierRow, stored: Documents, previous: Mapping[str, str]) -> Reading:
    """What the dossier's reader finds in its documents, all of them where the form has conditions."""
    hides = hiding(dossier, stored, previous)
    shown = without_hidden(stored, hides)
    allowed = {tab: document for tab, document in shown.items() if not dossier.withholds(tab)}
    return Reading(allowed, hides, instances_of(dossier.definition, allowed))
