"""The cases of a dossier's moves, of what is told to its users and of the hotline (`declared_cases`)."""

from __future__ import annotations

from functools import partial

from authz import Right
from tests.gql.declared import OPERATOR, Case

_ON = 'dossier: "$dossier"'
_CONTACTS = '[{role: DECLARANT, name: "Ana Roux", email: "ana@example.org"}]'
# Every move of the cycle but the transmission: its name, the step that it leaves, the function that makes it.
MOVES = (
    ("initialise", 0, Right.INITIALISE),
    ("submit_entry", 1, Right.WRITE),
    ("return_to_entry", 2, Right.VALIDATE),
    ("validate_entry", 2, Right.VALIDATE),
    ("return_to_validation", 3, Right.VALIDATE_HIERARCHICAL),
    ("finalise", 4, Right.FINALISE),
    ("close", 5, Right.CLOSE),
    ("reopen_from_finalisation", 5, Right.REOPEN),
    ("reopen_from_closure", 6, Right.REOPEN),
)
CYCLE = [
    *(
        Case(
            "Mutation.advanceDossier",
            f'advanceDossier({_ON}, move: "{move}", idempotencyKey: "m", reason: "Motif.",'
            f" contacts: {_CONTACTS}) {{ step }}",
            step=step,
            rights=frozenset({right}),
        )
        for move, step, right in MOVES
    ),
    Case(
        "Mutation.giveVisa",
        f'giveVisa({_ON}, visa: "AUCUN", answer: FAVOURABLE, idempotencyKey: "v") {{ id }}',
        refused="NOT_FOUND",
        passes="VISA_UNKNOWN",
        machine=("PERSON_REQUIRED", "PERSON_REQUIRED"),
    ),
    Case(
        "Mutation.transmitDossier",
        f'transmitDossier({_ON}, commitments: $$yes, password: "$password", idempotencyKey: "t",'
        f" contacts: {_CONTACTS}) {{ step }}",
        step=3,
        machine=("PERSON_REQUIRED", "PERSON_REQUIRED"),
    ),
]
_HELD = partial(Case, step=4, machine=("", "PERSON_REQUIRED"))
LIFE = [
    _HELD(
        "Mutation.handBackDossier", f'handBackDossier({_ON}, reason: "Motif.", idempotencyKey: "h") {{ id }}'
    ),
    _HELD(
        "Mutation.takeBackDossier",
        f'takeBackDossier({_ON}, idempotencyKey: "h") {{ id }}',
        passes="NOT_HANDED_BACK",
    ),
    Case(
        "Mutation.setSubstep",
        f'setSubstep({_ON}, substep: "relecture", idempotencyKey: "s") {{ id }}',
        step=4,
    ),
    Case(
        "Mutation.askReopening",
        f'askReopening({_ON}, reason: "Motif.", idempotencyKey: "a") {{ id }}',
        step=5,
        machine=("", "PERSON_REQUIRED"),
    ),
    Case(
        "Mutation.answerReopening",
        'answerReopening(request: "$request", accepted: false, answer: "Motif.", idempotencyKey: "r") { id }',
        step=6,
        machine=("", "PERSON_REQUIRED"),
    ),
]
_CLOSED, _PERSON_REQUIRED = "POLICY_DESK_UNKNOWN", "PERSON_REQUIRED"
_TOLD = 'announcement: {platform: "MIN", title: "Essai", text: "Texte.", since: "$today"}'
STEERING = [
    Case(
        "Query.platformAnnouncements",
        'platformAnnouncements(platform: "MIN") { id }',
        place=OPERATOR,
        refused="EMPTY",
    ),
    Case(
        "Query.trails",
        'trails(platform: "MIN") { edges { cursor } }',
        place=OPERATOR,
        refused="NOT_FOUND",
        machine=("NOT_FOUND", "NOT_FOUND"),
    ),
    Case(
        "Mutation.publishAnnouncement",
        f'publishAnnouncement({_TOLD}, idempotencyKey: "m") {{ id }}',
        place=OPERATOR,
        machine=("", "PERSON_REQUIRED"),
    ),
    Case(
        "Mutation.removeAnnouncement",
        'removeAnnouncement(announcement: "$announcement", idempotencyKey: "m") { id }',
        place=OPERATOR,
        refused="NOT_FOUND",
    ),
]
