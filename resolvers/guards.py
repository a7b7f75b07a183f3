"""The named guards of a move: what must hold before a step is crossed (pack, `cycle.txt`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forms import Move, Severity
from models import AttachmentState, Invalid, fetch
from resolvers import verification
from resolvers.sign_in import wrong_password
from resolvers.visas import require_approved

if TYPE_CHECKING:
    from resolvers.life_rows import ContactRow
    from resolvers.rows import AnomalyRow, DossierRow, VerificationRow

MOST_NAMED = 20
CHECKED = frozenset({"no_blocking_anomaly", "justified_major_anomalies"})


@dataclass(frozen=True, slots=True)
class Proof:
    """What whoever makes a move brings: commitments, the password typed again, the contacts confirmed.

    `answer`: to the request that the move accepts; "" where its reason is the answer.
    """

    accepted: tuple[bool, ...] = ()
    password_confirmed: bool = False
    contacts: tuple[ContactRow, ...] = ()
    answer: str = ""


async def hold_guards(dossier: DossierRow, move: Move, proof: Proof) -> VerificationRow | None:
    """Hold every guard of the move on the values as they stand. Raises Invalid at the first that fails.

    The run of the checks, where a guard asks for one: it is most of what a move costs.
    """
    if "password_confirmed" in move.guards:
        _password_confirmed(proof)
    if "commitments_accepted" in move.guards:
        _commitments_accepted(dossier, proof)
    if "required_attachments" in move.guards:
        await _attachments_sent(dossier)
    if "circuit_approved" in move.guards:
        await require_approved(dossier)
    if CHECKED.isdisjoint(move.guards):
        return None
    result = await verification.run(dossier)
    if "no_blocking_anomaly" in move.guards:
        _no_blocking(result)
    if "justified_major_anomalies" in move.guards:
        _majors_justified(result)
    return result


def _password_confirmed(proof: Proof) -> None:
    if not proof.password_confirmed:
        raise wrong_password()


def _commitments_accepted(dossier: DossierRow, proof: Proof) -> None:
    wanted = len(dossier.definition.cycle.commitments)
    if len(proof.accepted) != wanted or not all(proof.accepted):
        raise Invalid(
            "COMMITMENTS_MISSING",
            f"Acceptez chacun des {wanted} engagements pour transmettre le dossier.",
            path=("commitments",),
        )


async def _attachments_sent(dossier: DossierRow) -> None:
    """Every piece that the form requires of this kind of organism has been sent, and can be read."""
    records = await fetch(
        "SELECT DISTINCT piece FROM attachment WHERE dossier_id = %s AND sent_at IS NOT NULL AND state = %s",
        [dossier.id, AttachmentState.READY.value],
    )
    sent = {record["piece"] for record in records}
    required = dossier.definition.required_attachments(dossier.organism.category)
    missing = [piece for piece in required if piece not in sent]
    if missing:
        named = ", ".join(f"«\u00a0{piece}\u00a0»" for piece in missing)
        raise Invalid(
            "ATTACHMENTS_MISSING",
            f"Pièces à fournir : {named}. Ajoutez-les et envoyez-les avant de continuer.",
            details={"pieces": missing},
        )


def _no_blocking(result: VerificationRow) -> None:
    blocking = [row for row in result.anomalies if row.anomaly.severity is Severity.BLOCKING]
    if blocking:
        raise Invalid(
            "BLOCKING_ANOMALIES",
            f"{_count(blocking, 'anomalie bloquante')} : corrigez les cellules indiquées avant de continuer.",
            details={"anomalies": _named(blocking)},
        )


def _majors_justified(result: VerificationRow) -> None:
    open_ = [
        row for row in result.anomalies if row.anomaly.severity is Severity.MAJOR and not row.justification
    ]
    if open_:
        raise Invalid(
            "MAJOR_UNJUSTIFIED",
            f"{_count(open_, 'anomalie majeure')} sans justification : "
            "justifiez chacune avant de transmettre.",
            details={"anomalies": _named(open_)},
        )


def _count(rows: list[AnomalyRow], words: str) -> str:
    if len(rows) == 1:
        return f"1 {words}"
    return f"{len(rows)} " + " ".join(f"{word}s" for word in words.split())


def _named(rows: list[AnomalyRow]) -> list[dict[str, str | None]]:
    """The first anomalies, with their gap, so that a client can show the list at once."""
    return [
        {"check": row.anomaly.check, "label": row.anomaly.label, "gap": row.anomaly.gap}
        for row in rows[:MOST_NAMED]
    ]
