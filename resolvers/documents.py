"""The stored values of a dossier: one JSONB document a tab, evaluated whole after each write."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

import orjson

from forms import Data, Evaluation, Row, evaluate
from models import fetch
from models.documents import save_documents

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from forms import Pack
    from resolvers.rows import DossierRow


@dataclass(slots=True)
class Document:
    """One tab's values as stored; see models.TabDocument for the shape of each part."""

    cells: dict[str, str] = field(default_factory=dict)
    forced: dict[str, dict[str, str | None]] = field(default_factory=dict)
    computed: dict[str, str | None] = field(default_factory=dict)
    rows: list[dict[str, Any]] = field(default_factory=list)

    def effective(self) -> dict[str, str]:
        """Every fixed value that is not blank, `LINE.COLUMN` → canonical text."""
        shown = {cell: value for cell, value in self.computed.items() if value is not None}
        return {**shown, **self.cells}


Documents = dict[str, Document]


async def load_documents(dossier_id: UUID, tabs: list[str] | None = None) -> Documents:
    """The documents of a dossier, or of some of its tabs; a tab never written is absent."""
    return (await load_many([dossier_id], tabs))[dossier_id]


async def load_many(dossier_ids: Sequence[UUID], tabs: list[str] | None = None) -> dict[UUID, Documents]:
    """The same for several dossiers at once, by dossier."""
    records = await fetch(
        "SELECT dossier_id, tab, cells, forced, computed, rows FROM tab_document "
        "WHERE dossier_id = ANY(%s) AND (%s::text[] IS NULL OR tab = ANY(%s))",
        [list(dossier_ids), tabs, tabs],
    )
    found: dict[UUID, Documents] = {dossier_id: {} for dossier_id in dossier_ids}
    for record in records:
        found[record["dossier_id"]][record["tab"]] = Document(
            record["cells"], record["forced"], record["computed"], record["rows"]
        )
    return found


def instances_of(pack: Pack, documents: Documents) -> dict[str, tuple[str, ...]]:
    """The keys of the instances of each repeated group, in order: the rows of the group's own document."""
    return {
        code: tuple(row["key"] for row in documents[code].rows) for code in pack.groups if code in documents
    }


def data_of(dossier: DossierRow, documents: Documents, previous: Mapping[str, str]) -> Data:
    """What the documents hold, in the form the evaluator reads: only what was typed, and last year."""
    pack = dossier.definition
    return Data(
        kind=dossier.organism.category,
        cells={f"{tab}.{cell}": value for tab, doc in documents.items() for cell, value in doc.cells.items()},
        rows={
            tab: tuple(Row(key=row["key"], values=row["values"]) for row in doc.rows)
            for tab, doc in documents.items()
            if doc.rows and tab not in pack.groups
        },
        forced={
            f"{tab}.{cell}": str(kept["value"])
            for tab, doc in documents.items()
            for cell, kept in doc.forced.items()
        },
        previous=previous,
        groups=instances_of(pack, documents),
    )


def hash_of(pack: str, data: Data) -> str:
    """SHA-256 of everything the checks read: the pack, the typed values and last year's."""
    seen: dict[str, object] = {
        "pack": pack,
        "kind": data.kind,
        "cells": data.cells,
        "rows": {tab: [[row.key, row.values] for row in rows] for tab, rows in data.rows.items()},
        "forced": data.forced,
        "previous": data.previous,
    }
    if data.groups:
        seen["groups"] = data.groups
    return hashlib.sha256(orjson.dumps(seen, option=orjson.OPT_SORT_KEYS)).hexdigest()


def recompute(dossier: DossierRow, documents: Documents, data: Data) -> Evaluation:
    """Evaluate the whole dossier and lay the results into the documents."""
    evaluation = evaluate(dossier.definition, data)
    for document in documents.values():
        document.computed = {}
    for cell_id, value in evaluation.cells.items():
        if value is not None:
            tab, _, cell = cell_id.partition(".")
            documents.setdefault(tab, Document()).computed[cell] = value
    for cell_id, automatic in evaluation.automatic.items():
        tab, _, cell = cell_id.partition(".")
        documents[tab].forced[cell]["automatic"] = automatic
    for tab, rows in evaluation.rows.items():
        if rows:
            _lay_rows(documents[tab], rows)
    return evaluation


def _lay_rows(document: Document, computed: list[dict[str, str | None]]) -> None:
    for row, values in zip(document.rows, computed, strict=True):
        row["computed"] = {column: value for column, value in values.items() if value is not None}


async def save(dossier_id: UUID, before: Mapping[str, bytes], documents: Documents) -> None:
    """Write the documents that differ from what `fingerprints` saw."""
    now = fingerprints(documents)
    await save_documents(
        dossier_id,
        [
            (tab, document.cells, document.forced, document.computed, document.rows)
            for tab, document in documents.items()
            if now[tab] != before.get(tab)
        ],
    )


def fingerprints(documents: Documents) -> dict[str, bytes]:
    """What each document looks like, to tell later which ones changed."""
    return {
        tab: orjson.dumps([doc.cells, doc.forced, doc.computed, doc.rows], option=orjson.OPT_SORT_KEYS)
        for tab, doc in documents.items()
    }
