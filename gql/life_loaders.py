"""What lists of dossiers share of their life: each kind is read once for all the rows that ask for it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from strawberry.dataloader import DataLoader

from resolvers import circuits, contacts, copies, hand_backs, reopening_requests
from resolvers.circuit_rows import CircuitRow
from resolvers.copy_rows import CopyRow
from resolvers.life_rows import ContactRow, HandBackRow, ReopeningRow
from resolvers.rows import DossierRow

if TYPE_CHECKING:
    from gql.context import Context

Contacts = tuple[ContactRow, ...]
HandBacks = tuple[HandBackRow, ...]
Copies = tuple[CopyRow, ...]


class LifeLoaders:
    """The loaders of one request on contacts, hand-backs and requests to reopen."""

    def __init__(self, context: Context) -> None:
        self._context = context

    async def contacts(self, dossier: DossierRow) -> Contacts:
        """Whom to call."""
        return await self._contacts.load(dossier)

    async def hand_backs(self, dossier: DossierRow) -> HandBacks:
        """The hand-backs, the latest first."""
        return await self._hand_backs.load(dossier)

    async def reopening(self, dossier: DossierRow) -> ReopeningRow | None:
        """The last request to reopen it, if the viewer may hear of it."""
        return await self._reopenings.load(dossier)

    async def copies(self, dossier: DossierRow) -> Copies:
        """Its sealed copies, the latest first. Raises Refused."""
        return await self._copies.load(dossier)

    @cached_property
    def _copies(self) -> DataLoader[DossierRow, Copies]:
        async def load(keys: list[DossierRow]) -> list[Copies | BaseException]:
            found = await copies.of_many(self._context.asker, keys)
            return [found[key.id] for key in keys]

        return DataLoader(load, cache_key_fn=_moment)

    async def circuit(self, dossier: DossierRow) -> CircuitRow | None:
        """The circuit of the step where the dossier is."""
        return await self._circuits.load(dossier)

    @cached_property
    def _circuits(self) -> DataLoader[DossierRow, CircuitRow | None]:
        async def load(keys: list[DossierRow]) -> list[CircuitRow | None]:
            found = await circuits.read_many(keys)
            return [found.get(key.id) for key in keys]

        # Nothing else of a document is done beside the answer to a visa, so that none is read before it.
        return DataLoader(load, cache_key_fn=lambda key: (*_moment(key), key.version))

    @cached_property
    def _contacts(self) -> DataLoader[DossierRow, Contacts]:
        async def load(keys: list[DossierRow]) -> list[Contacts]:
            found = await contacts.contacts_many(keys)
            return [found[key.id] for key in keys]

        return DataLoader(load, cache_key_fn=_moment)

    @cached_property
    def _hand_backs(self) -> DataLoader[DossierRow, HandBacks]:
        async def load(keys: list[DossierRow]) -> list[HandBacks]:
            found = await hand_backs.hand_backs_many(self._context.asker, keys)
            return [found[key.id] for key in keys]

        return DataLoader(load, cache_key_fn=_moment)

    @cached_property
    def _reopenings(self) -> DataLoader[DossierRow, ReopeningRow | None]:
        async def load(keys: list[DossierRow]) -> list[ReopeningRow | None]:
            found = await reopening_requests.latest_many(self._context.asker, keys)
            return [found.get(key.id) for key in keys]

        return DataLoader(load, cache_key_fn=_moment)


def _moment(dossier: DossierRow) -> tuple[object, ...]:
    """A dossier that the same document moves is another by then."""
    return dossier.id, dossier.passes, dossier.handed_back_at
