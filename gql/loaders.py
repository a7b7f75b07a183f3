"""What lists of dossiers share: each kind of child is read once for all the rows that ask for it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from strawberry.dataloader import DataLoader

from resolvers import dossiers, exchange_marks, organizations, supervision, tabs, verification
from resolvers.assignments import followers
from resolvers.boxes_places import places_of
from resolvers.common_core import CommonCore, common_core
from resolvers.exchange_rows import NO_MARKS, Marks
from resolvers.organizations import OrganizationRow
from resolvers.past import closed_by
from resolvers.policy_signing import why_not_signable
from resolvers.rows import (
    AnomalyRow,
    ClosedPast,
    CrossingRow,
    DossierRow,
    TabContent,
    TransmissionRow,
    VerificationRow,
)
from resolvers.suggestions import LastYear, acceptable, last_year
from resolvers.supervision import ScreenRow, TrailRow
from resolvers.work_list_rows import counts

T = TypeVar("T")

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from authz import Viewer
    from authz.boxes import FormPlace
    from gql.context import Context
    from models import AssignmentRole, OrganizationKind, Refused
    from resolvers.person import PersonRow
    from resolvers.policy_proposals import ProposalRow

    Read = Callable[[Sequence[DossierRow]], Awaitable[Mapping[UUID, T]]]
    ReadAs = Callable[[Viewer, Sequence[DossierRow]], Awaitable[Mapping[UUID, T | Refused]]]

TabKey = tuple[DossierRow, str]
# A dossier and its tab or another form, which may be left open.
TabOrAll = tuple[DossierRow, str | None]
HistoryKey = tuple[DossierRow, int]


class Loaders:
    """The loaders of one request; a key that two fields ask for is read once."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._organizations: dict[UUID, OrganizationRow] = {}
        self._of_dossiers: dict[object, DataLoader[DossierRow, Any]] = {}
        self._places: dict[UUID, tuple[FormPlace, ...]] = {}

    async def of_dossier(self, read: Read[T], dossier: DossierRow) -> T | None:
        """What `read` finds of a dossier, read at once for all the rows that ask for it; None for nothing."""
        found: T | None = await self._of_dossier(read, read).load(dossier)
        return found

    async def seen_of(self, read: ReadAs[T], dossier: DossierRow) -> T | None:
        """The same, as the viewer may see it. Raises what `read` finds refused."""
        loader = self._of_dossier(read, lambda keys: read(self._context.asker, keys))
        found: T | None = await loader.load(dossier)
        return found

    def _of_dossier(self, name: object, read: Read[Any]) -> DataLoader[DossierRow, Any]:
        async def load(keys: list[DossierRow]) -> list[Any]:
            found = await read(keys)
            return [found.get(key.id) for key in keys]

        if name not in self._of_dossiers:
            self._of_dossiers[name] = DataLoader(load, cache_key_fn=_moment)
        return self._of_dossiers[name]

    async def dossier(self, dossier_id: UUID) -> DossierRow | None:
        """The dossier, if the viewer may read it."""
        return await self._dossiers.load(dossier_id)

    async def tab(self, dossier: DossierRow, code: str) -> TabContent:
        """One tab's values. Raises NotFound TAB_UNKNOWN."""
        tabs.check_tabs(dossier, [code])
        return await self._tabs.load((dossier, code))

    async def tabs(self, dossier: DossierRow, codes: Sequence[str]) -> list[TabContent]:
        """Several tabs' values. Raises NotFound TAB_UNKNOWN."""
        tabs.check_tabs(dossier, codes)
        return await self._tabs.load_many([(dossier, code) for code in codes])

    async def verification(self, dossier: DossierRow) -> VerificationRow | None:
        """The last run of the checks."""
        return await self._verifications.load(dossier)

    async def crossings(self, dossier: DossierRow, first: int) -> tuple[CrossingRow, ...]:
        """The steps crossed, the latest first, as its reader is told them."""
        return await self._crossings.load((dossier, first))

    async def transmission(self, dossier: DossierRow) -> TransmissionRow | None:
        """Who transmitted it, if anyone did."""
        return await self._transmissions.load(dossier.id)

    async def follower(self, dossier: DossierRow, role: AssignmentRole) -> PersonRow | None:
        """Who follows a dossier in that role."""
        return (await self._followers.load(dossier.id)).get(role)

    async def last_year(self, dossier: DossierRow) -> DossierRow | None:
        """Last year's dossier of the same organism, if the viewer may read it."""
        return await self._last_years.load(dossier)

    async def closed_past(self, row: AnomalyRow) -> ClosedPast:
        """What of the last year's values that an anomaly reads the viewer may not have."""
        if not row.anomaly.previous or row.dossier is None:
            return ClosedPast(whole=row.dossier is None)
        before = await self.last_year(row.dossier)
        return ClosedPast(whole=True) if before is None else closed_by(row.dossier, before)

    async def organization(self, organization_id: UUID) -> OrganizationRow:
        """The card of an organization that the viewer may read. Raises NotFound."""
        if organization_id not in self._organizations:
            row = await organizations.read(self._context.asker, organization_id)
            self._organizations[organization_id] = row
        return self._organizations[organization_id]

    async def places(self, organization_id: UUID, kind: OrganizationKind) -> tuple[FormPlace, ...]:
        """The forms that an organization acts on."""
        if organization_id not in self._places:
            self._places[organization_id] = await places_of(organization_id, kind)
        return self._places[organization_id]

    async def past(self, dossier: DossierRow) -> LastYear | None:
        """Last year's dossier with its values; one dossier is asked for at a time, tab by tab."""
        return await self._pasts.load(dossier)

    async def suggestion_count(self, dossier: DossierRow, tab: str | None) -> int:
        """How many of last year's values may be taken over, of a tab or of all. Raises as `acceptable`."""
        return await self._suggestion_counts.load((dossier, tab))

    async def common_core(self, dossier: DossierRow, form: str | None) -> CommonCore | None:
        """The comparison with the other dossier, if there is one that the viewer may read."""
        return await self._common_cores.load((dossier, form))

    async def marks(self, dossier: DossierRow) -> Marks:
        """The icons of its exchanges, and what is left unpublished there."""
        return await self.seen_of(exchange_marks.marks_many, dossier) or NO_MARKS

    async def screens(self, trail: TrailRow) -> tuple[ScreenRow, ...]:
        """The screens of a trail that was read for the viewer."""
        return await self._screens.load(trail)

    async def work_list_count(self, work_list: UUID) -> int:
        """How many dossiers of a list the viewer may read; a list that was read for him."""
        return await self._work_list_counts.load(work_list)

    async def justifications(self, dossier: DossierRow) -> dict[str, str]:
        """The reasons given in a dossier, by check."""
        return await self._justifications.load(dossier.id)

    async def why_not_signable(self, proposal: ProposalRow) -> str | None:
        """Why the viewer's signature would be refused, if it would."""
        return await self._signatures.load(proposal)

    @cached_property
    def _signatures(self) -> DataLoader[ProposalRow, str | None]:
        async def load(keys: list[ProposalRow]) -> list[str | None]:
            return [await why_not_signable(self._context.asker, key) for key in keys]

        # A proposal that the same document signs is another row by then.
        return DataLoader(load, cache_key_fn=lambda key: (key.id, key.state))

    @cached_property
    def _work_list_counts(self) -> DataLoader[UUID, int]:
        async def load(keys: list[UUID]) -> list[int]:
            found = await counts(self._context.asker, keys)
            return [found.get(key, 0) for key in keys]

        # A list that the same document fills is counted anew.
        return DataLoader(load, cache=False)

    @cached_property
    def _last_years(self) -> DataLoader[DossierRow, DossierRow | None]:
        async def load(keys: list[DossierRow]) -> list[DossierRow | None]:
            found = await dossiers.last_year_of(self._context.asker, keys)
            return [found.get(key.id) for key in keys]

        return DataLoader(load, cache_key_fn=lambda key: key.id)

    @cached_property
    def _pasts(self) -> DataLoader[DossierRow, LastYear | None]:
        async def load(keys: list[DossierRow]) -> list[LastYear | None]:
            return [await last_year(self._context.asker, key) for key in keys]

        return DataLoader(load, cache_key_fn=lambda key: key.id)

    @cached_property
    def _suggestion_counts(self) -> DataLoader[TabOrAll, int]:
        async def load(keys: list[TabOrAll]) -> list[int]:
            return [await acceptable(key, await self.past(key), tab) for key, tab in keys]

        return DataLoader(load, cache_key_fn=lambda key: (key[0].id, key[1]))

    @cached_property
    def _common_cores(self) -> DataLoader[TabOrAll, CommonCore | None]:
        async def load(keys: list[TabOrAll]) -> list[CommonCore | None]:
            return [await common_core(self._context.asker, key, form) for key, form in keys]

        return DataLoader(load, cache_key_fn=lambda key: (key[0].id, key[1]))

    @cached_property
    def _justifications(self) -> DataLoader[UUID, dict[str, str]]:
        async def load(keys: list[UUID]) -> list[dict[str, str]]:
            found = await verification.justifications(keys)
            return [found[key] for key in keys]

        return DataLoader(load)

    @cached_property
    def _screens(self) -> DataLoader[TrailRow, tuple[ScreenRow, ...]]:
        async def load(keys: list[TrailRow]) -> list[tuple[ScreenRow, ...]]:
            found = await supervision.screens_many(keys)
            return [found[key.id] for key in keys]

        return DataLoader(load, cache_key_fn=lambda key: key.id)

    @cached_property
    def _dossiers(self) -> DataLoader[UUID, DossierRow | None]:
        async def load(keys: list[UUID]) -> list[DossierRow | None]:
            found = await dossiers.read_many(self._context.asker, keys)
            return [found.get(key) for key in keys]

        return DataLoader(load)

    @cached_property
    def _tabs(self) -> DataLoader[TabKey, TabContent]:
        return DataLoader(tabs.open_many, cache_key_fn=lambda key: (key[0].id, key[1]))

    @cached_property
    def _verifications(self) -> DataLoader[DossierRow, VerificationRow | None]:
        async def load(keys: list[DossierRow]) -> list[VerificationRow | None]:
            found = await verification.last_many(keys)
            return [found.get(key.id) for key in keys]

        return DataLoader(load, cache_key_fn=lambda key: key.id)

    @cached_property
    def _crossings(self) -> DataLoader[HistoryKey, tuple[CrossingRow, ...]]:
        async def load(keys: list[HistoryKey]) -> list[tuple[CrossingRow, ...]]:
            longest = max(first for _, first in keys)
            found = await dossiers.crossings_many([key for key, _ in keys], longest)
            return [found[key.id][:first] for key, first in keys]

        return DataLoader(load, cache_key_fn=lambda key: (key[0].id, key[1]))

    @cached_property
    def _transmissions(self) -> DataLoader[UUID, TransmissionRow | None]:
        async def load(keys: list[UUID]) -> list[TransmissionRow | None]:
            found = await dossiers.transmissions(keys)
            return [found.get(key) for key in keys]

        return DataLoader(load)

    @cached_property
    def _followers(self) -> DataLoader[UUID, dict[AssignmentRole, PersonRow]]:
        async def load(keys: list[UUID]) -> list[dict[AssignmentRole, PersonRow]]:
            found = await followers(keys)
            return [found[key] for key in keys]

        return DataLoader(load)


def _moment(dossier: DossierRow) -> tuple[object, ...]:
    """A dossier that the same document moves, hands over or writes in is another by then."""
    return dossier.id, dossier.passes, dossier.handed_back_at, dossier.version
