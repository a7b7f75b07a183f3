"""A pack desk to work at: an administrator of the platform, a small form of its own for each test."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

from authz import Viewer, add_rows, profile_line, viewer_of_user
from models import Campaign, Dossier, Organization, PackDraft, TabDocument, User, fetch
from resolvers import pack_drafts
from resolvers.pack_drafts import Upload
from resolvers.pack_rows import DraftRow
from tests.world import World, build_world, password_hash

# A published key names one text for as long as the process lives: each test publishes forms of its own.
_numbers = count(1)
CYCLE = """\
@etape 0 | À initialiser
@etape 1 | Saisie
@mouvement initialise | Initialiser | 0 | 1 | dossier:initialise |
"""
PART = """\
@partie 01 | Partie
@onglet A1 | 01 | Onglet | État | eur | H | fixe
@col A | a | S
@col B | b | S
@col X | x | C | {formula}
L011 | | Ligne | S
"""
CHECKS = "T-1 | majeure | A1.L011.X | <= | 10 | 0 | toujours | La somme ne dépasse pas dix\n"


@dataclass(slots=True)
class Desk:
    """A world, who may change its forms, and the code of the form that the test may publish."""

    world: World
    admin: Viewer
    form: str

    def files(self, *, formula: str = "A + B", revision: int = 1, **others: str) -> dict[str, str]:
        """The files of a small form; `others` replaces some by their stem."""
        texts = {
            "pack": f"@formulaire {self.form} | 2024 | {revision} | Formulaire d’essai | Essai\n",
            "part-01": PART.format(formula=formula),
            "checks": CHECKS,
            "lists": "",
            "selections": "",
            "attachments": "",
            "cycle": CYCLE,
        }
        return {f"{stem.replace('_', '-')}.txt": text for stem, text in {**texts, **others}.items()}

    def case(self, *, expected: str) -> dict[str, str]:
        """A stored test: 1 and 2 in, `expected` out."""
        case = {
            "pack": f"{self.form}/2024",
            "organism": {"kind": "OPH"},
            "inputs": {"A1.L011.A": "1", "A1.L011.B": "2"},
            "expected": {"A1.L011.X": expected},
        }
        return {"tests/somme.json": json.dumps(case)}

    async def upload(self, files: dict[str, str] | None = None, **changes: Any) -> DraftRow:  # noqa: ANN401 - fields of an Upload
        """A draft sent in by the administrator."""
        texts = tuple((files or self.files()).items())
        return await pack_drafts.upload(self.admin, Upload(self.form, 2024, texts, **changes))

    async def dossier(self, pack: str, values: dict[str, str], code: str = "001") -> Dossier:
        """A dossier of the form, filled, under a revision; its campaign is opened with the first."""
        campaign, _ = await Campaign.get_or_create(
            platform_id="MIN",
            form=self.form,
            year=2024,
            defaults={"pack": pack, "opens_on": date(2025, 3, 1)},
        )
        known = await Dossier.get(id=self.world.dossier)
        made = await Dossier.create(
            campaign=campaign,
            organism_id=known.organism_id,
            platform="MIN",
            form=self.form,
            year=2024,
            pack=pack,
            code=code,
            category="OPH",
            search="essai",
            step=1,
            step_since=known.step_since,
        )
        await TabDocument.create(dossier=made, tab="A1", cells=values)
        return made


async def build_desk() -> Desk:
    """The world of tests/world.py, with an administrator of the Ministry's forms, this test's included."""
    world = await build_world()
    form = f"ESSAI{next(_numbers)}"
    user = await User.create(
        organization=await Organization.get(key="operator:MIN"),
        login="admin",
        password_hash=password_hash(),
        first_name="Admin",
        last_name="Essai",
        email="admin@example.org",
    )
    lines = [
        profile_line(subject="user:admin", profile="profile:operator_admin", platform="MIN", form=one)
        for one in ("ER", form)
    ]
    base = world.authority.version
    await add_rows(lines, base=base, author_id=None, comment="Un administrateur")
    await world.authority.refresh()
    world.viewers["admin"] = await viewer_of_user(world.authority, user.id)
    return Desk(world, world.viewers["admin"], form)


async def everything() -> dict[str, Any]:
    """All that a refusal must leave as it was: drafts, campaigns, dossiers, their values and history."""
    return {
        "drafts": await PackDraft.all().order_by("id").values(),
        "campaigns": await Campaign.all().order_by("id").values("id", "pack"),
        "dossiers": await Dossier.all().order_by("id").values("id", "pack", "version", "step"),
        "documents": await fetch("SELECT * FROM tab_document ORDER BY id"),
        "changes": await fetch("SELECT count(*) AS n FROM cell_change"),
        "verifications": await fetch("SELECT count(*) AS n FROM verification"),
    }
