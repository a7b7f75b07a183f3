"""With what the installation seals PDFs: a key and its certificate, given by a setting or made once here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, pkcs12
from cryptography.x509.oid import NameOID

from models import Problem
from resolvers import copy_seal_key
from resolvers.copy_seal_key import NewKey

if TYPE_CHECKING:
    from pathlib import Path

YEARS: Final = 10
LEAST_RSA: Final = 2048
# What a common name may hold at most (RFC 5280, ub-common-name).
MOST_NAME: Final = 64
# Clocks differ: a certificate that begins now is not valid yet on a reader's machine that is late.
BEFORE: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SealIdentity:
    """A key with its certificate, as PKCS#12, and the password of that."""

    pkcs12: bytes
    password: bytes | None
    certificate: x509.Certificate

    @property
    def sha256(self) -> str:
        """The fingerprint of the certificate, in hexadecimal, as readers of PDF show it."""
        return self.certificate.fingerprint(hashes.SHA256()).hex()

    @property
    def subject(self) -> str:
        """Whom the certificate names."""
        return self.certificate.subject.rfc4514_string()

    @property
    def pem(self) -> str:
        """The certificate alone, as text."""
        return self.certificate.public_bytes(Encoding.PEM).decode("ascii")


@dataclass(frozen=True, slots=True)
class SealKeys:
    """Where the identity comes from: `given` by a setting, else the installation's own, naming `host`."""

    given: SealIdentity | None = None
    host: str = ""

    async def current(self) -> SealIdentity:
        """The identity that seals now. Raises Problem SEAL_KEY_EXPIRED, for the one that was given."""
        if self.given is not None:
            _require_current(self.given.certificate)
            return self.given
        return _loaded(await copy_seal_key.own_key(self._new), None)

    async def renew(self) -> SealIdentity:
        """The installation's own, made anew. Raises Problem SEAL_KEY_GIVEN where a setting gives it."""
        if self.given is not None:
            raise Problem(
                "SEAL_KEY_GIVEN",
                "Le certificat de scellement vient de HARMONIA_SEAL_KEY\u00a0: remplacez ce fichier, puis"
                " relancez les processus «\u00a0work\u00a0».",
            )
        return _loaded(await copy_seal_key.renew(self._new), None)

    def _new(self) -> NewKey:
        return made_key(self.host)


def read_keys(path: Path | None, password: str, host: str) -> SealKeys:
    """The keys that the settings name; `path`: a PKCS#12, or None for the installation's own.

    Raises Problem SEAL_KEY_UNREADABLE, SEAL_KEY_REFUSED, SEAL_KEY_EXPIRED.
    """
    if path is None:
        return SealKeys(host=host)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Problem(
            "SEAL_KEY_UNREADABLE",
            f"Le fichier «\u00a0{path}\u00a0» que nomme HARMONIA_SEAL_KEY est introuvable ou illisible\u00a0:"
            " vérifiez son chemin et ses droits, puis relancez.",
        ) from error
    found = _loaded(content, password.encode() or None)
    _require_current(found.certificate)
    return SealKeys(found, host)


def _loaded(content: bytes, password: bytes | None) -> SealIdentity:
    try:
        key, certificate, _ = pkcs12.load_key_and_certificates(content, password)
    except ValueError as error:
        raise _refused(
            "n’est pas un fichier PKCS#12, ou HARMONIA_SEAL_PASSWORD n’est pas son mot de passe"
        ) from error
    if key is None or certificate is None or key.public_key() != certificate.public_key():
        raise _refused("ne contient pas une clé privée et son certificat")
    if not _signs(key) or not _may_sign(certificate):
        raise _refused(
            f"ne peut pas signer\u00a0: il faut une clé EC, ou RSA d’au moins {LEAST_RSA}\u00a0bits, et un"
            " certificat dont l’usage comprend la signature"
        )
    return SealIdentity(content, password, certificate)


def _signs(key: object) -> bool:
    """Whether readers of PDF know keys of that kind."""
    if isinstance(key, rsa.RSAPrivateKey):
        return key.key_size >= LEAST_RSA
    known = (ec.SECP256R1, ec.SECP384R1, ec.SECP521R1)
    return isinstance(key, ec.EllipticCurvePrivateKey) and isinstance(key.curve, known)


def _may_sign(certificate: x509.Certificate) -> bool:
    """A certificate that says nothing of its use may be used for all."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return usage.digital_signature or usage.content_commitment


def _require_current(certificate: x509.Certificate) -> None:
    begin, end = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if not begin <= datetime.now(UTC) <= end:
        raise Problem(
            "SEAL_KEY_EXPIRED",
            f"Le certificat que nomme HARMONIA_SEAL_KEY n’est valable que du {begin:%d/%m/%Y}"
            f" au {end:%d/%m/%Y}\u00a0: remplacez-le, puis relancez.",
        )


def _refused(why: str) -> Problem:
    return Problem(
        "SEAL_KEY_REFUSED", f"Le fichier que nomme HARMONIA_SEAL_KEY {why}. Corrigez-le, puis relancez."
    )


def made_key(host: str) -> NewKey:
    """A new EC P-256 key under a certificate signed by itself, without a password."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    ends = now + timedelta(days=365 * YEARS)
    common = f"Sceau Harmonia {host}".strip()[:MOST_NAME]
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now - BEFORE, ends)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_USAGE, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    packed = pkcs12.serialize_key_and_certificates(b"harmonia", key, certificate, None, NoEncryption())
    return NewKey(packed, certificate.fingerprint(hashes.SHA256()).hex(), ends)


# To sign, and to answer for what is signed: readers of PDF ask for the second.
_USAGE: Final = x509.KeyUsage(
    digital_signature=True,
    content_commitment=True,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=False,
    crl_sign=False,
    encipher_only=False,
    decipher_only=False,
)
