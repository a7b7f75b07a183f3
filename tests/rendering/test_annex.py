"""The legal annex of a convention: every article with its steps, its revision and its seal, printed once."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pypdf
import pytest

from models import FileStore
from rendering.pages.convention import annex_html, digest
from resolvers import convention_annex, convention_edits
from tests.agreements import ORGANISM, TITLE, article, build_agreements, content, published
from tests.rendering.working import work

if TYPE_CHECKING:
    from rendering.services import Services
    from resolvers.convention_rows import ConventionRow
    from tests.world import World

HOSTILE = 'Essai <script>"1" } @page </style>'


async def texts(files: FileStore, row: ConventionRow) -> list[str]:
    """The text of each page of an annex, spaces made plain."""
    pdf = await files.read(convention_annex.annex_key(row))
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return [" ".join(page.extract_text().replace("\u202f", " ").split()) for page in pages]


@pytest.mark.browser
async def test_an_annex_is_printed_once_a_revision_with_all_that_was_agreed(
    world: World, services: Services, database: str
) -> None:
    await build_agreements(world)
    limited = article(
        excluded=(ORGANISM,), tabs=(("ER", ("A1", "G01")),), consent=True, text="Lecture du bilan."
    )
    row = await published(world, limited, article(number="7", forbids=True, groups=("category:SEM",)))
    await convention_annex.ask(row)
    await work(database, services)

    (page,) = await texts(services.files, row)
    said = (
        TITLE,
        "Ministère chargé du logement",
        "ANCOLS",
        "Article 1 Avec l’accord de chaque organisme",
        "Lecture du bilan.",
        "Sauf Office public de l'habitat d'essai (SIREN 732 829 320)",
        "Onglets ER A1 – ",
        "Lecture du dossier – – – – ● ● ●",
        "Article 7 Interdiction",
        "2 Publication",
        f"Révision {row.revision} · édité le ",
        f"SHA-256 {digest(row)}",
        "page 1 / 1",
    )
    assert [words for words in said if words not in page] == []

    before = await services.files.read(convention_annex.annex_key(row))
    await convention_annex.ask(row)
    await work(database, services)
    assert await services.files.read(convention_annex.annex_key(row)) == before


@pytest.mark.browser
async def test_a_long_annex_names_its_convention_and_its_pages_on_each(
    world: World, services: Services, database: str
) -> None:
    await build_agreements(world)
    row = await published(world)
    longer = content(*(article(number=str(number)) for number in range(1, 30)))
    row = await convention_edits.update(world["admin"], row.id, longer, row.revision)
    await convention_annex.ask(row)
    await work(database, services)
    pages = await texts(services.files, row)
    assert len(pages) > 5
    assert f"page {len(pages)} / {len(pages)}" in pages[-1]
    assert TITLE in pages[3]


async def test_the_annex_of_a_draft_says_so_and_one_deleted_is_not_printed(
    world: World, services: Services, database: str
) -> None:
    await build_agreements(world)
    drafted = await convention_edits.create(world["admin"], content(title=HOSTILE), "k")
    found = await convention_annex.content(drafted.id)
    assert found is not None
    html = annex_html(found)
    assert "cette convention n’est pas publiée" in html
    assert "<script>" not in html
    # Written into the style of the margins, the title can close neither the string nor the element.
    assert "\\3c script\\3e" in html
    assert html.count("</style>") == 1
    assert digest(found.row) == digest(replace(found.row, revision=9))
    assert digest(found.row) != digest(replace(found.row, content=content(title="Autre")))

    await convention_annex.ask(drafted)
    await convention_edits.delete(world["admin"], drafted.id, 1)
    await work(database, services)
    with pytest.raises(FileNotFoundError):
        await services.files.read(convention_annex.annex_key(drafted))
