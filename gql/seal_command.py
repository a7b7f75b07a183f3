"""`python -m gql verify-seal FILE.zip`: are sealed copies what was sealed? Anywhere, offline."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from typing import TYPE_CHECKING

from models import Problem

if TYPE_CHECKING:
    from argparse import Namespace
    from pathlib import Path

    from rendering.copy_check import Checked

INTACT, ALTERED, UNREADABLE = 0, 1, 2
_SEAL = re.compile(r"[0-9a-f]{64}")


def verify_seal(options: Namespace) -> int:
    """Check the files in the order given: 0 nothing was touched, 1 something was, 2 it cannot be read.

    Raises Problem COPY_UNREADABLE for a file that is not there, SEAL_INVALID for a seal that is none.
    """
    from rendering.copy_check import check, check_chain  # noqa: PLC0415 - the other commands read no copy

    expected = _seal(options.seal)
    copies = [check(path.name, _read(path)) for path in options.files]
    if expected and copies[-1].readable and copies[-1].seal != expected:
        copies[-1].faults.append(
            "Le sceau n’est pas celui que vous avez donné\u202f: ce n’est pas cette copie."
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
    if not expected:
        _write("Comparez le sceau à celui de l’accusé de réception, ou donnez-le par --seal.")
    return INTACT


def _seal(text: str | None) -> str:
    """A seal as it is printed on a receipt, in blocks, or as the screen copies it."""
    if text is None:
        return ""
    found = "".join(text.split()).lower()
    if not _SEAL.fullmatch(found):
        raise Problem(
            "SEAL_INVALID",
            "Un sceau compte 64 chiffres hexadécimaux\u202f: recopiez celui de l’accusé de réception.",
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
    said = defaultdict(str, copy.manifest)
    _write(f"✓ {copy.name}\u00a0: intacte")
    _write(f"    {said['organisme']}, SIREN {said['siren']}, {said['formulaire']} {said['exercice']}")
    _write(f"    copie n° {said['numero']} ({said['nature']}), {len(said['fichiers'])} fichiers vérifiés")
    _write(f"    sceau {copy.seal}")
    if said["sceauPrecedent"]:
        _write(f"    elle suit la copie scellée {said['sceauPrecedent']}")


def _write(line: str) -> None:
    sys.stdout.write(f"{line}\n")
