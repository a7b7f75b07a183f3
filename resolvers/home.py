"""What a person wants to find first when he signs in (manual §11.2.2, « Formulaire page d'accueil »)."""

from __future__ import annotations

from dataclasses import dataclass

from authz import Viewer
from models import fetch


@dataclass(frozen=True, slots=True)
class Home:
    """The form and the year that the search opens with; a blank or absent one is not asked for."""

    form: str
    year: int | None


async def home_of(viewer: Viewer) -> Home:
    """The viewer's own choice; none for a machine client."""
    found = await fetch("SELECT home_form, home_year FROM user_account WHERE id = %s", [viewer.user_id])
    return Home(found[0]["home_form"], found[0]["home_year"]) if found else Home("", None)
