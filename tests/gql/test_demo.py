"""The demonstration as one thing: it starts, says how to use it, stops cleanly, and keeps its data."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from gql.demo.processes import Child, Children, crashed, require_free
from gql.demo.supervisor import alone
from gql.demo.world import table, write_accounts
from gql.settings import ROOT
from models import Problem
from resolvers.demo import demo_accounts
from tests.ports import three_free_ports

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

SCRIPT = Path(__file__).with_name("short_demo.py")


@contextlib.asynccontextmanager
async def demonstration(data: Path, port: int) -> AsyncIterator[asyncio.subprocess.Process]:
    """A demonstration of its own; stopped whatever the test does."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        SCRIPT,
        data,
        str(port),
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()


async def read_until(process: asyncio.subprocess.Process, words: str) -> str:
    """What it says up to the line that holds these words."""
    assert process.stdout is not None
    said = ""
    while words not in said:
        line = await process.stdout.readline()
        if not line:
            assert process.stderr is not None
            raise AssertionError(said + (await process.stderr.read()).decode())
        said += line.decode()
    return said


async def test_it_starts_answers_stops_and_keeps_its_data(tmp_path: Path) -> None:
    data, port = tmp_path / "data", three_free_ports()
    for end in (signal.SIGTERM, signal.SIGINT):
        async with demonstration(data, port) as process:
            said = await read_until(process, "Ctrl-C")
            assert "[6/6] Serveur web… ✓" in said
            assert f"http://localhost:{port}" in said
            told = json.loads((data / "demo.json").read_text(encoding="utf-8"))
            assert set(told) == {"base_url", "mailbox_url", "sample_xml", "accounts", "clients"}
            assert (data / "samples" / Path(told["sample_xml"]).name).read_bytes().startswith(b"<?xml")
            assert (data / "demo.json").stat().st_mode & 0o077 == 0
            async with httpx.AsyncClient() as http:
                assert (await http.get(f"{told['base_url']}/health/ready")).status_code == 200
                assert "Aucun courriel" in (await http.get(told["mailbox_url"])).text
            process.send_signal(end)
            assert await process.wait() == 0
            assert process.stdout is not None
            assert "Tout est arrêté. Les données sont gardées." in (await process.stdout.read()).decode()
        require_free((port, port + 1, port + 2))
        assert not (data / "postgres" / "postmaster.pid").exists()
    logs = {path.name for path in (data / "logs").iterdir()}
    assert logs == {"mailbox.log", "serve.log", "work.log"}
    told_by = [
        json.loads(line) for line in (data / "logs" / "serve.log").read_text(encoding="utf-8").splitlines()
    ]
    assert {"serving", "stopped"} <= {line["event"] for line in told_by}


def test_scripts_find_every_account_and_every_partner_s_client(tmp_path: Path) -> None:
    accounts = demo_accounts()
    write_accounts(tmp_path, 8000, accounts)
    told = json.loads((tmp_path / "demo.json").read_text(encoding="utf-8"))

    people = (*accounts.accounts, *accounts.administrators)
    assert len(told["accounts"]) == len(people) > len(accounts.accounts) > 0
    for account in told["accounts"]:
        assert set(account) == {"role", "organization", "login", "password"}
        assert all(account.values())
    assert len({account["login"] for account in told["accounts"]}) == len(people)
    assert {client["partner"] for client in told["clients"]} == {one.organization for one in accounts.clients}
    assert len({client["partner"] for client in told["clients"]}) == len(told["clients"]) > 1
    for client in told["clients"]:
        assert set(client) == {"partner", "id", "secret", "scopes"}
        assert all(client.values())
    shown = {(one["role"], one["organization"], one["login"], one["password"]) for one in told["accounts"]}
    assert set(table(accounts)) < shown


async def test_a_port_in_use_is_one_sentence(tmp_path: Path) -> None:
    port = three_free_ports()
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", port + 1))
        other.listen()
        async with demonstration(tmp_path / "data", port) as process:
            out, err = await process.communicate()
    assert (process.returncode, out) == (2, b"")
    assert err.decode().startswith(f"Le port {port + 1} est déjà pris")
    assert not (tmp_path / "data").exists()


def test_two_demonstrations_never_share_a_folder(tmp_path: Path) -> None:
    with alone(tmp_path / "data"), pytest.raises(Problem) as caught, alone(tmp_path / "data"):
        pass
    assert caught.value.code == "DATA_BUSY"
    with alone(tmp_path / "data"):
        pass


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(Problem) as caught, alone(tmp_path / "file" / "data"):
        pass
    assert caught.value.code == "DATA_UNWRITABLE"


async def test_a_process_that_ends_by_itself_is_named_with_its_last_words_and_its_log(tmp_path: Path) -> None:
    (tmp_path / "serve.log").write_text("What an earlier run said.\n", encoding="utf-8")
    children = Children(tmp_path, {})
    await children.start("serve", "pack", "lint", "ER/1999")
    problem = crashed(await children.first_to_end())
    await children.stop()
    words = problem.message.replace("\u00a0", " ").replace("\u202f", " ")
    said = (tmp_path / "serve.log").read_text(encoding="utf-8").splitlines()
    assert len(said) == 2
    assert said[-1].endswith(".")
    assert words.startswith("Le processus « serve » s’est arrêté (code 2) : ")
    assert said[-1] in problem.message
    assert str(tmp_path / "serve.log") in problem.message


@pytest.mark.parametrize(
    ("log", "reason"),
    [
        ("", "il n’a rien dit."),
        ('{"event": "first"}\n{"event": "Le disque est plein.", "level": "error"}\n', "Le disque est plein."),
        ('{"event": "first"}\nMemoryError\n\n', "MemoryError"),
        ("[1]\n", "[1]"),
    ],
)
async def test_the_last_words_are_read_whatever_their_form(tmp_path: Path, log: str, reason: str) -> None:
    (tmp_path / "work.log").write_text(log, encoding="utf-8")
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", "")
    await process.wait()
    child = Child("work", process, tmp_path / "work.log", 0)
    assert f"(code 0)\u00a0: {reason} Tout est arrêté" in crashed(child).message.replace(" :", "\u00a0:")
    assert child.has_told("first") == ("first" in log)
    assert not child.has_told("event")


async def test_without_a_browser_it_says_why_and_welcomes_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HARMONIA_CHROMIUM", "/nowhere/chromium")
    data, port = tmp_path / "data", three_free_ports()
    async with demonstration(data, port) as process:
        out, err = (text.decode() for text in await process.communicate())
    (sentence,) = err.splitlines()
    assert process.returncode == 2
    assert "/nowhere/chromium" in sentence
    assert sentence.startswith("Le processus «")
    assert "Travaux en arrière-plan… ✗" in out
    assert "Ctrl-C" not in out
    assert not (data / "demo.json").exists()
    require_free((port, port + 1, port + 2))
