"""What the sealed copies and the direct access to them are asked, and by which right."""

from __future__ import annotations

from tests.gql.declared import Case

COPIES = (
    Case("Dossier.copies", 'dossier(id: "$dossier") { copies { seal } }'),
    Case("Query.copyDifference", 'copyDifference(dossier: "$dossier") { totalCount }', refused="NOT_FOUND"),
    Case("Query.directAccess", "directAccess { edges { node { siren } } }", refused="EMPTY", step=4),
    Case("Query.directFolders", "directFolders { files }", refused="EMPTY", step=4),
    Case("/copies/{id}.zip", "/copies/$copy.zip"),
    Case("/copies/{id}/receipt.pdf", "/copies/$copy/receipt.pdf"),
    Case("/copies/{id}/dossier.pdf", "/copies/$copy/dossier.pdf"),
    Case(
        "/acces-direct/{platform}/{form}/{year}/{folder}/{file}",
        "/acces-direct/MIN/ER/2024/Transmis/2024-732829320-transmis.zip",
        refused="NOT_FOUND",
        step=4,
    ),
)
