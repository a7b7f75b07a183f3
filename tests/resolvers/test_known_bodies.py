"""An editor of one platform's rules names whom his platform knows, and learns of nobody else."""

from __future__ import annotations

from uuid import uuid4

from authz import Touched, bump, viewer_of_user
from models import (
    Category,
    NotFound,
    Organism,
    Organization,
    OrganizationKind,
    Platform,
    PlatformKind,
    User,
    transaction,
)
from resolvers import convention_choices, policy_asking, policy_csv, policy_desk
from resolvers.policy_asking import Asked
from tests.agreements import build_agreements
from tests.rights_desk import refusal

UNKNOWN = ("operator:ZZP", "organism:999999999")
PARTNER = "partner:ZZZ"


async def _strangers() -> dict[str, Organization]:
    """Another platform's operator and organism, each with someone, and a partner that nobody agreed with."""
    kind = next(iter(PlatformKind))
    async with transaction():
        await Platform.create(code="ZZP", name="Plateforme secrète", kind=kind)
        kinds = OrganizationKind
        made = [
            await Organization.create(
                key=UNKNOWN[0], kind=kinds.OPERATOR, name="Secret un", short_name="ZZP", platform_id="ZZP"
            ),
            await Organization.create(
                key=UNKNOWN[1], kind=kinds.ORGANISM, name="Secret deux", short_name="Z2"
            ),
            await Organization.create(key=PARTNER, kind=kinds.PARTNER, name="Secret trois", short_name="ZZZ"),
        ]
        await Organism.create(
            organization=made[1], siren="999999999", category=Category.OPH, department="75", city="Paris"
        )
        for number, one in enumerate(made[:2]):
            await User.create(
                organization=one,
                login=f"cache.{number}",
                password_hash="x",
                first_name="A",
                last_name="B",
                email="a@example.org",
            )
        await bump(None, "Étrangers", Touched(organizations=tuple(one.key for one in made)))
    return {one.key: one for one in made}


async def test_an_editor_learns_of_nobody_whom_his_platform_does_not_know(database: str) -> None:  # noqa: ARG001 - opened
    world = await build_agreements()
    made = await _strangers()
    await world.authority.refresh()
    admin = await viewer_of_user(world.authority, (await User.get(login="admin")).id)
    text = "".join(await policy_csv.export(admin, "MIN", None, relations=True))
    assert f"g2, {UNKNOWN[1][:9]}" in text
    assert [key for key in UNKNOWN if key in text] == []
    # Every partner is there: an editor may write the first convention with any of them.
    assert [row.key for row in await policy_desk.actors("MIN", "secret", 20)] == [PARTNER]
    assert PARTNER in [row.key for row in (await convention_choices.choices(admin, "MIN")).partners]
    assert await convention_choices.organisms("MIN", "secret", 20) == ()
    assert len(await convention_choices.organisms("MIN", "", 20)) == 2
    assert await policy_asking.what_can_see(admin, made[PARTNER].id, "dossier:read") == []
    for organization in (*(made[key].id for key in UNKNOWN), uuid4()):
        await refusal("NOT_FOUND", policy_asking.what_can_see(admin, organization, "dossier:read"))
    hidden = [(await User.get(login=f"cache.{number}")).id for number in range(2)]
    for user in (*hidden, uuid4()):
        asked = Asked("dossier:read", user=user)
        told = await refusal("NOT_FOUND", policy_asking.explain_access(admin, world.dossier, asked))
        assert isinstance(told, NotFound)
