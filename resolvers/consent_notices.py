"""Telling a partner's privileged contacts that an organism gave or refused its access (manual §1.1.11)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from authz.reach import contacts_of
from resolvers.consent_path import path_of
from resolvers.events import Told
from resolvers.notifications import About, tell

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from authz.policy import Policy
    from resolvers.consent_rows import ConsentWrite

MOST_NAMED = 3


async def tell_contacts(policy: Policy, changed: Sequence[ConsentWrite]) -> int:
    """One mail a contact, whatever the number of answers, in the caller's transaction; how many there are."""
    by_contact: dict[UUID, list[ConsentWrite]] = defaultdict(list)
    for write in changed:
        for user_id in contacts_of(policy, write.partner, write.platform, write.form):
            by_contact[user_id].append(write)
    for user_id in sorted(by_contact):
        told = by_contact[user_id]
        await tell([user_id], _event(told), About(subject=_subject(told), path=_path(told)))
    return len(by_contact)


def _event(told: Sequence[ConsentWrite]) -> Told:
    answers = {write.given for write in told}
    if len(answers) > 1:
        return Told.CONSENTS_CHANGED
    return Told.CONSENT_GIVEN if answers == {True} else Told.CONSENT_REFUSED


def _subject(told: Sequence[ConsentWrite]) -> str:
    campaigns = sorted({f"{write.form} {write.year}" for write in told})
    return ", ".join(campaigns) if len(campaigns) <= MOST_NAMED else f"{len(campaigns)} campagnes"


def _path(told: Sequence[ConsentWrite]) -> str:
    first = told[0]
    return path_of(first.platform, first.form, first.year)
