"""What the editor of a convention chooses from: partners, forms, groups, functions, tabs, organisms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from authz import Right, Viewer
from authz.rights import STEP_BIT
from models import fetch
from resolvers.boxes_matrix import BY_SYSTEM, BoxCell, BoxState, FunctionRow
from resolvers.convention_known import Known, known_of
from resolvers.convention_words import CATEGORIES, group_label
from resolvers.folding import fold
from resolvers.paging import check_first
from resolvers.policy_boundary import require_editor

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from uuid import UUID

# The functions that a convention may speak of, in the order of the matrix.
FUNCTIONS = (
    Right.READ,
    Right.ATTACHMENT_READ,
    Right.ASK_REOPENING,
    Right.EXPORT,
    Right.ATTACHMENT_WRITE,
    Right.EXCHANGE_READ,
    Right.EXCHANGE_WRITE,
    Right.NOTIFY,
    Right.ADMIN_USERS,
)


@dataclass(frozen=True, slots=True)
class PartyRow:
    """A body that takes part, as lists name it."""

    id: UUID
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What may be chosen on one platform."""

    known: Known
    partners: tuple[PartyRow, ...]

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms that may be agreed upon."""
        return tuple(sorted(self.known.packs))

    @property
    def groups(self) -> tuple[tuple[str, str], ...]:
        """The groups of organisms: key and label."""
        platforms = self.known.policy.platforms
        keys = ["all", *(f"category:{code}" for code in CATEGORIES), "federated", "unfederated"]
        keys += [f"federated:{code}" for code in sorted(platforms) if self._members(f"federated:{code}")]
        keys += [f"department:{code}" for code in sorted(self.known.departments)]
        return tuple((key, group_label(key, platforms)) for key in keys)

    @property
    def functions(self) -> tuple[FunctionRow, ...]:
        """The functions; the steps that no partner may ever have, on no form, are greyed."""
        return tuple(FunctionRow(right, tuple(self._cells(right))) for right in FUNCTIONS)

    def tabs(self, form: str) -> tuple[tuple[str, str], ...]:
        """The tabs of a form: code and title; none of an unknown one."""
        return tuple(self.known.tabs(form).items())

    def _cells(self, right: Right) -> Iterator[BoxCell]:
        free = {step for form in self.forms for step in self.known.ceiling(right, form)}
        for step in STEP_BIT:
            if step in free:
                yield BoxCell(step, BoxState.REFUSED, editable=True, reason=None)
            else:
                yield BoxCell(step, BoxState.IMPOSED_OFF, editable=False, reason=BY_SYSTEM)

    def _members(self, group: str) -> bool:
        return len(self.known.policy.enforcement.groups.members(group)) > 1


async def choices(viewer: Viewer, platform: str) -> Choices:
    """The choices of whoever edits the platform's policy. Raises as `require_editor`."""
    require_editor(viewer, platform)
    records = await fetch("SELECT id, key, name FROM organization WHERE kind = 'partner' ORDER BY name")
    return Choices(await known_of(viewer, platform), tuple(map(_party, records)))


async def organisms(platform: str, search: str, first: int) -> tuple[PartyRow, ...]:
    """The organisms whose name, SIREN or code holds the words, of those that have a code on the platform."""
    check_first(first)
    records = await fetch(
        "SELECT g.id, g.key, g.name, o.siren, (SELECT string_agg(code, ' ') FROM organism_code c "
        "WHERE c.organism_id = o.id) AS codes FROM organism o "
        "JOIN organization g ON g.id = o.organization_id WHERE EXISTS (SELECT 1 FROM organism_code k "
        "WHERE k.organism_id = o.id AND k.platform_id = %s) ORDER BY g.name, g.key",
        [platform],
    )
    words = fold(search).split()
    found = [
        record
        for record in records
        if all(word in fold(f"{record['name']} {record['siren']} {record['codes']}") for word in words)
    ]
    return tuple(map(_party, found[:first]))


async def names_of(keys: Iterable[str]) -> dict[str, str]:
    """The names of organizations, by key."""
    records = await fetch("SELECT key, name FROM organization WHERE key = ANY(%s)", [sorted(set(keys))])
    return {record["key"]: record["name"] for record in records}


def _party(record: dict[str, Any]) -> PartyRow:
    return PartyRow(record["id"], record["key"], record["name"])
