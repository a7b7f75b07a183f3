"""What is asked of work lists and labels by whoever reads a dossier; a person asks it."""

from __future__ import annotations

from functools import partial

from tests.gql.declared import Case

_person = partial(Case, refused="NOT_FOUND", machine=("PERSON_REQUIRED", "PERSON_REQUIRED"))
KEPT = (
    _person(
        "Mutation.addToWorkList",
        'addToWorkList(list: "$work_list", dossiers: ["$dossier"], idempotencyKey: "w") { added }',
    ),
    _person(
        "Mutation.setLabels",
        'setLabels(dossiers: ["$dossier"], add: [], remove: [], idempotencyKey: "l")',
    ),
)
