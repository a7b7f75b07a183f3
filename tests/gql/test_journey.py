"""The main job, whole, through the door that everyone uses: from an empty dossier to its print."""

from __future__ import annotations

from uuid import uuid4

from models import CellChange, Dossier, fetch
from tests.cases import read_case
from tests.gql.conftest import House, code_of
from tests.gql.journey import (
    ADVANCE,
    ARCHIVE,
    FIND,
    JUSTIFY,
    LOAD,
    PRINT,
    READ,
    TRANSMIT,
    VERIFY,
    WRITE,
    asked,
    case_xml,
    send,
)
from tests.world import PASSWORD

WAY = (
    ("saisie", "submit_entry", "ENTRY_VALIDATION"),
    ("comptable", "validate_entry", "HIERARCHICAL_VALIDATION"),
)


async def test_an_organism_fills_verifies_and_transmits_its_dossier(fresh: House) -> None:
    entry, direction = await fresh.sign_in("saisie"), await fresh.sign_in("hierarchie")
    case = read_case("er-2024-plain")

    loaded = (await asked(fresh, LOAD, entry, xml=case_xml(case)))["importXml"]
    assert (loaded["applied"], loaded["refused"]) == (True, 0)
    assert loaded["changed"] > 2_000

    found = (await asked(fresh, VERIFY, entry))["verifyDossier"]
    assert (found["stale"], found["blocking"]) == (False, 0)
    assert all(anomaly["gap"] is None or anomaly["gapDisplay"] for anomaly in found["anomalies"])
    for anomaly in found["anomalies"]:
        await asked(fresh, JUSTIFY, entry, check=anomaly["check"])

    for login, move, step in WAY:
        by = await fresh.sign_in(login)
        assert (await asked(fresh, ADVANCE, by, move=move, key=move))["advanceDossier"]["step"] == step
    promise = {"commitments": [True, True, True], "password": PASSWORD, "key": "transmit"}
    sent = (await asked(fresh, TRANSMIT, direction, **promise))["transmitDossier"]
    assert sent["step"] == "REVIEW"
    assert sent["transmission"]["author"] == "Hierarchie Essai"
    assert [line["move"] for line in sent["history"]] == ["transmit", "validate_entry", "submit_entry"]
    again = (await asked(fresh, TRANSMIT, direction, **promise))["transmitDossier"]
    assert again == sent


async def transmitted(house: House) -> dict[str, str]:
    """Load the reference case into the dossier, as if it had been transmitted; what its cells must show."""
    await asked(house, LOAD, await house.sign_in("saisie"), xml=case_xml(read_case("er-2024-plain")))
    await Dossier.filter(id=house.world.dossier).update(step=4)
    expected: dict[str, str] = read_case("er-2024-plain")["expected"]
    return expected


async def test_a_partner_whom_a_convention_allows_finds_reads_and_prints(fresh: House) -> None:
    expected, cdc = await transmitted(fresh), await fresh.sign_in("cdc")
    listed = (await asked(fresh, FIND, cdc, search="office essai"))["dossiers"]
    assert (listed["totalCount"], listed["edges"][0]["node"]["id"]) == (1, str(fresh.world.dossier))
    tab = (await asked(fresh, READ, cdc))["dossier"]["tab"]
    assert tab["values"]["L019.N"] == expected["A1.L019.N"]
    assert {cell["id"]: cell["display"] for cell in tab["cells"]}["A1.L019.N"] == "3\u202f121\u202f449,04"
    whole = (await asked(fresh, PRINT, cdc, key=uuid4().hex))["requestPrint"]
    some = (await asked(fresh, PRINT, cdc, tabs=["A1", "A2"], key=uuid4().hex))["requestPrint"]
    assert (whole["state"], some["state"], whole["downloadUrl"]) == ("WAITING", "WAITING", None)
    assert (await asked(fresh, ARCHIVE, cdc, key=uuid4().hex))["requestExport"]["kind"] == "ZIP"
    jobs = await fetch("SELECT count(*) AS n FROM procrastinate_jobs WHERE task_name = 'render_export'")
    assert jobs[0]["n"] == 3


async def test_another_partner_gets_nothing(fresh: House) -> None:
    await transmitted(fresh)
    ancols = await fresh.sign_in("ancols")
    assert (await asked(fresh, FIND, ancols))["dossiers"]["totalCount"] == 0
    for query, variables in ((READ, {}), (PRINT, {"key": "k"}), (ARCHIVE, {"key": "k"})):
        refused = await send(fresh, query, ancols, **variables)
        assert code_of(refused) == "NOT_FOUND"
        assert refused.json()["data"] is None


async def test_a_dry_run_tells_the_same_and_writes_nothing(fresh: House) -> None:
    entry = await fresh.sign_in("saisie")
    xml = case_xml(read_case("er-2024-plain"))
    dry = (await asked(fresh, LOAD, entry, xml=xml, dry=True))["importXml"]
    assert (dry["applied"], dry["version"]) == (False, 0)
    assert await CellChange.all().count() == 0
    assert (await asked(fresh, LOAD, entry, xml=xml))["importXml"]["changed"] == dry["changed"]


async def test_blocking_anomalies_stop_the_way_with_their_list(fresh: House) -> None:
    entry = await fresh.sign_in("saisie")
    await asked(fresh, WRITE, entry)
    response = await send(fresh, ADVANCE, entry, move="submit_entry", key="k")
    assert code_of(response) == "BLOCKING_ANOMALIES"
    listed = response.json()["errors"][0]["extensions"]["details"]["anomalies"]
    assert "EQ-001" in {anomaly["check"] for anomaly in listed}
    assert (await Dossier.get(id=fresh.world.dossier)).step == 1
