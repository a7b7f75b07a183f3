"""Runs every check of the project, each reported, even after one has failed.

pytest comes last, so that its own count is the last line. Started by `./harmonia test`, which
has put Node on PATH and named the Chromium; the arguments go to pytest.
"""

import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CLIENT = ROOT / "web-client"
BIN = Path(sys.executable).parent
LOGS = Path(sys.prefix) / "log"
TAIL = 60
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


def passes(name: str, command: Sequence[str], folder: Path) -> bool:
    """Runs one check with its output in a log, shown only where it fails."""
    log = LOGS / (name.replace(" ", "-") + ".log")
    log.parent.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    with log.open("wb") as out:
        code = subprocess.run(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=out, stderr=out, check=False
        ).returncode
    seconds = f"{time.monotonic() - started:.1f}".replace(".", ",")
    print(f"{'✗' if code else '✓'} {seconds}\u202fs", flush=True)
    if code:
        print("\n".join(log.read_text(errors="replace").splitlines()[-TAIL:]))
        print(f"« {name} » a échoué (code {code}) ; journal : {log}", flush=True)
    return not code


def pytest(arguments: Sequence[str]) -> int:
    """Runs pytest on the terminal itself; returns its exit code."""
    with subprocess.Popen([*PYTHON, "pytest", *arguments], cwd=ROOT) as child:
        # A terminal's Ctrl-C reaches pytest by itself: ours is to wait while it tidies up.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, lambda *_: child.terminate())
        return child.wait()


def main(arguments: Sequence[str]) -> int:
    """Returns pytest's exit code, or 1 where only another check failed."""
    total = len(CHECKS) + 1
    failed = []
    for number, (name, (command, folder)) in enumerate(CHECKS.items(), 1):
        print(f"[{number}/{total}] {name}… ", end="", flush=True)
        if not passes(name, command, folder):
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
