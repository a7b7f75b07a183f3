"""The conventions of the demonstration, article by article: in force, suspended, ended, prepared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from authz import Right
from resolvers.convention_lines import compile_lines
from resolvers.convention_rows import Article, Content, Grant, Pause
from resolvers.demo.cast import cast
from resolvers.demo.identifiers import stable_id

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from authz import Line

TRANSMITTED, ALWAYS = "456", "0123456"
UNTIL = date(2031, 12, 31)
PURPOSE = (
    "La présente convention fixe les conditions dans lesquelles le partenaire consulte, pour l’exercice de "
    "ses missions, les dossiers transmis par les organismes de logement social."
)
READ = {Right.READ: TRANSMITTED, Right.EXPORT: TRANSMITTED, Right.ATTACHMENT_READ: TRANSMITTED}
OWN_USERS = (
    "9",
    "Le partenaire gère les comptes de ses agents.",
    ("all",),
    {Right.ADMIN_USERS: ALWAYS},
)


@dataclass(frozen=True, slots=True)
class Agreement:
    """A convention and where it stands; `name` is what its identifier is made of."""

    name: str
    content: Content
    published: bool = True
    pause: Pause | None = None
    renews: str | None = None

    @property
    def id(self) -> UUID:
        """Its identifier, the same each time."""
        return stable_id("convention", self.name)

    def lines(self) -> tuple[Line, ...]:
        """Its rules, by the compiler that the product uses."""
        return compile_lines(self.id, self.content, self.pause) if self.published else ()


def article(  # noqa: PLR0913 - what an article is made of
    number: str,
    text: str,
    named: tuple[str, ...],
    functions: Mapping[Right, str],
    *,
    forms: tuple[str, ...] = ("ER",),
    tabs: tuple[tuple[str, tuple[str, ...]], ...] = (),
    consent: bool = False,
    forbids: bool = False,
) -> Article:
    """An article; `named` are groups and organisms, `functions` the steps of each."""
    grants = tuple(Grant(right.value, tuple(map(int, steps))) for right, steps in functions.items())
    organisms = tuple(key for key in named if key.startswith("organism:"))
    groups = tuple(key for key in named if key not in organisms)
    return Article(number, forms, grants, text, groups, organisms, (), tabs, consent, forbids)


def agreements() -> tuple[Agreement, ...]:
    """All of them, those of the Ministry first."""
    cdc = _cdc()
    return (
        Agreement("CGLLS", _cglls(), renews="CGLLS 2015"),
        Agreement("CDC", cdc),
        Agreement("ANCOLS", _ancols()),
        Agreement("CGLLS SEM", _suspended(), pause=Pause(date(2026, 9, 1), None)),
        Agreement("CGLLS 2015", _ended()),
        Agreement("CDC 2032", _renewal(cdc), published=False, renews="CDC"),
        Agreement("COOP ANCOLS", _surveys()),
    )


def _content(
    partner: str, title: str, since: date, *articles: Article, platform: str = "MIN", until: date = UNTIL
) -> Content:
    return Content(platform, f"partner:{partner}", title, PURPOSE, since, until, articles)


def _cglls() -> Content:
    exchange = {Right.EXCHANGE_READ: TRANSMITTED, Right.EXCHANGE_WRITE: "4", Right.ATTACHMENT_WRITE: "4"}
    later = {Right.ASK_REOPENING: "56", Right.NOTIFY: TRANSMITTED}
    taken = {Right.DIRECT_READ: TRANSMITTED}
    return _content(
        "CGLLS",
        "Convention État – CGLLS du 6 janvier 2020",
        date(2020, 1, 6),
        article("3", "La CGLLS consulte et exporte les dossiers transmis.", ("all",), READ),
        article("4", "Elle échange avec les organismes pendant la fiabilisation.", ("all",), exchange),
        article("5", "Elle peut demander le retour d’un dossier en étape 4.", ("all",), later),
        article("6", "Elle prend leurs copies scellées par l’accès direct.", ("all",), taken),
        article(*OWN_USERS),
    )


def _cdc() -> Content:
    lenders = ("category:OPH", "category:SA", "category:COOP")
    told = READ | {Right.NOTIFY: TRANSMITTED}
    asked = "La Caisse des dépôts consulte les dossiers des organismes qui lui en donnent l’accès."
    apart = "Un organisme en contentieux avec elle en est exclu."
    return _content(
        "CDC",
        "Convention État – Caisse des dépôts du 14 mars 2022",
        date(2022, 3, 14),
        article("2", asked, lenders, told, consent=True),
        article("7", apart, (cast().denied.key,), READ, forbids=True),
        article(*OWN_USERS),
    )


def _ancols() -> Content:
    closed = {Right.READ: "56", Right.EXPORT: "56"}
    return _content(
        "ANCOLS",
        "Convention État – ANCOLS du 2 mai 2021",
        date(2021, 5, 2),
        article("6", "L’ANCOLS consulte les dossiers finalisés.", ("all",), closed),
        article(*OWN_USERS),
    )


def _suspended() -> Content:
    return _content(
        "CGLLS",
        "Convention État – CGLLS sur les SEM du 3 septembre 2023",
        date(2023, 9, 3),
        article("2", "La CGLLS consulte les comptes des SEM.", ("category:SEM",), READ, forms=("SEM",)),
    )


def _ended() -> Content:
    return _content(
        "CGLLS",
        "Convention État – CGLLS du 12 février 2015",
        date(2015, 2, 12),
        article("3", "La CGLLS consulte les dossiers transmis.", ("all",), {Right.READ: TRANSMITTED}),
        until=date(2020, 1, 5),
    )


def _renewal(renewed: Content) -> Content:
    title = "Convention État – Caisse des dépôts, renouvellement de 2032"
    return _content("CDC", title, date(2032, 1, 1), *renewed.articles, until=date(2036, 12, 31))


def _surveys() -> Content:
    activity, staff = ("AC01", "AC02"), {Right.READ: TRANSMITTED, Right.EXPORT: TRANSMITTED}
    seen = "L’ANCOLS lit l’identité et l’activité des coopératives, et rien d’autre de leur enquête."
    asked = "Elle lit leurs effectifs avec l’accord de chacune."
    members = ("federated:COOP",)
    return _content(
        "ANCOLS",
        "Convention Fédération des coopératives – ANCOLS du 9 juin 2024",
        date(2024, 6, 9),
        article("2", seen, members, staff, forms=("ACTIVITE",), tabs=(("ACTIVITE", activity),)),
        article("3", asked, members, staff, forms=("EFFECTIFS",), consent=True),
        platform="COOP",
    )
