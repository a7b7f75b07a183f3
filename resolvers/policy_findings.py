"""What the linter says of a platform's rules: those in force, or those that a change would give."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from authz import Line
from authz.clock import today
from authz.lint import Finding, lint_policy
from authz.policy import Policy
from authz.rule_text import Naming, naming
from authz.store import read_facts

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding, and the names by which it is told."""

    finding: Finding
    names: Naming

    @property
    def place(self) -> str:
        """The type of the line and its number; a line not yet written has none."""
        line = self.finding.line
        return f"{line.ptype} #{line.id}" if line.id is not None else line.ptype

    @property
    def sentence(self) -> str:
        """What is wrong, in French."""
        return self.finding.sentence(self.names)


async def findings(policy: Policy, platform: str) -> tuple[FindingRow, ...]:
    """The findings on the platform's lines in force."""
    found = await _found(policy, (), ())
    return tuple(row for row in found if row.finding.line.field("dom") == platform)


async def findings_after(policy: Policy, add: Sequence[Line], close: Collection[int]) -> list[FindingRow]:
    """The findings on lines that a change adds, and on those in force that it makes useless."""
    found = await _found(policy, add, close)
    return [row for row in found if any(line.id is None for line in (row.finding.line, *row.finding.others))]


async def _found(policy: Policy, add: Sequence[Line], close: Collection[int]) -> tuple[FindingRow, ...]:
    facts = await read_facts()
    closing = frozenset(close)
    kept = tuple(line for line in facts.lines if line.id not in closing)
    # Seconds of computing on a large policy: never on the loop that answers everyone.
    found = await asyncio.to_thread(lint_policy, replace(facts, lines=(*kept, *add)), today().date)
    names = naming(policy)
    return tuple(FindingRow(one, names) for one in found if one.line.ptype != "g")
