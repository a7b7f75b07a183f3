"""What the signature of a copy's PDF must be, and what is said of it in French."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rendering.pades_check import signature

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from typing import Any

    from rendering.pades_check import Signed

UNSIGNED: Final = "sans signature\u00a0: copie scellée avant que les PDF soient signés"
START: Final = b"%PDF-"


def of_member(
    name: str, pdf: bytes, named: Mapping[str, Any] | None, believed: Collection[str]
) -> tuple[str, str]:
    """What is said of the signature of the member `name`, and its fault, "" where it has none.

    `named`: the certificate of the manifest. `believed`: fingerprints, of which it must be one; none for any.
    """
    found = signature(pdf)
    if found is None:
        lost = f"«\u00a0{name}\u00a0» n’a plus la signature que le manifeste annonce."
        return (UNSIGNED, "") if named is None else ("", lost)
    fault = _fault(name, found, believed)
    if not fault and (named or {}).get("sha256") != found.sha256:
        fault = f"«\u00a0{name}\u00a0» est signé par un autre certificat que celui que nomme le manifeste."
    return _said(found), fault


def alone(name: str, pdf: bytes, believed: Collection[str]) -> tuple[str, str]:
    """The same of a PDF given without its archive, which must be signed."""
    found = signature(pdf)
    if found is None:
        return "", f"«\u00a0{name}\u00a0» n’est pas signé\u00a0: rien ne dit s’il a été modifié."
    return _said(found), _fault(name, found, believed)


def _said(found: Signed) -> str:
    """Who signed, for whoever compares it with what he was told elsewhere."""
    return f"PDF signé par «\u00a0{found.subject}\u00a0», certificat {found.sha256}"


def _fault(name: str, found: Signed, believed: Collection[str]) -> str:
    if not found.intact:
        return f"«\u00a0{name}\u00a0» n’est plus le fichier qui a été signé\u00a0: il a été modifié."
    if not found.whole:
        return f"«\u00a0{name}\u00a0» a grandi depuis sa signature, qui ne couvre plus tout le fichier."
    if believed and found.sha256 not in believed:
        other = f"{found.subject}, {found.sha256}"
        return f"«\u00a0{name}\u00a0» est signé par une autre installation\u00a0: {other}."
    return ""
