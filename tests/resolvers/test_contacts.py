"""Whom to call: proposed from last year, confirmed with the first move, never shown to a partner."""

from __future__ import annotations

from dataclasses import replace

import pytest

from forms import Step
from models import ContactRole, Dossier, DossierContact, Event, Invalid, Organization
from resolvers import contacts, dossiers
from resolvers.life_rows import ContactRow
from resolvers.steps import advance, transmit
from tests.resolvers import past
from tests.resolvers.filled import filled, state
from tests.world import PASSWORD, SIREN, World, build_world

pytestmark = pytest.mark.usefixtures("database")

DECLARANT = ContactRow(
    ContactRole.DECLARANT, "Ana Roux", "Directrice financière", "ana@example.org", "01 40 00 00 01"
)
DIRECTOR = ContactRow(ContactRole.DIRECTOR, "Lou Petit", "", "lou@example.org", "")


async def kept(world: World) -> tuple[ContactRow, ...]:
    row = await dossiers.read(world["saisie"], world.dossier)
    return (await contacts.contacts_many([row]))[row.id]


async def test_initialising_confirms_whom_to_call() -> None:
    world = await build_world(step=0)
    row = await advance(
        world["saisie"], world.dossier, "initialise", None, "i", contacts=[DECLARANT, DIRECTOR]
    )
    assert row.step is Step.ENTRY
    assert await kept(world) == (DIRECTOR, DECLARANT)
    (event,) = await Event.filter(kind="contacts_confirmed")
    assert event.details == {"roles": ["declarant", "director"]}
    await Dossier.filter(id=world.dossier).update(step=4)
    partner = await dossiers.read(world["cdc"], world.dossier)
    assert await contacts.contacts_many([partner]) == {partner.id: ()}
    assert await contacts.suggested(partner) == ()


@pytest.mark.parametrize(
    ("given", "code", "path"),
    [
        ([], "CONTACTS_MISSING", ("contacts",)),
        ([DIRECTOR], "CONTACTS_MISSING", ("contacts",)),
        ([DECLARANT, DECLARANT], "CONTACT_TWICE", ("contacts",)),
        ([replace(DECLARANT, name=" ")], "FIELD_REQUIRED", ("contacts", "0", "name")),
        ([DECLARANT, replace(DIRECTOR, email="")], "FIELD_REQUIRED", ("contacts", "1", "email")),
        ([replace(DECLARANT, email="ana")], "EMAIL_INVALID", ("contacts", "0", "email")),
        ([replace(DECLARANT, phone="12")], "PHONE_INVALID", ("contacts", "0", "phone")),
        ([replace(DECLARANT, title="x" * 121)], "FIELD_TOO_LONG", ("contacts", "0", "title")),
    ],
)
async def test_contacts_that_cannot_be_called_leave_the_dossier_where_it_is(
    given: list[ContactRow], code: str, path: tuple[str, ...]
) -> None:
    world = await build_world(step=0)
    before = await state(world)
    with pytest.raises(Invalid) as refusal:
        await advance(world["saisie"], world.dossier, "initialise", None, "i", contacts=given)
    assert (refusal.value.code, refusal.value.path) == (code, path)
    assert await state(world) == before
    assert await DossierContact.all().count() == 0


async def test_last_years_contacts_are_proposed_else_the_organisms_own_address() -> None:
    world = await build_world(step=0)
    await Organization.filter(key=f"organism:{SIREN}").update(email="bureau@example.org", phone="0400000000")
    row = await dossiers.read(world["saisie"], world.dossier)
    proposed = {one.role: one for one in await contacts.suggested(row)}
    assert set(proposed) == set(ContactRole)
    assert proposed[ContactRole.DECLARANT] == ContactRow(
        ContactRole.DECLARANT, "", "", "bureau@example.org", "0400000000"
    )
    assert proposed[ContactRole.DIRECTOR] == ContactRow(ContactRole.DIRECTOR, "")
    before = await past.last_year({})
    for contact in (DECLARANT, DIRECTOR):
        await DossierContact.create(
            dossier_id=before,
            role=contact.role,
            name=contact.name,
            title=contact.title,
            email=contact.email,
            phone=contact.phone,
            confirmed_at=row.step_since,
        )
    proposed = {one.role: one for one in await contacts.suggested(row)}
    assert proposed[ContactRole.DECLARANT] == DECLARANT
    assert proposed[ContactRole.DIRECTOR] == DIRECTOR
    assert proposed[ContactRole.ACCOUNTANT].name == ""


async def test_contacts_given_with_another_move_are_left_out() -> None:
    world = await build_world(step=2)
    await advance(world["comptable"], world.dossier, "return_to_entry", "Motif.", "r", contacts=[DECLARANT])
    assert await kept(world) == ()


async def test_transmitting_confirms_them_again() -> None:
    world = await filled(step=3)
    before, director = await state(world), world["hierarchie"]
    with pytest.raises(Invalid) as refusal:
        await transmit(director, world.dossier, [True] * 3, PASSWORD, "t")
    assert refusal.value.code == "CONTACTS_MISSING"
    assert await state(world) == before
    await transmit(director, world.dossier, [True] * 3, PASSWORD, "t", contacts=[DECLARANT])
    assert await kept(world) == (DECLARANT,)
