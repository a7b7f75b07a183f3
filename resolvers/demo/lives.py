"""What goes on around dossiers: whom to call, those that their organism corrects, one asked to come back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from authz.clock import today
from forms import Step
from models import ContactRole, Dossier, DossierContact, HandBack, ReopeningRequest, User
from resolvers.demo.accounts import ENTRY, HIERARCHY, MANAGER, OFFICER, login_of
from resolvers.demo.cast import cast
from resolvers.demo.filing import YEARS, filed
from resolvers.demo.identifiers import stable_id
from resolvers.demo.platforms import PLATFORMS

if TYPE_CHECKING:
    from resolvers.demo.filing import Filed

# Ranks in the cast: handed back and corrected now, taken back since, asked to come back to step 4.
HELD, TAKEN, ASKED = (15, 24), 20, 28
WHY = "Le tableau des emprunts ne correspond pas au bilan\u00a0: vérifiez les remboursements de l’exercice."
BACK = "Corrections reçues, merci."
REASON = "Une écriture de fin d’exercice a été oubliée\u00a0: nous souhaitons la porter au dossier."
TITLES = {ContactRole.DIRECTOR: "Directeur général", ContactRole.DECLARANT: "Directeur financier"}


async def write_lives() -> None:
    """All of it, on the filled dossiers of the Ministry's ER."""
    shown = {one.organism.siren: one for one in filed() if one.filled and one.year == YEARS[1]}
    await _contacts()
    for rank in HELD:
        await _hand_back(shown[cast().parts[rank].organism.siren], taken=False)
    await _hand_back(shown[cast().parts[TAKEN].organism.siren], taken=True)
    await _ask(shown[cast().parts[ASKED].organism.siren])


async def _contacts() -> None:
    """Whom to call about every dossier of a body whose people are known, once it was initialised."""
    people = {user.login: user for user in await User.all()}
    roles = {ContactRole.DIRECTOR: HIERARCHY, ContactRole.DECLARANT: ENTRY}
    listed = {body.siren for body in cast().listed}
    begun = [one for one in filed() if one.organism.siren in listed and one.step > Step.TO_INITIALISE]
    await DossierContact.bulk_create(
        _contact(one, role, people[login_of(one.organism, account)])
        for one in begun
        for role, account in roles.items()
    )


def _contact(one: Filed, role: ContactRole, user: User) -> DossierContact:
    return DossierContact(
        dossier_id=one.id,
        role=role,
        name=f"{user.first_name} {user.last_name}",
        title=TITLES[role],
        email=user.email,
        phone=user.phone,
        confirmed_at=one.journey.passages[0].at,
        confirmed_by_id=user.id,
    )


async def _hand_back(one: Filed, *, taken: bool) -> None:
    at = datetime.now(UTC) - timedelta(days=6)
    await HandBack.create(
        dossier_id=one.id,
        reason=WHY,
        due_on=today().date + timedelta(days=15),
        handed_at=at,
        handed_by_id=_at_the_ministry(OFFICER.word),
        taken_at=at + timedelta(days=4) if taken else None,
        taken_by_id=_at_the_ministry(MANAGER.word) if taken else None,
        taken_reason=BACK if taken else "",
    )
    if not taken:
        await Dossier.filter(id=one.id).update(handed_back_at=at, substep="attente")


async def _ask(one: Filed) -> None:
    await ReopeningRequest.create(
        dossier_id=one.id,
        organization_id=stable_id("organization", f"organism:{one.organism.siren}"),
        asked_by_id=stable_id("user", login_of(one.organism, HIERARCHY)),
        asked_at=datetime.now(UTC) - timedelta(days=2),
        reason=REASON,
    )


def _at_the_ministry(word: str) -> UUID:
    return stable_id("user", f"{PLATFORMS['MIN'].login}.{word}")
