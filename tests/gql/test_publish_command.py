"""`pack publish FOLDER`: the rules of the desk, from a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from gql import publish_command
from gql.__main__ import main, parser
from models import Campaign, Invalid, Problem
from resolvers import pack_publishing
from tests.desk import Desk, build_desk, everything
from tests.gql.test_commands import run

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
async def desk(database: str) -> Desk:  # noqa: ARG001 - opened for the desk to be built in
    return await build_desk()


def written(folder: Path, files: dict[str, str]) -> str:
    """The folder of a form."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return str(folder)


async def publish(*arguments: str) -> Any:  # noqa: ANN401 - a row
    """What the command does, on the database that is open."""
    options = parser().parse_args(["pack", "publish", *arguments])
    return await pack_publishing.publish_files(publish_command.read_folder(options))


async def test_a_folder_is_published_by_the_command(database: str, desk: Desk, tmp_path: Path) -> None:
    folder = written(tmp_path, desk.files() | desk.case(expected="3"))
    code, out, err = await run("pack", "publish", folder, "--platform", "MIN", HARMONIA_DATABASE_URL=database)
    assert (code, out, err) == (0, f"{desk.form}/2024/1 est publié.\n", "")
    (draft,) = (await everything())["drafts"]
    assert (draft["revision"], draft["author_id"], draft["publisher_id"]) == (1, None, None)


async def test_the_next_revision_moves_the_campaign_of_its_only_platform(desk: Desk, tmp_path: Path) -> None:
    await desk.dossier(f"{desk.form}/2024/1", {})
    await publish(written(tmp_path / "1", desk.files()))
    row = await publish(written(tmp_path / "2", desk.files(formula="A")), "--base", "1", "--note", "Deux")
    assert (row.key, row.note, row.author) == (f"{desk.form}/2024/2", "Deux", None)
    assert (await Campaign.get(form=desk.form)).pack == row.key


@pytest.mark.parametrize(
    ("code", "arguments", "changes"),
    [
        ("PACK_PLATFORM_NEEDED", [], {}),
        ("PLATFORM_UNKNOWN", ["--platform", "NONE"], {}),
        ("PACK_UNREADABLE", ["--platform", "MIN"], {"formula": "A +"}),
        ("PACK_BASE_UNKNOWN", ["--platform", "MIN", "--base", "3"], {}),
    ],
)
async def test_a_folder_that_cannot_be_published_leaves_nothing(
    desk: Desk, tmp_path: Path, code: str, arguments: list[str], changes: dict[str, Any]
) -> None:
    before = await everything()
    with pytest.raises(Invalid) as caught:
        await publish(written(tmp_path, desk.files(**changes)), *arguments)
    assert caught.value.code == code
    assert await everything() == before


@pytest.mark.parametrize("content", [None, b"@formulaire \xff", b"rien"])
async def test_a_folder_without_a_form_is_told_in_one_sentence(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "pack.txt").write_bytes(content)
    with pytest.raises(Problem) as caught:
        publish_command.read_folder(parser().parse_args(["pack", "publish", str(tmp_path)]))
    assert caught.value.code == "PACK_INVALID"


def test_a_folder_is_linted_before_it_is_published(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = Desk(world=None, admin=None, form="ESSAI")  # type: ignore[arg-type]  # its texts alone are used
    folder = written(tmp_path, desk.files(formula="A + Z9.L011.A"))
    assert main(["pack", "lint", folder]) == 0
    assert "part-01.txt:5:" in capsys.readouterr().out
