"""Names that hold what SQL, JSON and spreadsheets take for their own: each is found by it, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from models import Dossier
from resolvers import listing
from resolvers.criteria import Criteria, Sort
from resolvers.finding_facets import facets
from resolvers.finding_relation import found_ids
from resolvers.finding_suggestions import suggest_organisms
from resolvers.folding import fold
from tests.campaign import conducted

if TYPE_CHECKING:
    from uuid import UUID

    from authz import Viewer

pytestmark = pytest.mark.usefixtures("database")

NAMES = (
    "Habitat 100 % solidaire",
    "L’Œuvre d'Île_de\\France",
    'Société "Les Tilleuls"; DROP TABLE',
    "Bâtir $1 {ensemble}",
)
# What is typed, and the places of the names that hold it.
TYPED = {
    "%": {0},
    "100 %": {0},
    "% habitat": {0},
    "_": {1},
    "ile_de\\": {1},
    "l'œuvre": {1},
    "L’OEUVRE": {1},
    "'": {1},
    "’": {1},
    '"': {2},
    '"LES': {2},
    "tilleuls\" ';": set(),
    "table ;": {2},
    "$1": {3},
    "{": {3},
    "a": {0, 1, 2, 3},
    "%%": set(),
    "\\\\": set(),
    "__": set(),
}


async def _ways(viewer: Viewer, criteria: Criteria) -> list[set[UUID]]:
    """What is found as one whole, by the process's memory, and by the database, which counts as many."""
    found = [set(await found_ids(viewer, criteria))]
    for sort in (Sort.CODE, Sort.OFFICER):
        page = await listing.search(viewer, criteria, sort=sort)
        found.append({row.id for row in page.rows})
        assert page.total == len(page.rows)
    assert sum(count for _, count in (await facets(viewer, criteria)).steps) == len(found[0])
    return found


async def test_a_sign_in_a_name_is_a_letter_like_another() -> None:
    ground = await conducted(len(NAMES))
    viewer = ground.world["ministere"]
    for number, (dossier, name) in enumerate(zip(ground.dossiers, NAMES, strict=True)):
        siren = f"{300_000_000 + number}"
        await Dossier.filter(id=dossier).update(search=fold(f"{name} {siren} {100 + number} 34 Sète"))
    for typed, places in TYPED.items():
        expected = {ground.dossiers[place] for place in places}
        for criteria in (
            Criteria(search=typed, siren="3000"),
            Criteria(search=typed, siren="3000", late=False),
            Criteria(name=typed, siren="3000"),
            Criteria(within=typed, siren="3000"),
        ):
            assert await _ways(viewer, criteria) == [expected] * 3, (typed, criteria)
        if places != set(range(len(NAMES))):
            sirens = {one.siren for one in await suggest_organisms(viewer, typed)}
            assert sirens - {"732829320"} == {f"{300_000_000 + place}" for place in places}, typed
