"""What a sealed copy is made of: its files, the manifest that names each by its hash, and its seal.

The same frozen dossier gives the same bytes of every file but the PDF, in which Chromium writes its own
identifiers; the seal covers whatever was made.
"""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING, Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import orjson

from authz.clock import PARIS
from rendering.copy_values import written_values
from resolvers.anomalies import anomaly_id
from resolvers.copy_rows import WORDS, copy_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from rendering.pades_key import SealIdentity
    from resolvers.copy_rows import SealTask
    from resolvers.rows import AnomalyRow

FORMAT: Final = "harmonia-copie-1"
XML, PDF, VALUES = "dossier.xml", "dossier.pdf", "valeurs.json"
ANOMALIES, PIECES, VISAS = "anomalies.json", "pieces.json", "visas.json"
MANIFEST, SEAL = "manifeste.json", "sceau.txt"
# What the manifest names, in the order of the archive.
MEMBERS: Final = (XML, PDF, VALUES, ANOMALIES, PIECES)
# Only in the copies of dossiers that were given some.
OPTIONAL: Final = (VISAS,)


def canonical(value: object) -> bytes:
    """JSON with its names sorted, indented, ended by a newline: the same value has the same bytes."""
    options = orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    return orjson.dumps(value, default=str, option=options)


def sha256(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def data_files(task: SealTask, xml: bytes, pdf: bytes) -> dict[str, bytes]:
    """The members that the manifest names."""
    verification = task.content.verification
    anomalies = () if verification is None else verification.anomalies
    # Copies frozen before visas were have none.
    given = [_visa(one) for one in task.frozen.get("visas", ())]
    return {
        XML: xml,
        PDF: pdf,
        VALUES: canonical(written_values(task.content)),
        ANOMALIES: canonical([_anomaly(row) for row in anomalies]),
        PIECES: canonical([_piece(one) for one in task.frozen["attachments"]]),
        **({VISAS: canonical(given)} if given else {}),
    }


def manifest(task: SealTask, files: Mapping[str, bytes], identity: SealIdentity) -> bytes:
    """The manifest; its SHA-256 is the seal of the copy. `identity`: who signed the PDF."""
    frozen = task.frozen
    sent = frozen["transmission"]
    return canonical(
        {
            "format": FORMAT,
            "nature": WORDS[task.kind],
            "numero": task.number,
            "dossier": task.content.dossier.id,
            "siren": frozen["organism"]["siren"],
            "organisme": frozen["organism"]["name"],
            "plateforme": frozen["platform"]["code"],
            "formulaire": frozen["form"],
            "exercice": frozen["year"],
            "passage": frozen["passage"],
            "etape": frozen["step"],
            "date": task.at,
            "auteur": {"nom": frozen["author"]["name"], "organisation": frozen["author"]["organization"]},
            "transmission": None if sent is None else _transmission(sent),
            "empreinteDonnees": frozen["data_hash"],
            "definition": {"cle": frozen["pack"]["key"], "empreinte": frozen["pack"]["seal"]},
            "versionDroits": frozen["policy_version"],
            "certificat": {"sujet": identity.subject, "sha256": identity.sha256},
            "sceauPrecedent": task.previous or None,
            "journal": None if task.anchor is None else _anchor(task.anchor),
            "fichiers": {
                name: {"sha256": sha256(content), "taille": len(content)} for name, content in files.items()
            },
        }
    )


def archive(files: Mapping[str, bytes], made: bytes, at: datetime) -> bytes:
    """The ZIP of the files, their manifest and its seal; every member is dated of the move, in Paris."""
    moment = at.astimezone(PARIS)
    target = io.BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED, compresslevel=6) as found:
        for name, content in {**files, MANIFEST: made, SEAL: f"{sha256(made)}\n".encode()}.items():
            member = ZipInfo(name, moment.timetuple()[:6])
            member.compress_type = ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            found.writestr(member, content)
    return target.getvalue()


def dossier_pdf(content: bytes) -> bytes:
    """The PDF of a copy's archive, which is known to be what was sealed."""
    with ZipFile(io.BytesIO(content)) as found:
        return found.read(PDF)


def archive_name(task: SealTask) -> str:
    """`2024-732829320-transmis.zip`."""
    return copy_file(task.frozen["year"], task.frozen["organism"]["siren"], task.kind)


def _transmission(sent: Mapping[str, Any]) -> dict[str, object]:
    return {
        "date": sent["at"],
        "declarant": sent["author"],
        "empreinteDonnees": sent["data_hash"],
        "engagements": sent["commitments"],
    }


def _anchor(anchor: Mapping[str, Any]) -> dict[str, object]:
    return {"position": anchor["position"], "empreinte": anchor["hash"]}


def _anomaly(row: AnomalyRow) -> dict[str, object]:
    anomaly = row.anomaly
    return {
        "controle": anomaly_id(anomaly),
        "gravite": anomaly.severity.french,
        "libelle": anomaly.label,
        "ecart": anomaly.gap,
        "unite": anomaly.unit,
        "cellules": dict(anomaly.cells),
        "justification": row.justification,
    }


def _piece(stored: Mapping[str, Any]) -> dict[str, object]:
    return {
        "type": stored["piece"],
        "nom": stored["name"],
        "nature": stored["media_type"],
        "taille": stored["size"],
        "sha256": stored["sha256"],
        "envoyeeLe": stored["sent_at"],
        "organisation": stored["organization"],
    }


def _visa(stored: Mapping[str, Any]) -> dict[str, object]:
    return {
        "passage": stored["passage"],
        "tour": stored["round"],
        "etape": stored["step"],
        "circuit": stored["circuit"],
        "visa": stored["visa"],
        "titulaire": stored["holder"],
        "auteur": stored["author"],
        "reponse": stored["answer"],
        "date": stored["at"],
        "empreinteDonnees": stored["data_hash"] or None,
    }
