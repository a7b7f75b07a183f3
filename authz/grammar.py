"""The model that the compiler was written for, condition by condition.

The compiler is exact for these conditions and for no others. A model that says more, less or
something else is refused whole, never guessed; order and spacing are free.
"""

from __future__ import annotations

import ast
import re
from typing import Any

from authz.faults import PolicyFault
from authz.lines import FIELDS

REQUEST = ("sub", "dom", "form", "year", "org", "act", "step", "day", "tab")
RELATIONS = {"g": 3, "g2": 2, "g3": 2, "g4": 3}
EFFECT = "some(where (p_eft == allow)) && !some(where (p_eft == deny))"

_COMMON = (
    "r_act == {p}_act",
    "stepIn(r_step, {p}_steps)",
    "r_dom == {p}_dom",
    "{p}_form == '*' or r_form == {p}_form",
)
_OWN = {
    "m": (
        "p_since <= r_day",
        "r_day <= p_until",
        "tabIn(r_tab, p_tabs)",
        "g3(r_sub, p_actor)",
        "g2(r_org, p_orgs) or (p_orgs == '@self' and g3(r_sub, r_org))",
        "p_consent == 'no' or g4(r_org, p_actor, r_dom + '/' + r_form + '/' + r_year)",
    ),
    "m2": ("g(r_sub, p2_sub, r_dom + '/' + r_form)",),
    "m3": ("g3(r_sub, p3_kind)",),
}


def understand(model: Any) -> None:  # noqa: ANN401 - Casbin publishes no types
    """Raise PolicyFault (MODEL_UNKNOWN) unless the loaded Casbin model is the one compiled from."""
    layers = {"p": "m", "p2": "m2", "p3": "m3"}
    for ptype in layers:
        expected = [f"{ptype}_{field}" for field in FIELDS[ptype]]
        _agree(_definition(model, "p", ptype).tokens == expected, ptype)
    _agree(_definition(model, "r", "r").tokens == [f"r_{field}" for field in REQUEST], "r")
    for relation, arity in RELATIONS.items():
        _agree(_definition(model, "g", relation).value.count("_") == arity, relation)
    # Casbin applies the first effect to the three layers, whatever the others say.
    for effect in ("e", "e2", "e3"):
        _agree(_definition(model, "e", effect).value == EFFECT, effect)
    for ptype, matcher in layers.items():
        known = {_canonical(text.format(p=ptype)) for text in (*_COMMON, *_OWN[matcher])}
        _agree(_conditions(_definition(model, "m", matcher).value) == known, matcher)
    _agree(_nothing_more(model), "sections")


def _definition(model: Any, section: str, key: str) -> Any:  # noqa: ANN401 - Casbin publishes no types
    found = (model[section] or {}).get(key)
    if found is None:
        raise PolicyFault("MODEL_UNKNOWN", "Le modèle de droits n’est pas complet.", key)
    return found


def _nothing_more(model: Any) -> bool:  # noqa: ANN401 - Casbin publishes no types
    expected = {"r": 1, "p": 3, "e": 3, "m": 3, "g": 4}
    return {section: len(definitions) for section, definitions in model.items()} == expected


def _agree(holds: bool, key: str) -> None:  # noqa: FBT001 - an assertion that survives python -O
    if not holds:
        raise PolicyFault("MODEL_UNKNOWN", "Le modèle de droits n’est pas celui que Harmonia connaît.", key)


def _conditions(matcher: str) -> set[str]:
    python = re.sub(r"!(?!=)", "not ", matcher.replace("&&", " and ").replace("||", " or "))
    try:
        tree = ast.parse(python.strip(), mode="eval").body
    except SyntaxError:
        return set()
    is_and = isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.And)
    return {
        ast.unparse(part) for part in (tree.values if isinstance(tree, ast.BoolOp) and is_and else [tree])
    }


def _canonical(text: str) -> str:
    return ast.unparse(ast.parse(text, mode="eval").body)
