"""The rows of `declared_cases` for the documents that are joined to a dossier; a person joins them."""

from __future__ import annotations

from functools import partial

from tests.gql.declared import Case

_person = partial(Case, machine=("", "PERSON_REQUIRED"))
ATTACHMENTS = (
    Case("/dossiers/{id}/attachments.zip", "/dossiers/$dossier/attachments.zip"),
    Case("/attachments/{id}/content", "/attachments/$attachment/content", refused="NOT_FOUND"),
    _person("PUT /attachments/{id}/content", "/attachments/$arriving/content"),
    _person(
        "Mutation.addAttachment",
        'addAttachment(dossier: "$dossier", piece: "", fileName: "a.pdf", size: 10, idempotencyKey: "f")'
        " { uploadUrl }",
    ),
    _person("Mutation.removeAttachment", 'removeAttachment(attachment: "$attachment", idempotencyKey: "f")'),
    _person("Mutation.sendAttachments", 'sendAttachments(dossier: "$dossier", idempotencyKey: "f")'),
)
