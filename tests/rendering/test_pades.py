"""The seal of a PDF, asked of pyHanko's own validator; the keys that make it, and those that are refused."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12

from models import Problem, SealKey
from rendering.pades import seal_pdf
from rendering.pades_check import signature
from rendering.pades_key import SealKeys, made_key, read_keys
from resolvers import copy_seal_key
from tests.rendering.sealing import PASSWORD, certificate, key_file, small_pdf, validated

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from resolvers.copy_seal_key import NewKey


async def test_a_pdf_is_sealed_whole_and_each_byte_touched_is_told(tmp_path: Path) -> None:
    keys = read_keys(key_file(tmp_path), PASSWORD, "")
    identity, plain = await keys.current(), small_pdf(3)
    sealed = await asyncio.to_thread(seal_pdf, plain, identity, "Copie scellée")
    assert sealed.startswith(plain)
    assert await asyncio.to_thread(validated, sealed) == identity.sha256
    found = signature(sealed)
    assert found is not None
    assert (found.sound, found.sha256) == (True, identity.sha256)
    assert "Office d’essai" in found.subject
    # What the signature does not cover is itself, in hexadecimal: a digit of its value, not of its filling.
    value = sealed.index(b"/Contents") + 40
    for place in (0, 20, len(plain) // 2, len(plain) + 9, value, len(sealed) - 3):
        touched = bytearray(sealed)
        touched[place] ^= 1
        told = signature(bytes(touched))
        assert told is None or not told.sound, place
    for after in (b"\n", b"\n% plus", small_pdf()):
        more = signature(sealed + after)
        assert more is None or not more.whole
    assert signature(plain) is None


def test_a_key_of_an_authority_seals_as_well(tmp_path: Path) -> None:
    path = key_file(tmp_path, rsa.generate_private_key(65537, 2048))
    given = read_keys(path, PASSWORD, "").given
    assert given is not None
    assert validated(seal_pdf(small_pdf(), given, "Copie scellée")) == given.sha256


def _text(folder: Path) -> Path:
    path = folder / "key.pem"
    path.write_text("-----BEGIN CERTIFICATE-----")
    return path


def _keyless(folder: Path) -> Path:
    """A certificate without its key."""
    other, path = ec.generate_private_key(ec.SECP256R1()), folder / "keyless.p12"
    path.write_bytes(
        pkcs12.serialize_key_and_certificates(b"x", None, certificate(other), None, NoEncryption())
    )
    return path


def _unknown_curve(folder: Path) -> Path:
    """Of a kind that readers of PDF do not know."""
    return key_file(folder, ec.generate_private_key(ec.SECP256K1()))


@pytest.mark.parametrize(
    ("make", "password", "code", "says"),
    [
        (lambda folder: folder / "none.p12", PASSWORD, "SEAL_KEY_UNREADABLE", "introuvable ou illisible"),
        (lambda folder: folder, PASSWORD, "SEAL_KEY_UNREADABLE", "introuvable ou illisible"),
        (key_file, "autre", "SEAL_KEY_REFUSED", "HARMONIA_SEAL_PASSWORD"),
        (key_file, "", "SEAL_KEY_REFUSED", "HARMONIA_SEAL_PASSWORD"),
        (_text, PASSWORD, "SEAL_KEY_REFUSED", "PKCS#12"),
        (_keyless, "", "SEAL_KEY_REFUSED", "une clé privée et son certificat"),
        (_unknown_curve, PASSWORD, "SEAL_KEY_REFUSED", "clé EC"),
        (lambda folder: key_file(folder, signs=False), PASSWORD, "SEAL_KEY_REFUSED", "la signature"),
        (lambda folder: key_file(folder, days=(-30, -1)), PASSWORD, "SEAL_KEY_EXPIRED", "remplacez-le"),
        (lambda folder: key_file(folder, days=(1, 30)), PASSWORD, "SEAL_KEY_EXPIRED", "remplacez-le"),
    ],
)  # fmt: skip
def test_a_key_that_cannot_seal_is_refused_when_a_worker_starts(
    make: Callable[[Path], Path], password: str, code: str, says: str, tmp_path: Path
) -> None:
    with pytest.raises(Problem) as refused:
        read_keys(make(tmp_path), password, "")
    assert refused.value.code == code
    assert says in refused.value.message
    assert PASSWORD not in refused.value.message


async def test_a_given_key_that_ends_meanwhile_seals_no_more(tmp_path: Path) -> None:
    given = read_keys(key_file(tmp_path), PASSWORD, "").given
    assert given is not None
    ended = type(given)(
        given.pkcs12, given.password, certificate(ec.generate_private_key(ec.SECP256R1()), (-9, -1))
    )
    with pytest.raises(Problem) as refused:
        await SealKeys(ended).current()
    assert refused.value.code == "SEAL_KEY_EXPIRED"
    with pytest.raises(Problem) as given_by_setting:
        await SealKeys(given).renew()
    assert given_by_setting.value.code == "SEAL_KEY_GIVEN"


@pytest.mark.usefixtures("database")
async def test_the_installation_s_own_key_is_made_once_by_whoever_comes_first() -> None:
    keys = SealKeys(host="harmonia.example.org")
    found = await asyncio.gather(*(keys.current() for _ in range(6)))
    assert len({one.sha256 for one in found}) == await SealKey.all().count() == 1
    assert found[0].subject == "CN=Sceau Harmonia harmonia.example.org"
    assert found[0].pem.startswith("-----BEGIN CERTIFICATE-----")
    sealed = await asyncio.to_thread(seal_pdf, small_pdf(), found[0], "Copie scellée")
    assert await asyncio.to_thread(validated, sealed) == found[0].sha256
    renewed = await keys.renew()
    assert renewed.sha256 == (await keys.current()).sha256 != found[0].sha256
    # The former is kept: what it sealed is still told by its fingerprint.
    assert [one.sha256 for one in await SealKey.all().order_by("id")] == [found[0].sha256, renewed.sha256]


@pytest.mark.usefixtures("database")
async def test_a_worker_killed_while_it_makes_the_key_leaves_none() -> None:
    class KilledError(BaseException):
        pass

    def dying() -> NewKey:
        made_key("")
        raise KilledError

    with pytest.raises(KilledError):
        await copy_seal_key.own_key(dying)
    assert await SealKey.all().count() == 0
    assert (await SealKeys().current()).subject == "CN=Sceau Harmonia"
    with pytest.raises(KilledError):
        await copy_seal_key.renew(dying)
    assert await SealKey.filter(ends_at__gt=datetime.now(UTC)).count() == 1
