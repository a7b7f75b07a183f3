"""Casbin, loaded: the only source of every decision. The compiler reads it; the tests compare with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import casbin
from casbin.core_enforcer import EnforceContext

from authz.facts import Facts
from authz.grammar import understand
from authz.names import groups_of, kind_name
from authz.rights import step_in, tab_in
from authz.roles import LinearRoles

MODEL = Path(__file__).parent.parent / "casbin_model.conf"
LAYERS = tuple(EnforceContext("r", f"p{n}", f"e{n}", f"m{n}") for n in ("", "2", "3"))


class Enforcement:
    """One Casbin enforcer with the validated lines of one version, and its four relations."""

    def __init__(self, facts: Facts, model_text: str | None = None) -> None:
        model = casbin.Model()
        model.load_model_from_text(model_text or MODEL.read_text(encoding="utf-8"))
        understand(model)
        for ptype in ("p", "p2", "p3", "g"):
            # Casbin's add_policy searches the whole list at each line: 10,000 lines would cost minutes.
            section = "g" if ptype == "g" else "p"
            lines = (line.values for line in facts.lines if line.ptype == ptype)
            model[section][ptype].policy = _unique(lines)
        for relation, links in _derived(facts).items():
            model["g"][relation].policy = _unique(links)
        self._enforcer = self._enforcer_for(model)

    def _enforcer_for(self, model: Any) -> Any:  # noqa: ANN401 - Casbin publishes no types
        enforcer = casbin.Enforcer(model)
        enforcer.add_function("stepIn", step_in)
        enforcer.add_function("tabIn", tab_in)
        self.profiles, self.groups, self.members, self.consents = (LinearRoles() for _ in range(4))
        managers = {"g": self.profiles, "g2": self.groups, "g3": self.members, "g4": self.consents}
        for relation, manager in managers.items():
            enforcer.set_named_role_manager(relation, manager)
        enforcer.build_role_links()
        return enforcer

    def lines(self, ptype: str) -> Sequence[Sequence[str]]:
        """The loaded lines of one layer, as Casbin holds them."""
        loaded: list[list[str]] = self._enforcer.get_model()["p"][ptype].policy
        return loaded

    def layers(self, *request: str) -> tuple[bool, bool, bool]:
        """The three enforce() of one request: convention, boxes, ceiling.

        `request` is sub, dom, form, year, org, act, step, day, tab, all of them known names: Casbin is
        never asked about anything else.
        """
        convention, boxes, ceiling = (bool(self._enforcer.enforce(layer, *request)) for layer in LAYERS)
        return convention, boxes, ceiling


def _unique(lines: Iterable[Sequence[str]]) -> list[list[str]]:
    return [list(line) for line in dict.fromkeys(tuple(line) for line in lines)]


def _derived(facts: Facts) -> dict[str, list[tuple[str, ...]]]:
    """The relations that have no lines of their own: they follow from organisms, accounts, consents."""
    accounts = [(account.subject, account.organization) for account in facts.accounts if account.open]
    kinds = [(organization.key, kind_name(organization.kind)) for organization in facts.organizations]
    return {
        "g2": [(organism.key, group) for organism in facts.organisms for group in groups_of(organism)],
        "g3": [*accounts, *kinds],
        "g4": [
            (consent.organism, consent.partner, f"{consent.platform}/{consent.form}/{consent.year}")
            for consent in facts.consents
        ],
    }
