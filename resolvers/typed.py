"""All that the formulas of a dossier read, for the browser that computes it while someone types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resolvers.documents import data_of, load_documents
from resolvers.snapshots import previous_values

if TYPE_CHECKING:
    from forms import Data
    from resolvers.rows import DossierRow


async def typed_data(dossier: DossierRow) -> Data:
    """What was typed in every tab, and last year's cells as `#` reads them."""
    documents = await load_documents(dossier.id)
    return data_of(dossier.organism.category, documents, await previous_values(dossier))
