"""A platform's rules taken away and brought back as Casbin's CSV: read, checked line by line, compared."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from authz import Line, Viewer
from authz.csv_lines import RELATIONS, CsvFault, NumberedLine, read_lines, write_lines
from authz.editing import try_edits
from authz.faults import PolicyFault
from authz.history import StoredLine, check_versions, lines_at
from authz.policy import Policy
from authz.relations import relation_lines
from authz.validation import validate_lines
from resolvers.organizations import named_on
from resolvers.policy_boundary import FORMULAS, is_editable, refusal_of
from resolvers.policy_desk import LineRow, line_row, new_line_row, open_desk
from resolvers.policy_forms import form_fault, forms_of
from resolvers.policy_impact import Impact, impact_of

MOST_FAULTS = 200

Content = tuple[str, tuple[str, ...]]
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class There:
    """What a file is compared with: the platform's lines, the derived links, the forms that it has."""

    stored: Sequence[StoredLine]
    related: Collection[Content]
    forms: frozenset[str]


@dataclass(frozen=True, slots=True)
class CsvReading:
    """What a file would add and close; `impact` None while it has faults, or changes nothing."""

    add: tuple[LineRow, ...]
    close: tuple[LineRow, ...]
    faults: tuple[CsvFault, ...]
    impact: Impact | None


async def export(viewer: Viewer, platform: str, version: int | None, *, relations: bool) -> Iterator[str]:
    """The lines of a platform in a version (today's when None), as CSV.

    `relations`: with the groups, memberships and consents in force today, so that Casbin decides from it.
    Raises NotFound POLICY_DESK_UNKNOWN, Invalid POLICY_VERSION_UNKNOWN.
    """
    desk = await open_desk(viewer, platform)
    wanted = desk.version if version is None else version
    await check_versions(wanted)
    lines = [stored.line for stored in await lines_at(platform, wanted)]
    if relations:
        lines += relation_lines(viewer.authority.policy, platform, await named_on(platform))
    return write_lines(lines)


async def read(viewer: Viewer, platform: str, text: str) -> CsvReading:
    """Compare a file with the platform's editable lines; nothing is written.

    A line of the file that the desk does not edit is passed over when it stands already, and is a fault when
    it does not. Raises NotFound POLICY_DESK_UNKNOWN, Invalid POLICY_CSV_TOO_LARGE.
    """
    desk = await open_desk(viewer, platform)
    stored = await lines_at(platform, desk.version)
    policy = viewer.authority.policy
    related = {_content(line) for line in relation_lines(policy, platform, await named_on(platform))}
    # Seconds of computing on a large file: never on the loop that answers everyone.
    there = There(stored, related, await forms_of(platform))
    own, faults = await asyncio.to_thread(_own, policy, platform, there, text)
    editable = [row for row in stored if is_editable(row.line, platform)]
    close = _beyond(editable, Counter(_content(line) for line in own), _content_of)
    add = _beyond(own, Counter(_content(row.line) for row in editable), _content)
    impact = None
    if not faults and (add or close):
        impact = await _impact(viewer, add, [row.line for row in close], desk.version)
    return CsvReading(
        () if faults else tuple(new_line_row(viewer, line) for line in add),
        tuple(line_row(viewer, platform, row) for row in close),
        tuple(faults[:MOST_FAULTS]),
        impact,
    )


async def _impact(viewer: Viewer, add: Sequence[Line], close: Sequence[Line], version: int) -> Impact:
    ids = [line.id for line in close if line.id is not None]
    policies = await try_edits(viewer, add, ids, base=version)
    return await impact_of(viewer, policies, add, close)


def _own(policy: Policy, platform: str, there: There, text: str) -> tuple[list[Line], list[CsvFault]]:
    """The lines of a file that the desk edits, those that stand elsewhere passed over; and the faults."""
    found, faults = read_lines(text)
    standing = Counter(_content(row.line) for row in there.stored if not is_editable(row.line, platform))
    edited = {_content(row.line) for row in there.stored if is_editable(row.line, platform)}
    own = []
    for one in found:
        content, shaped = _content(one.line), is_editable(one.line, platform)
        if content in there.related or (standing[content] and not shaped):
            continue
        if standing[content]:
            # A convention says the same: this line of the file is its own, and the next one the desk's.
            standing[content] -= 1
            continue
        # What stands already goes on, whatever became of its form.
        fault = _fault(policy, platform, one, None if content in edited else there.forms)
        if fault is not None:
            faults.append(fault)
        else:
            own.append(one.line)
    return own, sorted(faults, key=lambda fault: fault.line)


def _beyond(
    items: Iterable[Item], others: Counter[Content], content: Callable[[Item], Content]
) -> list[Item]:
    """The items that `others` has not, as often as they are there."""
    left, found = Counter(others), []
    for item in items:
        if left[content(item)]:
            left[content(item)] -= 1
        else:
            found.append(item)
    return found


def _fault(policy: Policy, platform: str, one: NumberedLine, forms: frozenset[str] | None) -> CsvFault | None:
    line = one.line
    if line.ptype in RELATIONS or not is_editable(line, platform):
        code, sentence = refusal_of(line, platform)
        return CsvFault(one.number, "", code, sentence)
    if line.field("ref").startswith(FORMULAS):
        sentence = "La référence commence comme une formule de tableur : retirez ce signe."
        return CsvFault(one.number, "ref", "POLICY_LINE_INVALID", sentence)
    try:
        validate_lines([line], policy.names)
    except PolicyFault as fault:
        field = fault.path[-1]
        return CsvFault(one.number, field, fault.code, f"{fault.message} ({line.field(field)[:60]})")
    unknown = None if forms is None else form_fault(line, platform, forms)
    return None if unknown is None else CsvFault(one.number, "form", "FORM_UNKNOWN", unknown)


def _content_of(row: StoredLine) -> Content:
    return _content(row.line)


def _content(line: Line) -> Content:
    return line.ptype, line.values
