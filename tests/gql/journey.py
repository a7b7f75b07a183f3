"""The operations of the main job, and an organism's own file, as the tests of GraphQL send them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr

from tests.gql.conftest import House
from tests.world import SIREN

if TYPE_CHECKING:
    from collections.abc import Mapping

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
  transmitDossier(dossier: $id, commitments: $commitments, password: $password, idempotencyKey: $key,
    contacts: [{role: DECLARANT, name: "Ana Roux", email: "ana@example.org"}]) {
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


async def asked(house: House, query: str, by: str, **variables: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """The data of an operation on the dossier that must succeed."""
    response = await send(house, query, by, **variables)
    body: dict[str, Any] = response.json()
    assert "errors" not in body, body
    data: dict[str, Any] = body["data"]
    return data


async def send(house: House, query: str, by: str, **variables: Any) -> httpx.Response:  # noqa: ANN401 - JSON
    """The whole response to an operation on the dossier."""
    return await house.ask(query, {"id": str(house.world.dossier), **variables}, by=by)
