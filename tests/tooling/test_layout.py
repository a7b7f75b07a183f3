import ast
import importlib.util
from pathlib import Path

import pytest

from tests.tooling.sources import (
    FOLDERS,
    PYTHON_FOLDERS,
    ROOMS,
    ROOT,
    client_sources,
    python_sources,
    top_level,
)

FILES = {
    ".ci", ".gitignore", "CONTRIBUTING.md", "README.md", "casbin_model.conf", "harmonia", "pyproject.toml",
    "requirements-bench.txt", "requirements-dev.txt", "requirements-node.txt", "requirements.txt",
}  # fmt: skip
LONGEST_FILE = 300
LONGEST_FUNCTION = 40
SHORT_FUNCTION = 25
SHORT_SHARE = 0.9


def function_lengths() -> dict[str, int]:
    """Lines of each function, from its `def` to its end, by place."""
    return {
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in python_sources()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def test_the_root_holds_the_rooms_and_nothing_unforeseen() -> None:
    assert top_level() == {*FOLDERS, *FILES}


@pytest.mark.parametrize("name", PYTHON_FOLDERS)
def test_each_package_is_ours_and_not_one_of_the_same_name(name: str) -> None:
    spec = importlib.util.find_spec(name)

    assert spec is not None
    assert [Path(place) for place in spec.submodule_search_locations or ()] == [ROOT / name]


@pytest.mark.parametrize("name", ROOMS)
def test_each_room_has_a_door_that_says_what_it_is(name: str) -> None:
    door = ast.parse((ROOT / name / "__init__.py").read_text())

    assert ast.get_docstring(door)


def re_exports(path: Path) -> set[str]:
    """The names of a module's `__all__` that it has itself imported."""
    tree = ast.parse(path.read_text())
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    imported = {alias.asname or alias.name for node in imports for alias in node.names}
    lists = [
        node.value for node in tree.body if isinstance(node, ast.Assign) and "__all__" in ast.unparse(node)
    ]
    return {name for value in lists for name in ast.literal_eval(value) if name in imported}


def test_only_a_door_re_exports() -> None:
    doors = {ROOT / room / "__init__.py" for room in ROOMS}

    assert [path for path in python_sources() if path not in doors and re_exports(path)] == []


def test_no_file_is_too_long_to_be_read_at_one_sitting() -> None:
    sources = [*python_sources(), *client_sources()]
    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in sources}

    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_function_is_long_and_nearly_all_are_short() -> None:
    lengths = function_lengths()
    short = sum(length <= SHORT_FUNCTION for length in lengths.values())

    assert {place: length for place, length in lengths.items() if length > LONGEST_FUNCTION} == {}
    assert short >= SHORT_SHARE * len(lengths)
