"""The policy that an edit would give, built beside the one in force."""

from __future__ import annotations

from dataclasses import dataclass, replace

from authz.faults import PolicyFault
from authz.lines import Line
from authz.policy import Policy
from authz.store import read_facts
from authz.viewer import Viewer
from models import Invalid


@dataclass(frozen=True, slots=True)
class Edits:
    """Lines to add, and living lines to close."""

    add: tuple[Line, ...]
    close: tuple[Line, ...]


async def resulting(editor: Viewer, edits: Edits) -> tuple[Policy, Policy]:
    """The policy before, and after. Raises Invalid with the fault's code and path."""
    before = editor.authority.policy
    facts = await read_facts()
    closed = {line.id for line in edits.close}
    kept = tuple(line for line in facts.lines if line.id not in closed)
    try:
        # The new ones first: a fault then names the line by its place in what was sent.
        return before, Policy(replace(facts, lines=(*edits.add, *kept)))
    except PolicyFault as fault:
        raise Invalid(fault.code, fault.message, path=("add", *fault.path)) from fault
