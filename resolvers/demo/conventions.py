"""What each partner may read at the Ministry, article by article, and which organisms consent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random
from typing import TYPE_CHECKING

from authz import Effect, Line, Right, convention_line, profile_line, standing_lines
from resolvers.demo.accounts import CONTACTS, administrators, clients, shown_accounts
from resolvers.demo.cast import cast
from resolvers.demo.identifiers import stable_id
from resolvers.demo.organisms import SEED, organisms
from resolvers.demo.others import FORMS, places
from resolvers.demo.platforms import PLATFORMS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resolvers.demo.accounts import Account

TRANSMITTED = "456"
UNTIL = date(2031, 12, 31)


@dataclass(frozen=True, slots=True)
class Agreement:
    """A convention between the Ministry and a partner."""

    partner: str
    title: str
    since: date


@dataclass(frozen=True, slots=True)
class Article:
    """What an article grants (or takes away): functions → steps, for which organisms."""

    number: str
    organisms: tuple[str, ...]
    functions: dict[Right, str]
    consent: bool = False
    effect: Effect = Effect.ALLOW


AGREEMENTS = {
    "CGLLS": Agreement("CGLLS", "Convention État – CGLLS du 6 janvier 2020", date(2020, 1, 6)),
    "CDC": Agreement("CDC", "Convention État – Caisse des dépôts du 14 mars 2022", date(2022, 3, 14)),
    "ANCOLS": Agreement("ANCOLS", "Convention État – ANCOLS du 2 mai 2021", date(2021, 5, 2)),
}
READ = {Right.READ: TRANSMITTED, Right.EXPORT: TRANSMITTED, Right.ATTACHMENT_READ: TRANSMITTED}
OWN_USERS = Article("art. 9", ("all",), {Right.ADMIN_USERS: "0123456"})


def articles(partner: str) -> tuple[Article, ...]:
    """The articles of a partner's convention."""
    match partner:
        case "CGLLS":
            exchange = {
                Right.EXCHANGE_READ: TRANSMITTED,
                Right.EXCHANGE_WRITE: "4",
                Right.ATTACHMENT_WRITE: "4",
            }
            later = {Right.ASK_REOPENING: "56", Right.NOTIFY: TRANSMITTED}
            return (
                Article("art. 3", ("all",), READ),
                Article("art. 4", ("all",), exchange),
                Article("art. 5", ("all",), later),
                OWN_USERS,
            )
        case "CDC":
            lenders = ("category:OPH", "category:SA", "category:COOP")
            return (
                Article("art. 2", lenders, READ | {Right.NOTIFY: TRANSMITTED}, consent=True),
                Article("art. 7", (cast().denied.key,), READ, effect=Effect.DENY),
                OWN_USERS,
            )
        case _:
            return (Article("art. 6", ("all",), {Right.READ: "56", Right.EXPORT: "56"}), OWN_USERS)


def policy_lines() -> list[Line]:
    """The whole policy: standing lines, conventions, and the profile of every account."""
    return [*standing_lines(PLATFORMS), *_convention_lines(), *_profile_lines()]


def _convention_lines() -> Iterator[Line]:
    for partner, agreement in AGREEMENTS.items():
        for article in articles(partner):
            for organisms_ in article.organisms:
                for right, steps in article.functions.items():
                    yield convention_line(
                        actor=f"partner:{partner}",
                        platform="MIN",
                        form="ER",
                        organisms=organisms_,
                        right=right,
                        steps=steps,
                        dates=(agreement.since, UNTIL),
                        consent=article.consent,
                        effect=article.effect,
                        ref=f"{agreement.title}, {article.number}",
                        convention_id=stable_id("convention", partner),
                    )


def _profile_lines() -> Iterator[Line]:
    contacts = {role.profile for role in CONTACTS}
    for account in (*shown_accounts(), *administrators()):
        profiles = [account.profile, *(["contact"] if account.profile in contacts else [])]
        for platform, form in _places(account):
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
