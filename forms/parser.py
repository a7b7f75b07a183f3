"""From the text of a formula to its tree, by the grammar of docs/packs.md."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from forms.errors import FormulaError
from forms.lexer import Token, tokens
from forms.nodes import (
    COMPARISONS,
    Binary,
    Call,
    ColumnSum,
    ListName,
    Name,
    Negate,
    Node,
    Number,
    Param,
    RowCount,
    Span,
    Text,
)
from forms.units import MICRO_DIGITS
from forms.values import micro

# Function → fewest and most arguments.
ARITY = {
    "SI": (3, 3),
    "MAX": (1, 20),
    "MIN": (1, 20),
    "ARRONDI": (2, 2),
    "VIDE": (0, 0),
    "VIDEQ": (1, 1),
    "LUHN": (1, 1),
    "VARPCT": (2, 2),
    "SIVIDE": (2, 2),
    "ABS": (1, 1),
    "ET": (1, 20),
    "OU": (1, 20),
    "NON": (1, 1),
    "DANS": (2, 20),
    "MOIS": (2, 2),
    "JOURS": (2, 2),
    "ANNEE": (1, 1),
    "IBAN": (1, 1),
}
# Deeper and longer than any formula one can read; together below what Python nests when it compiles
# (200 parentheses) and what those who walk the tree may recurse.
_MAX_DEPTH = 20
_MOST_TERMS = 100
_MOST_CHARACTERS = 2_000
_MOST_DIGITS = 15
_LINE = re.compile(r"L[0-9]{3}|\*")


@lru_cache(maxsize=4096)
def parse(text: str) -> Node:
    """The tree of a formula, its names unresolved; FormulaError with the offset of the fault.

    A formula has 2,000 characters and 100 terms (numbers, names, calls, parentheses) at most.
    """
    if len(text) > _MOST_CHARACTERS:
        message = (
            f"Une formule tient en {_MOST_CHARACTERS} caractères : répartissez-la sur plusieurs cellules."
        )
        raise FormulaError(message, _MOST_CHARACTERS)
    return _Parser(tokens(text)).formula()


class _Parser:
    def __init__(self, words: list[Token]) -> None:
        self._words = words
        self._index = 0
        self._depth = 0
        self._terms = 0

    def formula(self) -> Node:
        node = self._comparison()
        if self._word.kind != "end":
            raise self._unexpected("la fin de la formule")
        return node

    @property
    def _word(self) -> Token:
        return self._words[self._index]

    def _next(self) -> Token:
        word = self._word
        self._index += 1
        return word

    def _take(self, sign: str) -> bool:
        taken = self._word.kind == "sign" and self._word.text == sign
        self._index += taken
        return taken

    def _expect(self, sign: str) -> None:
        if not self._take(sign):
            raise self._unexpected(f"« {sign} »")

    def _unexpected(self, awaited: str) -> FormulaError:
        found = f"« {self._word.text} »" if self._word.text else "la fin du texte"
        return FormulaError(f"{awaited} était attendu, et non {found}.", self._word.offset)

    def _comparison(self) -> Node:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise FormulaError("Cette formule emboîte trop de parenthèses.", self._word.offset)
        left = self._chain(self._product, "+-")
        word = self._word
        if word.kind == "sign" and word.text in COMPARISONS:
            self._next()
            left = Binary(word.text, left, self._chain(self._product, "+-"), word.offset)
        self._depth -= 1
        return left

    def _product(self) -> Node:
        return self._chain(self._unary, "*/")

    def _chain(self, item: Callable[[], Node], signs: str) -> Node:
        left = item()
        while self._word.kind == "sign" and self._word.text in signs:
            word = self._next()
            left = Binary(word.text, left, item(), word.offset)
        return left

    def _unary(self) -> Node:
        offset = self._word.offset
        return Negate(self._atom(), offset) if self._take("-") else self._atom()

    def _atom(self) -> Node:
        word = self._word
        self._terms += 1
        if self._terms > _MOST_TERMS:
            message = f"Une formule tient en {_MOST_TERMS} termes : répartissez-la sur plusieurs cellules."
            raise FormulaError(message, word.offset)
        if word.kind == "number":
            return self._number(self._next())
        if word.kind == "text":
            return Text(self._next().text[1:-1], word.offset)
        if self._take("("):
            node = self._comparison()
            self._expect(")")
            return node
        if word.kind == "name" and self._words[self._index + 1].text == "(":
            return self._call(self._next())
        return self._name()

    def _number(self, word: Token) -> Number:
        whole, _, decimals = word.text.partition(".")
        if len(whole) > _MOST_DIGITS or len(decimals) > MICRO_DIGITS:
            raise FormulaError("Un nombre porte au plus quinze chiffres et six décimales.", word.offset)
        return Number(micro(word.text), word.offset)

    def _call(self, word: Token) -> Node:
        self._expect("(")
        match word.text:
            case "S":
                node: Node = self._span(word.offset)
            case "COL":
                node = ColumnSum(*self._column(), offset=word.offset)
            case "SOMMESI":
                node = self._sum_if(word.offset)
            case "NBLIG":
                node = RowCount(self._identifier(), word.offset)
            case "PARAM":
                node = self._param(word.offset)
            case _:
                node = self._function(word)
        self._expect(")")
        return node

    def _span(self, offset: int) -> Span:
        first = self._name()
        self._expect(":")
        return Span(first, self._name(), offset)

    def _column(self) -> tuple[str, str]:
        """`TAB.COLUMN`, or `TAB.LINE.COLUMN` in a group: the tab and the rest."""
        tab = self._identifier()
        self._expect(".")
        column = self._identifier()
        if _LINE.fullmatch(column):
            self._expect(".")
            column = f"{column}.{self._identifier()}"
        return tab, column

    def _sum_if(self, offset: int) -> ColumnSum:
        tab, column = self._column()
        self._expect(";")
        where = ".".join(self._column())
        self._expect(";")
        value = self._unary()
        if isinstance(value, Negate) and isinstance(value.item, Number):
            value = Number(-value.item.micro, value.offset)
        if not isinstance(value, (Number, Text)):
            raise FormulaError("SOMMESI compare à un texte ou à un nombre écrit ici.", value.offset)
        return ColumnSum(tab, column, where, value, offset=offset)

    def _param(self, offset: int) -> Param:
        if self._word.kind != "text":
            raise self._unexpected("Le nom d’un paramètre, entre guillemets droits,")
        return Param(self._next().text[1:-1], offset=offset)

    def _function(self, word: Token) -> Call:
        if word.text not in ARITY:
            raise FormulaError(f"La fonction « {word.text} » n’existe pas.", word.offset)
        arguments: list[Node] = []
        if self._word.text != ")":
            arguments.append(self._argument(word.text))
        while self._take(";"):
            arguments.append(self._argument(word.text))
        fewest, most = ARITY[word.text]
        if not fewest <= len(arguments) <= most:
            raise FormulaError(f"{word.text} ne prend pas {len(arguments)} argument(s).", word.offset)
        return Call(word.text, tuple(arguments), word.offset)

    def _argument(self, function: str) -> Node:
        word = self._word
        if word.kind == "list" and function == "DANS":
            return ListName(self._next().text.partition(":")[2], word.offset)
        return self._comparison()

    def _identifier(self) -> str:
        if self._word.kind != "name":
            raise self._unexpected("Un code d’onglet ou de colonne")
        return self._next().text

    def _name(self) -> Name:
        start = self._word.offset
        parts = [self._part()]
        while self._take("."):
            parts.append(self._part())
        tab, line, column = self._sort(parts, start)
        return Name(tab, line, column, self._take("#"), start)

    def _part(self) -> str:
        if self._word.kind == "name" or self._word.text == "*":
            return self._next().text
        raise self._unexpected("Une référence, un nombre ou une parenthèse")

    def _sort(self, parts: list[str], offset: int) -> tuple[str | None, str | None, str | None]:
        lines = [_LINE.fullmatch(part) is not None for part in parts]
        match lines:
            case [True]:
                return None, parts[0], None
            case [False]:
                return None, None, parts[0]
            case [True, False]:
                return None, parts[0], parts[1]
            case [False, True]:
                return parts[0], parts[1], None
            case [False, True, False]:
                return parts[0], parts[1], parts[2]
            case _:
                raise FormulaError("Une référence s’écrit ONGLET.LIGNE.COLONNE.", offset)
