"""Sets of organisms as one integer: a byte an organism, so that a rule over a thousand is one operation.

A set holds 1 in the byte of each member; multiplied by a rule's step bits it holds, per organism, the
steps that the rule speaks of. The result of a compilation is read back as `bytes`.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from uuid import UUID

from authz.enforcement import Enforcement
from authz.facts import OrganismFact


class Organisms:
    """The organisms of one version, their places, and the sets that groups and consents make.

    `known`: all of them by key, in the order of their places.
    """

    def __init__(self, organisms: Iterable[OrganismFact], enforcement: Enforcement) -> None:
        self._enforcement = enforcement
        self.known = {organism.key: organism for organism in organisms}
        self.places = {key: place for place, key in enumerate(self.known)}
        self.ids: tuple[UUID, ...] = tuple(organism.id for organism in self.known.values())
        self.every = self.gather(self.places)
        self._groups: dict[str, int] = {}
        self._consents: dict[tuple[str, str], int] = {}
        self._seen: dict[bytes, bytes] = {}

    def after(self, enforcement: Enforcement, domains: Iterable[str]) -> Organisms:
        """The same organisms under a changed enforcement, in which the consents of these domains changed."""
        new = copy(self)
        new._become(enforcement, set(domains))  # noqa: SLF001 - a copy of its own class
        return new

    def _become(self, enforcement: Enforcement, moved: set[str]) -> None:
        self._enforcement = enforcement
        self._groups = dict(self._groups)
        self._consents = {key: found for key, found in self._consents.items() if key[1] not in moved}

    def gather(self, names: Iterable[str]) -> int:
        """The set of those of `names` that are organisms."""
        flags = bytearray(len(self.places))
        for name in names:
            place = self.places.get(name)
            if place is not None:
                flags[place] = 1
        return int.from_bytes(flags, "little")

    def group(self, name: str) -> int:
        """The organisms that `g2` puts into a group; the name comes from a line, never from a request."""
        known = self._groups.get(name)
        if known is None:
            known = self._groups[name] = self.gather(self._enforcement.groups.members(name))
        return known

    def consenting(self, actor: str, domain: str) -> int:
        """The organisms whose consent `g4` gives to `actor` in `PLATFORM/FORM/YEAR`."""
        known = self._consents.get((actor, domain))
        if known is None:
            members = self._enforcement.consents.members(actor, domain)
            known = self._consents[actor, domain] = self.gather(members)
        return known

    def table(self, steps: int) -> bytes:
        """One byte of step bits an organism; equal tables are one object, shared by all viewers."""
        flat = steps.to_bytes(len(self.places), "little")
        return self._seen.setdefault(flat, flat)
