"""What is wrong with a document, in French: graphql-core's sentences told again, with the names they hold.

One that is not known here, as a later release may write, is told by its place alone: nothing is said in
English.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from gql.variable_faults import FORMS, null_given, shortened
from models import Invalid, Problem

if TYPE_CHECKING:
    from graphql import GraphQLError

# Of a sentence that repeats what was sent, more is not looked at.
LONGEST_READ = 1_000
# A variable that may be null, given null, where its argument may not: seen only once it is asked for.
_NULL_GIVEN = re.compile(r"Argument '(\w+)' .*Expected variable '\$(\w+)' ")
_SUGGESTED = re.compile(r" Did you mean (?P<names>.*?)\?")
_UNFIT = re.compile(r"(\w+) cannot represent .*?value: (.*)", re.DOTALL)
# By the sentences of graphql-core, where `'{}'` is a name and `{*}` anything; the French takes the names.
_SENTENCES: Final = {
    "Cannot query field '{}' on type '{}'.": "le champ {} n’existe pas dans {}",
    "Unknown argument '{}' on field '{}'.": "l’argument {} n’existe pas pour {}",
    "Unknown argument '{}' on directive '{}'.": "l’argument {} n’existe pas pour {}",
    "Argument '{}' of type '{}' is required, but it was not provided.": (
        "l’argument {}, de type {}, est obligatoire et manque"
    ),
    "Unknown type '{}'.": "le type {} n’existe pas",
    "Unknown directive '{}'.": "la directive {} n’existe pas",
    "Directive '{}' may not be used on {*}.": "la directive {} n’est pas à sa place",
    "The directive '{}' can only be used once at this location.": "la directive {} y est répétée",
    "Unknown fragment '{}'.": "le fragment {} n’existe pas",
    "Fragment '{}' is never used.": "le fragment {} ne sert pas",
    "Fragment '{}' cannot condition on non composite type '{}'.": "le fragment {} porte sur {}, sans champs",
    "Fragment cannot condition on non composite type '{}'.": "un fragment porte sur {}, sans champs",
    "Fragment '{}' cannot be spread here as objects of type '{}' can never be of type '{}'.": (
        "le fragment {} n’est pas à sa place, où se trouve {} et jamais {}"
    ),
    "Fragment cannot be spread here as objects of type '{}' can never be of type '{}'.": (
        "un fragment n’est pas à sa place, où se trouve {} et jamais {}"
    ),
    "Variable '{}' is not defined.": "la variable {} n’est pas déclarée",
    "Variable '{}' is not defined by operation '{}'.": "la variable {} n’est pas déclarée par l’opération {}",
    "Variable '{}' is never used.": "la variable {} ne sert pas",
    "Variable '{}' is never used in operation '{}'.": "la variable {} ne sert pas dans l’opération {}",
    "Variable '{}' of type '{}' used in position expecting type '{}'.": (
        "la variable {} est de type {}, là où il faut {}"
    ),
    "Variable '{}' cannot be non-input type '{}'.": "la variable {} ne peut pas être de type {}",
    "Field '{}' must not have a selection since type '{}' has no subfields.": (
        "le champ {}, de type {}, n’a pas de champs à choisir"
    ),
    "Field '{}' of type '{}' must have {*}": "le champ {}, de type {}, demande que l’on choisisse ses champs",
    "Fields '{}' conflict because {*}": (
        "le nom {} désigne deux demandes différentes\u00a0: donnez à l’une un alias"
    ),
    "There can be only one argument named '{}'.": "l’argument {} est répété",
    "There can be only one operation named '{}'.": "deux opérations ont le nom {}",
    "There can be only one fragment named '{}'.": "deux fragments ont le nom {}",
    "There can be only one variable named '{}'.": "la variable {} est déclarée deux fois",
    "There can be only one input field named '{}'.": "le champ {} est répété",
    "This anonymous operation must be the only defined operation.": (
        "une opération sans nom doit être seule\u00a0: nommez-les toutes"
    ),
    "The '{}' definition is not executable.": "la définition {} n’est pas une opération",
    "The {*} operation is not supported by the schema.": "ce genre d’opération n’existe pas dans ce schéma",
    "Maximum introspection depth exceeded": "le schéma est demandé trop profondément",
    "Expected value of non-null type '{}' not to be None.": "une valeur de type {} ne peut pas être nulle",
    "Expected value of type '{}' to be an object, {*}": "il faut un objet {}",
    "Expected value of type '{}' to include required field '{}', {*}": (
        "il manque à {} le champ {}, obligatoire"
    ),
    "Expected value of type '{}' not to include unknown field '{}'{*}": "{} n’a pas de champ {}",
    "Expected value of type '{}'{*}": "une valeur n’est pas de type {}",
    "Value '{}' does not exist in '{}' enum.": "{} n’est pas une valeur de {}, dont le schéma donne la liste",
    "Enum '{}' cannot represent non-enum value: {*}": (
        "une valeur de {} s’écrit sans guillemets, comme le schéma la donne"
    ),
    "Syntax Error: Expected '{}', found {*}": "sa syntaxe est fautive, il y manque {}",
    "Syntax Error: Expected {*}": "sa syntaxe est fautive, ce qui est attendu n’y est pas",
    "Syntax Error: Unterminated string.": "sa syntaxe est fautive, un texte n’est pas fermé",
    "Syntax Error: {*}": "sa syntaxe est fautive",
}


def document_fault(error: GraphQLError) -> Problem:
    """The refusal of a document that graphql-core finds at fault: DOCUMENT_INVALID, VARIABLE_INVALID."""
    if null := _NULL_GIVEN.match(error.message):
        return null_given(*null.groups())
    message = error.message[:LONGEST_READ]
    words = _told(message)
    if error.locations:
        place = error.locations[0]
        words += f" (ligne {place.line}, colonne {place.column})"
    suggested = _SUGGESTED.search(message)
    names = re.findall(r"'([^']*)'", suggested["names"]) if suggested else []
    ended = f" Peut-être\u00a0: {', '.join(map(_quoted, names))}." if names else ""
    return Invalid(
        "DOCUMENT_INVALID", f"Le document GraphQL est invalide\u00a0: {words}.{ended}", path=("query",)
    )


def null_variable(error: GraphQLError) -> Problem | None:
    """The refusal of a null where a field was asked with it; None for any other error of a field."""
    return document_fault(error) if _NULL_GIVEN.match(error.message) else None


def _told(message: str) -> str:
    said = _SUGGESTED.sub("", message)
    for pattern, french in _KNOWN:
        if found := pattern.fullmatch(said):
            return french.format(*map(_quoted, found.groups()))
    if (unfit := _UNFIT.fullmatch(said)) and unfit[1] in FORMS:
        return f"au lieu de {_quoted(unfit[2])}, donnez {FORMS[unfit[1]]}"
    return "comparez-le au schéma"


def _quoted(name: str) -> str:
    return f"«\u00a0{shortened(name)}\u00a0»"


def _pattern(sentence: str) -> re.Pattern[str]:
    parts = re.split(r"('\{\}'|\{\*\})", sentence)
    kinds = {"'{}'": "'(.*?)'", "{*}": ".*"}
    return re.compile("".join(kinds.get(part) or re.escape(part) for part in parts), re.DOTALL)


_KNOWN: Final = [(_pattern(sentence), french) for sentence, french in _SENTENCES.items()]
