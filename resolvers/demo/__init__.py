"""An invented world to try the product in: coherent, French, always the same. Production never loads it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from models import Conflict, Organization, User, transaction
from resolvers.demo.accounts import Account, Client, administrators, clients, shown_accounts
from resolvers.demo.announcements import write_announcements
from resolvers.demo.attachments import write_attachments
from resolvers.demo.bodies import write_organisms, write_people, write_platforms
from resolvers.demo.campaigning import write_campaigning
from resolvers.demo.case import CompleteSet, two_years
from resolvers.demo.cast import cast
from resolvers.demo.circuits import write_circuits
from resolvers.demo.exchanges import write_exchanges
from resolvers.demo.filing import filed, write_dossiers, write_identities
from resolvers.demo.filling import fill
from resolvers.demo.keepsakes import write_keepsakes
from resolvers.demo.lives import write_lives
from resolvers.demo.notices import write_notices
from resolvers.demo.others import write_others
from resolvers.demo.rights import write_rights
from resolvers.demo.sealed_copies import write_copies
from resolvers.demo.surveys import fill_survey, write_surveys

# Told at each stage: what is being made, how much of it is done, how much there is.
Progress = Callable[[str, int, int], None]

STAGES: tuple[tuple[str, Callable[[], Awaitable[None]]], ...] = (
    ("Plateformes, fédérations et partenaires", write_platforms),
    ("Organismes", write_organisms),
    ("Comptes des utilisateurs", write_people),
    ("Conventions, accords et droits", write_rights),
    ("Campagnes et dossiers", write_dossiers),
    ("Messages aux utilisateurs", write_announcements),
    ("Derniers jours et suivi des dossiers", write_campaigning),
    ("Fiches d’identité", write_identities),
    ("Dossiers QDIS des fédérations", write_surveys),
    ("Dossiers des SEM, des MOI et enquêtes des coopératives", write_others),
    ("Circuits de visas", write_circuits),
    ("Contacts, remises et demandes", write_lives),
    ("Notifications", write_notices),
    ("Échanges", write_exchanges),
    ("Pièces jointes", write_attachments),
    ("Listes de travail, recherches et étiquettes", write_keepsakes),
)
FILLED = "Dossiers remplis"


@dataclass(frozen=True, slots=True)
class DemoAccounts:
    """Who can sign in.

    `accounts`: operators, partners and the four roles of a dozen bodies; `administrators`: the one
    account of each other body; `clients`: one a partner; `blank_siren`: the body whose dossier
    ER 2024 is open and empty, for which `complete_set` gives a set to load.
    """

    accounts: tuple[Account, ...]
    administrators: tuple[Account, ...]
    clients: tuple[Client, ...]
    blank_siren: str


def demo_accounts() -> DemoAccounts:
    """The accounts, always the same."""
    return DemoAccounts(shown_accounts(), administrators(), clients(), cast().blank.siren)


def complete_set() -> CompleteSet:
    """A complete set for the dossier that is left empty: loaded into it, every equality holds."""
    return two_years(cast().blank)[1]


async def seed(progress: Progress) -> DemoAccounts:
    """Fill an empty database, or leave alone one that is already filled; the accounts either way.

    All in one transaction. Raises Conflict DEMO_DATABASE_IN_USE on a database of other data.
    """
    async with transaction():
        if await Organization.exists():
            await _check_ours()
        else:
            await _write(progress)
    return demo_accounts()


async def _check_ours() -> None:
    if not await User.exists(login=shown_accounts()[0].login):
        raise Conflict(
            "DEMO_DATABASE_IN_USE",
            "Cette base contient d’autres données : donnez une base vide au jeu de démonstration.",
        )


async def _write(progress: Progress) -> None:
    for rank, (label, write) in enumerate(STAGES):
        progress(label, rank, len(STAGES))
        await write()
    slips = {part.organism.siren: part.slips for part in cast().parts}
    bodies = [*(part.organism for part in cast().parts), cast().blank]
    dossiers = {(one.organism.siren, one.year): one for one in filed()}
    for rank, body in enumerate(bodies):
        progress(FILLED, rank, len(bodies))
        for complete in two_years(body, slips.get(body.siren, ())):
            one = dossiers[body.siren, complete.year]
            if one.filled:
                await fill(one, complete)
        if body.federation and body is not cast().blank:
            await fill_survey(complete)
    progress(FILLED, len(bodies), len(bodies))
    await write_copies()
