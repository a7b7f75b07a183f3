"""From the generated Python functions to JavaScript: the rules are written once, by `expressions`.

Only what `codegen` writes is understood, anything else is a fault of ours. An integer of 10⁻⁶
becomes a BigInt, a blank `null`: `or`, `and` and conditions then mean the same in both languages.
"""

from __future__ import annotations

import ast
import json
import re
from dataclasses import dataclass, field

_OPERATORS: dict[type[ast.AST], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Mod: "%",
    ast.And: "&&",
    ast.Or: "||",
    ast.Not: "!",
    ast.USub: "-",
    ast.Eq: "===",
    ast.NotEq: "!==",
    ast.Is: "===",
    ast.IsNot: "!==",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}
_UNDERSCORE = re.compile(r"_([a-z])")


def camel(name: str) -> str:
    """`to_decimals` → `toDecimals`: what the browser's runtime calls it."""
    return _UNDERSCORE.sub(lambda match: match[1].upper(), name)


@dataclass(slots=True)
class Translation:
    """`functions`: one arrow function a line, each under its Python name; `helpers`: what they call."""

    functions: list[str] = field(default_factory=list)
    helpers: set[str] = field(default_factory=set)

    def add(self, source: str) -> Translation:
        """Translate every function of the Python text. Raises TypeError beyond what codegen writes."""
        for statement in ast.parse(source).body:
            if not isinstance(statement, ast.FunctionDef):
                raise _unknown(statement)
            self.functions.append(self._function(statement))
        return self

    def _function(self, function: ast.FunctionDef) -> str:
        arguments = ", ".join(argument.arg for argument in function.args.args)
        named = [node.target.id for node in ast.walk(function) if isinstance(node, ast.NamedExpr)]
        declared = f"let {', '.join(dict.fromkeys(named))}; " if named else ""
        body = " ".join(self._statement(statement) for statement in function.body)
        return f"const {function.name} = ({arguments}) => {{ {declared}{body} }};"

    def _statement(self, node: ast.stmt) -> str:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                return f"const {name} = {self._expression(value)};"
            case ast.If(test=test, body=body, orelse=[]):
                inner = " ".join(self._statement(statement) for statement in body)
                return f"if ({self._expression(test)}) {{ {inner} }}"
            case ast.Return(value=ast.expr() as value):
                return f"return {self._expression(value)};"
            case _:
                raise _unknown(node)

    def _expression(self, node: ast.expr) -> str:
        match node:
            case ast.Constant(value=value):
                return constant(value)
            case ast.Name(id=name):
                return name
            case ast.Subscript(value=values, slice=slot):
                return f"{self._expression(values)}[{self._expression(slot)}]"
            case ast.NamedExpr(target=target, value=value):
                return f"({target.id} = {self._expression(value)})"
            case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]):
                self.helpers.add(camel(name))
                return f"{camel(name)}({self._listed(arguments)})"
            case _:
                return f"({self._operation(node)})"

    def _operation(self, node: ast.expr) -> str:
        match node:
            case ast.IfExp(test=test, body=yes, orelse=no):
                return f"{self._expression(test)} ? {self._expression(yes)} : {self._expression(no)}"
            case ast.BoolOp(op=operator, values=values):
                return f" {_OPERATORS[type(operator)]} ".join(self._expression(value) for value in values)
            case ast.UnaryOp(op=operator, operand=item):
                return f"{_OPERATORS[type(operator)]}{self._expression(item)}"
            case ast.BinOp(left=left, op=operator, right=right):
                return f"{self._expression(left)} {_OPERATORS[type(operator)]} {self._expression(right)}"
            case ast.Compare():
                return self._comparison(node)
            case _:
                raise _unknown(node)

    def _comparison(self, node: ast.Compare) -> str:
        # `-5 <= gap <= 5`: what stands in the middle is written twice, so it must be a mere name.
        if not all(isinstance(middle, ast.Name) for middle in node.comparators[:-1]):
            raise _unknown(node)
        sides = [self._expression(side) for side in (node.left, *node.comparators)]
        signs = [_OPERATORS[type(operator)] for operator in node.ops]
        pairs = zip(sides, signs, sides[1:], strict=False)
        return " && ".join(" ".join(pair) for pair in pairs)

    def _listed(self, items: list[ast.expr]) -> str:
        return ", ".join(self._expression(item) for item in items)


def constant(value: object) -> str:
    """A number, a text or a blank, as JavaScript writes it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    # ASCII throughout: no line separator may end a line of the script within a text.
    return f"{value}n" if isinstance(value, int) else json.dumps(value)


def _unknown(node: ast.AST) -> TypeError:
    return TypeError(f"codegen writes something that is not translated: {ast.dump(node)[:200]}")
