"""ZIP archives that others made: what reading one raises."""

from __future__ import annotations

import lzma
import zlib
from typing import Final
from zipfile import BadZipFile

# Damaged, cut short, told of falsely; RuntimeError where it is locked by a password, or asks for what
# `zipfile` does not know. Damaged data in memory may raise OSError besides, as bzip2 does; of a file that
# would be the store's own fault, hence it is none of these.
UNREADABLE: Final = (BadZipFile, zlib.error, lzma.LZMAError, EOFError, RuntimeError, ValueError)
