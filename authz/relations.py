"""The derived links of a platform, as lines: with them, Casbin decides from a file as it does here."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from authz.csv_lines import RELATIONS
from authz.lines import ANY_FORM, Line
from authz.policy import Policy


def relation_lines(policy: Policy, platform: str, known: Collection[str]) -> list[Line]:
    """Groups, memberships and consents; of the accounts, those that a line of the platform names.

    Profiles by default besides, form by form for those that some line names: another Casbin reads no `*`.

    Of the organizations, those that the platform knows: the keys `known`, and those of these accounts.

    An account that no line names holds no box, and may do nothing there.
    """
    loaded = policy.enforcement
    named = {values[0] for values in loaded.lines("p2") if values[1] == platform}
    named |= {values[0] for values in loaded.lines("g") if values[2].startswith(f"{platform}/")}
    bodies = {*known, *(policy.accounts[one].organization for one in named if one in policy.accounts)}
    found = list(_by_default(policy, platform))
    for relation in RELATIONS:
        for link in loaded.lines(relation):
            of_another = relation == "g4" and not link[2].startswith(f"{platform}/")
            nobody = relation == "g3" and link[0] in policy.accounts and link[0] not in named
            strange = relation in ("g2", "g3") and link[0] in policy.organizations and link[0] not in bodies
            if not (of_another or nobody or strange):
                found.append(Line(relation, tuple(link)))
    return found


def _by_default(policy: Policy, platform: str) -> Iterator[Line]:
    forms, profiles = sorted(policy.buckets.forms(platform)), policy.enforcement.profiles
    for subject, profile, domain in policy.enforcement.lines("g"):
        if domain == f"{platform}/{ANY_FORM}":
            for there in (f"{platform}/{form}" for form in forms):
                if profile in profiles.reach(subject, there) and not profiles.linked(subject, profile, there):
                    yield Line("g", (subject, profile, there))
