"""Runs every check of the project, each reported, even after one has failed.

pytest comes last, so that its own count is the last line. Started by `./harmonia test`, which
has put Node on PATH and named the Chromium; the arguments go to pytest.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CLIENT = ROOT / "web-client"
BIN = Path(sys.executable).parent
LOGS = Path(sys.prefix) / "log"
TAIL = 60
MOST_WORKERS = 8
PYTHON = (sys.executable, "-m")
CHECKS: dict[str, tuple[Sequence[str], Path]] = {
    "ruff check": ((*PYTHON, "ruff", "check", "."), ROOT),
    "ruff format": ((*PYTHON, "ruff", "format", "--check", "."), ROOT),
    "mypy": ((*PYTHON, "mypy", "--strict"), ROOT),
    "import-linter": ((sys.executable, str(BIN / "lint-imports")), ROOT),
    "web-client lint": (("npm", "run", "lint"), CLIENT),
    "web-client types": (("npm", "run", "typecheck"), CLIENT),
    "web-client tests": (("npm", "test"), CLIENT),
}
OFFICES = ("soffice", "libreoffice")
OFFICE_PACKAGES = ("libreoffice-calc-nogui", "libreoffice-calc")
NO_OFFICE = (
    "Aucun LibreOffice ne répond et aucun n’a pu être installé\u00a0: lancez «\u00a0sudo apt-get install"
    " libreoffice-calc-nogui\u00a0», ou nommez son exécutable «\u00a0soffice\u00a0» par HARMONIA_SOFFICE."
)


def answers(path: str | None) -> bool:
    """Whether a LibreOffice tells its version."""
    if path is None:
        return False
    try:
        command = [path, "--headless", "--version"]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.SubprocessError):
        return False
    return not done.returncode


def find_office() -> str:
    """The LibreOffice that recalculates workbooks, installed from Debian's packages where there is none.

    The empty text where there is none still; one named in vain is not replaced.
    """
    named = os.environ.get("HARMONIA_SOFFICE")
    if named:
        return named if answers(shutil.which(named) or named) else ""
    for package in ("", *OFFICE_PACKAGES):
        if package:
            install(package)
        found = next(filter(answers, map(shutil.which, OFFICES)), None)
        if found:
            return found
    return ""


def install(package: str) -> None:
    """One of Debian's packages, as root or through a sudo that asks nothing; what it says goes to a log."""
    who = [] if os.geteuid() == 0 else ["sudo", "-n"]
    apt = [*who, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=300"]
    LOGS.mkdir(parents=True, exist_ok=True)
    with (LOGS / f"{package}.log").open("wb") as out:
        for step in (["update"], ["install", "-y", "--no-install-recommends", package]):
            try:
                subprocess.run([*apt, *step], stdin=subprocess.DEVNULL, stdout=out, stderr=out, check=True)
            except (OSError, subprocess.CalledProcessError):
                return


def has_office() -> bool:
    """Whether the tests can recalculate workbooks; names the program for them, or says what to do."""
    print("LibreOffice… ", end="", flush=True)
    found = find_office()
    print(f"✓ {found}" if found else f"✗\n{NO_OFFICE}", flush=True)
    if found:
        os.environ["HARMONIA_SOFFICE"] = found
    return bool(found)


def run(name: str, command: Sequence[str], folder: Path) -> tuple[int, float]:
    """Runs one check with its output in its log; its exit code and its seconds."""
    log = log_of(name)
    log.parent.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    with log.open("wb") as out:
        code = subprocess.run(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=out, stderr=out, check=False
        ).returncode
    return code, time.monotonic() - started


def log_of(name: str) -> Path:
    """Where what a check says is kept."""
    return LOGS / (name.replace(" ", "-") + ".log")


@contextlib.contextmanager
def started() -> Iterator[Mapping[str, Future[tuple[int, float]]]]:
    """The checks under way, by name: those of two folders side by side, those of one in their order.

    The client's checks write its generated sources: two of them at once would read a half of these.
    """
    lanes = {folder: ThreadPoolExecutor(1) for _, folder in CHECKS.values()}
    try:
        yield {name: lanes[check[1]].submit(run, name, *check) for name, check in CHECKS.items()}
    finally:
        for lane in lanes.values():
            lane.shutdown(cancel_futures=True)


def passes(name: str, check: Future[tuple[int, float]]) -> bool:
    """Waits for one check and tells how it ended; what it said is shown only where it fails."""
    code, taken = check.result()
    seconds = f"{taken:.1f}".replace(".", ",")
    print(f"{'✗' if code else '✓'} {seconds}\u202fs", flush=True)
    if code:
        log = log_of(name)
        print("\n".join(log.read_text(errors="replace").splitlines()[-TAIL:]))
        print(f"« {name} » a échoué (code {code}) ; journal : {log}", flush=True)
    return not code


def workers() -> int:
    """How many processes share the tests: one more than cores, for one waits while others compute.

    Each has its own database and browser.
    """
    return min((os.cpu_count() or 1) + 1, MOST_WORKERS)


def pytest(arguments: Sequence[str]) -> int:
    """Runs pytest on the terminal itself, shared among workers; returns its exit code.

    Its groups and their order are those of tests/conftest.py.
    """
    shared = ("-n", str(workers()), "--no-loadscope-reorder")
    with subprocess.Popen([*PYTHON, "pytest", *shared, *arguments], cwd=ROOT) as child:
        # A terminal's Ctrl-C reaches pytest by itself: ours is to wait while it tidies up.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, lambda *_: child.terminate())
        return child.wait()


def main(arguments: Sequence[str]) -> int:
    """Returns pytest's exit code, or 1 where only another check failed."""
    total = len(CHECKS) + 1
    failed = [] if has_office() else ["LibreOffice"]
    with started() as checks:
        for number, (name, check) in enumerate(checks.items(), 1):
            print(f"[{number}/{total}] {name}… ", end="", flush=True)
            if not passes(name, check):
                failed.append(name)
    if failed:
        print(f"Vérifications en échec avant pytest : {', '.join(failed)}")
    print(f"[{total}/{total}] pytest", flush=True)
    return pytest(arguments) or int(bool(failed))


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except FileNotFoundError as error:
        sys.exit(f"Un outil manque ({error.filename}) : lancez ./harmonia test, qui l'installe.")
    except KeyboardInterrupt:
        sys.exit("\nInterrompu.")
