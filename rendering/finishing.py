"""The last hand to a print: checked, its contents numbered, made as light as it can be."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf

from rendering.contents import number
from rendering.guards import fault

if TYPE_CHECKING:
    from collections.abc import Sequence


class IncompleteError(Exception):
    """The print lacks something; nobody may receive it."""


def finish(pdf: bytes, tabs: Sequence[str], *, tagged: bool) -> bytes:
    """The print as it is delivered. Raises IncompleteError, saying what it lacks.

    Tags are many and small: packed into object streams, a tagged print takes a fifth of its room.
    """
    packed = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        missing = fault(document, tabs)
        if missing is not None:
            raise IncompleteError(missing)
        number(document)
        streams = pikepdf.ObjectStreamMode
        document.save(packed, object_stream_mode=streams.generate if tagged else streams.preserve)
    return packed.getvalue()
