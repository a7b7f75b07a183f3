"""Which tabs of a form are closed to a reader: personal data, and what his convention does not open."""

from __future__ import annotations

from functools import lru_cache

from forms import load_pack


def tab_of(place: str) -> str:
    """The tab of a cell, a row or an instance, whose key tells who it is."""
    return place.partition(".")[0].partition("[")[0]


@lru_cache(maxsize=256)
def closed_tabs(pack: str, open_tabs: frozenset[str] | None, *, insider: bool) -> frozenset[str]:
    """The codes of the closed tabs, and of the groups that have no other: their keys tell who is in them.

    `open_tabs`: the only ones that the rules open (None: all); `insider`: personal data are open too.
    """
    definition = load_pack(pack)
    closed = frozenset() if insider else definition.sensitive_tabs
    if open_tabs is not None:
        closed |= definition.tabs.keys() - open_tabs
    if not closed:
        return closed
    open_groups = {tab.group for tab in definition.tabs.values() if tab.code not in closed}
    return closed | (definition.groups.keys() - open_groups)
