"""The names of the files that leave (manual §8.3): type, year, SIREN, in lower case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from authz.clock import PARIS

if TYPE_CHECKING:
    from datetime import datetime

    from resolvers.rows import DossierRow


def stem(dossier: DossierRow) -> str:
    """`er_2024_732829320`."""
    return f"{dossier.form}_{dossier.year}_{dossier.organism.siren}".lower()


def archive_name(dossier: DossierRow, at: datetime) -> str:
    """`er_2024_732829320_20261121-223000.zip`, the time being Paris's."""
    return f"{stem(dossier)}_{at.astimezone(PARIS):%Y%m%d-%H%M%S}.zip"
