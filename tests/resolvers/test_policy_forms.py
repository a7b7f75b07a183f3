"""A rule on a form that the platform does not have is refused, with the name that it may have been."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from authz.csv_lines import write_lines
from models import Campaign, Invalid, PackDraft, Platform, PlatformKind
from resolvers import policy_changes, policy_csv, policy_foreseen, policy_simulating
from resolvers.policy_changes import Change
from tests.authz.stored import stored
from tests.rights_desk import build_desk, changed, editor, number_of, reads, refusal

pytestmark = pytest.mark.usefixtures("database")


async def test_a_form_that_nobody_has_is_refused_by_each_door() -> None:
    await build_desk()
    admin = await editor()
    before = await stored()
    wanted = Change("MIN", (reads(), reads(form="ERR")), (), admin.authority.policy.version, "Essai.")
    for act in (policy_changes.change(admin, wanted, "k"), policy_simulating.simulate(admin, wanted)):
        with pytest.raises(Invalid) as unknown:
            await act
        assert (unknown.value.code, unknown.value.path) == ("FORM_UNKNOWN", ("add", "1", "form"))
        assert str(unknown.value).endswith("«\u00a0ERR\u00a0»\u00a0: le plus proche est «\u00a0ER\u00a0».")
    text = "".join(await policy_csv.export(admin, "MIN", None, relations=False))
    read = await policy_csv.read(admin, "MIN", text + "".join(write_lines([reads(form="QDISS")])))
    (fault,) = read.faults
    assert (fault.code, fault.field, fault.line) == ("FORM_UNKNOWN", "form", text.count("\n") + 1)
    assert "«\u00a0QDIS\u00a0»" in fault.sentence
    # Nothing is named that looks nothing like it.
    far = await refusal("FORM_UNKNOWN", changed(admin, reads(form="LOGEMENT")))
    assert str(far).endswith("préparez-en d’abord le formulaire.")
    assert await stored() == before


async def test_a_form_that_is_being_written_is_named_beforehand() -> None:
    await build_desk()
    await PackDraft.create(
        platform_id="MIN", form="LOGEMENT", year=2026, files={}, sha256="0" * 64, created_at=datetime.now(UTC)
    )
    assert (await changed(await editor(), reads(form="LOGEMENT"), reads(form="QDIS"))).version
    # What stands goes on, whatever became of its form; only what is added is asked about.
    await PackDraft.all().delete()
    text = "".join(await policy_csv.export(await editor(), "MIN", None, relations=False))
    read = await policy_csv.read(await editor(), "MIN", text)
    assert (read.add, read.close, read.faults) == ((), (), ())
    gone, there = reads(form="LOGEMENT"), (await editor()).authority.version
    await changed(await editor(), close=(await number_of(gone),))
    await refusal("FORM_UNKNOWN", changed(await editor(), gone))
    back = await policy_foreseen.foresee_rollback(await editor(), "MIN", there)
    assert back.add == (gone,)
    assert (await policy_changes.roll_back(await editor(), "MIN", there, "Comme avant", "k")).version
    assert await number_of(gone)


async def test_a_form_that_another_platform_collects_is_not_ones_own() -> None:
    await build_desk()
    await Platform.create(code="FOPH", name="Offices", kind=PlatformKind.FEDERATION)
    await Campaign.create(
        platform_id="FOPH", form="QDIS", year=2024, pack="QDIS/2024/1", opens_on="2025-03-01"
    )
    await refusal("FORM_UNKNOWN", changed(await editor(), reads(form="QDIS")))
