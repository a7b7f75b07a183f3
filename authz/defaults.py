"""The standing lines of every installation: what organisms and operators may, and the ceiling of each kind.

Partners have no standing convention: a partner reads what its own convention says, and nothing else.
Boxes are given by the profiles (`authz.profiles`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from authz.ceilings import CEILINGS, OPERATOR, ORGANISM
from authz.lines import SELF, Line, ceiling_line, convention_line
from authz.names import EVERYONE, kind_name
from authz.profiles import profile_lines
from models import OrganizationKind

REF = "règles communes"
CEILING_REF = "limite du système"


def standing_lines(platforms: Iterable[str]) -> tuple[Line, ...]:
    """The lines of all three layers that each platform starts with, its operator being `operator:<CODE>`.

    The operators' organizations must exist in the same database: a line never names an unknown body.
    """
    return tuple(line for platform in platforms for line in _platform_lines(platform))


def _platform_lines(platform: str) -> Iterator[Line]:
    for actor, organisms, functions in (
        (kind_name(OrganizationKind.ORGANISM), SELF, ORGANISM),
        (f"operator:{platform}", EVERYONE, OPERATOR),
    ):
        for right, steps in functions.items():
            yield convention_line(
                actor=actor, platform=platform, right=right, organisms=organisms, steps=steps, ref=REF
            )
    for kind, functions in CEILINGS.items():
        for right, steps in functions.items():
            yield ceiling_line(
                kind=kind_name(kind), platform=platform, right=right, steps=steps, ref=CEILING_REF
            )
    yield from profile_lines(platform)
