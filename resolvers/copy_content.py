"""A dossier as it was frozen: built from its snapshot and from `frozen`, never from what it holds today."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from forms import Anomaly, Evaluation, Severity, Step, load_pack
from resolvers.anomalies import without_past
from resolvers.documents import Document, instances_of
from resolvers.reading import Reading
from resolvers.rows import (
    AnomalyRow,
    ClosedPast,
    CrossingRow,
    DossierContent,
    DossierRow,
    OrganismRow,
    VerificationRow,
)
from resolvers.tabs import all_tabs, content_of

if TYPE_CHECKING:
    from collections.abc import Mapping

# A copy is of one year: last year's values stay in last year's, which its reader may not be allowed.
_PAST = ClosedPast(whole=True)


def content(dossier_id: UUID, frozen: Mapping[str, Any], documents: Mapping[str, Any]) -> DossierContent:
    """What prints and files are made of; the pack is known to this process already."""
    dossier = _dossier(dossier_id, frozen)
    pack = load_pack(dossier.pack)
    found = {tab: Document(**document) for tab, document in documents.items()}
    instances = instances_of(pack, found)
    reading = Reading(found, Evaluation({}, {}, {}, frozenset(frozen["hidden"])), instances)
    anomalies = tuple(without_past(_anomaly(one, dossier), _PAST) for one in frozen["anomalies"])
    checked_at = datetime.fromisoformat(frozen["checked_at"])
    return DossierContent(
        dossier=dossier,
        pack=pack,
        tabs=tuple(content_of(dossier, reading, code) for code in all_tabs(pack, instances)),
        verification=VerificationRow(checked_at, frozen["data_hash"], stale=False, anomalies=anomalies),
        crossings=tuple(_crossing(one) for one in frozen["crossings"]),
        closed_past=_PAST,
    )


def _dossier(dossier_id: UUID, frozen: Mapping[str, Any]) -> DossierRow:
    organism = frozen["organism"]
    sent = frozen["transmission"]
    return DossierRow(
        id=dossier_id,
        form=frozen["form"],
        year=frozen["year"],
        pack=frozen["pack"]["key"],
        platform=frozen["platform"]["code"],
        platform_name=frozen["platform"]["name"],
        organism=OrganismRow(**{**organism, "id": UUID(organism["id"])}),
        step=Step(frozen["step"]),
        step_since=datetime.fromisoformat(frozen["crossings"][0]["at"]),
        transmitted_at=None if sent is None else datetime.fromisoformat(sent["at"]),
        version=frozen["version"],
        passes=frozen["passage"],
        insider=True,
    )


def _anomaly(stored: Mapping[str, Any], dossier: DossierRow) -> AnomalyRow:
    fields = {name: stored[name] for name in Anomaly.__dataclass_fields__}
    pairs = {name: tuple((cell, value) for cell, value in stored[name]) for name in ("cells", "previous")}
    anomaly = Anomaly(**{**fields, **pairs, "severity": Severity(stored["severity"])})
    return AnomalyRow(anomaly, stored["justification"], dossier)


def _crossing(stored: Mapping[str, Any]) -> CrossingRow:
    return CrossingRow(
        move=stored["move"],
        source=Step(stored["source"]),
        target=Step(stored["target"]),
        at=datetime.fromisoformat(stored["at"]),
        author=stored["author"],
        reason=stored["reason"],
    )
