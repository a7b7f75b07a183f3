"""The users' manual: every chapter of `docs/manual/`, in order, printed once."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pikepdf

from rendering.manual_job import render_manual
from rendering.pages.manual import FOLDER, chapters, manual_html, manual_key

if TYPE_CHECKING:
    from rendering.services import Services


def test_every_chapter_is_there_once_in_order_and_listed_in_the_contents() -> None:
    numbers = [chapter.number for chapter in chapters()]
    assert numbers == list(range(len(numbers)))
    assert len(numbers) == len(list(FOLDER.glob("*.md")))
    contents = chapters()[0].body
    assert [number for number in numbers[1:] if f'href="#chapitre-{number}"' not in contents] == []


def test_nothing_in_it_is_fetched_and_no_link_leads_to_a_file() -> None:
    assert "<img" not in manual_html()
    assert ".md" not in manual_html()
    assert "<script" not in manual_html()


async def test_it_is_printed_once(services: Services) -> None:
    await render_manual(services)
    first = await services.files.read(manual_key())
    with pikepdf.open(io.BytesIO(first)) as pdf:
        assert len(pdf.pages) >= len(chapters())
    await render_manual(services)
    assert await services.files.read(manual_key()) == first
