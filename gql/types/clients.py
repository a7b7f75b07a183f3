"""An organization's partner systems."""

from __future__ import annotations

from datetime import datetime

import strawberry

from authz import RIGHT_NAMES, Right
from authz.rights import RIGHTS
from gql.fields import shown
from resolvers.client_lists import ClientRow


@strawberry.type(description="Portée qu’une application cliente peut demander pour un jeton.")
class ClientScope:
    """One word of a token."""

    word: strawberry.Private[str]
    right: str = shown("Nom du droit, par exemple `dossier:read`.", lambda it: it.word)
    label: str = shown("Nom de la fonction.", lambda it: it.name())

    def name(self) -> str:
        """In French; a word that is no right any more gives nothing, and is shown as it is."""
        return RIGHT_NAMES[Right(self.word)][0] if self.word in RIGHTS else self.word


@strawberry.type(description="Application cliente\u00a0: système d’une organisation, connecté par jeton.")
class MachineClient:
    """A partner system."""

    row: strawberry.Private[ClientRow]
    id: strawberry.ID = shown("Identifiant, que l’application présente.", lambda it: it.row.id)
    name: str = shown("Nom.", lambda it: it.row.name)
    scopes: list[ClientScope] = shown(
        "Portées pour lesquelles elle est enregistrée.",
        lambda it: [ClientScope(word=word) for word in it.row.scopes],
        size=5,
    )
    closed_at: datetime | None = shown(
        "Moment de la fermeture\u202f; nul si elle est ouverte.", lambda it: it.row.closed_at
    )
