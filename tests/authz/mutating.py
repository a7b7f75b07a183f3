"""One place of our own source changed at a time, while something is asked of it."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from importlib import import_module
from operator import attrgetter
from types import FunctionType
from typing import Any


def plain(made: Any) -> FunctionType:  # noqa: ANN401 - whatever a decorator makes of a function
    """The function that a property was made of, or itself."""
    function: FunctionType | None = made
    if isinstance(made, property):
        function = made.fget  # type: ignore[assignment]  # one that is written with `def`
    elif isinstance(made, cached_property):
        function = made.func  # type: ignore[assignment]  # one that is written with `def`
    assert isinstance(function, FunctionType)
    return function


def found(place: str) -> FunctionType:
    """The function at `module:name` of the room."""
    module, _, name = place.partition(":")
    return plain(attrgetter(name)(import_module(f"authz.{module}")))


def _wronged(function: FunctionType, was: str, becomes: str) -> Any:  # noqa: ANN401 - the code of a function
    source = textwrap.dedent(inspect.getsource(function))
    assert source.count(was) >= 1, f"{function.__qualname__} no longer says {was!r}"
    names = dict(function.__globals__)
    wrong = "from __future__ import annotations\n" + source.replace(was, becomes, 1)
    exec(compile(wrong, "a mutant", "exec"), names)  # noqa: S102 - our own source, one place changed
    return plain(names[function.__name__]).__code__


@contextmanager
def mutant(place: str, was: str, becomes: str) -> Iterator[None]:
    """The function wronged in one place. AssertionError where it no longer says what was there."""
    function = found(place)
    sound = function.__code__
    function.__code__ = _wronged(function, was, becomes)
    try:
        yield
    finally:
        function.__code__ = sound
