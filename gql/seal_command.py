"""`verify-seal FILE.zip`: are sealed copies what was sealed? Anywhere, offline. And who signs them here."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from typing import TYPE_CHECKING

from models import Problem

if TYPE_CHECKING:
    from argparse import Namespace
    from pathlib import Path

    from gql.settings import Settings
    from rendering.copy_check import Checked

INTACT, ALTERED, UNREADABLE = 0, 1, 2
_SEAL = re.compile(r"[0-9a-f]{64}")


def verify_seal(options: Namespace) -> int:
    """Check the files in the order given: 0 nothing was touched, 1 something was, 2 it cannot be read.

    Raises Problem COPY_UNREADABLE for a file that is not there, SEAL_INVALID for a seal or a fingerprint
    that is none.
    """
    from rendering.copy_check import check, check_chain  # noqa: PLC0415 - the other commands read no copy
    from rendering.copy_signature import UNSIGNED  # noqa: PLC0415 - as above

    expected, believed = _seal(options.seal), {_seal(one) for one in options.certificate}
    copies = [check(path.name, _read(path), believed) for path in options.files]
    if believed and copies[-1].signature == UNSIGNED:
        copies[-1].faults.append("Le PDF de la copie n’est pas signé\u00a0: aucun certificat ne l’a scellée.")
    if expected and copies[-1].readable and copies[-1].seal != expected:
        copies[-1].faults.append(
            "Le sceau n’est pas celui que vous avez donné\u00a0: ce n’est pas cette copie."
        )
    for copy in copies:
        _tell(copy)
    broken = check_chain(copies)
    for fault in broken:
        _write(f"✗ {fault}")
    if len(copies) > 1 and not broken:
        _write("✓ Les copies se suivent, chacune porte le sceau de la précédente.")
    if not all(copy.readable for copy in copies):
        return UNREADABLE
    if broken or any(copy.faults for copy in copies):
        return ALTERED
    if not expected and any(copy.manifest for copy in copies):
        _write("Comparez le sceau à celui de l’accusé de réception, ou donnez-le par --seal.")
    return INTACT


def _seal(text: str | None) -> str:
    """A seal as it is printed on a receipt, in blocks, or as the screen copies it; or a fingerprint.

    Readers of PDF write fingerprints with colons.
    """
    if text is None:
        return ""
    found = "".join(text.replace(":", "").split()).lower()
    if not _SEAL.fullmatch(found):
        raise Problem(
            "SEAL_INVALID",
            "Un sceau ou une empreinte compte 64 chiffres hexadécimaux\u00a0: recopiez le sceau de l’accusé"
            " de réception, ou l’empreinte SHA-256 du certificat.",
        )
    return found


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Problem(
            "COPY_UNREADABLE", f"«\u00a0{path}\u00a0» est introuvable ou illisible\u00a0: vérifiez le chemin."
        ) from error


def _tell(copy: Checked) -> None:
    if copy.faults:
        _write(f"✗ {copy.name}")
        for fault in copy.faults:
            _write(f"    {fault}")
        return
    if not copy.manifest:
        _write(f"✓ {copy.name}\u00a0: {copy.signature}")
        return
    said = defaultdict(str, copy.manifest)
    _write(f"✓ {copy.name}\u00a0: intacte")
    _write(f"    {said['organisme']}, SIREN {said['siren']}, {said['formulaire']} {said['exercice']}")
    _write(f"    copie n° {said['numero']} ({said['nature']}), {len(said['fichiers'])} fichiers vérifiés")
    _write(f"    {copy.signature}")
    _write(f"    sceau {copy.seal}")
    if said["sceauPrecedent"]:
        _write(f"    elle suit la copie scellée {said['sceauPrecedent']}")


def seal_certificate(options: Namespace) -> int:
    """Print the certificate by which this installation signs, made where there is none yet, or made anew.

    Raises Problem as `read_keys`, SEAL_KEY_GIVEN.
    """
    from gql.commands import with_database  # noqa: PLC0415 - verify-seal needs no database
    from gql.process import seal_keys  # noqa: PLC0415 - nor the rest of a server

    async def run(settings: Settings) -> None:
        keys = seal_keys(settings)
        identity = await (keys.renew() if options.renew else keys.current())
        _write(f"{identity.pem}{identity.subject}\nSHA-256 {identity.sha256}")

    with_database(run)
    return INTACT


def _write(line: str) -> None:
    sys.stdout.write(f"{line}\n")
