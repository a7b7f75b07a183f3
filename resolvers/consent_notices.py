"""Telling a partner's privileged contacts that an organism gave or refused its access (manual §1.1.11)."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from authz.reach import contacts_of
from models import Notification
from models.jobs import SEND_NOTIFICATION, defer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from authz.policy import Policy
    from resolvers.consent_rows import ConsentWrite

GIVEN, REFUSED, CHANGED = "consent_given", "consent_refused", "consents_changed"
MOST_NAMED = 3


async def tell_contacts(policy: Policy, changed: Sequence[ConsentWrite]) -> int:
    """One mail a contact, whatever the number of answers, in the caller's transaction; how many there are."""
    by_contact: dict[UUID, list[ConsentWrite]] = defaultdict(list)
    for write in changed:
        for user_id in contacts_of(policy, write.partner, write.platform, write.form):
            by_contact[user_id].append(write)
    at = datetime.now(UTC)
    for user_id in sorted(by_contact):
        told = by_contact[user_id]
        notice = await Notification.create(
            user_id=user_id, event=_event(told), subject=_subject(told), path=_path(told), at=at
        )
        await defer(SEND_NOTIFICATION, notification=str(notice.id))
    return len(by_contact)


def _event(told: Sequence[ConsentWrite]) -> str:
    answers = {write.given for write in told}
    return CHANGED if len(answers) > 1 else GIVEN if answers == {True} else REFUSED


def _subject(told: Sequence[ConsentWrite]) -> str:
    campaigns = sorted({f"{write.form} {write.year}" for write in told})
    return ", ".join(campaigns) if len(campaigns) <= MOST_NAMED else f"{len(campaigns)} campagnes"


def _path(told: Sequence[ConsentWrite]) -> str:
    first = told[0]
    return f"/acces?{urlencode({'form': first.form, 'year': first.year, 'platform': first.platform})}"
