"""Verifying: the checks on the values as they stand, kept with the hash of what they read."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from forms import Severity
from models import Conflict, Dossier, Justification, NotFound, Refused, Verification
from resolvers import dossiers, verification
from resolvers.cells import CellWrite, write
from resolvers.loading import load
from tests.cases import loaded_file, read_case
from tests.world import build_world

pytestmark = pytest.mark.usefixtures("database")


async def test_the_reference_case_shows_its_anomalies_with_their_gaps() -> None:
    """Checks that read last year are apart: this world has no dossier of 2023."""
    world, case = await build_world(), read_case("er-2024-plain")
    await load(world["saisie"], world.dossier, loaded_file(case))
    found = await verification.verify(world["saisie"], world.dossier)
    gaps = {row.anomaly.check: (row.anomaly.severity, row.anomaly.gap) for row in found.anomalies}
    words = {"mineure": Severity.MINOR, "majeure": Severity.MAJOR, "bloquante": Severity.BLOCKING}
    expected = {
        failing["rule"]: (words[failing["severity"]], failing["gap"])
        for failing in case["failing"]
        if failing["rule"].startswith(("NG", "PA"))
    }
    assert {check: gaps[check] for check in expected} == expected
    assert Severity.BLOCKING not in {row.anomaly.severity for row in found.anomalies}


async def test_the_last_verification_is_kept_and_goes_stale_at_the_next_write() -> None:
    world = await build_world()
    first = await verification.verify(world["saisie"], world.dossier)
    row = await dossiers.read(world["saisie"], world.dossier)
    assert await verification.last(row) == first
    await write(world["saisie"], world.dossier, [CellWrite("A1.L011.B", "5", None)])
    later = await verification.last(await dossiers.read(world["saisie"], world.dossier))
    assert later is not None
    assert later.stale
    again = await verification.verify(world["saisie"], world.dossier)
    assert again.data_hash != first.data_hash


async def test_the_hash_depends_on_the_values_alone() -> None:
    world = await build_world()
    before = await verification.verify(world["saisie"], world.dossier)
    await write(world["saisie"], world.dossier, [CellWrite("A1.L011.B", "5", None)])
    await write(world["saisie"], world.dossier, [CellWrite("A1.L011.B", None, "5")])
    after = await verification.verify(world["saisie"], world.dossier)
    assert after.data_hash == before.data_hash


async def test_a_justification_stays_with_its_check_until_it_is_taken_back() -> None:
    world = await build_world()
    await write(world["saisie"], world.dossier, [CellWrite("A1.L011.B", "5", None)])
    await verification.verify(world["saisie"], world.dossier)
    kept = await verification.justify(world["saisie"], world.dossier, "EQ-001", " Voir l'annexe. ")
    texts = {row.anomaly.check: row.justification for row in kept.anomalies}
    assert texts["EQ-001"] == "Voir l'annexe."
    gone = await verification.justify(world["saisie"], world.dossier, "EQ-001", "")
    assert {row.justification for row in gone.anomalies} == {None}
    assert await Justification.all().count() == 0


async def test_a_check_that_does_not_fail_is_not_justified() -> None:
    world = await build_world()
    with pytest.raises(NotFound) as refusal:
        await verification.justify(world["saisie"], world.dossier, "EQ-001", "Par avance")
    assert refusal.value.code == "ANOMALY_UNKNOWN"
    assert await Justification.all().count() == 0


@pytest.mark.parametrize("login", ["cdc", "machine", "ancols", "voisin"])
async def test_who_only_reads_does_not_verify(login: str) -> None:
    world = await build_world(step=4)
    with pytest.raises((NotFound, Refused)):
        await verification.verify(world[login], world.dossier)
    assert await Verification.all().count() == 0


async def test_what_was_transmitted_with_its_justifications_is_not_rewritten() -> None:
    world = await build_world(step=4)
    await Dossier.filter(id=world.dossier).update(transmitted_at=datetime.now(UTC))
    await verification.verify(world["ministere"], world.dossier)
    with pytest.raises(Conflict) as refusal:
        await verification.justify(world["ministere"], world.dossier, "EQ-001", "Réécrit")
    assert refusal.value.code == "JUSTIFICATIONS_SEALED"
    assert await Justification.all().count() == 0
