"""The rows of `declared_cases` about campaigns."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tests.gql.declared import OPERATOR, Case

if TYPE_CHECKING:
    from collections.abc import Iterable

    from authz import Right

_ON, _PERSON_REQUIRED = 'dossier: "$dossier"', "PERSON_REQUIRED"
_MANY, _ASKED = 'dossiers: ["$dossier"]', 'platform: "MIN", form: "ER", year: 2024'
_ROWS = "{ totalCount edges { cursor } }"
_run = partial(Case, place=OPERATOR)
_ordered = partial(_run, machine=(_PERSON_REQUIRED, _PERSON_REQUIRED))
CAMPAIGNS = [
    _run("Campaign.steps", 'campaigns(platform: "MIN") { steps { total } }', refused="EMPTY"),
    _run("Query.campaignDossiers", f"campaignDossiers({_ASKED}) {_ROWS}"),
    _run("Query.campaignDossierIds", f"campaignDossierIds({_ASKED})"),
    *(
        _run(f"Query.{name}", f"{name}({_ASKED}) {{ totalCount }}")
        for name in ("deadlineExceptions", "handedBack")
    ),
    _run("Query.assignable", 'assignable(platform: "MIN", form: "ER") { name }'),
    _run("Query.groupMailRecipients", f"groupMailRecipients({_MANY})"),
    _run(
        "Query.transmittedBy",
        f'transmittedBy(platform: "MIN", form: "ER", year: 2023, by: "2025-06-30") {_ROWS}',
        refused="EMPTY",
    ),
    Case("/transmitted.xlsx", "/transmitted.xlsx?platform=MIN&form=ER&year=2024&by=2025-06-30"),
    _ordered(
        "Mutation.setDeadlines",
        'setDeadlines(campaign: "$campaign", deadlines: [{step: ENTRY, dueOn: "2025-04-30"}], seen: [],'
        ' idempotencyKey: "k") { id }',
    ),
    _ordered(
        "Mutation.grantDeadline",
        f'grantDeadline({_ON}, step: ENTRY, dueOn: "2025-05-30", reason: "Essai.", idempotencyKey: "k")'
        " { id }",
    ),
    _ordered("Mutation.assign", f'assign({_MANY}, role: OFFICER, idempotencyKey: "k")'),
    _ordered(
        "Mutation.sendGroupMail",
        f'sendGroupMail({_MANY}, subject: "Essai", text: "Bonjour.", idempotencyKey: "k")',
    ),
]


def campaign_cases(moves: Iterable[tuple[str, int, Right]]) -> tuple[Case, ...]:
    """All of them; `moves`: their name, the step that they leave, the function that makes them."""
    mass = (
        Case(
            "Mutation.startMassMove",
            f'startMassMove({_MANY}, move: "{move}", reason: "Essai.", idempotencyKey: "k") {{ total }}',
            step=step,
            rights=frozenset({right}),
            machine=(_PERSON_REQUIRED, _PERSON_REQUIRED),
        )
        for move, step, right in moves
    )
    return (*CAMPAIGNS, *mass)
