"""Archives: the files of an export under one roof."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zipstream import ZIP_DEFLATED, ZipStream

if TYPE_CHECKING:
    from collections.abc import Iterable


def zip_files(files: Iterable[tuple[str, bytes]]) -> bytes:
    """A ZIP archive of files given by name and content."""
    archive = ZipStream(compress_type=ZIP_DEFLATED, compress_level=6)
    for name, content in files:
        archive.add(content, name)
    return b"".join(archive)
