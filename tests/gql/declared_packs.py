"""What is asked of the drafts of forms, and by which right."""

from __future__ import annotations

from functools import partial

from tests.gql.declared import OPERATOR, Case

_UPLOAD = '{form: "$pack_form", year: 2024, files: $$files}'
_pack = partial(Case, place=OPERATOR, refused="PACK_DRAFT_UNKNOWN")
PACKS = [
    Case("Query.packDrafts", "packDrafts { id }", place=OPERATOR, refused="EMPTY"),
    _pack("Query.packDraft", 'packDraft(id: "$pack") { key }'),
    Case(
        "Mutation.uploadPack",
        f"uploadPack(upload: {_UPLOAD}) {{ id }}",
        place=OPERATOR,
        machine=("", "PERSON_REQUIRED"),
    ),
    _pack("Mutation.publishPack", 'publishPack(draft: "$pack") { key }'),
    _pack("Mutation.discardPackDraft", 'discardPackDraft(draft: "$pack")'),
]
