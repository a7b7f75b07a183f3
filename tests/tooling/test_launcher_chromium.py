from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from tests.tooling.conftest import Calls, Program, journal

Starts = Callable[[str], None]


@pytest.fixture
def starts(launcher: ModuleType, program: Program, tmp_path: Path) -> Starts:
    """Names a Chromium that starts; the invented interpreter answers the launcher's probe."""
    able = tmp_path / "able"
    able.touch()
    program(
        launcher.PYTHON,
        f"""case "$*" in
        *launch*) path=${{3:-{tmp_path}/own}}; grep -qxF "$path" {able} && echo $path;;
        *) {journal(tmp_path, "python")}; exit 1;;
        esac""",
    )

    def start(path: str) -> None:
        with able.open("a") as names:
            names.write(f"{path}\n")

    return start


def test_the_one_named_comes_first(
    launcher: ModuleType,
    starts: Starts,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for path in (f"{tmp_path}/named", f"{tmp_path}/own"):
        starts(path)
    monkeypatch.setenv("HARMONIA_CHROMIUM", f"{tmp_path}/named")

    assert launcher.find_chromium(launcher.Stages(1)) == f"{tmp_path}/named"


def test_one_named_in_vain_is_said_and_not_replaced(
    launcher: ModuleType,
    starts: Starts,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    starts(f"{tmp_path}/own")
    monkeypatch.setenv("HARMONIA_CHROMIUM", "/nowhere/chromium")

    with pytest.raises(launcher.SetupError, match="« /nowhere/chromium », qui ne démarre pas"):
        launcher.find_chromium(launcher.Stages(1))


def test_playwright_s_own_comes_before_the_system_s(
    launcher: ModuleType, starts: Starts, tmp_path: Path, program: Program
) -> None:
    for path in (f"{tmp_path}/own", str(program("chromium", ""))):
        starts(path)

    assert launcher.find_chromium(launcher.Stages(1)) == f"{tmp_path}/own"


@pytest.mark.parametrize("broken", [0, 1, 2, 3])
def test_the_system_s_are_tried_in_order_and_the_first_that_starts_is_taken(
    launcher: ModuleType, starts: Starts, program: Program, broken: int
) -> None:
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    paths = [str(program(name, "")) for name in names]
    for path in paths[broken:]:
        starts(path)

    assert launcher.find_chromium(launcher.Stages(1)) == paths[broken]


def test_where_playwright_may_not_download_debian_s_package_is_installed(
    launcher: ModuleType,
    starts: Starts,
    tmp_path: Path,
    program: Program,
    calls: Calls,
) -> None:
    program("env", 'PATH=$OLD:$PATH; shift; exec "$@"'.replace("$OLD", f"{tmp_path}/bin"))
    program(
        "apt-get",
        f"{journal(tmp_path, 'apt-get')}; install -m 755 /dev/null {tmp_path}/bin/chromium",
    )
    program("sudo", 'shift; exec "$@"')
    starts(f"{tmp_path}/bin/chromium")

    assert launcher.find_chromium(launcher.Stages(1)) == f"{tmp_path}/bin/chromium"
    assert [line.split()[0] for line in calls()] == ["python", "apt-get", "apt-get"]
    assert calls()[0] == "python -m playwright install chromium"
    assert calls()[1].endswith(" update")
    assert calls()[2].endswith(" install -y --no-install-recommends chromium fonts-liberation libatomic1")


@pytest.mark.usefixtures("starts")
def test_where_all_is_refused_both_remedies_are_named(launcher: ModuleType) -> None:
    with pytest.raises(launcher.SetupError) as error:
        launcher.find_chromium(launcher.Stages(1))

    assert "-m playwright install --with-deps chromium" in str(error.value)
    assert "sudo apt-get install chromium" in str(error.value)
    assert "HARMONIA_CHROMIUM" in str(error.value)
