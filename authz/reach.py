"""What a policy says of bodies rather than of one asker: their groups, their contacts, their limits."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from authz.names import kind_name
from authz.rights import STEP_BIT, Right
from authz.rules import steps_of

if TYPE_CHECKING:
    from authz.policy import Policy
    from models import OrganizationKind


def groups_of_organism(policy: Policy, organism: str) -> frozenset[str]:
    """The groups that an organism belongs to, by its key; none for an unknown one."""
    if organism not in policy.organisms.places:
        return frozenset()
    return frozenset(policy.enforcement.groups.reach(organism)) - {organism}


def ceiling_of(
    policy: Policy, kind: OrganizationKind, platform: str, form: str, right: Right
) -> frozenset[int]:
    """The steps at which a kind of user may ever hold a right on a form."""
    bits = steps_of(policy.ceilings.about([kind_name(kind)], platform, right, form))
    return frozenset(step for step, bit in STEP_BIT.items() if bits & bit)


def contacts_of(policy: Policy, organization: str, platform: str, form: str) -> frozenset[UUID]:
    """The privileged contacts of a body for a form: its open accounts that hold `notify`, at any step.

    Boxes and ceiling tell; the convention does not, for a contact is told of the refusal that closes it.
    """
    return frozenset(
        account.user_id
        for subject, account in policy.accounts.items()
        if account.organization == organization
        and account.user_id is not None
        and is_contact(policy, subject, platform, form)
    )


def is_contact(policy: Policy, subject: str, platform: str, form: str) -> bool:
    """Whether an account is one of its body's privileged contacts for a form, as `contacts_of` says."""
    table = policy.table(subject)
    boxes = table.box_steps(platform, form, Right.NOTIFY)
    return bool(boxes & table.ceiling_steps(platform, form, Right.NOTIFY))


def accounts_of(policy: Policy, organization: str) -> tuple[str, ...]:
    """The subjects of a body's open accounts and machine clients, in order."""
    found = (subject for subject, account in policy.accounts.items() if account.organization == organization)
    return tuple(sorted(found))
