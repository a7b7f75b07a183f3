"""Which files the rules of the house are held on."""

import os
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("gql", "rendering", "resolvers", "authz", "models", "forms")
PYTHON_FOLDERS = (*ROOMS, "bench", "tests")
FOLDERS = (*PYTHON_FOLDERS, "web-client", "docs")
# Tortoise writes the migrations; what the client generates is not kept at all.
GENERATED = {"migrations"}
TEXT_SUFFIXES = {
    "", ".cfg", ".conf", ".css", ".html", ".ini", ".js", ".json", ".jsx", ".md", ".mjs", ".py", ".sh", ".sql",
    ".toml", ".ts", ".tsx", ".txt", ".xml", ".xsd", ".yaml", ".yml",
}  # fmt: skip


def ignored_names() -> list[str]:
    """The patterns of .gitignore, each taken by its last name."""
    lines = (ROOT / ".gitignore").read_text().splitlines()
    return [line.strip("/").rsplit("/", 1)[-1] for line in lines if line and not line.startswith("#")]


def is_kept(name: str, patterns: list[str]) -> bool:
    """Whether a file or folder of that name belongs to the repository."""
    return name != ".git" and not any(fnmatch(name, pattern) for pattern in patterns)


def top_level() -> set[str]:
    """The names at the root of the repository, but for what tools leave there."""
    patterns = ignored_names()
    return {path.name for path in ROOT.iterdir() if is_kept(path.name, patterns)}


def kept_files(folder: Path = ROOT) -> Iterator[Path]:
    """Every file of the repository below a folder."""
    patterns = ignored_names()
    for base, names, files in os.walk(folder):
        names[:] = sorted(name for name in names if is_kept(name, patterns))
        yield from (Path(base, name) for name in sorted(files) if is_kept(name, patterns))


def written_by_hand(path: Path) -> bool:
    """Whether somebody wrote this source, so that its length and its words are his."""
    return not GENERATED.intersection(path.relative_to(ROOT).parts)


def python_sources() -> list[Path]:
    """Our Python files, the launcher included."""
    folders = [ROOT / name for name in PYTHON_FOLDERS]
    found = [path for folder in folders for path in kept_files(folder) if path.suffix == ".py"]
    return [path for path in [*found, ROOT / "harmonia"] if written_by_hand(path)]


def client_sources() -> list[Path]:
    """The client's TypeScript and style files."""
    found = kept_files(ROOT / "web-client")
    return [
        path for path in found if path.suffix in {".ts", ".tsx", ".mjs", ".css"} and written_by_hand(path)
    ]


def texts() -> Iterator[tuple[Path, str]]:
    """Every text that a person may read, relative to the root, with its content."""
    for path in kept_files():
        if path.suffix in TEXT_SUFFIXES:
            yield path.relative_to(ROOT), path.read_text(encoding="utf-8", errors="replace")
