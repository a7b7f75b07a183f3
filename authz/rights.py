"""The words of the matrix: functions (rights), layers, and the steps they are given at."""

from __future__ import annotations

from enum import StrEnum
from functools import cache


class Right(StrEnum):
    """One function of the matrix function × step (manual §11.2.4). The value is what policies write.

    PACK_EDIT and CAMPAIGN_MANAGE are about a form as a whole, and POLICY_EDIT about a platform as a whole,
    never about one dossier (`authz.on_form`). CONSENT_GIVE is the organism's own yes or no to a partner.
    CORRECT is the organism's writing at step 4, while its platform has handed the dossier back to it;
    DIRECT_READ takes sealed copies without the application (manual §3).
    """

    ATTACHMENT_READ = "attachment:read"
    ATTACHMENT_WRITE = "attachment:write"
    CLOSE = "dossier:close"
    CORRECT = "dossier:correct"
    EXPORT = "dossier:export"
    FINALISE = "dossier:finalise"
    HAND_BACK = "dossier:hand_back"
    INITIALISE = "dossier:initialise"
    READ = "dossier:read"
    REOPEN = "dossier:reopen"
    TRANSMIT = "dossier:transmit"
    VALIDATE = "dossier:validate"
    VALIDATE_HIERARCHICAL = "dossier:validate_hierarchical"
    WRITE = "dossier:write"
    EXCHANGE_READ = "exchange:read"
    EXCHANGE_WRITE = "exchange:write"
    ASK_REOPENING = "reopening:ask"
    NOTIFY = "notify"
    ADMIN_USERS = "admin_users"
    CONSENT_GIVE = "consent:give"
    DIRECT_READ = "direct:read"
    CAMPAIGN_MANAGE = "campaign:manage"
    PACK_EDIT = "pack:edit"
    POLICY_EDIT = "policy:edit"


# Python 3.11 finds a member through a property written in Python: longer than a whole decision takes.
for _right in Right:
    type.__setattr__(Right, _right.name, _right)

RIGHTS: frozenset[str] = frozenset(Right)


class Layer(StrEnum):
    """Who can change a refusal: the platform, the organization, nobody, or whoever issued the token."""

    CONVENTION = "convention"
    BOXES = "boxes"
    CEILING = "ceiling"
    SCOPE = "scope"


ALL_STEPS = "0123456"
STEP_BIT = {step: 1 << step for step in range(7)}


def step_in(step: str, steps: str) -> bool:
    """Whether `step` is one of `steps`. Not Python's `in`: that accepts "" and "45" as well."""
    return len(step) == 1 and step in steps


def tab_in(tab: str, tabs: str) -> bool:
    """Whether `tab` is one of `tabs` (codes joined by `+`); `*` is the dossier as a whole, or every tab."""
    return "*" in (tab, tabs) or tab in tabs.split("+")


@cache
def step_bits(steps: str) -> int:
    """`"456"` → the bits 4, 5 and 6; the same for each of a hundred thousand lines, hence kept."""
    return sum(STEP_BIT[int(digit)] for digit in set(steps))
