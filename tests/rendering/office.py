"""LibreOffice as the tests drive it: without a screen, in a profile of its own that always recalculates."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

NAMES = ("soffice", "libreoffice", "localc")
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item>
</oor:items>
"""


def soffice() -> str:
    """The program that `./harmonia test` found or installed."""
    named = os.environ.get("HARMONIA_SOFFICE")
    found = named or next(filter(None, map(shutil.which, NAMES)), None)
    assert found, "LibreOffice Calc manque\u00a0: lancez ./harmonia test, qui l’installe."
    return found


def converted(source: Path, kind: str, folder: Path) -> Path:
    """The file as LibreOffice writes it again, every formula recalculated."""
    (found,) = all_converted([source], kind, folder)
    return found


def all_converted(sources: Sequence[Path], kind: str, folder: Path) -> list[Path]:
    """The same of several files, at the cost of one start."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    made = folder / kind
    made.mkdir(exist_ok=True)
    command = [
        soffice(), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore",
        "--convert-to", kind, "--outdir", str(made), *map(str, sources),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
    found = [made / f"{source.stem}.{kind}" for source in sources]
    assert all(path.is_file() for path in found), done.stdout + done.stderr
    return found
