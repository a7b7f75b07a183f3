"""The circuit of visas of a dossier's step, what was answered, and who answers for whom."""

from __future__ import annotations

from datetime import date, datetime

import strawberry

from authz import Right
from forms import Answer, Outcome, VisaNature
from gql.context import Ask
from gql.fields import Inherits, resolved, shown
from gql.types.describing import describe
from gql.types.parties import Person
from resolvers import visas
from resolvers.circuit_rows import ActRow, CircuitRow, DelegationRow, VisaRow, VisaState

describe(
    VisaNature,
    "Nature d’un visa. Un avis ne décide pas\u202f; une validation et une signature décident.",
    {
        "OPINION": "Avis\u00a0: ne décide pas.",
        "VALIDATION": "Validation\u00a0: le circuit s’arrête si elle est refusée ou renvoyée.",
        "SIGNATURE": "Signature\u00a0: comme la validation, avec le mot de passe ressaisi.",
    },
)
describe(
    Answer,
    "Réponse à un visa.",
    {
        "FAVOURABLE": "Avis favorable.",
        "UNFAVOURABLE": "Avis défavorable\u202f; il se motive.",
        "ABSTAINED": "Sans avis.",
        "APPROVED": "Validé ou signé.",
        "REFUSED": "Refusé\u202f; le circuit s’arrête.",
        "RETURNED": "Renvoyé pour être corrigé\u202f; le circuit s’arrête.",
    },
    name="VisaAnswer",
)
describe(
    Outcome,
    "Issue d’un circuit de visas.",
    {
        "APPROVED": "Approuvé\u00a0: le dossier peut quitter l’étape.",
        "REFUSED": "Refusé.",
        "RETURNED": "Renvoyé pour être corrigé.",
    },
    name="CircuitOutcome",
)
describe(
    VisaState,
    "Où en est un visa.",
    {
        "WAITING": "En attente du rang d’avant.",
        "OPEN": "Ouvert\u00a0: une réponse est attendue.",
        "SETTLED": "Donné.",
        "LATE": "Avis dépassé\u00a0: il n’a pas été donné à temps, et n’est plus attendu.",
        "IDLE": "Sans objet\u00a0: le circuit s’est terminé avant.",
    },
)


@strawberry.type(description="Réponse donnée à un visa.")
class VisaAct:
    """One answer."""

    row: strawberry.Private[ActRow]
    visa: str = shown("Code du visa.", lambda it: it.row.visa)
    label: str = shown("Libellé du visa.", lambda it: it.row.label)
    nature: VisaNature = shown("Nature du visa.", lambda it: it.row.nature)
    answer: Answer = shown("Réponse.", lambda it: it.row.answer)
    author: str = shown("Qui a répondu.", lambda it: it.row.author.name)
    stands_for: str | None = shown(
        "Pour qui il a répondu, par délégation\u202f; nul s’il l’a fait pour lui-même.",
        lambda it: it.row.stands_for,
    )
    at: datetime = shown("Moment de la réponse.", lambda it: it.row.at)
    reason: str = shown("Motif, ou texte vide.", lambda it: it.row.reason)
    data_hash: str = shown(
        "Empreinte SHA-256 des données validées ou signées\u202f; vide pour un avis.",
        lambda it: it.row.data_hash,
    )
    lapsed: bool = shown(
        "Vrai si les données ont changé depuis\u00a0: la décision ne compte plus, elle est à redonner.",
        lambda it: it.row.lapsed,
    )


@strawberry.type(description="Visa d’un circuit\u00a0: ce qui est demandé, à quel rang, et où il en est.")
class Visa:
    """One visa."""

    row: strawberry.Private[VisaRow]
    code: str = shown("Code, à donner à `giveVisa`.", lambda it: it.row.visa.code)
    label: str = shown("Libellé.", lambda it: it.row.visa.label)
    nature: VisaNature = shown("Nature.", lambda it: it.row.visa.nature)
    rank: int = shown("Rang\u00a0: les visas d’un même rang vont de front.", lambda it: it.row.visa.rank)
    right: str = shown("Droit de qui y répond, par exemple `dossier:finalise`.", lambda it: it.row.visa.role)
    quorum: int = shown("Nombre de réponses attendues.", lambda it: it.row.visa.quorum)
    state: VisaState = shown("Où il en est.", lambda it: it.row.state)
    opened_on: date | None = shown(
        "Jour de son ouverture\u202f; nul avant.", lambda it: it.row.standing.opened
    )
    due_on: date | None = shown(
        "Dernier jour pour répondre\u202f; nul sans délai ou avant l’ouverture.",
        lambda it: it.row.standing.due,
    )
    late: bool = shown("Vrai si son délai est dépassé.", lambda it: it.row.standing.late)
    answers: list[Answer] = shown(
        "Réponses possibles, dans l’ordre.", lambda it: list(it.row.visa.answers), size=3
    )
    acts: list[VisaAct] = shown(
        "Réponses données, dans l’ordre.", lambda it: [VisaAct(row=row) for row in it.row.acts], size=5
    )
    can_answer: bool = shown("Vrai si l’appelant peut y répondre pour lui-même.", lambda it: it.row.own)
    stands_for: list[Person] = shown(
        "Personnes pour qui l’appelant peut y répondre, par délégation.",
        lambda it: [Person(row=row) for row in it.row.stands_for],
        size=5,
    )
    overruled: bool = shown(
        "Vrai si qui décide contre cet avis défavorable doit dire pourquoi.",
        lambda it: it.row.visa.overruled,
    )


@strawberry.type(description="Circuit de visas de l’étape où est le dossier.")
class Circuit:
    """A circuit under way, or ended."""

    row: strawberry.Private[CircuitRow]
    code: str = shown("Code.", lambda it: it.row.circuit.code)
    label: str = shown("Libellé.", lambda it: it.row.circuit.label)
    opened_on: date = shown("Jour de son ouverture.", lambda it: it.row.opened)
    outcome: Outcome | None = shown("Issue\u202f; nulle tant qu’il est en cours.", lambda it: it.row.outcome)
    suspended: bool = shown(
        "Vrai si le dossier est remis à l’organisme\u00a0: un nouveau tour commence à sa reprise.",
        lambda it: it.row.suspended,
    )

    @resolved("Visas, par rang.", Inherits(Right.READ), size=10)
    async def visas(self, info: Ask) -> list[Visa]:
        """The visas."""
        return [Visa(row=row) for row in await visas.visas(info.context.asker, self.row)]


@strawberry.type(description="Délégation\u00a0: qui répond aux visas pour qui, où, et quels jours.")
class Delegation:
    """A delegation that the viewer gave or holds."""

    row: strawberry.Private[DelegationRow]
    id: strawberry.ID = shown("Identifiant.", lambda it: str(it.row.id))
    holder: Person = shown("Qui délègue.", lambda it: Person(row=it.row.holder))
    delegate: Person = shown("Qui répond à sa place.", lambda it: Person(row=it.row.delegate))
    platform: str = shown("Plateforme, par exemple `MIN`.", lambda it: it.row.platform)
    form: str | None = shown("Formulaire\u202f; nul pour tous.", lambda it: it.row.form or None)
    since: date = shown("Premier jour.", lambda it: it.row.since)
    until: date = shown("Dernier jour, inclus.", lambda it: it.row.until)
    revoked_at: datetime | None = shown(
        "Moment de son retrait\u202f; nul si elle n’est pas retirée.", lambda it: it.row.revoked_at
    )
    mine: bool = strawberry.field(description="Vrai si c’est l’appelant qui délègue.")
    in_force: bool = strawberry.field(description="Vrai si elle vaut aujourd’hui.")
