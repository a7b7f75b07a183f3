"""What may happen: the events that the journal keeps, and those of which contacts are told."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """A kind of event of the journal. Its details hold no value of a dossier."""

    # On a dossier.
    STEP_CROSSED = "step_crossed"
    CONTACTS_CONFIRMED = "contacts_confirmed"
    HANDED_BACK = "handed_back"
    TAKEN_BACK = "taken_back"
    SUBSTEP_SET = "substep_set"
    ASSIGNED = "assigned"
    DEADLINE_GRANTED = "deadline_granted"
    REOPENING_ASKED = "reopening_asked"
    REOPENING_ANSWERED = "reopening_answered"
    VISA_GIVEN = "visa_given"
    MESSAGES_PUBLISHED = "messages_published"
    THREADS_CARRIED = "threads_carried"
    THREAD_SETTLED = "thread_settled"
    THREAD_DUE_SET = "thread_due_set"
    NATURE_CHANGED = "nature_changed"
    ATTACHMENTS_SENT = "attachments_sent"
    ATTACHMENT_TAKEN = "attachment_taken"
    ATTACHMENT_REFUSED = "attachment_refused"
    COPY_SEALED = "copy_sealed"
    COPY_TAKEN = "copy_taken"
    READ = "read"
    EXPORT_ASKED = "export_asked"
    EXPORT_TAKEN = "export_taken"
    LOADED = "loaded"
    # On what surrounds dossiers.
    SIGNED_IN = "signed_in"
    SIGN_IN_REFUSED = "sign_in_refused"
    SIGNED_OUT = "signed_out"
    TOKEN_GIVEN = "token_given"  # noqa: S105 - the word for an event
    TOKEN_REFUSED = "token_refused"  # noqa: S105 - the word for an event
    ACCOUNT_CHANGED = "account_changed"
    ORGANIZATION_CHANGED = "organization_changed"
    POLICY_CHANGED = "policy_changed"
    PROPOSAL_SETTLED = "proposal_settled"
    SECOND_SIGNATURE_SET = "second_signature_set"
    CONVENTION_CHANGED = "convention_changed"
    CONSENT_ANSWERED = "consent_answered"
    DELEGATION_CHANGED = "delegation_changed"
    DEADLINE_SET = "deadline_set"
    ANNOUNCED = "announced"
    LIST_TAKEN = "list_taken"
    MASS_MOVE_ASKED = "mass_move_asked"
    GROUP_MAIL_SENT = "group_mail_sent"
    SUPPORT_ASKED = "support_asked"
    SUPERVISION_SWITCHED = "supervision_switched"
    PACK_PUBLISHED = "pack_published"


class Told(StrEnum):
    """An event that privileged contacts are told of (manual §2.1.4, §8.6, §10.2.2)."""

    TRANSMITTED = "transmitted"
    FINALISED = "finalised"
    CLOSED = "closed"
    REOPENED = "reopened"
    HANDED_BACK = "handed_back"
    TAKEN_BACK = "taken_back"
    REOPENING_ASKED = "reopening_asked"
    REOPENING_ACCEPTED = "reopening_accepted"
    REOPENING_REFUSED = "reopening_refused"
    MESSAGES_PUBLISHED = "messages_published"
    ATTACHMENTS_SENT = "attachments_sent"
    CONSENT_GIVEN = "consent_given"
    CONSENT_REFUSED = "consent_refused"
    CONSENTS_CHANGED = "consents_changed"
    GROUP_MAIL = "group_mail"
    VISA_WAITED_FOR = "visa_waited_for"
    CIRCUIT_APPROVED = "circuit_approved"
    CIRCUIT_REFUSED = "circuit_refused"
    CIRCUIT_RETURNED = "circuit_returned"
    EXPORT_ENDED = "export_ended"


# What somebody wrote to be read now: nobody puts it off to a digest, where its text would not be.
ALWAYS_MAILED = frozenset({Told.GROUP_MAIL})
