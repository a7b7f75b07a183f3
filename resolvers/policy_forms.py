"""The form types that the rules of a platform may name: those it collects, and those being prepared."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from authz.lines import ANY_FORM
from forms import list_packs
from models import Invalid, fetch

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from authz import Line

# Below this likeness, from 0 to 1, one name is not a slip for another.
LIKE = 0.6
_DRAFTED = "SELECT DISTINCT form FROM pack_draft WHERE platform_id = %s"


async def forms_of(platform: str) -> frozenset[str]:
    """The forms with a campaign or a draft of the platform, or a pack that no platform collects yet."""
    campaigns = await fetch("SELECT DISTINCT platform_id, form FROM campaign")
    collected = {record["form"] for record in campaigns}
    mine = {record["form"] for record in campaigns if record["platform_id"] == platform}
    return frozenset(
        {*mine, *await drafted(platform), *({key.form for key in list_packs()} - collected)},
    )


async def drafted(platform: str) -> frozenset[str]:
    """The forms that somebody has begun to write for the platform."""
    return frozenset(record["form"] for record in await fetch(_DRAFTED, [platform]))


def form_fault(line: Line, platform: str, known: Collection[str]) -> str | None:
    """What is wrong with the form that a rule names, and which it may have been; None where nothing is."""
    form = line.field("form")
    if form == ANY_FORM or form in known:
        return None
    near = get_close_matches(form.upper(), sorted(known), n=1, cutoff=LIKE)
    advice = f"le plus proche est « {near[0]} »" if near else "préparez-en d’abord le formulaire"
    return f"La plateforme {platform} n’a pas de formulaire « {form[:40]} » : {advice}."


async def require_forms(lines: Iterable[Line], platform: str) -> None:
    """Nothing, if each rule is on every form or on one that the platform has. Raises Invalid FORM_UNKNOWN."""
    known = await forms_of(platform)
    for number, line in enumerate(lines):
        fault = form_fault(line, platform, known)
        if fault is not None:
            raise Invalid("FORM_UNKNOWN", fault, path=("add", str(number), "form"))
