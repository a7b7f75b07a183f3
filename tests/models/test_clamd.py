"""Asking clamd: by its protocol, against a peer of loopback, and against the real one where there is one."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from models import Clamd, ScanError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

# No virus: a text that the signature made for this test names, and nobody else's.
SIGNED = b"HARMONIA-ESSAI-DE-SIGNATURE-SANS-DANGER"
CONTENT = b"%PDF-1.7 " + bytes(range(256)) * 3_000


async def blocks(content: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(content), 300_000):
        yield content[start : start + 300_000]


@asynccontextmanager
async def peer(answer: bytes, heard: list[bytes]) -> AsyncIterator[Clamd]:
    """A clamd that hears a stream by its protocol, then answers so; an empty answer hangs up."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        assert await reader.readexactly(10) == b"zINSTREAM\0"
        content = b""
        while length := int.from_bytes(await reader.readexactly(4), "big"):
            content += await reader.readexactly(length)
        heard.append(content)
        writer.write(answer)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield Clamd(f"127.0.0.1:{server.sockets[0].getsockname()[1]}", patience=5)


async def test_a_content_is_sent_in_chunks_after_their_length() -> None:
    heard: list[bytes] = []
    async with peer(b"stream: OK\0", heard) as clamd:
        assert await clamd.scan(blocks(CONTENT)) == ""
    assert heard == [CONTENT]
    async with peer(b"stream: Essai.Signature FOUND\0", heard) as clamd:
        assert await clamd.scan(blocks(b"x")) == "Essai.Signature"


@pytest.mark.parametrize(
    "answer",
    [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: OK", b"stream: OK FOUNDLING\0", b"x" * 9_000],
    ids=["hung up", "an error", "cut", "another word", "endless"],
)
async def test_whatever_is_no_verdict_is_none(answer: bytes) -> None:
    async with peer(answer, []) as clamd:
        with pytest.raises(ScanError):
            await clamd.scan(blocks(CONTENT))


async def test_nobody_there_or_nobody_who_answers_is_no_verdict(tmp_path: Path) -> None:
    async def mute(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    server = await asyncio.start_server(mute, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(ScanError, match="without a verdict"):
            await Clamd(f"127.0.0.1:{port}", patience=0.05).scan(blocks(b"x"))
    for address in (f"127.0.0.1:{port}", str(tmp_path / "none.sock"), "nowhere"):
        with pytest.raises(ScanError, match="unreachable"):
            await Clamd(address, patience=5).scan(blocks(b"x"))


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Clamd]:
    """The machine's own clamd, which knows one signature, made here."""
    found = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin:/usr/local/sbin")
    if found is None:
        pytest.skip("clamd is not installed here: the peer above holds the protocol")
    (tmp_path / "db").mkdir()
    (tmp_path / "db" / "essai.ndb").write_text(f"Harmonia.Essai:0:*:{SIGNED.hex()}\n", encoding="ascii")
    socket = tmp_path / "clamd.sock"
    told = {
        "DatabaseDirectory": tmp_path / "db",
        "LocalSocket": socket,
        "Foreground": "yes",
        "StreamMaxLength": "20M",
    }
    settings = tmp_path / "clamd.conf"
    settings.write_text("".join(f"{name} {value}\n" for name, value in told.items()), encoding="utf-8")
    tmp_path.chmod(0o755)
    started = subprocess.Popen(
        [found, "-c", str(settings)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert started.stdout is not None
    said = ""
    for line in started.stdout:
        said += line
        if "Listening daemon" in line or "Self checking" in line:
            break
    assert socket.exists(), said
    yield Clamd(str(socket), patience=30)
    started.terminate()
    started.communicate()


async def test_the_real_clamd_finds_the_signature_and_nothing_else(real: Clamd) -> None:
    assert await real.scan(blocks(CONTENT)) == ""
    assert (await real.scan(blocks(CONTENT + SIGNED + CONTENT))).startswith("Harmonia.Essai")
