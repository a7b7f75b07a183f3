"""A role manager whose cost is the number of links.

Casbin's own, with domains, copies every link into every domain at the first check (10,000 users:
more than a minute) and keeps a node for each unknown name it is asked about. This one keeps two
plain maps, creates nothing when asked, and answers in the size of what the name reaches.
"""

from __future__ import annotations

Links = dict[str, dict[str, list[str]]]


class LinearRoles:
    """Links `name → role`, per domain ("" where the relation has none). Every name has itself as role."""

    def __init__(self) -> None:
        self._up: Links = {}
        self._down: Links = {}
        self._reach: dict[tuple[str, str], frozenset[str]] = {}

    def add_link(self, name: str, role: str, domain: str = "") -> None:
        """Add `name → role`; twice is once."""
        roles = self._up.setdefault(domain, {}).setdefault(name, [])
        if role not in roles:
            roles.append(role)
            self._down.setdefault(domain, {}).setdefault(role, []).append(name)
            self._reach.clear()

    def has_link(self, name: str, role: str, domain: str = "") -> bool:
        """Whether `name` is `role`, or reaches it. Casbin's matchers call this."""
        return role in self.reach(name, domain)

    def reach(self, name: str, domain: str = "") -> frozenset[str]:
        """`name` and every role it reaches. Only names with links are remembered: others would leak."""
        known = self._reach.get((name, domain))
        if known is None:
            links = self._up.get(domain, {})
            known = _closure(name, links)
            if name in links:
                self._reach[name, domain] = known
        return known

    def members(self, role: str, domain: str = "") -> frozenset[str]:
        """`role` and every name that reaches it."""
        return _closure(role, self._down.get(domain, {}))

    def domains(self) -> frozenset[str]:
        """The domains in which there is at least one link."""
        return frozenset(self._up)

    def clear(self) -> None:
        """Forget every link. Casbin calls this before it builds the links anew."""
        self._up.clear()
        self._down.clear()
        self._reach.clear()

    def print_roles(self) -> None:
        """Nothing: Casbin asks for a print after it has built the links, and our logs are elsewhere."""

    def __len__(self) -> int:
        return sum(len(roles) for names in self._up.values() for roles in names.values()) + len(self._reach)

    def __bool__(self) -> bool:
        # Casbin compares names when its manager is falsy; an empty one must still answer.
        return True


def _closure(start: str, links: dict[str, list[str]]) -> frozenset[str]:
    seen = {start}
    waiting = [start]
    while waiting:
        for name in links.get(waiting.pop(), ()):
            if name not in seen:
                seen.add(name)
                waiting.append(name)
    return frozenset(seen)
