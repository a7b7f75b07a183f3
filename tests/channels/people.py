"""The accounts of those who ask, the lines that give what the oracle tells, and their proofs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from authz import (
    Authority,
    Effect,
    Line,
    Right,
    Viewer,
    box_line,
    bump,
    convention_line,
    profile_line,
    viewer_of_client,
    viewer_of_user,
)
from gql.http.door import COOKIE
from models import (
    AccessToken,
    Consent,
    MachineClient,
    Organism,
    Organization,
    OrganizationKind,
    User,
    transaction,
)
from resolvers.clients import secret_hash
from resolvers.sessions import sign_in
from tests.channels.oracle import ASKERS, FORM, NEIGHBOUR, OURS, Asker, Convention
from tests.world import PASSWORD, password_hash

FORMS = ("ER", "QDIS")
# Those of tests/world.py, who have their profile for the ER already.
KNOWN = {"saisie", "comptable", "hierarchie", "voisin", "ministere"}


async def open_accounts() -> dict[str, UUID]:
    """An account for each asker who is a person, in his organization; the partners have one each."""
    organism = await Organism.get(siren=OURS)
    found = {}
    for asker in ASKERS:
        body = await _body(asker)
        if asker.machine:
            await MachineClient.create(
                id=asker.name,
                organization=body,
                name=asker.name,
                secret_hash=secret_hash(asker.name),
                scopes=[Right.READ.value, Right.EXPORT.value],
            )
        elif asker.name in KNOWN:
            found[asker.name] = (await User.get(login=asker.name)).id
        else:
            found[asker.name] = (await _account(asker.name, body)).id
        if asker.convention is not None and asker.convention.consent in {"given", "refused"}:
            await Consent.create(
                organism=organism,
                partner=body,
                platform_id="MIN",
                form=FORM,
                year=asker.convention.consent_year,
                given=asker.convention.consent == "given",
            )
    return found


async def _account(login: str, body: Organization) -> User:
    return await User.create(
        organization=body,
        login=login,
        password_hash=password_hash(),
        first_name=login,
        last_name="Essai",
        email=f"{login}@example.org",
    )


def key_of(asker: Asker) -> str:
    """The key of his organization."""
    known = {"ours": f"organism:{OURS}", "neighbour": f"organism:{NEIGHBOUR}"}
    known |= {code: f"operator:{code}" for code in ("MIN", "EPL")}
    return known.get(asker.place, f"partner:{asker.place.upper().replace('-', '_')}")


async def _body(asker: Asker) -> Organization:
    key = key_of(asker)
    kind = OrganizationKind.OPERATOR if asker.place == "EPL" else OrganizationKind.PARTNER
    found = await Organization.get_or_none(key=key)
    platform = "EPL" if asker.place == "EPL" else None
    return found or await Organization.create(
        key=key, kind=kind, name=f"Organisation {asker.place}", short_name=asker.place, platform_id=platform
    )


def lines_of(asker: Asker) -> list[Line]:
    """His profile and boxes on every form of both platforms, whichever is his; his convention."""
    subject = f"client:{asker.name}" if asker.machine else f"user:{asker.name}"
    profiles = [f"profile:{asker.profile}"] if asker.profile else []
    profiles += ["profile:contact"] if asker.contact else []
    places = [(platform, form) for platform in ("MIN", "EPL") for form in FORMS]
    held = [
        profile_line(subject=subject, profile=profile, platform=platform, form=form)
        for profile in profiles
        for platform, form in places
        if not (asker.name in KNOWN and (platform, form) == ("MIN", "ER"))
    ]
    if asker.lost_box is not None:
        held.append(
            box_line(subject=subject, platform="MIN", right=asker.lost_box, ref="retirée", effect=Effect.DENY)
        )
    if asker.name in KNOWN and asker.contact and asker.name != "ministere":
        held.append(profile_line(subject=subject, profile="profile:contact", platform="MIN", form="ER"))
    told = asker.convention
    return held + ([] if told is None or told.written else _convention(key_of(asker), told))


def _convention(actor: str, told: Convention) -> list[Line]:
    lines = [
        convention_line(
            actor=actor,
            platform=told.platform,
            form=told.form,
            organisms=told.organisms,
            right=right,
            steps=steps,
            dates=period,
            consent=told.consent is not None,
            tabs=sorted(told.named(right)),
            ref="article 1",
        )
        for right, steps in told.functions.items()
        for period in told.periods
    ]
    return lines + [
        convention_line(
            actor=actor,
            platform="MIN",
            organisms=told.denied,
            right=right,
            effect=Effect.DENY,
            ref="article 2",
        )
        for right in (told.functions if told.denied else ())
    ]


async def prove(
    authority: Authority, people: dict[str, UUID]
) -> tuple[dict[str, Viewer], dict[str, dict[str, str]]]:
    """Each asker's viewer, and the headers that prove who he is: a session's cookie, a token."""
    viewers: dict[str, Viewer] = {}
    proofs: dict[str, dict[str, str]] = {}
    for asker in ASKERS:
        if asker.machine:
            scopes = [right.value for right in asker.token or ()]
            viewers[asker.name] = await viewer_of_client(authority, asker.name, scopes)
            await AccessToken.create(
                id=secret_hash(asker.name),
                client_id=asker.name,
                scopes=scopes,
                expires_at=datetime.now(UTC) + timedelta(hours=1),
            )
            proofs[asker.name] = {"authorization": f"Bearer {asker.name}"}
        else:
            signed = await sign_in(authority, asker.name, PASSWORD)
            viewers[asker.name] = await viewer_of_user(authority, people[asker.name])
            proofs[asker.name] = {"cookie": f"{COOKIE}={signed.token}"}
    return viewers, proofs


async def close_accounts(people: dict[str, UUID]) -> None:
    """Accounts that were open a moment ago: their session and their viewer are still about."""
    async with transaction():
        for asker in ASKERS:
            if asker.closed:
                await User.filter(id=people[asker.name]).update(closed_at=datetime.now(UTC))
        await bump(None, "Comptes fermés")
