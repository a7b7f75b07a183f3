"""Visas: who may answer, answering once, and what a circuit keeps back (forms.circuit, packs' circuits.txt).

An opinion decides nothing: validations and signatures do. A signature is a password typed again, and the
hash of what was signed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from authz import Refused as RefusedDecision
from authz import Right, decide, holders, require
from authz.clock import today
from forms import Act, Answer, Hindrance, Outcome, VisaNature
from models import Conflict, Invalid, NotFound, Refused, VisaAct, transaction
from resolvers import circuits, delegations, dossiers, idempotency, journal, visa_notices
from resolvers.circuit_rows import CircuitRow, VisaRow, VisaState
from resolvers.events import Kind
from resolvers.person import PersonRow, person_of
from resolvers.reasons import LONG, checked_reason
from resolvers.sign_in import confirm_password

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from authz import Viewer
    from forms import Standing, Visa
    from resolvers.circuit_rows import DelegationRow
    from resolvers.rows import DossierRow

_WORDS: Mapping[Hindrance, str] = {
    Hindrance.CIRCUIT_ENDED: "Ce circuit est terminé : plus aucun visa n’y est attendu. Rechargez-le.",
    Hindrance.VISA_NOT_OPEN: "Ce visa n’est pas encore ouvert : ceux du rang d’avant sont attendus.",
    Hindrance.VISA_SETTLED: "Ce visa n’est plus attendu : il est donné, ou son délai est dépassé.",
    Hindrance.ALREADY_ANSWERED: "Cette personne a déjà répondu à ce visa, elle ou son délégataire.",
    Hindrance.SAME_PERSON: "Une même personne ne valide pas et ne signe pas, et ne répond qu’une fois à un "
    "visa, fût-ce à la place d’un autre\u00a0: une autre personne doit répondre.",
    Hindrance.ANSWER_UNFIT: "Cette réponse ne se donne pas à ce visa : choisissez dans la liste.",
    Hindrance.REASON_MISSING: "Dites pourquoi : cette réponse demande un motif.",
}
_PATHS = {Hindrance.ANSWER_UNFIT: "answer", Hindrance.REASON_MISSING: "reason"}


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it is sent. `stands_for`: whom its author stands for, None for himself.

    `version`: of the dossier that he has before his eyes, None if he does not say.
    """

    visa: str
    answer: Answer
    reason: str = ""
    stands_for: UUID | None = None
    version: int | None = None


async def give(viewer: Viewer, dossier_id: UUID, given: Given, password: str | None, key: str) -> DossierRow:
    """Answer a visa of the circuit where the dossier stands, once; the dossier as it then stands.

    Raises NotFound, VISA_UNKNOWN; Refused, DELEGATION_MISSING; Invalid PERSON_REQUIRED, WRONG_PASSWORD,
    REASON_TOO_LONG, ANSWER_UNFIT, REASON_MISSING; Conflict HANDED_BACK, VISA_STALE, CIRCUIT_ENDED,
    VISA_NOT_OPEN, VISA_SETTLED, ALREADY_ANSWERED, SAME_PERSON.
    """
    author = person_of(viewer)
    checked_reason(given.reason, required=False, most=LONG)
    if _signs(await dossiers.read(viewer, dossier_id), given.visa):
        await confirm_password(viewer, password or "")
    async with transaction():
        await viewer.authority.refresh()  # a right lost while he typed is lost
        done = await idempotency.claim(viewer, key, "give_visa", _arguments(dossier_id, given))
        if done is None:
            dossier = await dossiers.read(viewer, dossier_id, lock=True)
            await _answer(viewer, author, dossier, given)
        return await dossiers.read(viewer, dossier_id)


def _arguments(dossier_id: UUID, given: Given) -> dict[str, object]:
    said = {"visa": given.visa, "answer": given.answer, "reason": given.reason}
    return {"dossier": dossier_id, **said, "stands_for": given.stands_for, "version": given.version}


def _signs(dossier: DossierRow, code: str) -> bool:
    """Whether some visa of the form by that name is a signature; which one is known once nobody moves it."""
    visas = (visa for circuit in dossier.definition.circuits for visa in circuit.visas)
    return any(visa.code == code and visa.nature is VisaNature.SIGNATURE for visa in visas)


async def _answer(viewer: Viewer, author: UUID, dossier: DossierRow, given: Given) -> None:
    before = await circuits.read_one(dossier)
    standing = None if before is None else _standing(before, given.visa)
    if before is None or standing is None:
        raise _unknown()
    holder = await _holder(viewer, author, before, standing.visa, given.stands_for)
    _check_moment(before, given)
    delegated = None if holder == author else str(holder)
    act = Act(given.visa, str(author), given.answer, today().date, given.reason, delegated)
    _check(before.progress.hindrance(act))
    await VisaAct.create(
        dossier_id=dossier.id,
        passage=dossier.passes,
        round=before.round,
        circuit=before.circuit.code,
        visa=given.visa,
        holder_id=holder,
        author_id=author,
        answer=given.answer.value,
        reason=given.reason.strip(),
        data_hash=await circuits.hash_now(dossier) if standing.visa.nature.decides else "",
        at=datetime.now(UTC),
    )
    said = {"circuit": before.circuit.code, "visa": given.visa, "answer": given.answer.value}
    await journal.record(viewer, Kind.VISA_GIVEN, dossier, {**said, "holder": holder})
    await visa_notices.tell_answered(viewer.authority, dossier, before)


def _standing(row: CircuitRow, code: str) -> Standing | None:
    """Where the visa stands, None where there is none that the reader may know of."""
    shown = (one for one in row.progress.standings if not circuits.withheld(row.dossier, one.visa))
    return next((one for one in shown if one.visa.code == code), None)


def _unknown() -> NotFound:
    return NotFound(
        "VISA_UNKNOWN",
        "Ce visa n’est pas demandé à l’étape où est le dossier : rechargez le dossier.",
        path=("visa",),
    )


async def _holder(viewer: Viewer, author: UUID, row: CircuitRow, visa: Visa, stands_for: UUID | None) -> UUID:
    """Whose answer it is. Raises Refused: REFUSED without the right, DELEGATION_MISSING."""
    if stands_for is None or stands_for == author:
        require(viewer, Right(visa.role), row.dossier.target)
        return author
    if stands_for not in {one.id for one in _represented(viewer, row, visa, await delegations.held(viewer))}:
        raise Refused(
            "DELEGATION_MISSING",
            "Vous ne pouvez pas répondre à sa place : sa délégation n’est pas en vigueur pour ce dossier, "
            "elle n’a plus ce droit elle-même, ou ce visa ne se délègue pas.",
            details={"visa": visa.code},
        )
    return stands_for


def _represented(
    viewer: Viewer, row: CircuitRow, visa: Visa, held: Sequence[DelegationRow]
) -> tuple[PersonRow, ...]:
    """Those who hold the right of a visa now and let the viewer answer for them, by name."""
    known = delegations.covering(held, row.dossier) if visa.delegable else {}
    able = holders(viewer.authority, Right(visa.role), row.dossier.target) if known else frozenset()
    return tuple(person for key, person in known.items() if key in able)


def _check_moment(row: CircuitRow, given: Given) -> None:
    if row.suspended:
        raise Conflict(
            "HANDED_BACK",
            "Ce dossier est remis à l’organisme : son circuit reprend quand la plateforme le reprend.",
            path=("dossier",),
        )
    if given.version is not None and given.version != row.dossier.version:
        raise Conflict(
            "VISA_STALE",
            "Le dossier a été modifié depuis que vous l’avez ouvert : rechargez-le avant de répondre.",
            path=("version",),
            details={"version": row.dossier.version},
        )


def _check(hindrance: Hindrance | None) -> None:
    if hindrance is None:
        return
    if hindrance is Hindrance.VISA_UNKNOWN:
        raise _unknown()
    kind = Invalid if hindrance in _PATHS else Conflict
    raise kind(hindrance.value, _WORDS[hindrance], path=(_PATHS.get(hindrance, "visa"),))


async def visas(viewer: Viewer, row: CircuitRow) -> tuple[VisaRow, ...]:
    """The visas of a circuit by rank, and which of them the viewer may answer now."""
    held = await delegations.held(viewer) if row.progress.waited_for and not row.suspended else ()
    return tuple(
        _visa_row(viewer, row, one, held)
        for one in row.progress.standings
        if not circuits.withheld(row.dossier, one.visa)
    )


def _visa_row(viewer: Viewer, row: CircuitRow, standing: Standing, held: Sequence[DelegationRow]) -> VisaRow:
    visa, state = standing.visa, circuits.state_of(row, standing)
    acts = tuple(act for act in row.acts if act.visa == visa.code)
    own, others = False, tuple[PersonRow, ...]()
    if state is VisaState.OPEN and not row.suspended and _another(viewer, row, visa):
        answered = {act.holder.id for act in acts if not act.lapsed}
        asked = decide(viewer, Right(visa.role), row.dossier.target)
        own = viewer.user_id not in answered and not isinstance(asked, RefusedDecision)
        found = _represented(viewer, row, visa, held)
        others = tuple(one for one in found if one.id not in answered)
    return VisaRow(visa, standing, state, acts, own=own, stands_for=others)


def _another(viewer: Viewer, row: CircuitRow, visa: Visa) -> bool:
    """Whether the viewer is a person, and not one who has had his say where another's is waited for."""
    return viewer.user_id is not None and not row.progress.same_person(visa, str(viewer.user_id))


async def require_approved(dossier: DossierRow) -> None:
    """The guard `circuit_approved`. Raises Invalid CIRCUIT_PENDING, CIRCUIT_REFUSED, CIRCUIT_RETURNED."""
    row = await circuits.read_one(dossier)
    outcome = None if row is None else row.outcome
    if outcome is Outcome.APPROVED:
        return
    if row is None or outcome is None:
        waited = () if row is None else row.progress.waited_for
        names = ", ".join(f"« {one.visa.label} »" for one in waited) or "aucun"
        raise Invalid(
            "CIRCUIT_PENDING",
            f"Le circuit de visas n’est pas terminé. Visas attendus : {names}.",
            path=("move",),
            details={"visas": [one.visa.code for one in waited]},
        )
    word = "refusé" if outcome is Outcome.REFUSED else "renvoyé"
    raise Invalid(
        f"CIRCUIT_{outcome.name}",
        f"Le circuit de visas a {word} ce dossier : corrigez ce qui est demandé, puis faites-le recommencer.",
        path=("move",),
    )
