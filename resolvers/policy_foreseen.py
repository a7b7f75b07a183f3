"""What if: a profile set, or a return to a version, tried on the real dossiers before it is saved."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from resolvers.policy_changes import inverse
from resolvers.policy_desk import open_desk
from resolvers.policy_profiles import change_of
from resolvers.policy_simulating import simulate

if TYPE_CHECKING:
    from authz import Viewer
    from resolvers.policy_impact import Impact
    from resolvers.policy_profiles import ProfileWrite


async def foresee_profile(viewer: Viewer, wanted: ProfileWrite) -> Impact:
    """The impact of a profile's boxes. Raises NotFound POLICY_DESK_UNKNOWN, and as `set_profile`."""
    await open_desk(viewer, wanted.platform)
    return await simulate(viewer, await change_of(viewer, wanted))


async def foresee_rollback(viewer: Viewer, platform: str, to: int) -> Impact:
    """The impact of a return to a version, on the rules in force. Raises as `roll_back`."""
    await open_desk(viewer, platform)
    back = await inverse(viewer, platform, to, "")
    return await simulate(viewer, replace(back, base=viewer.authority.policy.version))
