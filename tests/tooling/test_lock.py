import json
import re
import runpy
import tomllib
from importlib.metadata import distributions, packages_distributions

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.tooling.sources import ROOMS, ROOT, kept_files

LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-node.txt", "requirements-bench.txt")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
# Other distributions lay their files over ours (gql) or over the library we use (casbin).
BANNED = {"casbin", "gql"}
# Asked for beside the library that imports it, for its least version.
OF_ANOTHER = {"simpleeval"}


def pinned(name: str) -> dict[str, str]:
    """Version by distribution, read as pip reads the lock."""
    joined = (ROOT / name).read_text().replace("\\\n", " ")
    requirements = [Requirement(line.split(" --hash")[0]) for line in joined.splitlines() if line.strip()]
    return {canonicalize_name(each.name): str(each.specifier).removeprefix("==") for each in requirements}


@pytest.mark.parametrize("name", LOCKS)
def test_each_line_of_a_lock_is_one_version_with_its_hashes(name: str) -> None:
    line = re.compile(r"[a-z0-9.-]+==[0-9][\w.]*( ; [^;\\]+)?( +--hash=sha256:[0-9a-f]{64})+")
    lines = re.sub(r"\s*\\\n\s*", " ", (ROOT / name).read_text()).splitlines()

    assert lines
    assert [text for text in lines if not line.fullmatch(text)] == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_says_what_and_never_from_where(name: str) -> None:
    text = (ROOT / name).read_text()

    assert [word for word in ("://", "--index", "--extra-index", "--find-links", " @ ") if word in text] == []


@pytest.mark.parametrize("name", LOCKS)
def test_no_lock_holds_a_distribution_that_overwrites_another(name: str) -> None:
    assert BANNED.isdisjoint(pinned(name))


def test_none_of_them_is_installed_here() -> None:
    names = {canonicalize_name(each.metadata["Name"]) for each in distributions()}

    assert BANNED.isdisjoint(names)
    assert "pycasbin" in names


def test_what_runs_is_what_was_tested() -> None:
    tested = pinned("requirements-dev.txt")

    assert {name: tested.get(name) for name in pinned("requirements.txt")} == pinned("requirements.txt")


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("requirements.txt", PROJECT["project"]["dependencies"]),
        ("requirements-dev.txt", PROJECT["dependency-groups"]["dev"]),
        ("requirements-node.txt", PROJECT["dependency-groups"]["node"]),
        ("requirements-bench.txt", PROJECT["dependency-groups"]["bench"]),
    ],
)
def test_a_lock_answers_what_the_project_asks(name: str, asked: list[str]) -> None:
    versions = pinned(name)
    wanted = [Requirement(line) for line in asked]

    late = [
        str(each) for each in wanted if versions.get(canonicalize_name(each.name), "") not in each.specifier
    ]

    assert late == []


def test_what_the_product_asks_for_it_imports() -> None:
    statement = re.compile(r"^\s*(?:import|from) (\w+)", re.MULTILINE)
    sources = [path for room in ROOMS for path in kept_files(ROOT / room) if path.suffix == ".py"]
    modules = {name for path in sources for name in statement.findall(path.read_text())}
    providers = packages_distributions()
    imported = {canonicalize_name(each) for module in modules for each in providers.get(module, [])}
    asked = {canonicalize_name(Requirement(line).name) for line in PROJECT["project"]["dependencies"]}

    assert asked - imported == OF_ANOTHER


def test_one_least_python_for_the_project_and_its_tools() -> None:
    least = ".".join(map(str, runpy.run_path(str(ROOT / "harmonia"))["LEAST_PYTHON"]))

    assert PROJECT["project"]["requires-python"] == f">={least}"
    assert PROJECT["tool"]["mypy"]["python_version"] == least
    assert PROJECT["tool"]["ruff"]["target-version"] == "py" + least.replace(".", "")


# What npm's lock may tell of a package: what it is and what it needs, and nothing of where it comes from.
TOLD = frozenset(
    {
        "bin",
        "cpu",
        "dependencies",
        "dev",
        "devDependencies",
        "devOptional",
        "engines",
        "funding",
        "inBundle",
        "integrity",
        "libc",
        "license",
        "name",
        "optional",
        "optionalDependencies",
        "os",
        "peerDependencies",
        "peerDependenciesMeta",
        "version",
        "workspaces",
    }
)


def test_the_client_s_lock_names_no_address_and_checks_each_package() -> None:
    packages = json.loads((ROOT / "web-client" / "package-lock.json").read_text())["packages"]
    carried = {name: each for name, each in packages.items() if name and not each.get("inBundle")}

    assert {name: each.keys() - TOLD for name, each in packages.items() if each.keys() - TOLD} == {}
    assert [name for name, each in carried.items() if "integrity" not in each] == []
    assert "omit-lockfile-registry-resolved=true" in (ROOT / "web-client" / ".npmrc").read_text().split()
