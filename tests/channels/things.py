"""What the desk is asked for, made by the platform’s own verbs: a convention on two tabs, and the rest."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from authz.clock import today
from models import Organization, User
from resolvers import convention_edits, pack_drafts, packs, policy_proposals, policy_sentences
from resolvers.convention_annex import annex_key
from resolvers.convention_rows import Article, Content, Grant
from resolvers.convention_signed import Sent, attach
from resolvers.pack_drafts import Upload
from resolvers.policy_proposals import Proposal
from resolvers.policy_sentences import SentenceInput
from tests.channels.oracle import FORM, OURS, TWO, YEAR

if TYPE_CHECKING:
    from uuid import UUID

    from authz import Authority, Viewer
    from models import FileStore

# What only a reader of the convention, of the proposal, of the sentence is told.
TITLE, SENTENCE, COMMENT = "Convention des deux onglets", "Les onglets se lisent tard", "Proposition gardée"
DRAFTED = "Projet de convention gardé"
PDF = b"%PDF-1.7 un texte"


async def build_things(
    authority: Authority, viewers: dict[str, Viewer], people: dict[str, UUID], files: FileStore
) -> dict[str, object]:
    """Their identifiers, or names, by what they are."""
    admin = viewers["administrateur"]
    drafted = await convention_edits.create(admin, content("partner:ONGLETS", TITLE), "onglets")
    published = await convention_edits.publish(admin, drafted.id, drafted.revision)
    await authority.refresh()
    published = await attach(admin, files, published.id, Sent("signe.pdf", PDF), published.revision)
    await files.put(annex_key(published), PDF)
    await User.filter(id=people["responsable"]).update(delegated_administrator=True)
    wanted = Proposal("MIN", (), (), authority.version, COMMENT, unsigning=True)
    sources = await packs.sources(f"{FORM}/{YEAR}/1")
    pack = Upload(FORM, YEAR, tuple(sources.items()), base=1, platform="MIN")
    return {
        "convention": published.id,
        "draft": (await convention_edits.create(admin, content("partner:OUVERTE", DRAFTED), "projet")).id,
        "proposal": await policy_proposals.propose(admin, wanted, signed=False),
        "sentence": (await policy_sentences.save(admin, "MIN", None, _sentence())).test.id,
        "ours": (await Organization.get(key=f"organism:{OURS}")).id,
        "partner": (await Organization.get(key="partner:ONGLETS")).id,
        "account": people["comptable"],
        "administrator": people["responsable"],
        "gone": await _gone(),
        "pack": (await pack_drafts.upload(admin, pack)).id,
        **NAMES,
    }


async def _gone() -> UUID:
    """Someone who has left the organism."""
    made = await User.create(
        organization=await Organization.get(key=f"organism:{OURS}"),
        login="partie",
        password_hash="",
        first_name="Partie",
        last_name="Essai",
        email="partie@example.org",
        closed_at=datetime.now(UTC),
    )
    return made.id


# What is asked for by a name, and the name of none.
NAMES: dict[str, object] = {"platform": "MIN", "body": "partner:ONGLETS", "system": "machine"}
NOBODY = {"platform": "NUL", "body": "partner:NUL", "system": "personne"}


def content(partner: str, title: str) -> Content:
    """Two tabs of the organism's ER, read and exported late, as the organism agrees."""
    steps = (4, 5, 6)
    grants = (Grant("dossier:read", steps), Grant("dossier:export", steps))
    article = Article(
        "1",
        (FORM,),
        grants,
        "Deux onglets.",
        included=(f"organism:{OURS}",),
        tabs=((FORM, tuple(sorted(TWO))),),
        consent=True,
    )
    day = today().date
    since, until = day - timedelta(days=10), day + timedelta(days=400)
    return Content("MIN", partner, title, "Essai.", since, until, (article,))


def _sentence() -> SentenceInput:
    return SentenceInput(
        SENTENCE, "partner:ONGLETS", "dossier:read", FORM, YEAR, f"organism:{OURS}", "0123", expected=False
    )
