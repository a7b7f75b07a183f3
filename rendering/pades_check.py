"""What the signature of a PDF is worth, from the file alone: no network, and no authority is believed.

Whom a certificate belongs to is for who checks to say, by its fingerprint: one that is signed by itself
proves only that two files come from the same hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import SignatureCoverageLevel
from pyhanko.sign.validation.generic_cms import validate_sig_integrity

if TYPE_CHECKING:
    from pyhanko.sign.validation import EmbeddedPdfSignature


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature that was found. `intact`: what it covers is what was signed; `whole`: it covers the file.

    `sha256`: the fingerprint of its certificate, in hexadecimal; `subject`: whom that names.
    """

    intact: bool
    whole: bool
    sha256: str
    subject: str

    @property
    def sound(self) -> bool:
        """Whether not one byte of the file was touched since."""
        return self.intact and self.whole


def signature(pdf: bytes) -> Signed | None:
    """The signature of a PDF; None where it has none. One that cannot be read is neither intact nor whole."""
    try:
        found = PdfFileReader(BytesIO(pdf)).embedded_regular_signatures
        return _read(found[-1]) if found else None
    except Exception:  # noqa: BLE001 - whatever a stranger's file makes its reader raise, it is no sound signature
        return Signed(intact=False, whole=False, sha256="", subject="")


def _read(found: EmbeddedPdfSignature) -> Signed:
    same, valid = validate_sig_integrity(found.signer_info, found.signer_cert, "data", found.compute_digest())
    return Signed(
        intact=same and valid,
        whole=found.evaluate_signature_coverage() is SignatureCoverageLevel.ENTIRE_FILE,
        sha256=found.signer_cert.sha256.hex(),
        subject=str(found.signer_cert.subject.native.get("common_name", "")),
    )
