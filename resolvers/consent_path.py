"""Where a notice of consents leads, and so which form and platform it is about: it names no dossier."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode, urlsplit


def path_of(platform: str, form: str, year: int) -> str:
    """The screen of accesses, at one campaign."""
    return f"/acces?{urlencode({'form': form, 'year': year, 'platform': platform})}"


def place_of(path: str) -> tuple[str, str] | None:
    """The platform and the form of such an address; None for another."""
    asked = parse_qs(urlsplit(path).query)
    if not {"platform", "form"} <= asked.keys():
        return None
    return asked["platform"][0], asked["form"][0]
