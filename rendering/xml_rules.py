"""A file held against the schema of the format while it is parsed, so that the first faults end the reading.

Held against a whole tree instead, libxml2 collects every fault and lxml writes the path of each one, which
walks its elder siblings: a file of a megabyte made of nothing but faults took minutes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, cast

from lxml import etree

from rendering.xml_faults import MOST_FAULTS, faulty, named_element, sentence
from rendering.xml_format import OPTIONS, schema, tag

if TYPE_CHECKING:
    from collections.abc import Iterator

# What is parsed between two looks at the faults: it bounds how many can be collected.
CHUNK: Final = 4_096
_TO_A_TAG: Final = re.compile(rb"[^>]*>|[^>]+")


def validated(content: bytes, rules: bytes | None = None) -> etree._Element:
    """The root of a well-formed file that follows the schema. Raises Invalid XML_INVALID, with lines.

    `rules`: the text of a stricter schema than the format's own.
    """
    # The schema of this call and no other: the faults of two files read at once never meet.
    parser = etree.XMLParser(schema=schema(rules), **OPTIONS)
    seen, faulty_chunks = 0, set[int]()
    for start in range(0, len(content), CHUNK):
        parser.feed(content[start : start + CHUNK])
        count = len(parser.feed_error_log)
        if count > seen:
            faulty_chunks.add(start)
            seen = count
        if seen > MOST_FAULTS:
            break
    if faulty_chunks:
        raise faulty(_located(content, faulty_chunks, rules), count=seen, more_may_follow=seen > MOST_FAULTS)
    return parser.close()


def _located(content: bytes, faulty_chunks: set[int], rules: bytes | None) -> list[tuple[int, str]]:
    """The faults of these chunks with their lines, which libxml2 does not tell of a file still going by.

    Read again tag by tag in these chunks alone: the fault that appears is that of the tag just read.
    """
    parser = etree.XMLPullParser(events=("start", "end"), schema=schema(rules), **OPTIONS)
    found: list[tuple[int, str]] = []
    last: etree._Element | None = None
    for piece in _pieces(content, faulty_chunks):
        parser.feed(piece)
        for event in parser.read_events():
            last = cast("Any", event[1])
        if len(parser.feed_error_log) > len(found):
            new = list(parser.feed_error_log)[len(found) :]
            found += [(_line(last, error), sentence(error)) for error in new]
    return found


def _pieces(content: bytes, faulty_chunks: set[int]) -> Iterator[bytes]:
    begun = 0
    for start in sorted(faulty_chunks):
        yield content[begun:start]
        begun = start + CHUNK
        yield from _TO_A_TAG.findall(content[start:begun])


def _line(last: etree._Element | None, error: Any) -> int:  # noqa: ANN401 - lxml's log entry
    """The line of the element that a fault names: the one just read, or one that it stands in."""
    if last is None:
        return 1
    wanted = tag(named_element(error))
    around = (element for element in (last, *last.iterancestors()) if element.tag == wanted)
    return cast("int | None", next(around, last).sourceline) or 1
