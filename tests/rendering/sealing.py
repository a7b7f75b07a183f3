"""Keys and PDFs to seal, of tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

if TYPE_CHECKING:
    from pathlib import Path

    Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

PASSWORD = "Turbine-43"


class PlainPrinter:
    """A printer that costs nothing: what is printed is another test's."""

    version, idle = "1", False

    async def print_html(self, html: str, **_: object) -> bytes:
        assert html
        return small_pdf()


def small_pdf(pages: int = 1) -> bytes:
    target = BytesIO()
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page()
        document.save(target)
    return target.getvalue()


def certificate(key: Key, days: tuple[int, int] = (-1, 30), *, signs: bool = True) -> x509.Certificate:
    """Signed by itself, valid between these days, counted from today."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Office d’essai")])
    begin, end = (datetime.now(UTC) + timedelta(days=one) for one in days)
    usage = [signs, signs, False, False, not signs, False, False, False, False]
    number = x509.random_serial_number()
    made = x509.CertificateBuilder(name, name, key.public_key(), number, begin, end)
    return made.add_extension(x509.KeyUsage(*usage), critical=True).sign(key, hashes.SHA256())


def key_file(
    folder: Path,
    key: Key | None = None,
    days: tuple[int, int] = (-1, 30),
    *,
    signs: bool = True,
) -> Path:
    """A PKCS#12 under PASSWORD."""
    key, path = key or ec.generate_private_key(ec.SECP256R1()), folder / "sceau.p12"
    made = certificate(key, days, signs=signs)
    locked = BestAvailableEncryption(PASSWORD.encode())
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"sceau", key, made, None, locked))
    return path


def validated(pdf: bytes) -> str:
    """The fingerprint of the certificate, after pyHanko's own validator has found nothing to say."""
    (found,) = PdfFileReader(BytesIO(pdf)).embedded_signatures
    assert found.sig_object["/SubFilter"] == SigSeedSubFilter.PADES.value
    # The certificate is believed, so that all the rest is looked at.
    believed = ValidationContext(trust_roots=[found.signer_cert], allow_fetching=False)
    status = validate_pdf_signature(found, believed)
    assert (status.bottom_line, status.coverage) == (True, SignatureCoverageLevel.ENTIRE_FILE)
    return str(found.signer_cert.sha256.hex())
