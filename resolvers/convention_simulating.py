"""What if: a convention tried on the rules in force and on the real dossiers, before it is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from authz import Right, Viewer, require_on_platform
from authz.editing import try_edits
from resolvers import conventions
from resolvers.convention_changes import Change, line_changes
from resolvers.convention_checks import check_content
from resolvers.convention_known import known_of
from resolvers.policy_boundary import require_editor
from resolvers.policy_desk import lines_named
from resolvers.policy_impact import Impact, impact_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from resolvers.convention_rows import Content, ConventionRow

NOT_YET = UUID(int=0)


async def simulate(viewer: Viewer, convention_id: UUID | None, content: Content) -> Impact:
    """What publishing `content` would do, in the place of a convention or beside the others.

    Raises NotFound, Refused, and as `require_editor`, `check_content`, `authz.editing.try_edits`.
    """
    require_editor(viewer, content.platform)
    row = None if convention_id is None else await conventions.read(viewer, convention_id)
    if row is not None:
        require_on_platform(viewer, Right.POLICY_EDIT, row.platform)
    check_content(content, await known_of(viewer, content.platform))
    change = Change("updated", content, row.pause if row else None, publishes=True)
    return await _impact(viewer, row.id if row else NOT_YET, change)


async def simulate_stop(
    viewer: Viewer, convention_id: UUID, stop: Callable[[ConventionRow], Change]
) -> Impact:
    """What a suspension, a resumption or an end (`resolvers.convention_stops`) would do, from its day on.

    What a partner keeps by another convention or another rule is not lost. Raises NotFound, Refused, and as
    `stop`, `authz.editing.try_edits`.
    """
    row = await conventions.read(viewer, convention_id)
    require_on_platform(viewer, Right.POLICY_EDIT, row.platform)
    return await _impact(viewer, row.id, stop(row))


async def _impact(viewer: Viewer, convention_id: UUID, change: Change) -> Impact:
    edits = await line_changes(convention_id, change, published=True)
    policies = await try_edits(viewer, edits.add, edits.close, base=viewer.authority.version)
    return await impact_of(viewer, policies, edits.add, await lines_named(edits.close))
