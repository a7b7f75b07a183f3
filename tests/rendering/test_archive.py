"""Archives and the names of the files in them."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

from bench.sample import AT, reference_content
from rendering.archive import zip_files
from rendering.names import archive_name, stem


def test_an_archive_gives_its_files_back() -> None:
    files = (("er.xml", b"<dossier/>" * 1000), ("er.pdf", bytes(range(256))), ("vide", b""))
    with ZipFile(BytesIO(zip_files(files))) as archive:
        assert archive.testzip() is None
        assert [(name, archive.read(name)) for name in archive.namelist()] == list(files)
        assert archive.getinfo("er.xml").compress_size < 1000


def test_files_are_named_as_the_manual_says() -> None:
    dossier = reference_content("plain", ["A1"]).dossier
    assert stem(dossier) == "er_2024_732829320"
    assert archive_name(dossier, AT) == "er_2024_732829320_20261121-223000.zip"
