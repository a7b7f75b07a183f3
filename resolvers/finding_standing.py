"""Where a viewer stands before dossiers, as conditions in SQL over the alias `d` of table dossier.

What a dossier tells to some of its readers only is found by no criterion of the others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from authz import Right, scope
from authz.scope import NOTHING, Condition
from forms import Step
from models import OrganizationKind
from resolvers.finding_sql import joined
from resolvers.people_rights import platform_of

if TYPE_CHECKING:
    from authz import Scope, Viewer

FEDERATION = "d.platform IN (SELECT code FROM platform WHERE kind = 'federation')"
_MINISTRY = "d.platform IN (SELECT code FROM platform WHERE kind = 'ministry')"
# The transmission of the Ministry's ER of an organism and a year, to which the federations' dossiers belong.
ER = f"d.form = 'ER' AND {_MINISTRY}"


def inside(viewer: Viewer) -> Condition:
    """His organism's own dossiers, or those that his platform collects (`authz.personal`)."""
    platform = platform_of(viewer)
    if platform is not None:
        return Condition("d.platform = %s", (platform,))
    organism = viewer.authority.policy.organisms.known.get(viewer.organization)
    if viewer.kind is not OrganizationKind.ORGANISM or organism is None:
        return NOTHING
    return Condition("d.organism_id = %s", (organism.id,))


def seen(viewer: Viewer, right: Right) -> Condition:
    """Where he has a right."""
    found = scope(viewer, right)
    return Condition(found.sql, found.values)


def both(first: Condition, second: Condition) -> Condition:
    """Either of them."""
    return Condition(f"({first.sql} OR {second.sql})", (*first.values, *second.values))


def negated(one: Condition) -> Condition:
    """Where it does not hold."""
    return Condition(f"NOT ({one.sql})", one.values)


def limited(viewer: Viewer) -> bool:
    """Whether some dossiers are open to him, or their exchanges, by a few of their tabs."""
    return any(scope(viewer, right).limited for right in (Right.READ, Right.EXCHANGE_READ))


def at_step(visible: Scope, step: str) -> Condition:
    """The scope of the same dossier as if it stood at another step, an expression over `d`."""
    return Condition(
        f"EXISTS (SELECT FROM (SELECT d.platform, d.form, d.year, d.organism_id, {step} AS step) d "
        f"WHERE {visible.sql})",
        visible.values,
    )


def hears(viewer: Viewer) -> Condition:
    """Where a viewer to whom dossiers are open whole hears what both sides write in review."""
    review = str(int(Step.REVIEW))
    exchange = scope(viewer, Right.EXCHANGE_READ)
    outside = joined(
        [
            seen(viewer, Right.EXCHANGE_READ),
            at_step(exchange, review),
            at_step(scope(viewer, Right.READ), review),
        ]
    )
    return both(inside(viewer), outside)


def opens(viewer: Viewer) -> Condition:
    """The first of the steps up to the dossier's through which he reads it without a gap (`opening`)."""
    readable = scope(viewer, Right.READ)
    return Condition(
        "(SELECT coalesce(max(d.step) + 1, 0) FROM "  # noqa: S608 - our own
        "(SELECT d.platform, d.form, d.year, d.organism_id, n AS step "
        f"FROM generate_series(0, d.step - 1) n) d WHERE NOT ({readable.sql}))",
        readable.values,
    )
