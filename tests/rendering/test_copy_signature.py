"""The signature of a copy's PDF, as the command tells of it: sound, lost, of another hand, or of before."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import orjson
import pytest

from gql.__main__ import main
from models import SealedCopy, SealKey
from rendering import copy_files
from rendering.copy_check import check
from rendering.copy_job import seal_copy
from rendering.copy_signature import UNSIGNED
from rendering.pades import seal_pdf
from rendering.pades_key import read_keys
from tests.rendering.copies import archives, members, transmitted, zipped
from tests.rendering.sealing import PASSWORD, PlainPrinter, key_file, small_pdf

if TYPE_CHECKING:
    from pathlib import Path

    from rendering.pades_key import SealIdentity
    from rendering.services import Services
    from tests.world import World

pytestmark = [pytest.mark.usefixtures("database")]


@pytest.fixture
async def world(database: str) -> World:
    assert database
    return await transmitted()


@pytest.fixture
async def archive(world: World, services: Services) -> bytes:
    printer: Any = PlainPrinter()
    made = type(services)(services.authority, printer, services.files, services.mailer)
    await seal_copy(made, (await SealedCopy.get(dossier_id=world.dossier)).id)
    return (await archives(world, services))[0]


@pytest.fixture
def stranger(tmp_path: Path) -> SealIdentity:
    """Who signs elsewhere."""
    given = read_keys(key_file(tmp_path), PASSWORD, "").given
    assert given is not None
    return given


def _resealed(archive: bytes, pdf: bytes, certificate: dict[str, str] | None) -> bytes:
    """The copy with another PDF and certificate, under a seal of its own: every hash of it agrees."""
    files = members(archive)
    manifest = orjson.loads(files["manifeste.json"])
    manifest["fichiers"]["dossier.pdf"] = {"sha256": copy_files.sha256(pdf), "taille": len(pdf)}
    del manifest["certificat"]
    if certificate:
        manifest["certificat"] = certificate
    made = copy_files.canonical(manifest)
    seal = f"{copy_files.sha256(made)}\n".encode()
    return zipped({**files, "dossier.pdf": pdf, "manifeste.json": made, "sceau.txt": seal})


async def test_a_copy_sealed_before_there_were_signatures_stays_valid(
    archive: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tmp_path / "avant.zip"
    before.write_bytes(_resealed(archive, small_pdf(), None))
    assert main(["verify-seal", str(before)]) == 0
    assert UNSIGNED in capsys.readouterr().out
    assert main(["verify-seal", str(before), "--certificate", "0" * 64]) == 1
    assert "aucun certificat ne l’a scellée" in capsys.readouterr().out


async def test_a_signature_lost_or_of_another_hand_is_told(archive: bytes, stranger: SealIdentity) -> None:
    signed = members(archive)["dossier.pdf"]
    ours = orjson.loads(members(archive)["manifeste.json"])["certificat"]
    assert check("x", archive, [ours["sha256"]]).faults == []
    forged = await asyncio.to_thread(seal_pdf, small_pdf(), stranger, "Copie")
    theirs = {"sujet": stranger.subject, "sha256": stranger.sha256}
    touched = signed.replace(b"/Reason", b"/Raison")
    assert touched != signed
    other = f"Office d’essai, {stranger.sha256}"
    told = [
        _faults(_resealed(archive, small_pdf(), ours)),
        _faults(_resealed(archive, forged, ours)),
        _faults(_resealed(archive, touched, ours)),
        _faults(_resealed(archive, signed + b"\n%", ours)),
        _faults(_resealed(archive, forged, theirs)),
        _faults(_resealed(archive, forged, theirs), ours["sha256"]),
    ]
    assert told == [
        "«\u00a0dossier.pdf\u00a0» n’a plus la signature que le manifeste annonce.",
        "«\u00a0dossier.pdf\u00a0» est signé par un autre certificat que celui que nomme le manifeste.",
        "«\u00a0dossier.pdf\u00a0» n’est plus le fichier qui a été signé\u00a0: il a été modifié.",
        "«\u00a0dossier.pdf\u00a0» a grandi depuis sa signature, qui ne couvre plus tout le fichier.",
        # Made anew from end to end, it agrees with itself: only its certificate, or its seal, tells.
        "",
        f"«\u00a0dossier.pdf\u00a0» est signé par une autre installation\u00a0: {other}.",
    ]


def _faults(archive: bytes, *believed: str) -> str:
    return " ".join(check("x", archive, believed).faults)


async def test_the_command_checks_a_pdf_given_alone(
    archive: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key, path = await SealKey.get(), tmp_path / "dossier.pdf"
    signed = members(archive)["dossier.pdf"]
    path.write_bytes(signed)
    # As a reader of PDF shows it.
    shown = ":".join(key.sha256[place : place + 2].upper() for place in range(0, 64, 2))
    assert main(["verify-seal", str(path), "--certificate", "0" * 64, "--certificate", shown]) == 0
    out = capsys.readouterr().out
    assert f"PDF signé par «\u00a0Sceau Harmonia\u00a0», certificat {key.sha256}" in out
    assert "Comparez le sceau" not in out
    assert main(["verify-seal", str(path), "--certificate", "0" * 64]) == 1
    assert "une autre installation" in capsys.readouterr().out
    assert main(["verify-seal", str(path), "--certificate", "0:0"]) == 2  # SEAL_INVALID
    for touched, says in ((signed.replace(b"/Name", b"/Nome"), "modifié"), (small_pdf(), "n’est pas signé")):
        path.write_bytes(touched)
        assert main(["verify-seal", str(path)]) == 1
        assert says in capsys.readouterr().out
