"""Who signs here: the certificate printed and made anew; with a key that cannot sign no worker starts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.gql.test_commands import run
from tests.rendering.sealing import PASSWORD, key_file

if TYPE_CHECKING:
    from pathlib import Path


async def test_the_certificate_is_printed_and_made_anew_but_never_its_key(database: str) -> None:
    asked = {"HARMONIA_DATABASE_URL": database, "HARMONIA_BASE_URL": "https://harmonia.example.org"}
    code, out, err = await run("seal-certificate", **asked)
    assert (code, err) == (0, "")
    assert "CN=Sceau Harmonia harmonia.example.org\n" in out
    assert "PRIVATE" not in out
    assert (await run("seal-certificate", **asked))[1] == out
    renewed = (await run("seal-certificate", "--renew", **asked))[1]
    assert _fingerprint(renewed) != _fingerprint(out)
    assert _fingerprint((await run("seal-certificate", **asked))[1]) == _fingerprint(renewed)


def _fingerprint(out: str) -> str:
    (found,) = re.findall(r"SHA-256 ([0-9a-f]{64})", out)
    return str(found)


async def test_a_key_given_is_the_one_and_is_replaced_in_its_file(database: str, tmp_path: Path) -> None:
    given = {"HARMONIA_SEAL_KEY": str(key_file(tmp_path)), "HARMONIA_SEAL_PASSWORD": PASSWORD}
    code, out, _ = await run("seal-certificate", HARMONIA_DATABASE_URL=database, **given)
    assert code == 0
    assert "CN=Office d’essai" in out
    code, _, err = await run("seal-certificate", "--renew", HARMONIA_DATABASE_URL=database, **given)
    assert (code, "HARMONIA_SEAL_KEY" in err) == (2, True)  # SEAL_KEY_GIVEN


async def test_a_worker_that_could_not_sign_does_not_start(database: str, tmp_path: Path) -> None:
    path = str(key_file(tmp_path))
    given = {"HARMONIA_DATABASE_URL": database, "HARMONIA_SEAL_KEY": path}
    code, _, err = await run("work", HARMONIA_SEAL_PASSWORD="autre", **given)
    assert (code, err.count("\n")) == (2, 1)
    assert "HARMONIA_SEAL_PASSWORD n’est pas son mot de passe" in err
    key_file(tmp_path, days=(-30, -1))
    code, _, err = await run("work", HARMONIA_SEAL_PASSWORD=PASSWORD, **given)
    assert (code, err.count("\n")) == (2, 1)
    assert "remplacez-le, puis relancez" in err
