"""Sealing a PDF: PAdES B-B, laid over the finished file without changing a byte of it (ETSI EN 319 142-1)."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner

if TYPE_CHECKING:
    from rendering.pades_key import SealIdentity

FIELD: Final = "Sceau"
PRODUCT: Final = "Harmonia"


def seal_pdf(pdf: bytes, identity: SealIdentity, reason: str) -> bytes:
    """The PDF with its signature, which allows nothing to be changed after it; 50 ms, in a thread of its own.

    `reason`: what a reader of PDF shows beside it, in French.
    """
    signer = SimpleSigner.load_pkcs12_data(identity.pkcs12, [], passphrase=identity.password)
    metadata = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        reason=reason,
        name=PRODUCT,
    )
    target = BytesIO()
    PdfSigner(metadata, signer).sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), output=target)
    return target.getvalue()
