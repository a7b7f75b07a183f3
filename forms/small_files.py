"""Reading the header, the lists, the selections and the required attachments of a pack."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass

from forms.cycle import Step
from forms.errors import PackError, Place
from forms.key import PackKey
from forms.source import Record
from forms.structure import Attachment, FormFunction, Parameter, Selection
from forms.units import DECIMALS
from forms.values import CANONICAL
from forms.words import OrganismKind

_NO_SEPARATORS = str.maketrans("", "", " ,")


@dataclass(frozen=True, slots=True)
class Header:
    """The file `pack.txt`: key, titles, settings, parameters."""

    key: PackKey
    title: str
    form_label: str
    settings: Mapping[str, str]
    parameters: Mapping[str, Parameter]


def read_header(records: list[Record], base: Header | None = None) -> Header:
    """`@formulaire`, then `@reprend`, `@reglage` and `@parametre`; what is not said is the base's."""
    if not records or records[0].word != "@formulaire":
        message = "Le fichier « pack.txt » commence par « @formulaire »."
        raise PackError(message, Place("pack.txt", 1, 1))
    head, *rest = records
    key = header_key(head)
    settings = dict(base.settings) if base else {}
    parameters = dict(base.parameters) if base else {}
    for record in rest:
        if record.word == "@reglage":
            settings[record.field(0)] = record.field(1)
        elif record.word == "@parametre":
            parameters[record.field(0)] = _parameter(record)
        elif record.word != "@reprend" or record is not rest[0]:
            raise record.fault(f"« {record.word} » n’existe pas dans « pack.txt ».")
    return Header(key, head.words(3), head.words(4), settings, parameters)


def header_key(head: Record) -> PackKey:
    """The key that `@formulaire` gives; PackError at what is not written as a key is."""
    form, year, revision = (head.field(index) for index in range(3))
    key = PackKey.in_full(f"{form}/{year}/{revision}")
    if key is None:
        raise head.fault(
            "Le type s’écrit en capitales, l’année et la révision sont des nombres, sans zéro devant : "
            "« @formulaire ER | 2024 | 1 ».",
            1,
        )
    return key


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


def read_functions(records: list[Record]) -> tuple[FormFunction, ...]:
    """`code | label | steps`, such as `dossier:write | Saisir | 124`: a step is one digit."""
    found: dict[str, FormFunction] = {}
    for record in records:
        code = record.field(0)
        if not code or code in found:
            raise record.fault(f"La fonction « {code} » est vide ou déjà définie.")
        steps = record.field(2).translate(_NO_SEPARATORS)
        for step in steps:
            if not (step.isdecimal() and int(step) in list(Step)):
                raise record.fault(f"L’étape « {step} » n’existe pas.", 2)
        found[code] = FormFunction(code, record.words(1), tuple(int(step) for step in steps))
    return tuple(found.values())


def _attachment(record: Record) -> Attachment:
    kinds = frozenset(kind for kind in record.field(1).split(",") if kind)
    for kind in sorted(kinds):
        if kind not in OrganismKind.__members__:
            raise record.fault(f"Le type d’organisme « {kind} » n’existe pas.", 1)
    # The label is a value of the list of kinds of document, by which a dossier names them: never set anew.
    return Attachment(record.field(0), kinds or None)
