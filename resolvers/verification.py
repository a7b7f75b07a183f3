"""Running the checks on a dossier, keeping the result, and justifying what stays."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from authz import Right, Viewer
from forms import Anomaly, Data, Severity, evaluate
from forms import verify as run_checks
from models import Conflict, Invalid, Justification, NotFound, Verification, fetch, transaction
from resolvers import dossiers, readings
from resolvers.anomalies import anomaly_id, named, readable
from resolvers.documents import data_of, hash_of, load_documents
from resolvers.hand import require_writing, rights_now
from resolvers.person import person_of
from resolvers.plain import plain
from resolvers.rows import AnomalyRow, DossierRow, VerificationRow
from resolvers.snapshots import previous_values

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ACTING = frozenset(
    {
        Right.WRITE,
        Right.VALIDATE,
        Right.VALIDATE_HIERARCHICAL,
        Right.TRANSMIT,
        Right.FINALISE,
    }
)
LONGEST_JUSTIFICATION = 2000


async def verify(viewer: Viewer, dossier_id: UUID) -> VerificationRow:
    """Run every check and keep the result. Raises NotFound, or Refused to those who only read."""
    async with transaction():
        dossier = await dossiers.read(viewer, dossier_id)
        _require_acting(viewer, dossier)
        return await run(dossier)


def _require_acting(viewer: Viewer, dossier: DossierRow) -> None:
    """Verifying belongs to those who may write, validate, transmit or finalise at this step."""
    if not rights_now(viewer, dossier) & ACTING:
        require_writing(viewer, dossier)


async def run(dossier: DossierRow) -> VerificationRow:
    """Run every check on the values as they stand, keep the result with their hash."""
    data = await _data(dossier)
    anomalies = _anomalies(dossier, data)
    at, data_hash = datetime.now(UTC), hash_of(dossier.pack, data)
    await Verification.create(
        dossier_id=dossier.id,
        at=at,
        pack=dossier.pack,
        data_hash=data_hash,
        version=dossier.version,
        anomalies=[plain(anomaly) for anomaly in anomalies],
    )
    texts = await justifications([dossier.id])
    return VerificationRow(at, data_hash, stale=False, anomalies=_justified(dossier, anomalies, texts))


async def _data(dossier: DossierRow) -> Data:
    documents = await load_documents(dossier.id)
    return data_of(dossier, documents, await previous_values(dossier))


def _anomalies(dossier: DossierRow, data: Data) -> tuple[Anomaly, ...]:
    pack = dossier.definition
    return run_checks(pack, data, evaluate(pack, data))


async def last(dossier: DossierRow) -> VerificationRow | None:
    """The last run of the checks; stale once the dossier was written after it."""
    return (await last_many([dossier])).get(dossier.id)


async def last_many(asked: Sequence[DossierRow]) -> dict[UUID, VerificationRow]:
    """The last run of each of several dossiers, by dossier; one never verified is absent."""
    await readings.note(asked)
    by_id = {dossier.id: dossier for dossier in asked}
    records = await fetch(
        "SELECT DISTINCT ON (dossier_id) dossier_id, at, data_hash, version, anomalies FROM verification "
        "WHERE dossier_id = ANY(%s) ORDER BY dossier_id, id DESC",
        [list(by_id)],
    )
    texts = await justifications(list(by_id))
    return {
        record["dossier_id"]: VerificationRow(
            at=record["at"],
            data_hash=record["data_hash"],
            stale=record["version"] != by_id[record["dossier_id"]].version,
            anomalies=_justified(
                by_id[record["dossier_id"]], [restored(stored) for stored in record["anomalies"]], texts
            ),
        )
        for record in records
    }


async def justify(
    viewer: Viewer, dossier_id: UUID, check: str, text: str, instance: str = ""
) -> VerificationRow:
    """Give the organism's reason for a failing check; an empty text takes it back.

    `instance`: the key of the group’s instance that fails it.

    Raises NotFound, Refused, Conflict JUSTIFICATIONS_SEALED, Invalid ANOMALY_UNKNOWN or
    JUSTIFICATION_TOO_LONG.
    """
    async with transaction():
        dossier = await dossiers.read(viewer, dossier_id, lock=True)
        _require_acting(viewer, dossier)
        _require_open(dossier)
        verification = await last(dossier) or await run(dossier)
        failing = named(check, instance)
        _check_justification(verification, failing, text)
        await _keep_justification(viewer, dossier, failing, text.strip())
        return await last(dossier) or verification


def _require_open(dossier: DossierRow) -> None:
    """What the organism answered for when it transmitted is not rewritten afterwards, by anyone."""
    if dossier.transmitted_at is not None:
        raise Conflict(
            "JUSTIFICATIONS_SEALED",
            "Les justifications sont celles de l’organisme à la transmission : elles ne changent plus. "
            "Si une précision est utile, demandez-la à l’organisme.",
            path=("check",),
        )


def _check_justification(verification: VerificationRow, check: str, text: str) -> None:
    if check not in {anomaly_id(row.anomaly) for row in verification.anomalies}:
        raise NotFound(
            "ANOMALY_UNKNOWN",
            f"Le contrôle {check} n’est pas en anomalie : relancez la vérification.",
            path=("check",),
        )
    if len(text) > LONGEST_JUSTIFICATION:
        raise Invalid(
            "JUSTIFICATION_TOO_LONG",
            f"La justification dépasse {LONGEST_JUSTIFICATION} caractères : raccourcissez-la.",
            path=("text",),
        )


async def _keep_justification(viewer: Viewer, dossier: DossierRow, check: str, text: str) -> None:
    author = person_of(viewer)
    kept = Justification.filter(dossier_id=dossier.id, check_id=check)
    if not text:
        await kept.delete()
        return
    await Justification.update_or_create(
        defaults={"text": text, "author_id": author, "at": datetime.now(UTC)},
        dossier_id=dossier.id,
        check_id=check,
    )


async def justifications(dossier_ids: Sequence[UUID]) -> dict[UUID, dict[str, str]]:
    """The reasons given in several dossiers, by dossier then check, as `anomaly_id` names it."""
    records = await fetch(
        "SELECT dossier_id, check_id, text FROM justification WHERE dossier_id = ANY(%s)", [list(dossier_ids)]
    )
    texts: dict[UUID, dict[str, str]] = {dossier_id: {} for dossier_id in dossier_ids}
    for record in records:
        texts[record["dossier_id"]][record["check_id"]] = record["text"]
    return texts


def _justified(
    dossier: DossierRow, anomalies: Sequence[Anomaly], texts: Mapping[UUID, Mapping[str, str]]
) -> tuple[AnomalyRow, ...]:
    given = texts[dossier.id]
    return tuple(
        readable(AnomalyRow(anomaly, given.get(anomaly_id(anomaly)), dossier)) for anomaly in anomalies
    )


def restored(stored: Mapping[str, Any]) -> Anomaly:
    """An anomaly as it was kept."""
    return Anomaly(
        check=stored["check"],
        severity=Severity(stored["severity"]),
        label=stored["label"],
        gap=stored["gap"],
        unit=stored["unit"],
        cells=tuple((cell, value) for cell, value in stored["cells"]),
        previous=tuple((cell, value) for cell, value in stored["previous"]),
        target=stored["target"],
        instance=stored.get("instance", ""),
    )
