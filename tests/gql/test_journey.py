"""The main job, whole, through the door that everyone uses: from an empty dossier to its print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4
from xml.sax.saxutils import quoteattr

import pytest

from models import CellChange, Dossier, fetch
from tests.cases import read_case
from tests.gql.conftest import House, code_of, house_of
from tests.world import PASSWORD, SIREN, World

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping
    from pathlib import Path

    import httpx

# The reference case leaves placeholders where an identity is due.
IDENTITY = {"L011": "Office d'essai", "L013": SIREN, "L015": "OPH", "L028": "2024-12-31", "L029": "12"}
LOAD = """
mutation Load($id: ID!, $xml: String!, $dry: Boolean! = false) {
  importXml(dossier: $id, xml: $xml, dryRun: $dry) {
    applied changed refused version lines { line cell outcome code message }
  }
}
"""
VERIFY = """
mutation Verify($id: ID!) {
  verifyDossier(dossier: $id) { stale blocking major minor anomalies { check severity gap gapDisplay } }
}
"""
JUSTIFY = """
mutation Justify($id: ID!, $check: String!) {
  justifyAnomaly(dossier: $id, check: $check, text: "Vu avec le commissaire aux comptes.") { major }
}
"""
ADVANCE = """
mutation Advance($id: ID!, $move: String!, $key: String!) {
  advanceDossier(dossier: $id, move: $move, idempotencyKey: $key) { step stepLabel }
}
"""
TRANSMIT = """
mutation Transmit($id: ID!, $commitments: [Boolean!]!, $password: String!, $key: String!) {
  transmitDossier(dossier: $id, commitments: $commitments, password: $password, idempotencyKey: $key) {
    step transmittedAt transmission { author commitments dataHash } history { move author source target }
  }
}
"""
FIND = """
query Find($search: String) {
  dossiers(criteria: {search: $search, form: "ER", year: 2024}) { totalCount edges { node { id step } } }
}
"""
READ = 'query Read($id: ID!) { dossier(id: $id) { tab(code: "A1") { values cells { id display } } } }'
PRINT = """
mutation Print($id: ID!, $tabs: [String!], $key: String!) {
  requestPrint(dossier: $id, tabs: $tabs, idempotencyKey: $key) { id state kind downloadUrl }
}
"""
ARCHIVE = (
    "mutation Zip($id: ID!, $key: String!) { requestExport(dossier: $id, idempotencyKey: $key) { kind } }"
)
WRITE = """
mutation Write($id: ID!) { writeCells(dossier: $id, writes: [{cell: "A1.L011.B", value: "5"}]) { written } }
"""
WAY = (
    ("saisie", "submit_entry", "ENTRY_VALIDATION"),
    ("comptable", "validate_entry", "HIERARCHICAL_VALIDATION"),
)


def case_xml(
    case: dict[str, Any], changes: Mapping[str, str] | None = None, *, siren: str = SIREN, year: int = 2024
) -> str:
    """A case in the exchange format, as an organism's own system would write it; `changes` replace cells."""
    inputs = {**case["inputs"], **{f"G01.{line}.V": text for line, text in IDENTITY.items()}}
    inputs |= changes or {}
    tabs: dict[str, str] = {}
    for cell, value in inputs.items():
        tab = cell.partition(".")[0]
        tabs[tab] = tabs.get(tab, "") + f'<c id="{cell}" v={quoteattr(value)}/>'
    for tab, rows in case["rows"].items():
        for number, row in enumerate(rows, 1):
            typed = "".join(
                f'<x k="{column}" v={quoteattr(value)}/>' for column, value in row.items() if value
            )
            tabs[tab] = tabs.get(tab, "") + f'<rang n="{number}">{typed}</rang>'
    body = "".join(f'<onglet code="{tab}">{content}</onglet>' for tab, content in tabs.items())
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<dossier xmlns="urn:harmonia:dossier:1" format="1.0" type="ER" exercice="{year}" pack="ER-2024.1">'
        f'<organisme siren="{siren}" type="OPH"><raisonSociale>Office d’essai</raisonSociale></organisme>'
        f'<formulaire><partie code="1">{body}</partie></formulaire></dossier>'
    )


@pytest.fixture
async def fresh(world: World, database: str, tmp_path: Path) -> AsyncIterator[House]:
    """A server over a world that nothing has happened in yet."""
    async with house_of(world, tmp_path, database) as made:
        yield made


async def asked(house: House, query: str, by: str, **variables: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """The data of an operation on the dossier that must succeed."""
    response = await send(house, query, by, **variables)
    body: dict[str, Any] = response.json()
    assert "errors" not in body, body
    data: dict[str, Any] = body["data"]
    return data


async def send(house: House, query: str, by: str, **variables: Any) -> httpx.Response:  # noqa: ANN401 - JSON
    return await house.ask(query, {"id": str(house.world.dossier), **variables}, by=by)


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


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        ("<dossier", "XML_MALFORMED"),
        ('<!DOCTYPE d [<!ENTITY a "b">]><dossier>&a;</dossier>', "XML_FORBIDDEN"),
        ("<dossier/>", "XML_NAMESPACE"),
        ('<dossier xmlns="urn:harmonia:dossier:1"/>', "XML_INVALID"),
        (case_xml(read_case("er-2024-plain"), siren="552100554"), "XML_OTHER_ORGANISM"),
        (case_xml(read_case("er-2024-plain"), year=2023), "XML_OTHER_CAMPAIGN"),
        ("<dossier>" + "x" * 5_200_000 + "</dossier>", "XML_TOO_LARGE"),
    ],
)
async def test_a_file_that_cannot_be_believed_changes_nothing(fresh: House, xml: str, code: str) -> None:
    entry = await fresh.sign_in("saisie")
    response = await send(fresh, LOAD, entry, xml=xml)
    assert code_of(response) == code
    assert response.json()["errors"][0]["message"].endswith(".")
    assert response.json()["data"] is None
    assert await CellChange.all().count() == 0
    assert (await Dossier.get(id=fresh.world.dossier)).version == 0


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"A1.L011.B": "beaucoup"}, "CELL_NOT_NUMBER"),
        ({"A1.L999.B": "1"}, "CELL_UNKNOWN"),
        ({"A1.L011.B": "9" * 20}, "CELL_OUT_OF_RANGE"),
    ],
)
async def test_one_bad_value_of_a_file_stops_all_of_it_with_its_line(
    fresh: House, changes: dict[str, str], code: str
) -> None:
    entry = await fresh.sign_in("saisie")
    xml = case_xml(read_case("er-2024-plain"), changes)
    report = (await asked(fresh, LOAD, entry, xml=xml))["importXml"]
    assert (report["applied"], report["refused"]) == (False, 1)
    (line,) = [line for line in report["lines"] if line["outcome"] == "REFUSED"]
    assert (line["code"], line["line"]) == (code, 1)
    assert await CellChange.all().count() == 0


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


async def test_a_step_is_neither_skipped_nor_crossed_by_another_than_its_own(fresh: House) -> None:
    entry, neighbour = await fresh.sign_in("saisie"), await fresh.sign_in("voisin")
    assert code_of(await send(fresh, ADVANCE, entry, move="validate_entry", key="a")) == "STEP_CONFLICT"
    assert code_of(await send(fresh, ADVANCE, entry, move="leap", key="b")) == "MOVE_UNKNOWN"
    assert code_of(await send(fresh, ADVANCE, neighbour, move="submit_entry", key="c")) == "NOT_FOUND"
    assert (await Dossier.get(id=fresh.world.dossier)).step == 1
