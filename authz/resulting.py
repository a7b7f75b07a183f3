"""The policy that an edit would give, made beside the one in force from what changes, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, replace

from authz.changing import changed
from authz.delta import read_delta
from authz.facts import Delta
from authz.faults import PolicyFault
from authz.lines import Line
from authz.policy import Policy
from authz.store import read_facts, read_version
from authz.viewer import Viewer
from models import Invalid

UNCLEAR = "POLICY_DELTA_UNCLEAR"


@dataclass(frozen=True, slots=True)
class Edits:
    """Lines to add, and living lines to close."""

    add: tuple[Line, ...]
    close: tuple[Line, ...]


async def resulting(editor: Viewer, edits: Edits) -> tuple[Policy, Policy]:
    """The policy before, and after; what others changed meanwhile, and the caller here, is in it.

    Raises Invalid with the fault's code and path.
    """
    known = editor.authority.policy
    try:
        return await _changed(known, edits) or (known, await _read_whole(edits))
    except PolicyFault as fault:
        raise Invalid(fault.code, fault.message, path=("add", *fault.path)) from fault


async def _changed(known: Policy, edits: Edits) -> tuple[Policy, Policy] | None:
    """The two policies, from what changed; None when that cannot be followed."""
    meanwhile: Delta | None = Delta(known.version, known.version + 1)
    if await read_version() != known.version:
        meanwhile = await read_delta(known.version)
    if meanwhile is None:
        return None
    try:
        return _followed(known, meanwhile, edits)
    except PolicyFault as fault:
        if fault.code == UNCLEAR:
            return None
        raise


def _followed(known: Policy, meanwhile: Delta, edits: Edits) -> tuple[Policy, Policy]:
    closing = {line.id for line in edits.close}
    came = tuple(line for line in meanwhile.added if line.id not in closing)
    here = {line.id for line in meanwhile.added}
    went = tuple(line for line in edits.close if line.id not in here)
    # The new ones first: a fault then names the line by its place in what was sent.
    delta = replace(meanwhile, added=(*edits.add, *came), closed=(*meanwhile.closed, *went))
    before = changed(known, meanwhile) if meanwhile.version > known.version + 1 else known
    return before, changed(known, delta)


async def _read_whole(edits: Edits) -> Policy:
    facts = await read_facts()
    closing = {line.id for line in edits.close}
    return Policy(
        replace(facts, lines=(*edits.add, *(line for line in facts.lines if line.id not in closing)))
    )
