"""Reading the header, the lists, the selections and the required attachments of a pack."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass

from forms.errors import PackError, Place
from forms.key import PackKey
from forms.source import Record
from forms.structure import Attachment, Parameter, Selection
from forms.units import DECIMALS
from forms.values import CANONICAL
from forms.words import OrganismKind


@dataclass(frozen=True, slots=True)
class Header:
    """The file `pack.txt`: key, titles, settings, parameters."""

    key: PackKey
    title: str
    form_label: str
    settings: Mapping[str, str]
    parameters: Mapping[str, Parameter]


def read_header(records: list[Record]) -> Header:
    """`@formulaire`, then `@reglage` and `@parametre`."""
    if not records or records[0].word != "@formulaire":
        message = "Le fichier « pack.txt » commence par « @formulaire »."
        raise PackError(message, Place("pack.txt", 1, 1))
    head, *rest = records
    form, year, revision = (head.field(index) for index in range(3))
    if not (year.isdecimal() and revision.isdecimal()):
        raise head.fault("L’année et la révision sont des nombres.", 1)
    settings: dict[str, str] = {}
    parameters: dict[str, Parameter] = {}
    for record in rest:
        if record.word == "@reglage":
            settings[record.field(0)] = record.field(1)
        elif record.word == "@parametre":
            parameters[record.field(0)] = _parameter(record)
        else:
            raise record.fault(f"« {record.word} » n’existe pas dans « pack.txt ».")
    return Header(PackKey(form, int(year), int(revision)), head.words(3), head.words(4), settings, parameters)


def _parameter(record: Record) -> Parameter:
    name, value, unit = (record.field(index) for index in range(3))
    if not CANONICAL.fullmatch(value):
        raise record.fault(f"« {value} » n’est pas un nombre.", 1)
    if unit not in DECIMALS:
        raise record.fault(f"L’unité « {unit} » n’est pas celle d’un nombre.", 2)
    return Parameter(name, value, unit, record.words(3))


def read_lists(records: list[Record]) -> Mapping[str, tuple[str, ...]]:
    """`@liste code`, then its values, one a line."""
    lists: dict[str, list[str]] = {}
    code = ""
    for record in records:
        if record.word == "@liste":
            code = record.field(0)
            if code in lists:
                raise record.fault(f"La liste {code} est déjà définie.")
            lists[code] = []
        elif not code:
            raise record.fault("Une valeur suit toujours un « @liste ».")
        else:
            lists[code].append(record.field(0))
    return {code: tuple(values) for code, values in lists.items()}


def read_selections(records: list[Record], tabs: Container[str]) -> tuple[Selection, ...]:
    """`title | tabs`; every tab must exist."""
    for record in records:
        for code in record.field(1).split():
            if code not in tabs:
                raise record.fault(f"L’onglet {code} n’existe pas.", 1)
    return tuple(Selection(record.words(0), tuple(record.field(1).split())) for record in records)


def read_attachments(records: list[Record]) -> tuple[Attachment, ...]:
    """`label | kinds of organism`."""
    return tuple(_attachment(record) for record in records)


def _attachment(record: Record) -> Attachment:
    kinds = frozenset(kind for kind in record.field(1).split(",") if kind)
    for kind in sorted(kinds):
        if kind not in OrganismKind.__members__:
            raise record.fault(f"Le type d’organisme « {kind} » n’existe pas.", 1)
    # The label is a value of the list of kinds of document, by which a dossier names them: never set anew.
    return Attachment(record.field(0), kinds or None)
