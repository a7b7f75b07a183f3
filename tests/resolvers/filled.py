"""A dossier that nothing stops any more, and what a crossing leaves behind."""

from __future__ import annotations

from authz import add_rows, profile_line, read_version
from models import Crossing, Dossier, Justification, Notification, Transmission
from resolvers import dossiers, verification
from resolvers.cells import CellWrite, write
from resolvers.loading import load
from resolvers.tabs import open_tabs
from tests.cases import loaded_file, read_case
from tests.world import World, build_world


async def filled(step: int = 1) -> World:
    """A dossier with the reference case's values, every major anomaly justified, at `step`."""
    world = await build_world()
    file = loaded_file(read_case("er-2024-plain"))
    await load(world["saisie"], world.dossier, file)
    await _mend(world)
    await _justify(world)
    await Dossier.filter(id=world.dossier).update(step=step, passes=step)
    return world


async def with_contact(step: int) -> World:
    """The same with a contact of the organism's own, « comptable », told as those of the other side are."""
    world = await filled(step=step)
    contact = profile_line(subject="user:comptable", profile="profile:contact", platform="MIN", form="ER")
    await add_rows([contact], base=await read_version(), author_id=None, comment="Contact")
    await world.authority.refresh()
    return world


async def _justify(world: World) -> None:
    """One as a person would, and a hundred more as it left that one: each by itself would read them all."""
    author = world["saisie"]
    result = await verification.verify(author, world.dossier)
    first, *others = [row.anomaly.check for row in result.anomalies]
    await verification.justify(author, world.dossier, first, "Vu avec le commissaire.")
    kept = await Justification.get(dossier_id=world.dossier, check_id=first)
    await Justification.bulk_create(
        Justification(
            dossier_id=world.dossier, check_id=check, text=kept.text, author_id=author.user_id, at=kept.at
        )
        for check in others
    )


async def _mend(world: World) -> None:
    """The reference case leaves placeholders where an identity is due: write a real one."""
    identity = {
        "L011": "Office d'essai",
        "L013": "732829320",
        "L015": "OPH",
        "L028": "2024-12-31",
        "L029": "12",
    }
    current = await dossiers.read(world["saisie"], world.dossier)
    seen = (await open_tabs(current, ["G01"]))[0].values
    result = await write(
        world["saisie"],
        world.dossier,
        [CellWrite(f"G01.{line}.V", value, seen.get(f"{line}.V")) for line, value in identity.items()],
    )
    assert not result.refused


async def state(world: World) -> tuple[int, int, int, int]:
    """The dossier's step, and how many crossings, transmissions and notifications there are."""
    dossier = await Dossier.get(id=world.dossier)
    return (
        dossier.step,
        await Crossing.all().count(),
        await Transmission.all().count(),
        await Notification.all().count(),
    )
