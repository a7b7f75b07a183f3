"""The exchange space: one valid way of asking for each of its mutations (`declared_cases.py` says how)."""

from __future__ import annotations

from functools import partial

from tests.gql.declared import OPERATOR, Case

_KEY = 'idempotencyKey: "e"'
_GONE = "MESSAGE_UNKNOWN"
# A system reads; only a person writes.
_said = partial(Case, step=4, machine=("", "PERSON_REQUIRED"))
# Drafts are people's: a system has none.
_drafted = partial(Case, step=4, machine=(_GONE, _GONE))

EXCHANGE = [
    _said(
        "Mutation.addMessage",
        f'addMessage(dossier: "$dossier", level: TAB, anchor: "A1", nature: QUESTION, text: "Vu.", {_KEY})'
        " { id }",
    ),
    _said(
        "Mutation.replyToThread",
        f'replyToThread(thread: "$thread", nature: COMMENT, text: "Vu.", {_KEY}) {{ id }}',
    ),
    _drafted("Mutation.editDraft", f'editDraft(message: "$note", text: "Relu.", {_KEY}) {{ text }}'),
    _drafted("Mutation.deleteDraft", f'deleteDraft(message: "$note", {_KEY})', refused=_GONE),
    _said("Mutation.publishMessages", f'publishMessages(dossier: "$dossier", {_KEY})'),
    _said(
        "Mutation.changeNature",
        f'changeNature(message: "$message", nature: COMMENT, {_KEY}) {{ nature }}',
        place=OPERATOR,
    ),
    _said("Mutation.settleThread", f'settleThread(thread: "$thread", state: CLOSED, {_KEY}) {{ state }}'),
    _said("Mutation.setThreadDue", f'setThreadDue(thread: "$thread", dueOn: "$later", {_KEY}) {{ dueOn }}'),
    _said("Mutation.markThreadsRead", 'markThreadsRead(dossier: "$dossier")'),
    _said("Mutation.carryThreads", f'carryThreads(dossier: "$before_year", {_KEY})'),
]
