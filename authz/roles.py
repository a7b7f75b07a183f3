"""A role manager whose cost is the number of links, and in which a default stands for what is not said.

Casbin's own, with domains, copies every link into every domain at the first check (10,000 users:
more than a minute) and keeps a node for each unknown name it is asked about. This one keeps two
plain maps, creates nothing when asked, and answers in the size of what the name reaches.

A name that has no link in `MIN/ER` has those of `MIN/*`: a profile by default reaches a form that is opened
years later, and one of its own for a form takes its place there.
"""

from __future__ import annotations

Links = dict[str, list[str]]

EVERY = "*"


class LinearRoles:
    """Links `name → role`, per domain ("" where the relation has none). Every name has itself as role."""

    def __init__(self) -> None:
        self._up: dict[str, Links] = {}
        self._down: dict[str, Links] = {}
        self._reach: dict[str, dict[str, frozenset[str]]] = {}
        # The domains that another manager reads as well: each is copied before its first change.
        self._shared: set[str] = set()

    def copied(self) -> LinearRoles:
        """The same links in a manager of its own; neither sees what the other changes afterwards."""
        copy = LinearRoles()
        copy._up, copy._down, copy._reach = dict(self._up), dict(self._down), dict(self._reach)
        copy._shared = set(self._up)
        self._shared |= copy._shared
        return copy

    def add_link(self, name: str, role: str, domain: str = "") -> None:
        """Add `name → role`; added twice, it is there until it is deleted twice."""
        up, down = self._opened(domain)
        up.setdefault(name, []).append(role)
        down.setdefault(role, []).append(name)

    def delete_link(self, name: str, role: str, domain: str = "") -> None:
        """Take one `name → role` away. KeyError when there is none."""
        if not self.linked(name, role, domain):
            raise KeyError(name, role, domain)
        up, down = self._opened(domain)
        for links, key, value in ((up, name, role), (down, role, name)):
            links[key].remove(value)
            if not links[key]:
                del links[key]
        if not up:
            for every in (self._up, self._down, self._reach):
                every.pop(domain, None)

    def _opened(self, domain: str) -> tuple[Links, Links]:
        """The links of a domain, ready to be changed by this manager alone."""
        if domain in self._shared:
            self._shared.discard(domain)
            for every in (self._up, self._down):
                every[domain] = {name: list(found) for name, found in every[domain].items()}
            self._reach.pop(domain, None)
        elif domain in self._reach:
            del self._reach[domain]
        return self._up.setdefault(domain, {}), self._down.setdefault(domain, {})

    def linked(self, name: str, role: str, domain: str = "") -> bool:
        """Whether there is a link from `name` to `role` itself."""
        return role in self._up.get(domain, {}).get(name, ())

    def has_link(self, name: str, role: str, domain: str = "") -> bool:
        """Whether `name` is `role`, or reaches it. Casbin's matchers call this."""
        return role in self.reach(name, domain)

    def reach(self, name: str, domain: str = "") -> frozenset[str]:
        """`name` and every role it reaches. Only names with links are remembered: others would leak."""
        known = self._reach.get(domain, {}).get(name)
        if known is None:
            links = self._up.get(domain, {})
            default = default_of(domain)
            if name not in links and default in self._up:
                return self.reach(name, default)
            known = _closure(name, links)
            if name in links:
                self._reach.setdefault(domain, {})[name] = known
        return known

    def members(self, role: str, domain: str = "") -> frozenset[str]:
        """`role` and every name that reaches it."""
        found = _closure(role, self._down.get(domain, {}))
        default = default_of(domain)
        if default not in self._up:
            return found
        own = self._up.get(domain, {})
        return found | {name for name in self.members(role, default) if name not in own}

    def domains(self) -> frozenset[str]:
        """The domains in which there is at least one link."""
        return frozenset(self._up)

    def clear(self) -> None:
        """Forget every link. Casbin calls this before it builds the links anew."""
        self._up, self._down, self._reach, self._shared = {}, {}, {}, set()

    def print_roles(self) -> None:
        """Nothing: Casbin asks for a print after it has built the links, and our logs are elsewhere."""

    def __len__(self) -> int:
        links = sum(len(roles) for names in self._up.values() for roles in names.values())
        return links + sum(map(len, self._reach.values()))

    def __bool__(self) -> bool:
        # Casbin compares names when its manager is falsy; an empty one must still answer.
        return True


def default_of(domain: str) -> str | None:
    """The domain that says what a name has where it has nothing of its own: `MIN/ER` → `MIN/*`."""
    first, slash, rest = domain.partition("/")
    return f"{first}/{EVERY}" if slash and rest != EVERY else None


def _closure(start: str, links: Links) -> frozenset[str]:
    seen = {start}
    waiting = [start]
    while waiting:
        for name in links.get(waiting.pop(), ()):
            if name not in seen:
                seen.add(name)
                waiting.append(name)
    return frozenset(seen)
