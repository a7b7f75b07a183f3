"""Changes of a platform's rules from its desk: at once, or proposed for a day or for a signature."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from authz import Line, Viewer, apply_edits
from authz.clock import today
from authz.editing import try_edits
from authz.editors import keep_editors
from authz.history import check_versions, lines_at, version_unknown, without
from authz.stored_tests import require_tests
from models import Invalid, fetch, transaction
from resolvers import idempotency, journal
from resolvers.events import Kind
from resolvers.policy_boundary import check_comment, check_new, hold_editor, is_editable, require_editable
from resolvers.policy_desk import lines_named
from resolvers.policy_forms import require_forms
from resolvers.policy_proposals import Proposal, propose

NOTHING_CHANGED = "Ce changement ne change rien : il n’y a rien à enregistrer."


@dataclass(frozen=True, slots=True)
class Change:
    """Lines to add, the numbers of lines to close, the version looked at, why, and from which day.

    `stood`: the lines were in force before, and come back whatever became of their forms.
    """

    platform: str
    add: tuple[Line, ...]
    close: tuple[int, ...]
    base: int
    comment: str
    effective_on: date | None = None
    stood: bool = False

    def arguments(self) -> dict[str, Any]:
        """What tells this change from another, for its idempotency key."""
        return {
            "platform": self.platform,
            "add": [[line.ptype, *line.values] for line in self.add],
            "close": list(self.close),
            "base": self.base,
            "comment": self.comment,
            "effectiveOn": self.effective_on,
        }


@dataclass(frozen=True, slots=True)
class Outcome:
    """The proposal that waits, or the version that was made."""

    proposal: UUID | None
    version: int | None


async def change(viewer: Viewer, wanted: Change, key: str) -> Outcome:
    """Make a change, or leave the proposal that makes it later.

    Raises NotFound POLICY_DESK_UNKNOWN, Invalid POLICY_NOTHING_CHANGED, POLICY_COMMENT_INVALID,
    POLICY_DATE_PAST, as `require_editable`, `check_new` and `apply_edits`, Conflict IDEMPOTENCY_REUSED.
    """

    async def asked() -> Change:
        return wanted

    return await once(viewer, key, wanted.platform, wanted.arguments(), asked)


async def roll_back(viewer: Viewer, platform: str, to: int, comment: str, key: str) -> Outcome:
    """Give the platform's editable lines back what they were in version `to`, in a new version.

    The lines of conventions, of users and of other platforms stay as they are. Raises as `change`, and
    Invalid POLICY_VERSION_UNKNOWN.
    """
    arguments = {"to": to, "comment": comment}
    return await once(viewer, key, platform, arguments, lambda: inverse(viewer, platform, to, comment))


async def once(
    viewer: Viewer, key: str, platform: str, arguments: dict[str, Any], make: Callable[[], Awaitable[Change]]
) -> Outcome:
    """Carry out the change that `make` finds, once a key; asked again alike, the first outcome is given."""
    async with transaction():
        await hold_editor(viewer, platform)
        kept = await idempotency.claim(viewer, key, "policy", {"platform": platform, **arguments})
        if kept is not None:
            return Outcome(UUID(kept["proposal"]) if kept["proposal"] else None, kept["version"])
        outcome = await _carry_out(viewer, await make())
        proposal = None if outcome.proposal is None else str(outcome.proposal)
        await idempotency.keep(viewer, key, {"proposal": proposal, "version": outcome.version})
        return outcome


async def proven(wanted: Change) -> tuple[Line, ...]:
    """The lines that a change closes, once it is sure that the desk edits them and those added."""
    check_new(wanted.add)
    require_editable(wanted.add, wanted.platform, "add")
    if not wanted.stood:
        await require_forms(wanted.add, wanted.platform)
    closing = await lines_named(wanted.close)
    require_editable(closing, wanted.platform, "close")
    return closing


async def inverse(viewer: Viewer, platform: str, to: int, comment: str) -> Change:
    """The change that a rollback makes. Raises Invalid POLICY_VERSION_UNKNOWN."""
    # Nothing precedes the first version: one compares with it, one does not go back to it.
    if to == 0:
        raise version_unknown(to)
    await check_versions(to)
    version = viewer.authority.policy.version
    then = [row for row in await lines_at(platform, to) if is_editable(row.line, platform)]
    now = [row for row in await lines_at(platform, version) if is_editable(row.line, platform)]
    add = tuple(Line(row.line.ptype, row.line.values) for row in without(then, now))
    close = tuple(row.line.id for row in without(now, then) if row.line.id is not None)
    return Change(platform, add, close, version, comment, stood=True)


async def _carry_out(viewer: Viewer, wanted: Change) -> Outcome:
    comment = check_comment(wanted.comment)
    if not wanted.add and not wanted.close:
        raise Invalid("POLICY_NOTHING_CHANGED", NOTHING_CHANGED)
    await proven(wanted)
    later = _later(wanted.effective_on)
    if later or await _two_sign(wanted.platform):
        return Outcome(await _leave(viewer, wanted, comment), None)
    version = await apply_edits(viewer, wanted.add, wanted.close, base=wanted.base, comment=comment)
    await journal.record(viewer, Kind.POLICY_CHANGED, wanted.platform, {"version": version})
    return Outcome(None, version)


async def _leave(viewer: Viewer, wanted: Change, comment: str) -> UUID:
    """A proposal that would be refused today is refused today."""
    before, after = await try_edits(viewer, wanted.add, wanted.close, base=wanted.base)
    keep_editors(before, after, viewer)
    await require_tests(before, after)
    two = await _two_sign(wanted.platform)
    return await propose(
        viewer,
        Proposal(wanted.platform, wanted.add, wanted.close, wanted.base, comment, wanted.effective_on),
        signed=not two,
    )


def _later(day: date | None) -> bool:
    if day is not None and day < today().date:
        raise Invalid(
            "POLICY_DATE_PAST",
            "La date d’effet est passée : choisissez aujourd’hui ou un jour à venir.",
            path=("effectiveOn",),
        )
    return day is not None and day > today().date


async def _two_sign(platform: str) -> bool:
    """Whether the platform asks for a second signature; held, so that it cannot change meanwhile."""
    rows = await fetch("SELECT second_signature FROM platform WHERE code = %s FOR SHARE", [platform])
    return bool(rows and rows[0]["second_signature"])
