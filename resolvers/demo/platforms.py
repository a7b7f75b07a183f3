"""The platforms of one installation, their operators, and the partners."""

from __future__ import annotations

from dataclasses import dataclass

from models import PlatformKind


@dataclass(frozen=True, slots=True)
class Collector:
    """A platform: its name, its kind, and the word that begins its operators' logins."""

    name: str
    kind: PlatformKind
    login: str


PLATFORMS = {
    "MIN": Collector("Ministère chargé du logement", PlatformKind.MINISTRY, "ministere"),
    "FOPH": Collector(
        "Fédération nationale des offices publics de l’habitat", PlatformKind.FEDERATION, "foph"
    ),
    "ESH": Collector(
        "Fédération nationale des entreprises sociales pour l’habitat", PlatformKind.FEDERATION, "esh"
    ),
    "COOP": Collector(
        "Fédération nationale des sociétés coopératives d’HLM", PlatformKind.FEDERATION, "coop"
    ),
    "EPL": Collector("Fédération des entreprises publiques locales", PlatformKind.FEDERATION, "epl"),
}
PARTNERS = {
    "CGLLS": "Caisse de garantie du logement locatif social",
    "CDC": "Caisse des dépôts et consignations",
    "ANCOLS": "Agence nationale de contrôle du logement social",
}
