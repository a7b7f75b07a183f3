"""Writing what may be: conventions, consents and the policy in force."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from authz import add_rows, read_version
from models import Consent, ConsentChange, Convention, ConventionRevision
from resolvers.convention_changes import Change
from resolvers.demo.agreements import Agreement, agreements
from resolvers.demo.conventions import consents, policy_lines
from resolvers.demo.identifiers import stable_id

BATCH = 500
# The day of a draft's first text.
SEEDED = date(2026, 10, 5)


async def write_rights() -> None:
    """Conventions and consents first: the policy names them."""
    await _write_conventions()
    partner = stable_id("organization", "partner:CDC")
    given = [
        {
            "organism_id": stable_id("organism", siren),
            "partner_id": partner,
            "platform_id": "MIN",
            "form": "ER",
            "year": year,
            "given": given,
            "author_id": None,
        }
        for siren, year, given in consents()
    ]
    await Consent.bulk_create([Consent(**one) for one in given], batch_size=BATCH)
    now = datetime.now(UTC)
    await ConsentChange.bulk_create([ConsentChange(**one, at=now) for one in given], batch_size=BATCH)
    base = await read_version()
    version = await add_rows(policy_lines(), base=base, author_id=None, comment="Jeu de démonstration")
    await _write_histories(version)


async def _write_conventions() -> None:
    """Those that others renew first."""
    for agreement in sorted(agreements(), key=lambda one: one.renews is not None):
        content, pause = agreement.content, agreement.pause
        await Convention.create(
            id=agreement.id,
            platform_id=content.platform,
            partner_id=stable_id("organization", content.partner),
            title=content.title,
            purpose=content.purpose,
            since=content.since,
            until=content.until,
            articles=[article.stored() for article in content.articles],
            revision=len(_events(agreement)),
            published_at=_at(content.since) if agreement.published else None,
            suspended_since=pause.since if pause else None,
            suspended_until=pause.until if pause else None,
            renews_id=stable_id("convention", agreement.renews) if agreement.renews else None,
        )


async def _write_histories(version: int) -> None:
    """What happened to each, as its platform's history tells it."""
    await ConventionRevision.bulk_create(
        ConventionRevision(
            convention_id=agreement.id,
            revision=revision,
            event=change.event,
            content=change.stored(),
            policy_version=None if change.event == "created" else version,
            at=_at(day),
        )
        for agreement in agreements()
        for revision, (change, day) in enumerate(_events(agreement), 1)
    )


def _events(agreement: Agreement) -> list[tuple[Change, date]]:
    content, pause = agreement.content, agreement.pause
    signed = min(content.since, SEEDED)
    events = [(Change("created", content), signed)]
    if agreement.published:
        events.append((Change("published", content, publishes=True), signed))
    if pause is not None:
        events.append((Change("suspended", content, pause, "Révision du périmètre en cours"), pause.since))
    return events


def _at(day: date) -> datetime:
    return datetime.combine(day, time(9), UTC)
