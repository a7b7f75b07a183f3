"""All that the formulas of a dossier read, for the browser that computes it while someone types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from authz import Viewer
from resolvers.documents import data_of, load_documents
from resolvers.hand import may_write
from resolvers.past import open_past
from resolvers.reading import reading
from resolvers.snapshots import previous_values

if TYPE_CHECKING:
    from forms import Data
    from resolvers.rows import DossierRow


async def typed_data(viewer: Viewer, dossier: DossierRow) -> Data | None:
    """What was typed in every tab, and last year's cells as `#` reads them.

    Who may write also gets what conditions hide now, which comes back with them; no one else does. None
    where the formulas read a year that is closed to the viewer: he gets the results that are kept here,
    for what a browser would compute from blanks would be wrong.
    """
    open_, closed = await open_past(viewer, dossier)
    if closed.whole:
        return None
    stored = await load_documents(dossier.id)
    writes = not dossier.withheld and may_write(viewer, dossier)
    documents = stored if writes else reading(dossier, stored, await previous_values(dossier)).documents
    return data_of(dossier, documents, open_)
