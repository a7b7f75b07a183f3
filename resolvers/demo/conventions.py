"""The whole policy of the demonstration, its conventions included, and which organisms consent."""

from __future__ import annotations

from functools import cache
from random import Random
from typing import TYPE_CHECKING

from authz import Line, profile_line, standing_lines
from authz.lines import ANY_FORM
from resolvers.demo.accounts import CONTACTS, administrators, clients, shown_accounts
from resolvers.demo.agreements import agreements
from resolvers.demo.cast import cast
from resolvers.demo.organisms import SEED, organisms
from resolvers.demo.others import FORMS, places
from resolvers.demo.people import own_lines
from resolvers.demo.platforms import PLATFORMS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resolvers.demo.accounts import Account


def policy_lines() -> list[Line]:
    """The whole policy: standing lines, conventions, and the profile of every account."""
    return [*standing_lines(PLATFORMS), *_convention_lines(), *_profile_lines(), *own_lines()]


def _convention_lines() -> Iterator[Line]:
    for agreement in agreements():
        yield from agreement.lines()


def _profile_lines() -> Iterator[Line]:
    contacts = {role.profile for role in CONTACTS}
    for account in (*shown_accounts(), *administrators()):
        profiles = [account.profile, *(["contact"] if account.profile in contacts else [])]
        places_held = list(_places(account))
        for platform in sorted({platform for platform, _ in places_held}):
            # What the account has on a form that its platform opens later.
            yield profile_line(
                subject=f"user:{account.login}",
                profile=f"profile:{account.profile}",
                platform=platform,
                form=ANY_FORM,
            )
        for platform, form in places_held:
            for profile in profiles:
                yield profile_line(
                    subject=f"user:{account.login}",
                    profile=f"profile:{profile}",
                    platform=platform,
                    form=form,
                )
    for client in clients():
        yield profile_line(
            subject=f"client:{client.id}", profile="profile:partner_user", platform="MIN", form="ER"
        )


def _places(account: Account) -> Iterator[tuple[str, str]]:
    """The platform and the form that an account acts on: a surveyed body's people answer both."""
    owner = account.key.partition(":")[2]
    if account.key == "partner:ANCOLS":
        yield from (("COOP", form) for form in ("ACTIVITE", "EFFECTIFS"))
    if account.key.startswith("operator:"):
        yield owner, "ER" if owner == "MIN" else "QDIS"
        yield from ((owner, one.form) for one in FORMS if one.platform == owner)
        return
    yield "MIN", "ER"
    yield from places(account.key)
    federation = federations().get(account.key)
    if federation is not None:
        yield federation, "QDIS"


@cache
def federations() -> dict[str, str]:
    """The federation of each of the forty that belongs to one, by the body's name in the policies."""
    bodies = [part.organism for part in cast().parts]
    return {body.key: body.federation for body in bodies if body.federation is not None}


def consents() -> Iterator[tuple[str, int, bool]]:
    """SIREN, year, yes or no, to the CDC: most say yes, some no, a few have not answered."""
    dice = Random(f"{SEED} consents")  # noqa: S311 - an invented world, no secret
    refusing = cast().unconsenting.siren
    willing = {cast().blank.siren, *(part.organism.siren for part in cast().parts)} - {refusing}
    for body in organisms():
        if body.category not in {"OPH", "SA", "COOP"}:
            continue
        for year in (2023, 2024):
            answer = dice.choices((True, False, None), (88, 6, 6))[0]
            if body.siren in willing:
                answer = True
            if body.siren == refusing:
                answer = False
            if answer is not None:
                yield body.siren, year, answer
