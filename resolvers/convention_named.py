"""Whether what an article names is there to be named: forms and their tabs, groups, organisms."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resolvers.convention_known import Known
    from resolvers.convention_rows import Article

# Code, path below the convention, sentence.
Fault = tuple[str, tuple[str, ...], str]


def form_faults(article: Article, known: Known) -> Iterator[Fault]:
    """What is wrong with the forms and the tabs that an article names."""
    for place, form in enumerate(article.forms):
        if form not in known.packs:
            yield (
                "ARTICLE_FORM_UNKNOWN",
                ("forms", str(place)),
                f"Cette plateforme ne collecte pas le formulaire « {form[:40]} » : choisissez-en un.",
            )
    for place, (form, tabs) in enumerate(article.tabs):
        if form not in article.forms or not tabs:
            yield (
                "ARTICLE_TABS_MISPLACED",
                ("tabs", str(place)),
                (
                    f"Les onglets du formulaire « {form[:40]} » ne correspondent à rien dans l’article "
                    f"{article.number} : ajoutez le formulaire ou choisissez des onglets."
                ),
            )
        unknown = [tab for tab in tabs if form in known.packs and tab not in known.tabs(form)]
        if unknown:
            yield (
                "ARTICLE_TAB_UNKNOWN",
                ("tabs", str(place)),
                f"Le formulaire {form} n’a pas d’onglet « {unknown[0][:40]} » : choisissez-le dans la liste.",
            )
    yield from _tab_twice(article)


def _tab_twice(article: Article) -> Iterator[Fault]:
    seen: set[str] = set()
    for place, (form, tabs) in enumerate(article.tabs):
        twice = next((tab for tab, count in Counter(tabs).items() if count > 1), None)
        if form in seen or twice is not None:
            what = f"les onglets du formulaire {form[:40]}"
            if twice is not None:
                what = f"l’onglet « {twice[:40]} » du formulaire {form[:40]}"
            yield (
                "ARTICLE_TAB_TWICE",
                ("tabs", str(place)),
                f"L’article {article.number} nomme deux fois {what} : ne gardez qu’une mention.",
            )
        seen.add(form)


def organism_faults(article: Article, known: Known) -> Iterator[Fault]:
    """What is wrong with the groups and the organisms that an article names."""
    for place, key in enumerate(article.groups):
        if not known.knows_group(key):
            yield (
                "ARTICLE_GROUP_UNKNOWN",
                ("groups", str(place)),
                f"Le groupe d’organismes « {key[:40]} » n’existe pas : choisissez-le dans la liste.",
            )
    for field, keys in (("included", article.included), ("excluded", article.excluded)):
        for place, key in enumerate(keys):
            if not known.knows_organism(key):
                yield (
                    "ARTICLE_ORGANISM_UNKNOWN",
                    (field, str(place)),
                    f"La plateforme ne connaît pas l’organisme « {key[:40]} » : choisissez-le dans la liste.",
                )
            elif not known.may_fill(key, article.forms):
                yield (
                    "ARTICLE_ORGANISM_MISPLACED",
                    (field, str(place)),
                    (
                        f"L’organisme « {key[:40]} » est d’une famille qui ne remplit aucun formulaire de "
                        f"l’article {article.number} : retirez-le, ou ajoutez le formulaire qu’il remplit."
                    ),
                )
    for place, key in enumerate(article.excluded):
        if known.knows_organism(key) and (
            key in article.included or known.groups(key).isdisjoint(article.groups)
        ):
            yield (
                "ARTICLE_EXCLUSION_VAIN",
                ("excluded", str(place)),
                (
                    f"L’article {article.number} exclut un organisme que ses groupes ne comprennent pas, ou "
                    "qu’il nomme par ailleurs : retirez l’exception."
                ),
            )
