"""Casbin, loaded: the only source of every decision. The compiler reads it; the tests compare with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import casbin
from casbin.core_enforcer import EnforceContext

from authz.derived import derived_links
from authz.facts import Facts
from authz.grammar import understand
from authz.lines import FIELDS, Line
from authz.loaded import Link, Loaded
from authz.rights import step_in, tab_in
from authz.roles import LinearRoles

if TYPE_CHECKING:
    from authz.derived import LinkChanges

MODEL = Path(__file__).parent.parent / "casbin_model.conf"
LAYERS = tuple(EnforceContext("r", f"p{n}", f"e{n}", f"m{n}") for n in ("", "2", "3"))


class Enforcement:
    """One Casbin enforcer with the validated lines of one version, and its four relations.

    Never changed once it is built: `changed` makes the next one, which shares what is the same.
    """

    def __init__(self, facts: Facts, model_text: str | None = None) -> None:
        self._text = model_text or MODEL.read_text(encoding="utf-8")
        # Casbin's add_policy searches the whole list at each line: 10,000 lines would cost minutes.
        self._lines = {ptype: Loaded(line for line in facts.lines if line.ptype == ptype) for ptype in FIELDS}
        self._links = derived_links(facts)
        self._managers = {"g": _linked(self._lines["g"].values)}
        self._managers |= {relation: _linked(links) for relation, links in self._links.items()}
        self._load()

    def _load(self) -> None:
        model = casbin.Model()
        model.load_model_from_text(self._text)
        understand(model)
        for ptype, lines in self._lines.items():
            model[ptype[0]][ptype].policy = lines.values
        for relation, links in self._links.items():
            model["g"][relation].policy = links
        self._enforcer: Any = casbin.Enforcer(model)
        self._enforcer.add_function("stepIn", step_in)
        self._enforcer.add_function("tabIn", tab_in)
        for relation, manager in self._managers.items():
            self._enforcer.set_named_role_manager(relation, manager)
            # In place of build_role_links, which would add every link anew at each change.
            model["g"][relation].rm = manager
        self.profiles, self.groups = self._managers["g"], self._managers["g2"]
        self.members, self.consents = self._managers["g3"], self._managers["g4"]

    def changed(self, added: Sequence[Line], closed: Sequence[Line], links: LinkChanges) -> Enforcement:
        """The enforcement with these lines and links taken away and added; this one stays as it is.

        PolicyFault (POLICY_DELTA_UNCLEAR) when what is to be taken away is not there.
        """
        new = copy(self)
        new._become(added, closed, links)  # noqa: SLF001 - a copy of its own class
        return new

    def _become(self, added: Sequence[Line], closed: Sequence[Line], links: LinkChanges) -> None:
        self._lines = {
            ptype: _changed(loaded, _of(ptype, closed), _of(ptype, added))
            for ptype, loaded in self._lines.items()
        }
        self._links = {
            relation: _replaced(found, *links.get(relation, ((), ())))
            for relation, found in self._links.items()
        }
        profiles = [line.values for line in _of("g", closed)], [line.values for line in _of("g", added)]
        changes: LinkChanges = {**links, "g": profiles}
        self._managers = {
            relation: _relinked(manager, *changes.get(relation, ((), ())))
            for relation, manager in self._managers.items()
        }
        self._load()

    def lines(self, ptype: str) -> Sequence[Link]:
        """The loaded lines of one type (p, p2, p3, g, g2, g3, g4), as Casbin holds them."""
        loaded: list[Link] = self._enforcer.get_model()[ptype[0]][ptype].policy
        return loaded

    def numbered(self, ptype: str) -> Iterable[tuple[int, Link]]:
        """The loaded lines of p, p2, p3 or g, each with the number it is stored under (0: not stored)."""
        return self._lines[ptype]

    def layers(self, *request: str) -> tuple[bool, bool, bool]:
        """The three enforce() of one request: convention, boxes, ceiling.

        `request` is sub, dom, form, year, org, act, step, day, tab, all of them known names: Casbin is
        never asked about anything else.
        """
        convention, boxes, ceiling = (bool(self._enforcer.enforce(layer, *request)) for layer in LAYERS)
        return convention, boxes, ceiling


def _of(ptype: str, lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if line.ptype == ptype]


def _changed(loaded: Loaded, closed: list[Line], added: list[Line]) -> Loaded:
    return loaded.changed(closed, added) if closed or added else loaded


def _replaced(found: list[Link], gone: Sequence[Link], come: Sequence[Link]) -> list[Link]:
    if not gone and not come:
        return found
    left_out = set(gone)
    return [*(link for link in found if link not in left_out), *come] if gone else [*found, *come]


def _linked(links: Iterable[Link]) -> LinearRoles:
    manager = LinearRoles()
    for link in links:
        manager.add_link(*link)
    return manager


def _relinked(manager: LinearRoles, gone: Sequence[Link], come: Sequence[Link]) -> LinearRoles:
    if not gone and not come:
        return manager
    new = manager.copied()
    for link in gone:
        new.delete_link(*link)
    for link in come:
        new.add_link(*link)
    return new
