"""Sealed copies: made of what the move froze, once, in order, under one seal; and every change is found."""

from __future__ import annotations

import asyncio
import hashlib
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
import pypdf
import pytest

from gql.__main__ import main
from models import CopyKind, Dossier, SealedCopy, SealKey, execute, fetch
from rendering import copy_files
from rendering.copy_check import check
from rendering.copy_job import seal_copy
from rendering.xml_in import read_dossier
from rendering.xml_out import write_dossier
from resolvers import copy_sealing
from resolvers.copy_content import content
from tests.rendering.copies import archives, closed, members, transmitted, zipped
from tests.rendering.sealing import PlainPrinter, validated
from tests.rendering.working import work

if TYPE_CHECKING:
    from rendering.services import Services
    from tests.world import World

pytestmark = [pytest.mark.usefixtures("database")]


@pytest.fixture
async def world(database: str) -> World:
    assert database
    return await transmitted()


async def _pair(world: World, services: Services, database: str) -> list[bytes]:
    await closed(world)
    await work(database, services)
    return await archives(world, services)


@pytest.mark.browser
async def test_two_copies_are_sealed_in_order_and_checked_by_the_command_alone(
    world: World, services: Services, database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # What the dossier becomes afterwards is in no copy.
    await execute("UPDATE tab_document SET cells = '{}'::jsonb, computed = '{}'::jsonb, rows = '[]'::jsonb")
    one, two = await _pair(world, services, database)
    copies = await SealedCopy.all().order_by("number")
    assert [(copy.kind, copy.number, copy.attempts) for copy in copies] == [
        (CopyKind.TRANSMITTED, 1, 1),
        (CopyKind.CLOSED, 2, 1),
    ]
    files = members(one)
    manifest = orjson.loads(files["manifeste.json"])
    assert copies[0].seal == hashlib.sha256(files["manifeste.json"]).hexdigest()
    assert (copies[0].file_name, copies[1].file_name) == (
        "2024-732829320-transmis.zip",
        "2024-732829320-fiabilise.zip",
    )
    assert manifest["sceauPrecedent"] is None
    assert orjson.loads(members(two)["manifeste.json"])["sceauPrecedent"] == copies[0].seal
    assert (manifest["auteur"]["nom"], manifest["etape"], manifest["passage"]) == ("Hierarchie Essai", 4, 4)
    assert len(manifest["transmission"]["engagements"]) == 3
    loaded = read_dossier(files["dossier.xml"])
    assert {cell.id: cell.value for cell in loaded.cells}["G01.L013.V"] == "732829320"
    assert len(loaded.cells) == len(orjson.loads(files["valeurs.json"])["cellules"]) > 1000
    anomalies = orjson.loads(files["anomalies.json"])
    assert {one["justification"] for one in anomalies} == {"Vu avec le commissaire."}
    assert "732 829 320" in pypdf.PdfReader(BytesIO(files["dossier.pdf"])).pages[0].extract_text().replace(
        "\u00a0", " "
    )
    await _receipt_says(services, copies[0])
    await _signed_by_one_key(one, two, await services.files.read(copies[0].receipt_key))
    _checked_offline((one, two), (copies[0].seal, copies[1].seal), tmp_path, capsys)
    _each_change_is_found(one, tmp_path)


def _checked_offline(
    archives: tuple[bytes, bytes],
    seals: tuple[str, str],
    folder: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """By the command alone: the chain in its order, and a seal kept elsewhere."""
    paths = [folder / "un.zip", folder / "deux.zip"]
    for path, archive in zip(paths, archives, strict=True):
        path.write_bytes(archive)
    assert main(["verify-seal", *map(str, paths), "--seal", seals[1]]) == 0
    said = capsys.readouterr().out
    assert seals[0] in said
    assert "chacune porte le sceau de la précédente" in said
    assert main(["verify-seal", str(paths[1]), str(paths[0])]) == 1
    assert main(["verify-seal", str(paths[0]), "--seal", "0" * 64]) == 1
    assert "ce n’est pas cette copie" in capsys.readouterr().out


async def _signed_by_one_key(*signed: bytes) -> None:
    """By the installation's only key, which each manifest names, as pyHanko's own validator says."""
    key = await SealKey.get()
    for file in signed:
        pdf = file if file.startswith(b"%PDF") else members(file)["dossier.pdf"]
        assert await asyncio.to_thread(validated, pdf) == key.sha256
        if pdf is not file:
            named = orjson.loads(members(file)["manifeste.json"])["certificat"]
            assert named == {"sujet": "CN=Sceau Harmonia", "sha256": key.sha256}


async def _receipt_says(services: Services, copy: SealedCopy) -> None:
    pdf = pypdf.PdfReader(BytesIO(await services.files.read(copy.receipt_key)))
    assert len(pdf.pages) == 1
    text = "".join(pdf.pages[0].extract_text().split())
    key = await SealKey.get()
    signed = "PAdES,par«CN=SceauHarmonia»", key.sha256, f"verify-seal{copy.file_name}"
    sealed = copy.seal, copy.frozen["data_hash"], "HierarchieEssai", "732829320", "Accuséderéception"
    assert [words for words in (*signed, *sealed) if words not in text] == []


def _each_change_is_found(archive: bytes, folder: Path) -> None:
    """A byte of each member, a member more, one less, one twice named, values that differ."""
    files = members(archive)
    assert check("x", archive).faults == []
    target = folder / "touched.zip"
    for name, kept in files.items():
        middle = len(kept) // 2
        changed = kept[:middle] + bytes([kept[middle] ^ 1]) + kept[middle + 1 :]
        target.write_bytes(zipped({**files, name: changed}))
        assert main(["verify-seal", str(target)]) == 1, name
        assert any(name in fault for fault in check(name, target.read_bytes()).faults), name
    without = {name: kept for name, kept in files.items() if name != "pieces.json"}
    assert check("x", zipped(without)).faults == ["Le fichier «\u00a0pieces.json\u00a0» manque."]
    more = check("x", zipped({**files, "autre.txt": b"x"})).faults
    assert more == ["L’archive contient un fichier de trop\u00a0: «\u00a0autre.txt\u00a0»."]
    _forged(files)


def _forged(files: dict[str, bytes]) -> None:
    """Sealed anew over values that are not those of the XML."""
    values = orjson.loads(files["valeurs.json"])
    values["cellules"]["G01.L013.V"] = "000000000"
    forged = {**files, "valeurs.json": copy_files.canonical(values)}
    manifest = orjson.loads(files["manifeste.json"])
    manifest["fichiers"]["valeurs.json"] = {
        "sha256": copy_files.sha256(forged["valeurs.json"]),
        "taille": len(forged["valeurs.json"]),
    }
    made = copy_files.canonical(manifest)
    forged |= {"manifeste.json": made, "sceau.txt": f"{copy_files.sha256(made)}\n".encode()}
    (fault,) = check("x", zipped(forged)).faults
    assert fault.endswith("ne disent pas les mêmes valeurs\u00a0: G01.L013.V.")


@pytest.mark.parametrize("content", [b"", b"no zip", zipped({"a.txt": b"x"}), zipped({})])
def test_what_is_no_copy_is_told_apart_from_what_was_touched(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.zip").write_bytes(content)
    assert main(["verify-seal", str(tmp_path / "x.zip")]) == 2
    assert "✗ x.zip" in capsys.readouterr().out
    assert main(["verify-seal", str(tmp_path / "none.zip")]) == 2
    assert "est introuvable" in capsys.readouterr().err
    assert main(["verify-seal", str(tmp_path / "x.zip"), "--seal", "court"]) == 2
    assert "64 chiffres" in capsys.readouterr().err


async def _rebuilt(world: World) -> bytes:
    copy = await SealedCopy.get(dossier_id=world.dossier, number=1)
    (kept,) = await fetch("SELECT documents FROM snapshot WHERE id = %s", [copy.snapshot_id])
    made = content(world.dossier, copy.frozen, kept["documents"])
    return await asyncio.to_thread(write_dossier, made, written_at=copy.at)


async def test_what_was_frozen_gives_the_same_bytes_whatever_happens_later(world: World) -> None:
    before = await _rebuilt(world)
    await execute("UPDATE justification SET text = 'Autre chose.'")
    await execute("UPDATE organization SET name = 'Autre nom'")
    await execute("UPDATE tab_document SET cells = '{}'::jsonb")
    await Dossier.filter(id=world.dossier).update(version=99, step=6)
    assert await _rebuilt(world) == before
    assert b"Vu avec le commissaire." in before


class _Killed(BaseException):
    """A worker that ends there and then: nothing of its own code runs any more."""


# Where a worker may end, and whether it does before or after.
POINTS = {
    "begin": 1, "print_html": 0, "put": 1, "second put": 1, "finish": 0, "finished": 1,
}  # fmt: skip


class _Mortal:
    """Ends its worker at one point, once."""

    def __init__(self, point: str) -> None:
        self.point, self.puts = point, 0

    def around(self, name: str, wrapped: Any) -> Any:  # noqa: ANN401 - any of what the job calls
        """The same function, in which the worker may end."""

        async def run(*args: object, **kwargs: object) -> object:
            self.puts += name == "put"
            told = {("finish", "finished"): "finished"}.get((name, self.point), name)
            told = "second put" if name == "put" and self.puts > 1 else told
            if told == self.point and not POINTS[told]:
                raise _Killed
            result = await wrapped(*args, **kwargs)
            if told == self.point:
                raise _Killed
            return result

        return run


def _kept(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


async def test_a_worker_killed_at_any_point_leaves_one_copy_and_no_other_file(
    world: World, services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await closed(world)
    ids = [copy.id for copy in await SealedCopy.all().order_by("number")]
    for times, point in enumerate(POINTS, 1):
        made, dying = _services(services, PlainPrinter()), _Mortal(point)
        with monkeypatch.context() as patch:
            for place, name in (
                (made.printer, "print_html"), (made.files, "put"),
                (copy_sealing, "begin"), (copy_sealing, "finish"),
            ):  # fmt: skip
                patch.setattr(place, name, dying.around(name, getattr(place, name)))
            with pytest.raises(_Killed):
                await seal_copy(made, ids[1])
        again = _services(services, PlainPrinter())
        await seal_copy(again, ids[1])
        await seal_copy(again, ids[0])
        await _one_of_each(world, again, tmp_path, times)
        await execute("UPDATE sealed_copy SET made_at = NULL, seal = '', attempts = 0")
        for name in _kept(tmp_path):
            await services.files.delete(name)


async def _one_of_each(world: World, services: Services, folder: Path, times: int) -> None:
    copies = await SealedCopy.all().order_by("number")
    assert _kept(folder) == sorted(key for copy in copies for key in (copy.file_key, copy.receipt_key))
    assert all(copy.made_at and copy.seal for copy in copies)
    one, two = await archives(world, services)
    assert orjson.loads(members(two)["manifeste.json"])["sceauPrecedent"] == copies[0].seal
    assert [copy_files.sha256(each) for each in (one, two)] == [copy.file_sha256 for copy in copies]
    sealed = await fetch("SELECT count(*) AS n FROM event WHERE kind = 'copy_sealed'")
    assert sealed[0]["n"] == 2 * times


def _services(services: Services, printer: Any) -> Services:  # noqa: ANN401 - a printer of the tests
    return type(services)(services.authority, printer, services.files, services.mailer)


async def test_of_two_workers_at_once_one_keeps_his_copy_and_the_other_throws_his_away(
    world: World, services: Services, tmp_path: Path
) -> None:
    copy = await SealedCopy.get(dossier_id=world.dossier)
    made = _services(services, PlainPrinter())
    await asyncio.gather(*(seal_copy(made, copy.id) for _ in range(3)))
    kept = await SealedCopy.get(id=copy.id)
    assert len(_kept(tmp_path)) == 2
    assert copy_files.sha256(await made.files.read(kept.file_key)) == kept.file_sha256


async def test_a_copy_that_cannot_be_made_says_why_and_is_asked_for_again(
    world: World, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = await SealedCopy.get(dossier_id=world.dossier)
    made = _services(services, PlainPrinter())

    async def broken(*_: object) -> None:
        raise OSError("the store is away")

    with monkeypatch.context() as patch:
        patch.setattr(made.files, "put", broken)
        with pytest.raises(OSError, match="away"):
            await seal_copy(made, copy.id)
    assert "the store is away" in (await SealedCopy.get(id=copy.id)).error
    await SealedCopy.filter(id=copy.id).update(attempts=copy_sealing.MOST_ATTEMPTS)
    await seal_copy(made, copy.id)
    assert (await SealedCopy.get(id=copy.id)).made_at is None
    await execute("DELETE FROM procrastinate_jobs")
    assert await copy_sealing.leave_again() == 1
    waiting = await fetch("SELECT count(*) AS n FROM procrastinate_jobs WHERE task_name = 'seal_copy'")
    assert waiting[0]["n"] == 1
    await seal_copy(made, copy.id)
    found = await SealedCopy.get(id=copy.id)
    assert (found.made_at is not None, found.error) == (True, "")
    assert await copy_sealing.leave_again() == 0
