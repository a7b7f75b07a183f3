"""Whether a convention can stand: every fault at once, each with its place and what to do."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from models import Invalid
from resolvers.convention_named import form_faults, organism_faults
from resolvers.convention_words import right_label, steps_words
from resolvers.legible import is_formula, is_legible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resolvers.convention_known import Known
    from resolvers.convention_named import Fault
    from resolvers.convention_rows import Article, Content

MOST_ARTICLES = 100
MOST_NAMED = 2_000
LONGEST_TITLE, LONGEST_TEXT, LONGEST_NUMBER = 200, 5_000, 20
MOST_LINES = 20_000
_TOO_LARGE = frozenset({"CONVENTION_TOO_LARGE", "CONVENTION_ARTICLES_MISSING"})


def check_content(content: Content, known: Known) -> None:
    """Raise Invalid with the first fault; `details.faults` holds them all: code, path, message."""
    faults = [*_head_faults(content, known)]
    # What is too large is not walked through: it would be long, to say nothing more.
    articles = () if any(code in _TOO_LARGE for code, _, _ in faults) else content.articles
    for number, article in enumerate(articles):
        faults += [
            (code, ("articles", str(number), *path), message)
            for code, path, message in _article_faults(article, known)
        ]
    if faults:
        code, path, message = faults[0]
        told = [
            {"code": one, "path": ["convention", *where], "message": words} for one, where, words in faults
        ]
        raise Invalid(code, message, path=("convention", *path), details={"faults": told})


def _head_faults(content: Content, known: Known) -> Iterator[Fault]:
    if content.partner not in known.partners:
        yield (
            "CONVENTION_PARTNER_UNKNOWN",
            ("partner",),
            "Ce partenaire n’existe pas : choisissez-le dans la liste.",
        )
    if not _is_name(content.title, LONGEST_TITLE):
        yield (
            "CONVENTION_TITLE_INVALID",
            ("title",),
            (
                f"Donnez à la convention un intitulé de 1 à {LONGEST_TITLE} caractères visibles, sur une "
                "seule ligne, qui ne commence pas par =, +, - ou @."
            ),
        )
    yield from _text_faults(content.purpose, "purpose", "L’objet")
    if content.until < content.since:
        yield (
            "CONVENTION_DATES_REVERSED",
            ("until",),
            "La convention finirait avant d’avoir commencé : corrigez l’une des deux dates.",
        )
    if not 1 <= len(content.articles) <= MOST_ARTICLES:
        yield (
            "CONVENTION_ARTICLES_MISSING",
            ("articles",),
            f"Une convention compte de 1 à {MOST_ARTICLES} articles : ajoutez-en, ou partagez-la en deux.",
        )
    yield from _numbers_twice(content)
    yield from _too_many_lines(content)


def _is_name(text: str, longest: int) -> bool:
    return 1 <= len(text.strip()) <= longest and is_legible(text) and not is_formula(text)


def _text_faults(text: str, field: str, name: str) -> Iterator[Fault]:
    if len(text) > LONGEST_TEXT:
        yield (
            "CONVENTION_TEXT_TOO_LONG",
            (field,),
            f"{name} dépasse {LONGEST_TEXT} caractères : abrégez-le, et joignez le texte signé.",
        )
    elif not is_legible(text, lines=True):
        yield (
            "CONVENTION_TEXT_UNPRINTABLE",
            (field,),
            f"{name} contient un caractère invisible : retirez-le, ou saisissez de nouveau le texte.",
        )


def _too_many_lines(content: Content) -> Iterator[Fault]:
    lines = sum(max(_lines_of(article), _words_of(article)) for article in content.articles)
    if lines > MOST_LINES:
        yield (
            "CONVENTION_TOO_LARGE",
            ("articles",),
            (
                f"Ces articles donneraient {lines} règles, {MOST_LINES} au plus : nommez des groupes "
                "d’organismes plutôt que chacun."
            ),
        )


def _lines_of(article: Article) -> int:
    named = len(article.groups) + len(article.included) + len(article.excluded)
    return len(article.forms) * len(article.grants) * named


def _words_of(article: Article) -> int:
    """What an article names: where it grants nothing it makes no rule, and would be walked all the same."""
    named = (article.forms, article.groups, article.included, article.excluded, article.grants)
    steps, tabs = (grant.steps for grant in article.grants), (tabs for _, tabs in article.tabs)
    return sum(len(one) for many in (named, steps, tabs) for one in many)


def _numbers_twice(content: Content) -> Iterator[Fault]:
    counts = Counter(article.number.strip() for article in content.articles)
    seen: set[str] = set()
    for place, article in enumerate(content.articles):
        number = article.number.strip()
        if counts[number] > 1 and number in seen:
            yield (
                "ARTICLE_NUMBER_TWICE",
                ("articles", str(place), "number"),
                f"Deux articles portent le numéro {number} : donnez à chacun le sien.",
            )
        seen.add(number)


def _article_faults(article: Article, known: Known) -> Iterator[Fault]:
    if not _is_name(article.number, LONGEST_NUMBER):
        yield (
            "ARTICLE_NUMBER_INVALID",
            ("number",),
            f"Donnez à l’article un numéro de 1 à {LONGEST_NUMBER} caractères, par exemple 3 ou 3-1.",
        )
    yield from _text_faults(article.text, "text", "Ce texte")
    yield from _emptiness(article)
    yield from form_faults(article, known)
    yield from organism_faults(article, known)
    yield from _grant_faults(article, known)
    if article.forbids and (article.consent or article.excluded or article.tabs):
        yield (
            "ARTICLE_PROHIBITION_LIMITED",
            ("forbids",),
            (
                "Un article qui interdit vaut sans l’accord des organismes, pour tous ceux qu’il nomme et "
                "tout le dossier : retirez l’accord, les exceptions et les onglets."
            ),
        )


def _emptiness(article: Article) -> Iterator[Fault]:
    missing = {
        "forms": ("un formulaire", article.forms),
        "groups": ("un groupe d’organismes ou un organisme", article.groups + article.included),
        "grants": ("une fonction", article.grants),
    }
    for field, (words, found) in missing.items():
        if not found:
            yield (
                "ARTICLE_EMPTY",
                (field,),
                f"L’article {article.number} ne dit rien : choisissez au moins {words}.",
            )
    if max(len(article.included), len(article.excluded)) > MOST_NAMED:
        yield (
            "CONVENTION_TOO_LARGE",
            ("included",),
            f"Un article nomme {MOST_NAMED} organismes au plus : nommez des groupes.",
        )


def _grant_faults(article: Article, known: Known) -> Iterator[Fault]:
    for place, grant in enumerate(article.grants):
        where = ("grants", str(place))
        forms = [form for form in article.forms if form in known.packs]
        if right_label(grant.right) == grant.right:
            yield (
                "ARTICLE_RIGHT_UNKNOWN",
                (*where, "right"),
                f"La fonction « {grant.right[:40]} » n’existe pas : choisissez-la dans la liste.",
            )
        elif not grant.steps:
            yield (
                "ARTICLE_EMPTY",
                (*where, "steps"),
                (
                    f"L’article {article.number} ne donne « {right_label(grant.right)} » à aucune étape : "
                    "choisissez-en une, ou retirez la fonction."
                ),
            )
        elif len(set(grant.steps)) < len(grant.steps):
            yield (
                "ARTICLE_STEP_TWICE",
                (*where, "steps"),
                (
                    f"L’article {article.number} nomme deux fois une étape pour "
                    f"« {right_label(grant.right)} » : ne l’y laissez qu’une fois."
                ),
            )
        elif never := {s for form in forms for s in grant.steps if s not in known.ceiling(grant.right, form)}:
            yield (
                "ARTICLE_STEP_FORBIDDEN",
                (*where, "steps"),
                (
                    f"Un partenaire n’a jamais « {right_label(grant.right)} » {steps_words(never)} : c’est "
                    "une limite du système. Retirez ces étapes."
                ),
            )
