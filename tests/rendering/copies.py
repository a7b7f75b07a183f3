"""Two sealed copies of one dossier, transmitted then closed, made by a worker; and archives tampered with."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

from models import Dossier, SealedCopy
from resolvers.steps import advance, transmit
from tests.resolvers.filled import filled
from tests.world import CONTACTS, PASSWORD

if TYPE_CHECKING:
    from rendering.services import Services
    from tests.world import World

ACCEPTED = [True, True, True]


async def transmitted() -> World:
    """A dossier transmitted a moment ago; its copy waits for a worker."""
    world = await filled(step=3)
    await transmit(world["hierarchie"], world.dossier, ACCEPTED, PASSWORD, "transmit", contacts=CONTACTS)
    return world


async def closed(world: World) -> None:
    """The same dossier closed; as if its reviewers had found nothing to say."""
    await Dossier.filter(id=world.dossier).update(step=5)
    await advance(world["ministere"], world.dossier, "close", None, "close")


async def archives(world: World, services: Services) -> list[bytes]:
    """The archives of the copies of a dossier, in order."""
    found = await SealedCopy.filter(dossier_id=world.dossier).order_by("number")
    return [await services.files.read(copy.file_key) for copy in found]


def members(archive: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(archive)) as found:
        return {name: found.read(name) for name in found.namelist()}


def zipped(files: dict[str, bytes]) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return target.getvalue()
