"""Writing what may be: conventions, consents and the policy in force."""

from __future__ import annotations

from authz import add_rows, read_version
from models import Consent, Convention
from resolvers.demo.conventions import AGREEMENTS, UNTIL, consents, policy_lines
from resolvers.demo.identifiers import stable_id

BATCH = 500


async def write_rights() -> None:
    """Conventions and consents first: the policy names them."""
    await Convention.bulk_create(
        Convention(
            id=stable_id("convention", code),
            platform_id="MIN",
            partner_id=stable_id("organization", f"partner:{code}"),
            title=agreement.title,
            since=agreement.since,
            until=UNTIL,
        )
        for code, agreement in AGREEMENTS.items()
    )
    partner = stable_id("organization", "partner:CDC")
    await Consent.bulk_create(
        [
            Consent(
                organism_id=stable_id("organism", siren),
                partner_id=partner,
                platform_id="MIN",
                form="ER",
                year=year,
                given=given,
                author_id=None,
            )
            for siren, year, given in consents()
        ],
        batch_size=BATCH,
    )
    version = await read_version()
    await add_rows(policy_lines(), base=version, author_id=None, comment="Jeu de démonstration")
