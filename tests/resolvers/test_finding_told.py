"""What says more of a dossier than that it may be read is found by those to whom it is told."""

from __future__ import annotations

import pytest

from resolvers.criteria import Criteria
from resolvers.finding_relation import found_ids
from resolvers.finding_suggestions import UserSuggestion, suggest_users
from tests.world import build_world

pytestmark = pytest.mark.usefixtures("database")


async def test_the_names_of_people_are_for_those_who_read_personal_data() -> None:
    world = await build_world(step=4)
    told = [UserSuggestion("Saisie", "Essai", "Office public de l'habitat d'essai")]
    for login, found in (("saisie", told), ("ministere", told), ("cdc", []), ("ancols", []), ("voisin", [])):
        assert await suggest_users(world[login], "ESSAI saisie") == found, login
        ids = await found_ids(world[login], Criteria(user="sAïsie"))
        assert ids == ([world.dossier] if found else []), login
    assert await suggest_users(world["saisie"], " ") == []
