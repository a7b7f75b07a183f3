"""The visas that a dossier was given go with its copies, under the seal, to those who may read them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import orjson
import pytest

from models import Refused, SealedCopy
from rendering import copy_files
from rendering.copy_check import check
from rendering.copy_job import seal_copy
from resolvers import copies, verification
from resolvers.steps import advance
from tests.circuit_world import Place, build_circuit
from tests.rendering.copies import archives, members, zipped
from tests.rendering.sealing import PlainPrinter

if TYPE_CHECKING:
    from rendering.services import Services
    from tests.world import World

pytestmark = [pytest.mark.usefixtures("database")]


@pytest.fixture
async def place(database: str) -> Place:
    assert database
    return await build_circuit()


@pytest.fixture
def world(place: Place) -> World:
    return replace(place.world, dossier=place.dossier)


@pytest.fixture
async def sealed(place: Place, world: World, services: Services) -> SealedCopy:
    """The copy of a dossier closed after its circuit was signed."""
    await place.signed()
    await verification.verify(world["ministere"], place.dossier)
    for move in ("finalise", "close"):
        await advance(world["ministere"], place.dossier, move, None, move)
    copy = await SealedCopy.get(dossier_id=place.dossier)
    printer: Any = PlainPrinter()
    await seal_copy(type(services)(services.authority, printer, services.files, services.mailer), copy.id)
    return copy


async def test_the_visas_given_are_under_the_seal(
    sealed: SealedCopy, world: World, services: Services
) -> None:
    (archive,) = await archives(world, services)
    files = members(archive)
    visas = orjson.loads(files["visas.json"])
    assert [(one["visa"], one["titulaire"], one["reponse"]) for one in visas] == [
        ("MISSION", "Mission Essai", "favourable"),
        ("MISSION", "Adjoint Essai", "favourable"),
        ("ORGANISME", "Saisie Essai", "favourable"),
        ("VALIDATION", "Adjoint Essai", "approved"),
        ("SIGNATURE", "Ministere Essai", "approved"),
    ]
    assert {(one["circuit"], one["etape"], one["tour"]) for one in visas} == {("RELECTURE", 4, 0)}
    assert visas[0]["empreinteDonnees"] is None
    assert visas[4]["empreinteDonnees"] == sealed.frozen["visas"][4]["data_hash"] != ""
    assert all(one["date"] and one["auteur"] == one["titulaire"] for one in visas)
    assert check("x", archive).faults == []


async def test_a_visa_added_changed_or_taken_off_is_found(
    sealed: SealedCopy, world: World, services: Services
) -> None:
    (archive,) = await archives(world, services)
    files = members(archive)
    assert sealed.number == 1
    changed = files["visas.json"].replace(b"approved", b"refused!")
    assert check("x", zipped({**files, "visas.json": changed})).faults == [
        "Le fichier «\u00a0visas.json\u00a0» n’est pas celui qui a été scellé."
    ]
    without = {name: kept for name, kept in files.items() if name != "visas.json"}
    assert check("x", zipped(without)).faults == ["Le fichier «\u00a0visas.json\u00a0» manque."]
    manifest = orjson.loads(files["manifeste.json"])
    del manifest["fichiers"]["visas.json"]
    made = copy_files.canonical(manifest)
    seal = {"manifeste.json": made, "sceau.txt": f"{copy_files.sha256(made)}\n".encode()}
    assert check("x", zipped({**files, **seal})).faults == [
        "Le manifeste ne nomme pas «\u00a0visas.json\u00a0»."
    ]
    assert check("x", zipped({**without, **seal})).faults == []


async def test_the_visas_of_a_step_that_he_may_not_read_keep_the_copy_from_him(
    sealed: SealedCopy, world: World
) -> None:
    taken = await copies.take(world["cdc"], sealed.id, "zip")
    assert taken.copy.visa_steps == (4,) * 5
    kept = {**sealed.frozen, "visas": [{**sealed.frozen["visas"][0], "step": 2}]}
    await SealedCopy.filter(id=sealed.id).update(frozen=kept)
    with pytest.raises(Refused) as refused:
        await copies.take(world["cdc"], sealed.id, "zip")
    assert refused.value.code == "COPY_VISAS"
