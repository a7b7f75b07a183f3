"""Where a rule looks, for the browser to leave it out when all of it is hidden or is for others."""

from __future__ import annotations

from forms.pack import Pack
from forms.structure import Check

# A tab or a line, the kinds of organism that it is for (None: all), whether each instance has its own.
Place = tuple[str, list[str] | None, bool]


def check_places(pack: Pack, check: Check) -> list[Place] | None:
    """The lines and tabs of the rule, one of which must be shown; None where one always is."""
    conditions = {stage.condition.name for stage in pack.program.stages if stage.condition}
    found: dict[str, Place] = {}
    for cell in check.cells:
        line, only = cell.rpartition(".")[0], pack.cells[cell].only
        tab = line.partition(".")[0]
        if only is None and not {tab, line} & conditions:
            return None
        found[line] = line, None if only is None else sorted(only), _has_instances(pack, check, tab)
    if check.cells or not check.tables:
        return list(found.values()) or None
    if not set(check.tables) <= conditions:
        return None
    return [(table, None, _has_instances(pack, check, table)) for table in check.tables]


def _has_instances(pack: Pack, check: Check, tab: str) -> bool:
    return check.group is not None and tab in pack.tabs and pack.tabs[tab].group == check.group
