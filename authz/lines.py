"""One line of the policy, as Casbin writes it and as `policy_row` keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from authz.rights import ALL_STEPS, Right

ALWAYS = (date(1900, 1, 1), date(9999, 12, 31))
SELF = "@self"
ANY_FORM = "*"
# The dossier as a whole: in a line, every tab; in a request, no tab in particular.
ALL_TABS = "*"


class Effect(StrEnum):
    """What a line does; Casbin would read any third word as silence, so a third word is refused."""

    ALLOW = "allow"
    DENY = "deny"


FIELDS: dict[str, tuple[str, ...]] = {
    "p": (
        *("actor", "dom", "form", "orgs", "act", "steps"),
        *("since", "until", "consent", "tabs", "eft", "ref"),
    ),
    "p2": ("sub", "dom", "form", "act", "steps", "eft", "ref"),
    "p3": ("kind", "dom", "form", "act", "steps", "eft", "ref"),
    "g": ("sub", "profile", "domain"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """`ptype` p, p2, p3 or g; `values` in the model's order; the convention that it comes from, if any."""

    ptype: str
    values: tuple[str, ...]
    convention_id: UUID | None = None
    id: int | None = None

    def field(self, name: str) -> str:
        """The value of a field by the model's name. KeyError, ValueError if the line has none."""
        return self.values[FIELDS[self.ptype].index(name)]


def convention_line(  # noqa: PLR0913 - the fields of the model, all of them named by the caller
    *,
    actor: str,
    platform: str,
    right: Right,
    ref: str,
    organisms: str,
    steps: str = ALL_STEPS,
    form: str = ANY_FORM,
    dates: tuple[date, date] = ALWAYS,
    consent: bool = False,
    tabs: Sequence[str] = (),
    effect: Effect = Effect.ALLOW,
    convention_id: UUID | None = None,
) -> Line:
    """A `p` line: what an organization may (first layer). `dates` are both included.

    `tabs`: the only tabs that it opens, by their codes (none: the whole dossier).
    """
    since, until = (day.isoformat() for day in dates)
    asked = "yes" if consent else "no"
    middle = (organisms, right.value, steps, since, until, asked, "+".join(tabs) or ALL_TABS)
    return Line("p", (actor, platform, form, *middle, effect.value, ref), convention_id)


def box_line(  # noqa: PLR0913 - the fields of the model, all of them named by the caller
    *,
    subject: str,
    platform: str,
    right: Right,
    ref: str,
    steps: str = ALL_STEPS,
    form: str = ANY_FORM,
    effect: Effect = Effect.ALLOW,
) -> Line:
    """A `p2` line: boxes of a profile, of one user or of one machine client (second layer)."""
    return Line("p2", (subject, platform, form, right.value, steps, effect.value, ref))


def ceiling_line(  # noqa: PLR0913 - the fields of the model, all of them named by the caller
    *, kind: str, platform: str, right: Right, ref: str, steps: str = ALL_STEPS, form: str = ANY_FORM
) -> Line:
    """A `p3` line: what a kind of user may ever (third layer)."""
    return Line("p3", (kind, platform, form, right.value, steps, Effect.ALLOW.value, ref))


def profile_line(*, subject: str, profile: str, platform: str, form: str) -> Line:
    """A `g` line: a user or a client holds a profile for one form type of one platform.

    `form` may be `ANY_FORM`: by default, on each form for which no other line gives him a profile.
    """
    return Line("g", (subject, profile, f"{platform}/{form}"))
