import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from tests.tooling.sources import ROOMS, ROOT

# One offence against each contract, in a house of empty rooms.
OFFENCES = {
    "models": "import resolvers, bench, strawberry, zipstream",
    "resolvers": "import casbin",
    "gql": "import tortoise",
    "forms": "import asyncio",
}


def lint(folder: Path) -> tuple[int, str]:
    """The exit code and the words of import-linter, run from a folder."""
    command = [sys.executable, str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def build_house(folder: Path, imports: dict[str, str]) -> None:
    shutil.copy(ROOT / "pyproject.toml", folder)
    for room in ROOMS:
        (folder / room).mkdir()
        (folder / room / "__init__.py").write_text(imports.get(room, "") + "\n")


def contract_names() -> set[str]:
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
    return {contract["name"] for contract in tools["importlinter"]["contracts"]}


def test_the_rooms_import_only_to_the_right() -> None:
    code, words = lint(ROOT)

    assert code == 0, words


def test_each_contract_would_see_an_offence(tmp_path: Path) -> None:
    build_house(tmp_path, OFFENCES)

    code, words = lint(tmp_path)

    assert code == 1
    assert {name for name in contract_names() if f"{name} BROKEN" in words} == contract_names(), words


def test_an_empty_house_offends_no_contract(tmp_path: Path) -> None:
    build_house(tmp_path, {})

    code, words = lint(tmp_path)

    assert code == 0, words
