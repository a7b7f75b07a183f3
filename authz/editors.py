"""Who may edit a platform's policy, and that an edit leaves someone who may, today and on later days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from authz.clock import today
from authz.lines import ANY_FORM, Line
from authz.names import is_profile
from authz.on_form import EVERY_STEP, on_everyone
from authz.on_platform import boxes_on_platform
from authz.policy import Policy
from authz.rights import Layer, Right
from authz.rules import OTHER_FORM, steps_of
from authz.viewer import Viewer
from models import Refused

EDIT = Right.POLICY_EDIT


def keep_editors(before: Policy, after: Policy, editor: Viewer) -> None:
    """Nothing when the editor keeps his own right, and each platform an open account that has it.

    Raises Refused POLICY_SELF_LOCKOUT, POLICY_LAST_EDITOR.
    """
    refusals = lockouts(before, after, editor.subject)
    if refusals:
        raise refusals[0]


def lockouts(before: Policy, after: Policy, subject: str) -> list[Refused]:
    """What `keep_editors` refuses: the right to edit lost by `subject`, or by everyone on a platform."""
    return [
        refusal
        for platform in sorted(before.platforms)
        for day in _days(before, after, platform)
        for refusal in _lost(before, after, subject, platform, day)
    ]


def _lost(before: Policy, after: Policy, subject: str, platform: str, day: date) -> Iterator[Refused]:
    name = before.platforms[platform]
    when = "" if day == today().date else f" à partir du {day:%d/%m/%Y}"
    if edits(before, subject, platform, day) and not edits(after, subject, platform, day):
        yield Refused(
            "POLICY_SELF_LOCKOUT",
            f"Ce changement vous retirerait votre propre droit de modifier les règles de {name}{when} : "
            "faites-le faire par un autre administrateur.",
            details={"platform": platform},
        )
    if _anyone(before, platform, day) and not _anyone(after, platform, day):
        yield Refused(
            "POLICY_LAST_EDITOR",
            f"Plus personne ne pourrait modifier les règles de {name}{when} : donnez d’abord ce droit à un "
            "autre compte ouvert.",
            details={"platform": platform},
        )


def require_edits(before: Policy, editor: Viewer, lines: Iterable[Line]) -> None:
    """Nothing when the editor edits each platform whose rules or profiles these lines change.

    The lines of users are not asked about: who manages people changes them. Raises Refused REFUSED.
    """
    ruled = (
        line for line in lines if line.ptype == "p" or (line.ptype == "p2" and is_profile(line.values[0]))
    )
    for platform in sorted({line.field("dom") for line in ruled}):
        if not edits(before, editor.subject, platform):
            raise Refused(
                "REFUSED",
                f"Vous ne modifiez pas, ou plus, les règles de {before.platforms.get(platform, platform)}. "
                "Adressez-vous à son administrateur.",
                details={"layer": Layer.BOXES.value, "ref": None, "right": EDIT.value},
            )


def edits(policy: Policy, subject: str, platform: str, day: date | None = None) -> bool:
    """Whether an account may edit a platform's policy, as `decide_on_platform` says of whoever asks."""
    table = policy.table(subject, day)
    if not table.actors or steps_of(table.ceiling_rules(platform, OTHER_FORM, EDIT)) != EVERY_STEP:
        return False
    if steps_of(on_everyone(table, EDIT, platform, OTHER_FORM)) != EVERY_STEP:
        return False
    return steps_of(boxes_on_platform(policy, table, EDIT, platform)) == EVERY_STEP


def editors(policy: Policy, platform: str, day: date | None = None) -> list[str]:
    """The open accounts that may edit a platform's policy."""
    return [one for one in sorted(_candidates(policy, platform)) if edits(policy, one, platform, day)]


def _anyone(policy: Policy, platform: str, day: date) -> bool:
    return any(edits(policy, one, platform, day) for one in _candidates(policy, platform))


def _candidates(policy: Policy, platform: str) -> set[str]:
    """The open accounts that a box on every form names, themselves or through a profile of some form."""
    names = policy.boxes.named(platform, EDIT, OTHER_FORM)
    roles = policy.enforcement.profiles
    found = set(names)
    for form in (ANY_FORM, *policy.buckets.forms(platform)):
        for name in names:
            found |= roles.members(name, f"{platform}/{form}")
    return found & policy.accounts.keys()


def _days(before: Policy, after: Policy, platform: str) -> list[date]:
    """Today, and each later day on which a rule on this right begins or has ended."""
    days = {today().date}
    for policy in (before, after):
        index = policy.conventions
        for rule in index.about(index.named(platform, EDIT, OTHER_FORM), platform, EDIT, OTHER_FORM):
            days.add(date.fromisoformat(rule.since))
            last = date.fromisoformat(rule.until)
            days.add(last if last.year == date.max.year else last + timedelta(days=1))
    return sorted(day for day in days if day >= today().date)
