"""A dossier in review whose form has a circuit: opinions side by side, a validation, a signature."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from uuid import UUID, uuid4

from authz import Line, Right, add_rows, convention_line, profile_line, read_version, viewer_of_user
from forms import Answer, PackKey, pack_texts, publish
from models import Campaign, Consent, Dossier, Organism, Organization, TabDocument, User, VisaAct
from resolvers.visas import Given, give
from tests.forms.tiny import FORMULA, tiny_files
from tests.world import PASSWORD, SIREN, World, build_world, password_hash

# A published key names one text for as long as the process lives.
_numbers = count(1)
CIRCUITS = """\
@circuit RELECTURE | Relecture | 4
@visa ORGANISME | Avis de l’organisme | dossier:correct | avis | 1 | 10
@visa MISSION | Avis du chargé de mission | dossier:write | avis | 1 | | 2 | motiver
@visa SUITE | Avis sur la suite | dossier:write | avis | 1 | | | | A1.L011.A
@visa VALIDATION | Validation | dossier:hand_back | validation | 2 | 10 | | renvoyer
@visa SIGNATURE | Signature | dossier:finalise | signature | 3 | | | renvoyer, refuser, personnel
"""
# login → profile, all of the platform; « saisie », « hierarchie », « ministere » and « cdc » are the world's.
COLLEAGUES = {"mission": "officer", "adjoint": "officer", "lecteur": "contact"}
OPINED = (("mission", "MISSION"), ("adjoint", "MISSION"), ("saisie", "ORGANISME"))


@dataclass(slots=True)
class Place:
    """The world, the dossier in review, and its form."""

    world: World
    dossier: UUID
    form: str

    async def say(self, login: str, visa: str, answer: str = "favourable", **more: object) -> None:
        """Answer a visa; a signature with the password."""
        key = str(more.pop("key", uuid4()))
        password = str(more.pop("password", PASSWORD))
        given = Given(visa, Answer(answer), **more)  # type: ignore[arg-type]  # fields of Given, as the test names them
        await give(self.world[login], self.dossier, given, password, key)

    async def opined(self) -> None:
        """All opinions given."""
        for login, visa in OPINED:
            await self.say(login, visa)

    async def signed(self) -> None:
        """The whole circuit, approved."""
        await self.opined()
        await self.say("adjoint", "VALIDATION", "approved")
        await self.say("ministere", "SIGNATURE", "approved")

    async def write(self, cell: str, value: str) -> None:
        """Put a value, as nobody's write."""
        await TabDocument.filter(dossier_id=self.dossier).delete()
        await TabDocument.create(dossier_id=self.dossier, tab="A1", cells={cell: value})

    async def age(self, days: int) -> None:
        """Let the dossier have been in review for so many days, and all be answered on the first."""
        since = datetime.now(UTC) - timedelta(days=days)
        await Dossier.filter(id=self.dossier).update(step_since=since)
        await VisaAct.filter(dossier_id=self.dossier).update(at=since)


async def build_circuit() -> Place:
    """The world of tests/world.py, three more people of the Ministry, and the dossier."""
    world, form = await build_world(), f"CIRCUIT{next(_numbers)}"
    head = f"@formulaire {form} | 2024 | 1 | Circuit | Circuit\n"
    cycle = pack_texts(PackKey("ER", 2024, 1))["cycle.txt"]
    cycle = cycle.replace("| dossier:finalise |", "| dossier:finalise | circuit_approved")
    part = FORMULA.format(unit="eur", formula="A + B")
    publish(PackKey(form, 2024, 1), tiny_files(part, pack=head, cycle=cycle, circuits=CIRCUITS))
    organism = await Organism.get(siren=SIREN)
    campaign = await Campaign.create(
        platform_id="MIN", form=form, year=2024, pack=f"{form}/2024/1", opens_on=date(2025, 3, 1)
    )
    made = await Dossier.create(
        campaign=campaign,
        organism=organism,
        platform="MIN",
        form=form,
        year=2024,
        pack=campaign.pack,
        code="001",
        category="OPH",
        search="essai",
        step=4,
        step_since=datetime.now(UTC),
        passes=4,
    )
    await _people(world, organism, form)
    return Place(world, made.id, form)


async def _people(world: World, organism: Organism, form: str) -> None:
    users = [
        await User.create(
            organization=await Organization.get(key="operator:MIN"),
            login=login,
            password_hash=password_hash(),
            first_name=login.capitalize(),
            last_name="Essai",
            email=f"{login}@example.org",
        )
        for login in COLLEAGUES
    ]
    profiles = {"saisie": "entry", "hierarchie": "hierarchical", "ministere": "account_manager"}
    profiles |= {"cdc": "partner_user", **COLLEAGUES}
    lines = [
        profile_line(subject=f"user:{login}", profile=f"profile:{profile}", platform="MIN", form=form)
        for login, profile in profiles.items()
    ]
    lines += [convention(form, right) for right in (Right.READ, Right.EXPORT)]
    partner = await Organization.get(key="partner:CDC")
    await Consent.create(
        organism=organism, partner=partner, platform_id="MIN", form=form, year=2024, given=True
    )
    await add_rows(lines, base=await read_version(), author_id=None, comment="Circuit")
    await world.authority.refresh()
    for user in users:
        world.viewers[user.login] = await viewer_of_user(world.authority, user.id)


def convention(form: str, right: Right, steps: str = "456") -> Line:
    """What the CDC may do with the form."""
    return convention_line(
        actor="partner:CDC",
        platform="MIN",
        form=form,
        organisms="category:OPH",
        right=right,
        steps=steps,
        consent=True,
        ref="convention",
    )
