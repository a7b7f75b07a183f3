"""Cedar beside us, where `cedarpy` is installed (requirements-bench.txt): the same lines, as its policies.

In its favour: profiles hold for every form, dates are left out, and it is asked about one dossier whose
consents are at hand. Policies and entities are read once; one decision is three requests, as with Casbin.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
from typing import TYPE_CHECKING, Any

from authz import Right
from authz.names import groups_of, kind_name
from bench.timing import milliseconds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from authz import Line, Target
    from authz.facts import Facts

LAYERS = ("p", "p2", "p3")


def installed() -> bool:
    """Whether there is anything to measure beside."""
    return importlib.util.find_spec("cedarpy") is not None


def microseconds(facts: Facts, subject: str, target: Target, rounds: int) -> tuple[float, bool]:
    """Whether the subject may read the target, by all three layers: how long it takes, and the answer."""
    cedar: Any = importlib.import_module("cedarpy")
    policies = cedar.PolicySet.from_str("\n".join(_policy(line) for line in facts.lines if line.ptype != "g"))
    entities = cedar.Entities.from_json_str(json.dumps(list(_entities(facts, target))))
    dossier = _id("dossier")
    requests = [
        {
            "principal": _id(subject),
            "action": _id(f"{layer}/{Right.READ}", "Action"),
            "resource": dossier,
        }
        for layer in LAYERS
    ]

    def ask() -> bool:
        return all(cedar.is_authorized(request, policies, entities).allowed for request in requests)

    return milliseconds(ask, rounds) * 1_000, ask()


def _id(name: str, kind: str = "Thing") -> str:
    return f"{kind}::{json.dumps(name)}"


def _policy(line: Line) -> str:
    who, form, right = line.values[0], line.field("form"), line.field("act")
    steps = ", ".join(line.field("steps"))
    conditions = [f"[{steps}].contains(resource.step)"]
    if form != "*":
        conditions.append(f"resource.form == {json.dumps(form)}")
    where = "resource"
    if line.ptype == "p" and line.field("orgs") == "@self":
        conditions.append("resource in principal.body")
    elif line.ptype == "p":
        where = f"resource in {_id(line.field('orgs'))}"
    if line.ptype == "p" and line.field("consent") == "yes":
        conditions.append(f"resource.consents.contains({json.dumps(who)})")
    effect = "permit" if line.field("eft") == "allow" else "forbid"
    action = _id(f"{line.ptype}/{right}", "Action")
    head = f"principal in {_id(who)}, action == {action}, {where}"
    return f"{effect} ({head}) when {{ {' && '.join(conditions)} }};"


def _entities(facts: Facts, target: Target) -> Iterator[dict[str, Any]]:
    for organism in facts.organisms:
        yield _entity(organism.key, groups_of(organism))
    for body in facts.organizations:
        yield _entity(f"body/{body.key}", [body.key, kind_name(body.kind)])
    profiles: dict[str, list[str]] = {}
    for line in facts.lines:
        if line.ptype == "g":
            profiles.setdefault(line.values[0], []).append(line.values[1])
    for account in facts.accounts:
        parents = [f"body/{account.organization}", *profiles.get(account.subject, ())]
        yield _entity(account.subject, parents, body={"__entity": _uid(account.organization)})
    consents = [
        consent.partner
        for consent in facts.consents
        if (consent.organism, consent.form, consent.year) == (target.organism, target.form, target.year)
    ]
    yield _entity("dossier", [target.organism], form=target.form, step=target.step, consents=consents)


def _entity(name: str, parents: Any, **attributes: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    return {"uid": _uid(name), "attrs": attributes, "parents": [_uid(parent) for parent in parents]}


def _uid(name: str) -> dict[str, str]:
    return {"type": "Thing", "id": name}
