"""What an `@inclure` changes in the tab that it brings: code, titles, lines, columns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from forms.source import Record

_NAMES = ("code", "titre", "etat", "lignes", "sauf", "colonnes", "si", "groupe")
# A title may hold a semicolon: only one before the name of an option parts two options.
_BETWEEN = re.compile(rf";\s*(?=(?:{'|'.join(_NAMES)})=)")
_LABELS = 3
_ONGLET_OPTIONS = 7


@dataclass(frozen=True, slots=True)
class Changes:
    """The options of an inclusion; None where it leaves the tab as it stands."""

    code: str = ""
    part: str = ""
    title: str | None = None
    statement: str | None = None
    lines: str | None = None
    without: str | None = None
    columns: str | None = None
    extra: Mapping[str, str] = field(default_factory=dict)

    @property
    def concerns_one(self) -> bool:
        """Whether something is changed that several tabs cannot share."""
        return any((self.code, self.title, self.lines, self.without, self.columns))


def read_changes(record: Record) -> Changes:
    """The options in the fields after the first."""
    found: dict[str, str] = {}
    for index in range(1, len(record.fields)):
        for text in _BETWEEN.split(record.field(index)):
            name, equals, value = text.partition("=")
            if text and (not equals or name not in _NAMES):
                raise record.fault(f"L’option « {text} » n’existe pas pour « @inclure ».", index)
            if text:
                found[name] = value
    extra: dict[str, str] = {name: found[name] for name in ("si", "groupe") if name in found}
    return Changes(
        found.get("code", ""), "", found.get("titre"), found.get("etat"),
        found.get("lignes"), found.get("sauf"), found.get("colonnes"), extra,
    )  # fmt: skip


def changed_tab(records: list[Record], inclusion: Record, changes: Changes) -> list[Record]:
    """The records of a tab with the changes; PackError at the inclusion if they fit it not."""
    head, *rest = records
    columns = [record for record in rest if record.word]
    lines = [record for record in rest if not record.word]
    if changes.columns is not None:
        by_code = {record.field(0): record for record in columns}
        columns = [_known(by_code, code, inclusion) for code in _items(changes.columns)]
    if changes.lines is not None:
        wanted = _lines(lines, changes.lines, inclusion)
        lines = [record for record in lines if record.field(0) in wanted]
    if changes.without is not None:
        unwanted = _lines(lines, changes.without, inclusion)
        lines = [record for record in lines if record.field(0) not in unwanted]
    old = head.field(0)
    kept = [head_of(head, changes), *columns, *lines]
    return kept if old == changes.code else [_renamed(record, old, changes.code) for record in kept]


def head_of(head: Record, changes: Changes) -> Record:
    """The `@onglet` with its code, part, title and options here."""
    fields = [*head.fields]
    fields[0] = changes.code
    fields[1] = changes.part
    if changes.title is not None:
        fields[2] = changes.title
    if changes.statement is not None:
        fields[3] = changes.statement
    for name, value in changes.extra.items():
        options = [text for text in fields[_ONGLET_OPTIONS:] if not text.startswith(f"{name}=")]
        fields[_ONGLET_OPTIONS:] = [*options, f"{name}={value}"]
    return replace(head, fields=tuple(fields))


def _items(text: str) -> list[str]:
    return [item.strip() for item in text.split(",") if item.strip()]


def _known(by_code: Mapping[str, Record], code: str, inclusion: Record) -> Record:
    if code not in by_code:
        raise inclusion.fault(f"L’onglet inclus n’a pas de « {code} ».", 1)
    return by_code[code]


def _lines(lines: list[Record], text: str, inclusion: Record) -> set[str]:
    """`L011,L012-L019`: the codes, spans in the order of the tab."""
    codes = [record.field(0) for record in lines]
    by_code = {record.field(0): record for record in lines}
    found: set[str] = set()
    for item in _items(text):
        first, _, last = item.partition("-")
        _known(by_code, first, inclusion)
        _known(by_code, last or first, inclusion)
        found.update(codes[codes.index(first) : codes.index(last or first) + 1])
    return found


def _renamed(record: Record, old: str, new: str) -> Record:
    """The record, its formulas naming the tab by its new code; texts between quotes stay."""
    pattern = re.compile(rf'"[^"]*"|(?<![\w.]){old}(?=\s*[.\[])|(?<=NBLIG\(){old}(?=\))')
    start = _ONGLET_OPTIONS if record.word == "@onglet" else _LABELS
    fields = [
        text if index < start else pattern.sub(lambda match: _name(match[0], old, new), text)
        for index, text in enumerate(record.fields)
    ]
    return replace(record, fields=tuple(fields))


def _name(text: str, old: str, new: str) -> str:
    return new if text == old else text
