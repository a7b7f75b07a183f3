"""Reading `@groupe`: tabs that stand once for each key, and how many times they may."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from forms.check_file import CheckSpec
from forms.source import Record, Source
from forms.structure import Group
from forms.tabs import TabSpec
from forms.words import Blanks, Severity

_CODE = re.compile(r"[A-Z][A-Z0-9]*")


@dataclass(frozen=True, slots=True)
class GroupSpec:
    """A group and where it is written."""

    group: Group
    record: Record


def read_groups(records: list[Record], tabs: Mapping[str, TabSpec]) -> dict[str, GroupSpec]:
    """`@groupe code | title | min | max | key label` of all parts, in order; PackError at a fault."""
    found: dict[str, GroupSpec] = {}
    part = ""
    for record in records:
        if record.word == "@partie":
            part = record.field(0)
        elif record.word == "@groupe":
            spec = GroupSpec(_group(record, part), record)
            if spec.group.code in found or spec.group.code in tabs:
                raise record.fault(f"Le code {spec.group.code} est déjà celui d’un groupe ou d’un onglet.")
            found[spec.group.code] = spec
    for tab in tabs.values():
        if tab.group is not None and tab.group not in found:
            raise tab.record.fault(f"Le groupe {tab.group} n’existe pas.")
    for code, spec in found.items():
        if all(tab.group != code for tab in tabs.values()):
            raise spec.record.fault(f"Aucun onglet n’est du groupe {code} : écrivez « groupe={code} ».")
    return found


def _group(record: Record, part: str) -> Group:
    code = record.field(0)
    if not _CODE.fullmatch(code):
        raise record.fault(f"« {code} » n’est pas le code d’un groupe : ENFANT.")
    minimum, maximum = _count(record, 2) or 0, _count(record, 3)
    if maximum is not None and maximum < max(minimum, 1):
        raise record.fault("Le plus grand nombre d’exemplaires est inférieur au plus petit.", 3)
    return Group(code, part, record.words(1), minimum, maximum, record.words(4))


def _count(record: Record, index: int) -> int | None:
    text = record.field(index)
    if text and not (text.isascii() and text.isdecimal()):
        raise record.fault(f"« {text} » n’est pas un nombre d’exemplaires.", index)
    return int(text) if text else None


def group_checks(groups: Mapping[str, GroupSpec]) -> Iterator[CheckSpec]:
    """The rules that the bounds of the groups are: too few or too many instances stop a dossier."""
    for spec in groups.values():
        group = spec.group
        if group.minimum:
            yield _bound(spec, ">=", group.minimum)
        if group.maximum is not None:
            yield _bound(spec, "<=", group.maximum)


def _bound(spec: GroupSpec, operator: str, bound: int) -> CheckSpec:
    group = spec.group
    name, words, index = ("MIN", "au moins", 2) if operator == ">=" else ("MAX", "au plus", 3)
    place = spec.record.place(index)
    return CheckSpec(
        f"{group.code}-{name}", Severity.BLOCKING, Source(f"NBLIG({group.code})", place), operator,
        Source(str(bound), place), "0", Blanks.ALWAYS, f"{group.title} : {words} {bound}",
    )  # fmt: skip
