"""Conventions as they are sent in."""

from __future__ import annotations

from datetime import date

import strawberry

from resolvers.convention_rows import Article, Content, Grant


@strawberry.input(description="Fonction et étapes.")
class GrantInput:
    """A function and its steps."""

    right: str = strawberry.field(description="Fonction, par exemple `dossier:read`.")
    steps: list[int] = strawberry.field(description="Étapes, de 0 à 6.")


@strawberry.input(description="Onglets auxquels un article se limite, pour un formulaire.")
class FormTabsInput:
    """The tabs of a form."""

    form: str = strawberry.field(description="Type de formulaire.")
    tabs: list[str] = strawberry.field(description="Codes des onglets.")


@strawberry.input(description="Article d’une convention.")
class ArticleInput:
    """An article."""

    number: str = strawberry.field(description="Numéro, unique dans la convention.")
    text: str = strawberry.field(default="", description="Texte, 5\u202f000 caractères au plus.")
    forms: list[str] = strawberry.field(description="Types de formulaire.")
    groups: list[str] = strawberry.field(default_factory=list, description="Clés des groupes d’organismes.")
    included: list[str] = strawberry.field(
        default_factory=list, description="Clés des organismes nommés en plus."
    )
    excluded: list[str] = strawberry.field(
        default_factory=list, description="Clés des organismes exclus des groupes."
    )
    grants: list[GrantInput] = strawberry.field(description="Fonctions et étapes.")
    tabs: list[FormTabsInput] = strawberry.field(
        default_factory=list, description="Formulaires dont seuls certains onglets sont ouverts."
    )
    consent: bool = strawberry.field(
        default=False, description="Vrai s’il faut l’accord de chaque organisme."
    )
    forbids: bool = strawberry.field(default=False, description="Vrai pour interdire au lieu d’accorder.")

    def article(self) -> Article:
        """The same, as the resolvers take it."""
        return Article(
            number=" ".join(self.number.split()),
            text=self.text.strip(),
            forms=_once(self.forms),
            groups=_once(self.groups),
            included=_once(self.included),
            excluded=_once(self.excluded),
            grants=tuple(Grant(one.right, tuple(sorted(set(one.steps)))) for one in self.grants),
            tabs=tuple((one.form, _once(one.tabs)) for one in self.tabs),
            consent=self.consent,
            forbids=self.forbids,
        )


@strawberry.input(description="Convention à créer, à modifier ou à essayer.")
class ConventionInput:
    """A convention."""

    platform: str = strawberry.field(description="Code de la plateforme.")
    partner: str = strawberry.field(description="Clé du partenaire, par exemple `partner:CDC`.")
    title: str = strawberry.field(description="Intitulé, 200 caractères au plus.")
    purpose: str = strawberry.field(description="Objet, 5\u202f000 caractères au plus.")
    since: date = strawberry.field(description="Premier jour.")
    until: date = strawberry.field(description="Dernier jour.")
    articles: list[ArticleInput] = strawberry.field(description="Articles, 100 au plus.")

    def content(self) -> Content:
        """The same, as the resolvers take it."""
        return Content(
            platform=self.platform,
            partner=self.partner,
            title=self.title.strip(),
            purpose=self.purpose.strip(),
            since=self.since,
            until=self.until,
            articles=tuple(article.article() for article in self.articles),
        )


def _once(values: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
